//! Commands of the suite (命令下发): raw bytes down, an answer up in time.

use std::time::Duration;

use bytes::Bytes;
use onenet::suite::{Code, CommandId, Topic};
use onenet::sys;
use web_time::Instant;

use super::uplink::SuiteUplink;
use crate::platform::Platform;
use crate::sys::{Call, CallError, CallId, CallKind, CallState, Carrier, Matched, Question, Why, tree_of};

impl Platform {
    /// Sends a command to a device of the suite, or to a sub-device by its gateway. `command_id` is made by the caller:
    /// a UUID on the real platform. The answer must come within `timeout`, which is 5 to 30 s there.
    ///
    /// # Errors
    ///
    /// What keeps it from being sent; nothing has changed then.
    pub fn call_command(
        &mut self,
        device_id: &str,
        command_id: &str,
        body: Bytes,
        timeout: Duration,
        now: Instant,
    ) -> Result<CallId, CallError> {
        self.now = now;
        let command = CommandId::parse(command_id)?;
        let limit = self.readings.command_size.limit();
        if body.len() > limit {
            return Err(CallError::TooLong { length: body.len(), limit });
        }
        let carrier = self.callee(device_id, sys::Platform::Suite)?;
        if self.calls.has(command_id) {
            return Err(CallError::IdUsed);
        }
        let topic = self.own_topic(&carrier, device_id, &Topic::CommandRequest(command));
        let question = Question {
            device_id: device_id.to_owned(),
            kind: CallKind::Command,
            message_id: command_id.to_owned(),
            topic,
            body,
            timeout,
        };
        self.ask(&carrier, question, now)
    }

    /// Takes the answer to a command. The second one to it finds none any more.
    pub(super) fn take_command_answer(&mut self, suite: &SuiteUplink<'_>) {
        let Topic::CommandResponse(command_id) = &suite.topic else { return };
        let is_asked = |call: &Call| call.kind == CallKind::Command && call.device_id == suite.device_id;
        let speaker_id = &suite.uplink.speaker.id;
        match self.calls.matching(speaker_id, command_id.as_str(), is_asked) {
            Matched::Waiting(call) => {
                let answer = suite.uplink.publish.payload.clone();
                self.answer_call(call, CallState::Answered(None), answer, suite.uplink.now);
                self.accept(suite, Vec::new());
            }
            Matched::Late => self.reject(suite, Code::CommandTimeout, Why::Code),
            Matched::None => self.reject(suite, Code::CommandNotFound, Why::Code),
        }
    }

    /// A topic with the names of a device, in the tree that its carrier is subscribed to.
    fn own_topic(&self, carrier: &Carrier, device_id: &str, topic: &Topic) -> String {
        let profile = self.devices.get(device_id).and_then(|device| device.profile.as_ref());
        let device = profile.map_or(&carrier.device, |profile| &profile.device);
        device.topic(tree_of(carrier), &topic.to_string())
    }
}
