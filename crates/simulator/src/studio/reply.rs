//! What a device of the studio answers to what it was asked.

use onenet::studio::{Code, DecodeError, Function, Message, MessageId, Reply};

use super::request::MAX_TOLD;
use crate::platform::Platform;
use crate::sys::{CallId, CallKind, CallState, Matched, Outcome, Told, Uplink, Why};

impl Platform {
    pub(super) fn take_reply(&mut self, uplink: &Uplink<'_>, function: &Function, reply: &Reply) {
        if !awaits_reply(function) {
            return self.note(uplink, &uplink.speaker.id, Outcome::TAKEN, Told::None);
        }
        match self.match_reply(uplink, function, &reply.id) {
            Ok(call) => {
                let product = self.registry.get(uplink.speaker.device.product.as_str());
                let model = product.and_then(|product| product.model.as_ref());
                let mut problems = model.map(|model| model.check_reply(function, reply)).unwrap_or_default();
                problems.truncate(MAX_TOLD);
                let answer = uplink.publish.payload.clone();
                self.answer_call(call, CallState::Answered(Some(reply.code)), answer, uplink.now);
                self.note(uplink, &uplink.speaker.id, Outcome::Taken { problems }, Told::None);
            }
            Err(code) => self.refuse_reply(uplink, code, Why::Code),
        }
    }

    /// Takes something that should be an answer. As far as it says to what, that is answered by it.
    pub(super) fn take_unreadable_reply(
        &mut self,
        uplink: &Uplink<'_>,
        function: &Function,
        error: DecodeError,
    ) {
        let code = match Message::id_of(&uplink.publish.payload) {
            None => Code::REPLY_ID,
            Some(_) if !awaits_reply(function) => Code::RESPONSE,
            Some(id) => match self.match_reply(uplink, function, &id) {
                Ok(call) => {
                    let answer = uplink.publish.payload.clone();
                    self.answer_call(call, CallState::Unreadable(error.clone()), answer, uplink.now);
                    Code::RESPONSE
                }
                Err(code) => code,
            },
        };
        self.refuse_reply(uplink, code, Why::Unreadable(error));
    }

    fn match_reply(&self, uplink: &Uplink<'_>, function: &Function, id: &MessageId) -> Result<CallId, Code> {
        match self.calls.matching(&uplink.speaker.id, id.as_str(), |call| answers(function, &call.kind)) {
            Matched::Waiting(call) => Ok(call),
            Matched::Late => Err(Code::REPLIED_LATE),
            Matched::None => Err(Code::REPLY_UNKNOWN),
        }
    }

    fn refuse_reply(&mut self, uplink: &Uplink<'_>, code: Code, why: Why) {
        self.note(uplink, &uplink.speaker.id, Outcome::Refused { code: code.0, why }, Told::None);
    }
}

/// Whether the reply of a function answers calls of a kind.
fn answers(function: &Function, kind: &CallKind) -> bool {
    match kind {
        CallKind::PropertySet => matches!(function, Function::PropertySet | Function::SubPropertySet),
        CallKind::PropertyGet => matches!(function, Function::PropertyGet | Function::SubPropertyGet),
        CallKind::Service(service) => match function {
            Function::Service(identifier) => identifier == service,
            other => *other == Function::SubService,
        },
        CallKind::Command => false,
    }
}

/// Whether the platform asks for it and waits.
fn awaits_reply(function: &Function) -> bool {
    matches!(
        function,
        Function::PropertySet
            | Function::PropertyGet
            | Function::Service(_)
            | Function::SubPropertySet
            | Function::SubPropertyGet
            | Function::SubService
    )
}
