//! Messages at QoS 1 and 2 on their way to one device: a window of those it has not acknowledged, and those
//! that wait for room in it.

use std::collections::{BTreeMap, VecDeque};

use bytes::Bytes;
use frame::{Packet, PubRel, Publish, QoS};
use onenet::legacy::UserTopic;
use web_time::Instant;

use crate::event::Acknowledgement;
use crate::limits::Limits;

/// What is under way to one device. Nothing is ever left out: who has no room for a message cannot be served
/// any longer.
#[derive(Debug, Default)]
pub(crate) struct Deliveries {
    /// By the identifier that awaits an acknowledgement.
    in_flight: BTreeMap<u16, InFlight>,
    in_flight_bytes: usize,
    /// Oldest first. Only while the window is full.
    waiting: VecDeque<Delivery>,
    waiting_bytes: usize,
    last_id: u16,
    /// How many steps were taken so far.
    steps: u64,
}

/// A message at QoS 1 or 2 for one device.
#[derive(Debug)]
pub(crate) struct Delivery {
    pub(crate) topic: UserTopic,
    pub(crate) payload: Bytes,
    /// 1 or 2.
    pub(crate) qos: QoS,
    /// Whether it comes because it was retained.
    pub(crate) retain: bool,
    /// Whether it may wait for the next login, and since when.
    pub(crate) keep: Option<Instant>,
}

#[derive(Debug)]
struct InFlight {
    /// The step that brought it here: what is sent again is sent in this order (MQTT 3.1.1 §4.6).
    step: u64,
    phase: Phase,
}

/// How far a message has come (MQTT 3.1.1 §4.3.2, §4.3.3).
#[derive(Debug)]
enum Phase {
    /// Sent: at QoS 1 its PUBACK ends it, at QoS 2 its PUBREC brings it on.
    Published(Delivery),
    /// Its PUBREL is sent, and the message itself never will be again: its PUBCOMP ends it.
    Released,
}

impl Delivery {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.topic.as_str().len() + self.payload.len()
    }

    fn publish(&self, id: u16) -> Publish {
        let mut publish = Publish::from_bytes(self.topic.as_str(), self.qos, self.payload.clone());
        publish.pkid = id;
        publish.retain = self.retain;
        publish
    }
}

/// What becomes of a message.
pub(crate) enum Outcome {
    /// Send this now.
    Send(Publish),
    /// It waits for an acknowledgement of another.
    Waits,
    /// There is no room for it.
    Full,
}

/// What an acknowledgement is to the message that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The message is through.
    Done,
    /// It is to be released with a PUBREL.
    Release,
    /// No message is under way with this identifier.
    Unknown,
    /// The message under way with this identifier awaits another one.
    Wrong,
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

    /// Takes an acknowledgement.
    pub(crate) fn handle(&mut self, acknowledgement: Acknowledgement, id: u16) -> Step {
        use Acknowledgement as Ack;

        let Some(in_flight) = self.in_flight.get_mut(&id) else { return Step::Unknown };
        match (&in_flight.phase, acknowledgement) {
            (Phase::Published(delivery), Ack::Puback) if delivery.qos == QoS::AtLeastOnce => {
                self.in_flight_bytes -= delivery.bytes();
                self.in_flight.remove(&id);
                Step::Done
            }
            (Phase::Published(delivery), Ack::Pubrec) if delivery.qos == QoS::ExactlyOnce => {
                self.in_flight_bytes -= delivery.bytes();
                self.steps += 1;
                *in_flight = InFlight { step: self.steps, phase: Phase::Released };
                Step::Release
            }
            // It came again for a message that was sent again.
            (Phase::Released, Ack::Pubrec) => Step::Release,
            (Phase::Released, Ack::Pubcomp) => {
                self.in_flight.remove(&id);
                Step::Done
            }
            (Phase::Published(_), Ack::Puback | Ack::Pubrec | Ack::Pubcomp | Ack::Pubrel)
            | (Phase::Released, Ack::Puback | Ack::Pubrel) => Step::Wrong,
        }
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

    /// What a device that has come back to its session gets again, with the identifiers it had: every PUBREL
    /// in the order of the PUBRECs, then every PUBLISH, with DUP, in the order they were sent (MQTT 3.1.1
    /// §4.4, §4.6). The former are about messages that were sent before the latter.
    pub(crate) fn again(&self) -> Vec<Packet> {
        let mut in_flight: Vec<(&u16, &InFlight)> = self.in_flight.iter().collect();
        in_flight.sort_by_key(|(_, in_flight)| (!in_flight.is_released(), in_flight.step));
        let again = in_flight.into_iter().map(|(id, in_flight)| match &in_flight.phase {
            Phase::Released => Packet::PubRel(PubRel::new(*id)),
            Phase::Published(delivery) => Packet::Publish(Publish { dup: true, ..delivery.publish(*id) }),
        });
        again.collect()
    }

    /// How many messages were sent and are not acknowledged, those with a PUBREL included.
    pub(crate) fn in_flight(&self) -> usize {
        self.in_flight.len()
    }

    /// How many messages wait for room in the window.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Bytes of the messages that wait for room in the window.
    pub(crate) fn waiting_bytes(&self) -> usize {
        self.waiting_bytes
    }

    /// Takes the messages that were never sent, oldest first.
    pub(crate) fn take_waiting(&mut self) -> VecDeque<Delivery> {
        self.waiting_bytes = 0;
        std::mem::take(&mut self.waiting)
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
        self.in_flight_bytes += delivery.bytes();
        self.steps += 1;
        let publish = delivery.publish(self.last_id);
        let phase = Phase::Published(delivery);
        self.in_flight.insert(self.last_id, InFlight { step: self.steps, phase });
        publish
    }
}

impl InFlight {
    fn is_released(&self) -> bool {
        matches!(self.phase, Phase::Released)
    }
}
