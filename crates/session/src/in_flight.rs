//! Packet identifiers: which are in use, and which answer is awaited for them (MQTT 3.1.1 §2.3.1).

use std::collections::BTreeMap;

use web_time::Instant;

use crate::acknowledgement::{Acknowledgement, Awaiting};
use crate::message::Qos;

/// What was sent on this connection and waits for its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sent {
    /// PUBLISH, for PUBACK or PUBREC.
    Publish(Qos),
    /// PUBREL, for PUBCOMP; the exchange began on this connection at that time, or with this PUBREL.
    Release { began: Instant },
    /// SUBSCRIBE with this many filters, for SUBACK.
    Subscribe { filters: usize },
    /// UNSUBSCRIBE, for UNSUBACK.
    Unsubscribe,
}

impl Sent {
    /// What answers it. At QoS 0 nothing would, and nothing at QoS 0 is ever in flight.
    pub(crate) fn answer(self) -> Acknowledgement {
        match self {
            Self::Publish(Qos::AtMostOnce | Qos::AtLeastOnce) => Acknowledgement::PubAck,
            Self::Publish(Qos::ExactlyOnce) => Acknowledgement::PubRec,
            Self::Release { .. } => Acknowledgement::PubComp,
            Self::Subscribe { .. } => Acknowledgement::SubAck,
            Self::Unsubscribe => Acknowledgement::UnsubAck,
        }
    }

    fn is_message(self) -> bool {
        matches!(self, Self::Publish(_) | Self::Release { .. })
    }
}

/// The identifiers in use. All kinds of packets share them, and none is given out twice at a time.
pub(crate) struct InFlight {
    last: u16,
    /// By identifier: whether something holds it, be it awaited or still waiting to be sent.
    used: Vec<bool>,
    /// What was sent on this connection, and when.
    awaited: BTreeMap<u16, (Sent, Instant)>,
    /// How many of `awaited` are messages.
    messages: usize,
}

impl InFlight {
    /// Gives out identifiers after `last`, other than those in `held`.
    pub(crate) fn after(last: u16, held: impl Iterator<Item = u16>) -> Self {
        let mut used = vec![false; usize::from(u16::MAX) + 1];
        held.for_each(|id| used[usize::from(id)] = true);
        Self { last, used, awaited: BTreeMap::new(), messages: 0 }
    }

    /// The next free identifier after the last one given out; the first is 1.
    pub(crate) fn next_id(&self) -> Option<u16> {
        let all = u32::from(u16::MAX);
        (0..all)
            // Counts on from `last` and begins again at 1: zero is no identifier.
            .map(|step| ((u32::from(self.last) + step) % all + 1) as u16)
            .find(|id| !self.used[usize::from(*id)])
    }

    /// Keeps `id` from being given out.
    pub(crate) fn hold(&mut self, id: u16) {
        self.last = id;
        self.used[usize::from(id)] = true;
    }

    /// Lets `id` be given out again.
    pub(crate) fn free(&mut self, id: u16) {
        self.used[usize::from(id)] = false;
    }

    /// `id` was sent at `now`: its answer is awaited.
    pub(crate) fn expect(&mut self, id: u16, sent: Sent, now: Instant) {
        self.used[usize::from(id)] = true;
        self.messages += usize::from(sent.is_message());
        if let Some((before, _)) = self.awaited.insert(id, (sent, now)) {
            self.messages -= usize::from(before.is_message());
        }
    }

    /// What waits under `id` for its answer.
    pub(crate) fn awaited(&self, id: u16) -> Option<Sent> {
        self.awaited.get(&id).map(|(sent, _)| *sent)
    }

    /// The answer for `id` came. Gives what waited and since when; the identifier stays held.
    pub(crate) fn take(&mut self, id: u16) -> Option<(Sent, Instant)> {
        let taken = self.awaited.remove(&id)?;
        self.messages -= usize::from(taken.0.is_message());
        Some(taken)
    }

    /// The connection is over: no answer comes any longer.
    pub(crate) fn stop_waiting(&mut self) {
        self.awaited.clear();
        self.messages = 0;
    }

    /// Whether nothing waits for an answer.
    pub(crate) fn is_empty(&self) -> bool {
        self.awaited.is_empty()
    }

    /// Messages sent on this connection and not acknowledged.
    pub(crate) fn messages(&self) -> usize {
        self.messages
    }

    /// Every answer that is awaited, by identifier.
    pub(crate) fn awaiting(&self) -> impl Iterator<Item = Awaiting> {
        self.awaited.iter().map(|(&packet_id, &(sent, since))| {
            let acknowledgement = sent.answer();
            Awaiting { acknowledgement, packet_id, since }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // MQTT-2.3.1-1, MQTT-2.3.1-2.
    #[test]
    fn identifiers_count_from_one_wrap_past_zero_and_skip_those_in_use() {
        let mut ids = InFlight::after(0, [].into_iter());
        assert_eq!(ids.next_id(), Some(1));
        ids.hold(65_535);
        assert_eq!(ids.next_id(), Some(1));
        ids.hold(1);
        assert_eq!(ids.next_id(), Some(2));
        ids.hold(65_534);
        assert_eq!(ids.next_id(), Some(2));
        (1..=u16::MAX).for_each(|id| ids.hold(id));
        assert_eq!(ids.next_id(), None);
        ids.free(40_000);
        assert_eq!(ids.next_id(), Some(40_000));
    }
}
