//! Frames that nobody has transmitted yet.

use std::collections::VecDeque;

use bytes::Bytes;

/// Frames to transmit, in order, and what would be lost with them.
#[derive(Default)]
pub(super) struct Queue {
    frames: VecDeque<Queued>,
    bytes: usize,
}

struct Queued {
    frame: Bytes,
    /// Whether it is a message at QoS 0, which nobody would send again.
    is_lone: bool,
}

/// The type of PUBLISH (§2.2.1).
const PUBLISH: u8 = 3;

impl Queue {
    pub(super) fn push(&mut self, frame: Bytes) {
        self.queue(frame, false);
    }

    /// A message at QoS 0.
    pub(super) fn push_lone(&mut self, frame: Bytes) {
        self.queue(frame, true);
    }

    /// Ahead of every message.
    pub(super) fn push_ahead(&mut self, frame: Bytes) {
        // The upper half of the first byte is the type (§2.2.1).
        let is_message = |queued: &Queued| queued.frame.first().is_some_and(|first| first >> 4 == PUBLISH);
        let at = self.frames.iter().position(is_message).unwrap_or(self.frames.len());
        self.bytes += frame.len();
        self.frames.insert(at, Queued { frame, is_lone: false });
    }

    pub(super) fn pop(&mut self) -> Option<Bytes> {
        let Queued { frame, .. } = self.frames.pop_front()?;
        self.bytes -= frame.len();
        Some(frame)
    }

    pub(super) fn len(&self) -> usize {
        self.frames.len()
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// How many messages at QoS 0 there are.
    pub(super) fn lone(&self) -> u64 {
        self.frames.iter().filter(|queued| queued.is_lone).count() as u64
    }

    fn queue(&mut self, frame: Bytes, is_lone: bool) {
        self.bytes += frame.len();
        self.frames.push_back(Queued { frame, is_lone });
    }
}
