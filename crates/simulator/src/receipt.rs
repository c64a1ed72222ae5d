//! Messages at QoS 2 that a device has sent and not released yet: what makes them arrive exactly once
//! (MQTT 3.1.1 §4.3.3).

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use onenet::legacy::UserTopic;
use web_time::Instant;

/// What awaits a PUBREL of one device.
#[derive(Debug, Default)]
pub(crate) struct Receipts {
    by_id: BTreeMap<u16, Receipt>,
    /// When each got its PUBREC, and its identifier.
    by_age: BTreeSet<(Instant, u16)>,
    bytes: usize,
}

#[derive(Debug)]
struct Receipt {
    at: Instant,
    held: Option<Held>,
}

/// A message on a user topic: it is passed on when it is released (reference §1.4).
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) topic: UserTopic,
    pub(crate) payload: Bytes,
    pub(crate) retain: bool,
}

impl Receipt {
    fn bytes(&self) -> usize {
        let held = self.held.as_ref().map_or(0, |held| held.topic.as_str().len() + held.payload.len());
        size_of::<(u16, Self)>() + held
    }
}

impl Receipts {
    /// Notes a message with a new identifier. Whether there are `room` bytes for it.
    pub(crate) fn push(&mut self, id: u16, held: Option<Held>, now: Instant, room: usize) -> bool {
        let receipt = Receipt { at: now, held };
        if receipt.bytes() > room.saturating_sub(self.bytes) {
            return false;
        }
        self.bytes += receipt.bytes();
        self.by_age.insert((now, id));
        self.by_id.insert(id, receipt);
        true
    }

    /// Whether a message with this identifier was received before; it gets another PUBREC then.
    pub(crate) fn repeat(&mut self, id: u16, now: Instant) -> bool {
        let Some(receipt) = self.by_id.get_mut(&id) else { return false };
        self.by_age.remove(&(receipt.at, id));
        receipt.at = now;
        self.by_age.insert((now, id));
        true
    }

    /// Takes a PUBREL: `None` where nothing awaits it, otherwise what it lets go on.
    pub(crate) fn release(&mut self, id: u16) -> Option<Option<Held>> {
        let receipt = self.by_id.remove(&id)?;
        self.by_age.remove(&(receipt.at, id));
        self.bytes -= receipt.bytes();
        Some(receipt.held)
    }

    /// The device has come back: all have as much time again.
    pub(crate) fn restart(&mut self, now: Instant) {
        self.by_age = self.by_id.keys().map(|id| (now, *id)).collect();
        self.by_id.values_mut().for_each(|receipt| receipt.at = now);
    }

    /// When the one that has awaited its PUBREL longest got its PUBREC.
    pub(crate) fn oldest(&self) -> Option<Instant> {
        self.by_age.first().map(|(at, _)| *at)
    }

    pub(crate) fn len(&self) -> usize {
        self.by_id.len()
    }

    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }
}
