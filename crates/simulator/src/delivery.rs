//! Messages at QoS 1 on their way to one device: a window of unacknowledged ones, and those that wait.

use std::collections::{BTreeSet, VecDeque};

use bytes::Bytes;
use frame::{Publish, QoS};
use onenet::legacy::UserTopic;

use crate::limits::Limits;

/// What is under way to one device.
#[derive(Debug, Default)]
pub(crate) struct Deliveries {
    /// The identifiers that await a PUBACK.
    in_flight: BTreeSet<u16>,
    /// Oldest first. Only while the window is full.
    waiting: VecDeque<Message>,
    waiting_bytes: usize,
    last_id: u16,
}

#[derive(Debug)]
struct Message {
    topic: UserTopic,
    payload: Bytes,
    retain: bool,
}

impl Message {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.topic.as_str().len() + self.payload.len()
    }
}

/// What became of a message.
pub(crate) enum Delivery {
    /// Send this now.
    Send(Publish),
    /// It waits for a PUBACK of another.
    Waits,
    /// There is no room: it is gone for this device.
    Discarded,
}

impl Deliveries {
    /// Takes a message at QoS 1. `retain` is set where it comes because it was retained.
    pub(crate) fn deliver(
        &mut self,
        topic: UserTopic,
        payload: Bytes,
        retain: bool,
        limits: &Limits,
    ) -> Delivery {
        let message = Message { topic, payload, retain };
        if self.waiting.is_empty() && self.in_flight.len() < window(limits) {
            return Delivery::Send(self.send(message));
        }
        if message.bytes() > limits.waiting_bytes.saturating_sub(self.waiting_bytes) {
            return Delivery::Discarded;
        }
        self.waiting_bytes += message.bytes();
        self.waiting.push_back(message);
        Delivery::Waits
    }

    /// Takes a PUBACK and gives the message it makes room for. One for nothing that is under way means
    /// nothing: MQTT 3.1.1 does not forbid it.
    pub(crate) fn acknowledge(&mut self, id: u16) -> Option<Publish> {
        if !self.in_flight.remove(&id) {
            return None;
        }
        let message = self.waiting.pop_front()?;
        self.waiting_bytes -= message.bytes();
        Some(self.send(message))
    }

    fn send(&mut self, message: Message) -> Publish {
        // Ends, because the window is smaller than the 65,535 identifiers.
        loop {
            self.last_id = self.last_id.checked_add(1).unwrap_or(1);
            if self.in_flight.insert(self.last_id) {
                break;
            }
        }
        let mut publish = Publish::from_bytes(message.topic.as_str(), QoS::AtLeastOnce, message.payload);
        publish.pkid = self.last_id;
        publish.retain = message.retain;
        publish
    }
}

fn window(limits: &Limits) -> usize {
    limits.in_flight.clamp(1, usize::from(u16::MAX) - 1)
}
