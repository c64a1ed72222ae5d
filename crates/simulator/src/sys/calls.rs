//! Calls on their way: asked, answered, timed out (reference §2.4, §3.2).

use std::collections::VecDeque;
use std::time::Duration;

use bytes::Bytes;
use onenet::studio::Code;
use onenet::sys;
use web_time::Instant;

use super::call::{Call, CallError, CallId, CallKind, CallState};
use super::downlink::Carrier;
use super::event::{SysEvent, Told};
use crate::limits::Limits;
use crate::platform::Platform;

/// A device gets no call while more bytes than this wait for it.
const MAX_UNSENT: usize = 65_536;

/// The calls remembered, oldest first.
#[derive(Debug)]
pub(crate) struct Calls {
    kept: VecDeque<Call>,
    last: u64,
    limit: usize,
    bytes: usize,
    bytes_limit: usize,
    evicted: u64,
}

/// What there is to ask.
pub(crate) struct Question {
    pub(crate) device_id: String,
    pub(crate) kind: CallKind,
    pub(crate) message_id: String,
    /// The whole topic.
    pub(crate) topic: String,
    pub(crate) body: Bytes,
    pub(crate) timeout: Duration,
}

/// The call that an answer belongs to.
pub(crate) enum Matched {
    /// It waits for it.
    Waiting(CallId),
    /// It has timed out.
    Late,
    /// There is none, or it has an answer.
    None,
}

impl Calls {
    pub(crate) fn new(limits: &Limits) -> Self {
        let (limit, bytes_limit) = (limits.commands, limits.command_bytes);
        Self { kept: VecDeque::new(), last: 0, limit, bytes: 0, bytes_limit, evicted: 0 }
    }

    /// The number of the next call.
    pub(crate) fn next(&self) -> u64 {
        self.last + 1
    }

    pub(crate) fn has(&self, message_id: &str) -> bool {
        self.kept.iter().any(|call| call.message_id == message_id)
    }

    /// The call that a device's answer belongs to; the newest, where there are several.
    pub(crate) fn matching(
        &self,
        carrier_id: &str,
        message_id: &str,
        is_asked: impl Fn(&Call) -> bool,
    ) -> Matched {
        let fits =
            |call: &&Call| call.carrier_id == carrier_id && call.message_id == message_id && is_asked(call);
        match self.kept.iter().rev().find(fits) {
            Some(Call { state: CallState::Sent, id, .. }) => Matched::Waiting(*id),
            Some(Call { state: CallState::TimedOut, .. }) => Matched::Late,
            Some(Call { state: CallState::Answered(_) | CallState::Unreadable(_), .. }) | None => {
                Matched::None
            }
        }
    }

    fn get(&self, id: CallId) -> Option<&Call> {
        self.kept.iter().rev().find(|call| call.id == id)
    }

    fn push(&mut self, call: Call) {
        self.last = call.id.0;
        self.bytes += call.bytes();
        self.kept.push_back(call);
        self.evict();
    }

    /// Forgets the oldest calls until the limits hold.
    fn evict(&mut self) {
        while self.kept.len() > self.limit || self.bytes > self.bytes_limit {
            let Some(call) = self.kept.pop_front() else { break };
            self.bytes -= call.bytes();
            self.evicted += 1;
        }
    }
}

impl Platform {
    /// The call `id`, while it is remembered.
    pub fn call(&self, id: CallId) -> Option<&Call> {
        self.calls.get(id)
    }

    /// The calls remembered, oldest first.
    pub fn calls(&self) -> impl DoubleEndedIterator<Item = &Call> {
        self.calls.kept.iter()
    }

    /// The calls remembered of one device, oldest first.
    pub fn calls_of(&self, device_id: &str) -> impl DoubleEndedIterator<Item = &Call> {
        self.calls.kept.iter().filter(move |call| call.device_id == device_id)
    }

    /// How many calls were forgotten.
    pub fn calls_evicted(&self) -> u64 {
        self.calls.evicted
    }

    /// Who carries calls to a device of `platform`.
    pub(crate) fn callee(&self, device_id: &str, platform: sys::Platform) -> Result<Carrier, CallError> {
        let found = self.sys_platform_of(device_id)?;
        if found != Some(platform) {
            return Err(CallError::OtherPlatform { found });
        }
        self.carrier(device_id).ok_or_else(|| CallError::NotOnline(device_id.to_owned()))
    }

    /// Which platform a device is of.
    pub(crate) fn sys_platform_of(&self, device_id: &str) -> Result<Option<sys::Platform>, CallError> {
        let device =
            self.devices.get(device_id).ok_or_else(|| CallError::UnknownDevice(device_id.to_owned()))?;
        Ok(device.profile.as_ref().map(|profile| profile.platform))
    }

    /// Sends a question.
    pub(crate) fn ask(
        &mut self,
        carrier: &Carrier,
        question: Question,
        now: Instant,
    ) -> Result<CallId, CallError> {
        let Question { device_id, kind, message_id, topic, body, timeout } = question;
        let lags = self.connections.get(&carrier.connection).is_none_or(|open| open.lags);
        if lags || self.outbox.bytes(carrier.connection) > MAX_UNSENT {
            return Err(CallError::NotWritable);
        }
        match self.tell_on(carrier, topic.clone(), body.clone()) {
            Told::Sent => {}
            Told::NotSubscribed => return Err(CallError::NotSubscribed { topic }),
            Told::NotOnline | Told::None => return Err(CallError::NotOnline(device_id)),
        }
        let id = CallId(self.calls.next());
        let deadline = now + timeout;
        self.calls.push(Call {
            id,
            device_id: device_id.clone(),
            carrier_id: carrier.id.clone(),
            kind,
            message_id,
            topic: topic.clone(),
            body,
            state: CallState::Sent,
            sent_at: self.clock.time(now),
            expires_at: self.clock.time(deadline),
            answered_at: None,
            answer: None,
            deadline,
        });
        self.events.push(SysEvent::CallSent { call: id, device_id, topic }.into());
        Ok(id)
    }

    /// Records what a device answered in time.
    pub(crate) fn answer_call(&mut self, id: CallId, state: CallState, answer: Bytes, now: Instant) {
        let answered_at = self.clock.time(now);
        let Some(call) = self.calls.kept.iter_mut().rev().find(|call| call.id == id) else { return };
        let code = match &state {
            CallState::Answered(code) => *code,
            CallState::Unreadable(_) => Some(Code::RESPONSE),
            CallState::Sent | CallState::TimedOut => None,
        };
        self.calls.bytes += answer.len();
        call.state = state;
        call.answered_at = Some(answered_at);
        call.answer = Some(answer);
        let device_id = call.device_id.clone();
        self.calls.evict();
        self.events.push(SysEvent::CallAnswered { call: id, device_id, code }.into());
    }

    /// Gives up calls whose time is over.
    pub(crate) fn expire_calls(&mut self, now: Instant) {
        for call in &mut self.calls.kept {
            if call.state == CallState::Sent && call.deadline <= now {
                call.state = CallState::TimedOut;
                let (id, device_id) = (call.id, call.device_id.clone());
                self.events.push(SysEvent::CallTimedOut { call: id, device_id }.into());
            }
        }
    }

    /// When the next call times out.
    pub(crate) fn next_call_timeout(&self) -> Option<Instant> {
        let waiting = self.calls.kept.iter().filter(|call| call.state == CallState::Sent);
        waiting.map(|call| call.deadline).min()
    }
}
