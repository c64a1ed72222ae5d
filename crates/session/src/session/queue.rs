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

impl Queue {
    pub(super) fn push(&mut self, frame: Bytes) {
        self.queue(frame, false);
    }

    /// A message at QoS 0.
    pub(super) fn push_lone(&mut self, frame: Bytes) {
        self.queue(frame, true);
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
