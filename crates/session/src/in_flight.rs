//! Packet identifiers and what waits for their acknowledgement (MQTT 3.1.1 §2.3.1).

use std::collections::HashMap;

use web_time::Instant;

/// What was sent and waits for its acknowledgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sent {
    /// PUBLISH at QoS 1, for PUBACK.
    Publish,
    /// SUBSCRIBE with this many filters, for SUBACK.
    Subscribe { filters: usize },
    /// UNSUBSCRIBE, for UNSUBACK.
    Unsubscribe,
}

/// The identifiers in use. None is given out twice at a time.
#[derive(Debug, Default)]
pub(crate) struct InFlight {
    last: u16,
    waiting: HashMap<u16, (Sent, Instant)>,
}

impl InFlight {
    /// The next free identifier after the last one given out; the first is 1.
    pub(crate) fn next_id(&self) -> Option<u16> {
        let all = u32::from(u16::MAX);
        (0..all)
            // Counts on from `last` and begins again at 1: zero is no identifier.
            .map(|step| ((u32::from(self.last) + step) % all + 1) as u16)
            .find(|id| !self.waiting.contains_key(id))
    }

    /// Marks `id` as sent at `now`.
    pub(crate) fn insert(&mut self, id: u16, sent: Sent, now: Instant) {
        self.last = id;
        self.waiting.insert(id, (sent, now));
    }

    /// Whether nothing waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Settles `id` if what waits for it is what `expected` accepts; tells what, and since when.
    pub(crate) fn settle(&mut self, id: u16, expected: impl FnOnce(Sent) -> bool) -> Option<(Sent, Instant)> {
        let &(sent, since) = self.waiting.get(&id)?;
        if !expected(sent) {
            return None;
        }
        self.waiting.remove(&id);
        Some((sent, since))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_from_one_and_wraps_past_zero() {
        let now = crate::session::tests::start();
        let mut ids = InFlight::default();
        assert_eq!(ids.next_id(), Some(1));
        ids.insert(65_535, Sent::Publish, now);
        assert_eq!(ids.next_id(), Some(1));
        ids.insert(1, Sent::Publish, now);
        assert_eq!(ids.next_id(), Some(2));
    }
}
