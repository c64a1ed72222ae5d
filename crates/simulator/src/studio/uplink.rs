//! A message of the studio, by its topic.

use onenet::studio::{Code, Data, Function, Message, MessageId, Reply, Topic};
use onenet::sys::{Address, Tree};

use crate::platform::Platform;
use crate::sys::{Carrier, Outcome, Told, Uplink, Why};

/// A request of a device, to be answered.
pub(super) struct StudioRequest<'a> {
    pub(super) uplink: &'a Uplink<'a>,
    pub(super) function: &'a Function,
    /// What the answer repeats.
    pub(super) id: MessageId,
}

impl Platform {
    /// Does what a message says and answers it.
    pub(crate) fn take_studio(&mut self, uplink: &Uplink<'_>) {
        // Both were read before, when the rules were asked: what is no topic of a device has ended the connection.
        let Ok(address) = Address::parse(uplink.topic) else { return };
        let Ok(topic) = Topic::parse(address.rest()) else { return };
        if !self.acknowledge_uplink(uplink) {
            return;
        }
        let payload = &uplink.publish.payload;
        match (&topic, Message::decode(&topic, payload)) {
            (Topic::Request(function), Ok(Message::Request(request))) => {
                let id = request.id.clone();
                self.take_request(&StudioRequest { uplink, function, id }, request);
            }
            (Topic::Request(function), Err(error)) => {
                let id = Message::id_of(payload).unwrap_or(MessageId::from_number(0));
                let code = error.code();
                self.refuse_request(&StudioRequest { uplink, function, id }, code, Why::Unreadable(error));
            }
            (Topic::Reply(function), Ok(Message::Reply(reply))) => self.take_reply(uplink, function, &reply),
            (Topic::Reply(function), Err(error)) => self.take_unreadable_reply(uplink, function, error),
            (Topic::TopoResult, Err(error)) => {
                let outcome = Outcome::Refused { code: error.code().0, why: Why::Unreadable(error) };
                self.note(uplink, &uplink.speaker.id, outcome, Told::None);
            }
            // Bytes of an own format, which a script would read; a gateway that took its list of sub-devices.
            (Topic::Request(_) | Topic::Reply(_) | Topic::TopoResult, Ok(_)) => {
                self.note(uplink, &uplink.speaker.id, Outcome::TAKEN, Told::None);
            }
        }
    }

    /// Answers that a request was carried out.
    pub(super) fn grant_request(
        &mut self,
        request: &StudioRequest<'_>,
        data: Option<Data>,
        outcome: Outcome,
    ) {
        let reply = Reply { data, ..Reply::success(request.id.clone()) };
        let told = self.reply_to(request, reply);
        self.note(request.uplink, &request.uplink.speaker.id, outcome, told);
    }

    /// Answers that a request was not carried out.
    pub(super) fn refuse_request(&mut self, request: &StudioRequest<'_>, code: Code, why: Why) {
        let told = self.reply_to(request, Reply::failure(request.id.clone(), code));
        let outcome = Outcome::Refused { code: code.0, why };
        self.note(request.uplink, &request.uplink.speaker.id, outcome, told);
    }

    fn reply_to(&mut self, request: &StudioRequest<'_>, reply: Reply) -> Told {
        let speaker = request.uplink.speaker;
        let carrier = Carrier {
            id: speaker.id.clone(),
            device: speaker.device.clone(),
            connection: speaker.connection,
            is_gateway: false,
        };
        let rest = Topic::Reply(request.function.clone()).to_string();
        let topic = speaker.device.topic(Tree::Sys, &rest);
        self.tell_on(&carrier, topic, Message::Reply(reply).encode().into())
    }
}
