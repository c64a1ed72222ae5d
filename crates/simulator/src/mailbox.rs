//! Messages for a device that is offline and asked for them with clean session 0 (reference §1.5).

use std::collections::VecDeque;
use std::time::Duration;

use bytes::Bytes;
use frame::QoS;
use onenet::legacy::UserTopic;
use web_time::Instant;

use crate::limits::Limits;

/// The most messages kept (reference §1.5): one more forgets the oldest.
const MAX_MESSAGES: usize = 10;
/// How long a message is kept (reference §1.5).
const MAX_AGE: Duration = Duration::from_secs(2 * 24 * 3_600);

/// The messages kept for one device, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Mailbox {
    kept: VecDeque<Kept>,
    bytes: usize,
    evicted: u64,
}

/// A message that waits for a login.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) topic: UserTopic,
    pub(crate) payload: Bytes,
    pub(crate) qos: QoS,
    pub(crate) at: Instant,
}

impl Kept {
    pub(crate) fn new(topic: UserTopic, payload: Bytes, qos: QoS, at: Instant) -> Self {
        Self { topic, payload, qos, at }
    }

    fn bytes(&self) -> usize {
        size_of::<Self>() + self.topic.as_str().len() + self.payload.len()
    }
}

impl Mailbox {
    /// Keeps a message and forgets what it leaves no room for. Whether there is room for itself.
    pub(crate) fn push(&mut self, message: Kept, limits: &Limits) -> bool {
        if message.bytes() > limits.kept_bytes {
            return false;
        }
        self.bytes += message.bytes();
        self.kept.push_back(message);
        while self.kept.len() > MAX_MESSAGES || self.bytes > limits.kept_bytes {
            self.evict();
        }
        true
    }

    /// Keeps what a connection that has ended could not deliver any more, and counts what there is no room for.
    pub(crate) fn push_undelivered(&mut self, message: Kept, limits: &Limits) {
        if !self.push(message, limits) {
            self.evicted += 1;
        }
    }

    /// Takes the messages that are not too old.
    pub(crate) fn take(&mut self, now: Instant) -> Vec<Kept> {
        let is_old = |kept: &Kept| now.saturating_duration_since(kept.at) > MAX_AGE;
        while self.kept.front().is_some_and(is_old) {
            self.evict();
        }
        self.bytes = 0;
        self.kept.drain(..).collect()
    }

    /// Forgets them all without counting: the device does not want them any more.
    pub(crate) fn clear(&mut self) {
        self.kept.clear();
        self.bytes = 0;
    }

    pub(crate) fn len(&self) -> usize {
        self.kept.len()
    }

    /// How many messages were forgotten because they were too many, too large or too old.
    pub(crate) fn evicted(&self) -> u64 {
        self.evicted
    }

    fn evict(&mut self) {
        if let Some(message) = self.kept.pop_front() {
            self.bytes -= message.bytes();
            self.evicted += 1;
        }
    }
}
