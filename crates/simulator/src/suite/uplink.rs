//! A message of the suite, by its topic.

use onenet::rules::{Finding, RuleId};
use onenet::suite::{Code, DataPoints, Message, Rejected, Topic};
use onenet::sys::{Address, Device, Tree};

use crate::platform::Platform;
use crate::reason::DropReason;
use crate::sys::{Carrier, Outcome, Told, Uplink, Why};

/// A message of the suite: on which topic, and of whom.
pub(super) struct SuiteUplink<'a> {
    pub(super) uplink: &'a Uplink<'a>,
    /// The tree that it is in, where it is answered too.
    pub(super) tree: Tree,
    pub(super) topic: Topic,
    /// Whom it is about: the speaker, or a sub-device of it.
    pub(super) device: Device,
    pub(super) device_id: String,
}

impl Platform {
    /// Does what a message says and answers it. `rejected` is the rule that it breaks, with its code.
    pub(crate) fn take_suite(&mut self, uplink: &Uplink<'_>, rejected: Option<(u16, Finding)>) {
        // Both were read before, when the rules were asked.
        let Ok(address) = Address::parse(uplink.topic) else { return };
        let Ok(topic) = Topic::of(&address) else { return };
        let device_id = address.device.to_string();
        let is_login = matches!(topic, Topic::Login | Topic::Logout);
        if address.tree == Tree::Subdev && !is_login && !self.has_online_sub(&uplink.speaker.id, &device_id) {
            let reason = DropReason::broken(RuleId::SysTopicForeign);
            return self.drop_connection(uplink.speaker.connection, reason);
        }
        if !self.acknowledge_uplink(uplink) {
            return;
        }
        let suite = SuiteUplink { uplink, tree: address.tree, topic, device: address.device, device_id };
        if let Some((code, finding)) = rejected {
            return self.reject(&suite, Code::from_number(code), Why::Rule(finding));
        }
        match Message::decode(&suite.topic, &uplink.publish.payload) {
            Ok(Message::DataPoints(points)) => self.store_data_points(&suite, &points),
            Ok(Message::Answer(_)) => self.take_command_answer(&suite),
            Ok(Message::ImageUpdate(update)) => self.update_image(&suite, &update),
            Ok(Message::Empty) => match suite.topic {
                Topic::ImageGet => self.give_image(&suite),
                Topic::Login => self.log_sub_in(&suite),
                Topic::Logout => self.log_sub_out(&suite),
                // What else goes up is never empty, and the others come from the platform.
                Topic::DataPoints
                | Topic::DataPointsAccepted
                | Topic::DataPointsRejected
                | Topic::CommandRequest(_)
                | Topic::CommandResponse(_)
                | Topic::CommandAccepted(_)
                | Topic::CommandRejected(_)
                | Topic::ImageUpdate
                | Topic::ImageUpdateAccepted
                | Topic::ImageUpdateRejected
                | Topic::ImageUpdateDelta
                | Topic::ImageDelta
                | Topic::ImageGetAccepted
                | Topic::ImageGetRejected
                | Topic::LoginAccepted
                | Topic::LoginRejected
                | Topic::LogoutAccepted
                | Topic::LogoutRejected
                | Topic::LogoutNotify
                | Topic::Thing(_) => {}
            },
            Ok(
                Message::Raw(_)
                | Message::Accepted(_)
                | Message::Rejected(_)
                | Message::Command(_)
                | Message::ImageDelta(_),
            ) => self.note(uplink, &suite.device_id, Outcome::TAKEN, Told::None),
            // Never: it was read before.
            Err(error) => self.reject(&suite, error.code.unwrap_or(Code::IllegalData), Why::Code),
        }
    }

    /// Answers that a message was taken.
    pub(super) fn accept(&mut self, suite: &SuiteUplink<'_>, payload: Vec<u8>) {
        let told = self.answer_on(suite, suite.topic.accepted(), payload);
        self.note(suite.uplink, &suite.device_id, Outcome::TAKEN, told);
    }

    /// Answers that a message was not taken.
    pub(super) fn reject(&mut self, suite: &SuiteUplink<'_>, code: Code, why: Why) {
        let rejected = if suite.topic == Topic::DataPoints {
            Rejected::data_points(DataPoints::read_id(&suite.uplink.publish.payload), code)
        } else {
            Rejected::plain(code)
        };
        let told = self.answer_on(suite, suite.topic.rejected(), rejected.encode());
        let outcome = Outcome::Refused { code: code.number().into(), why };
        self.note(suite.uplink, &suite.device_id, outcome, told);
    }

    fn answer_on(&mut self, suite: &SuiteUplink<'_>, topic: Option<Topic>, payload: Vec<u8>) -> Told {
        match topic {
            Some(topic) => self.tell(&suite.carrier(), &suite.device, &topic.to_string(), payload),
            None => Told::None,
        }
    }
}

impl SuiteUplink<'_> {
    /// Who carries the answer: whoever has sent the message.
    pub(super) fn carrier(&self) -> Carrier {
        let speaker = self.uplink.speaker;
        Carrier {
            id: speaker.id.clone(),
            device: speaker.device.clone(),
            connection: speaker.connection,
            is_gateway: self.tree == Tree::Subdev,
        }
    }
}
