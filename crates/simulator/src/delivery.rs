//! Messages at QoS 1 on their way to one device: a window of unacknowledged ones, and those that wait.

use std::collections::{BTreeMap, VecDeque};

use bytes::Bytes;
use frame::{Publish, QoS};
use onenet::legacy::UserTopic;
use web_time::Instant;

use crate::limits::Limits;

/// What is under way to one device. Nothing is ever left out: who has no room for a message cannot be served
/// any longer.
#[derive(Debug, Default)]
pub(crate) struct Deliveries {
    /// The identifiers that await a PUBACK, each with the bytes of its message.
    in_flight: BTreeMap<u16, usize>,
    in_flight_bytes: usize,
    /// Oldest first. Only while the window is full.
    waiting: VecDeque<Delivery>,
    waiting_bytes: usize,
    last_id: u16,
}

/// A message at QoS 1 for one device.
#[derive(Debug)]
pub(crate) struct Delivery {
    pub(crate) topic: UserTopic,
    pub(crate) payload: Bytes,
    /// Whether it comes because it was retained.
    pub(crate) retain: bool,
    /// Whether it may wait for the next login, and since when.
    pub(crate) keep: Option<Instant>,
}

impl Delivery {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.topic.as_str().len() + self.payload.len()
    }
}

/// What becomes of a message.
pub(crate) enum Outcome {
    /// Send this now.
    Send(Publish),
    /// It waits for a PUBACK of another.
    Waits,
    /// There is no room for it.
    Full,
}

impl Deliveries {
    /// Takes a message. `free` is how many bytes may still wait for all devices together; a device never has
    /// more of them than that, so that one alone cannot use them up.
    pub(crate) fn deliver(&mut self, delivery: Delivery, free: usize, limits: &Limits) -> Outcome {
        if self.waiting.is_empty() && self.has_window(&delivery, limits) {
            return Outcome::Send(self.send(delivery));
        }
        let room = limits.waiting_bytes_per_device.min(free).saturating_sub(self.waiting_bytes);
        if delivery.bytes() > room {
            return Outcome::Full;
        }
        self.waiting_bytes += delivery.bytes();
        self.waiting.push_back(delivery);
        Outcome::Waits
    }

    /// Takes a PUBACK. One for nothing that is under way means nothing: MQTT 3.1.1 does not forbid it.
    pub(crate) fn handle_puback(&mut self, id: u16) {
        self.in_flight_bytes -= self.in_flight.remove(&id).unwrap_or_default();
    }

    /// The next message that the window has room for.
    pub(crate) fn poll_publish(&mut self, limits: &Limits) -> Option<Publish> {
        if !self.has_window(self.waiting.front()?, limits) {
            return None;
        }
        let delivery = self.waiting.pop_front()?;
        self.waiting_bytes -= delivery.bytes();
        if self.waiting.is_empty() {
            // Gives back what a burst has made it reserve.
            self.waiting = VecDeque::new();
        }
        Some(self.send(delivery))
    }

    /// Bytes of the messages that wait for room in the window.
    pub(crate) fn waiting_bytes(&self) -> usize {
        self.waiting_bytes
    }

    /// Gives the messages that were never sent, oldest first.
    pub(crate) fn into_waiting(self) -> impl Iterator<Item = Delivery> {
        self.waiting.into_iter()
    }

    /// Whether there is room in the window. One message always may be under way, however large.
    fn has_window(&self, next: &Delivery, limits: &Limits) -> bool {
        // One identifier of all 65,535 stays free.
        let messages = limits.in_flight.clamp(1, usize::from(u16::MAX) - 1);
        let bytes = limits.in_flight_bytes.saturating_sub(self.in_flight_bytes);
        self.in_flight.is_empty() || (self.in_flight.len() < messages && next.bytes() <= bytes)
    }

    fn send(&mut self, delivery: Delivery) -> Publish {
        // Ends, because the window is smaller than the 65,535 identifiers.
        loop {
            self.last_id = self.last_id.checked_add(1).unwrap_or(1);
            if !self.in_flight.contains_key(&self.last_id) {
                break;
            }
        }
        self.in_flight.insert(self.last_id, delivery.bytes());
        self.in_flight_bytes += delivery.bytes();
        let mut publish = Publish::from_bytes(delivery.topic.as_str(), QoS::AtLeastOnce, delivery.payload);
        publish.pkid = self.last_id;
        publish.retain = delivery.retain;
        publish
    }
}
