//! What a frame meets on its way out: faults, counted and drawn. Knows no connections and no clock.

use std::collections::BTreeMap;
use std::time::Duration;

use frame::{Packet, QoS};

use super::chance::Chance;
use super::faults::{Chunks, Faults, When};
use super::strike::Scope;
use crate::reason::RefusalCode;

/// The longest that a frame is delayed.
const MAX_LATENESS: Duration = Duration::from_secs(3_600);
/// The most chunks of one frame.
const MAX_PIECES: usize = 64;

/// The faults that are set.
#[derive(Debug, Default)]
pub(crate) struct Scenarios {
    platform: Option<Scenario>,
    by_device: BTreeMap<String, Scenario>,
}

/// Faults, and how far they have come.
#[derive(Debug)]
pub(crate) struct Scenario {
    faults: Faults,
    chance: Chance,
    /// How many frames each trigger has seen.
    seen: [u32; TRIGGERS],
}

/// What a fault watches.
#[derive(Debug, Clone, Copy)]
enum Trigger {
    Cut,
    HalfOpen,
    Puback,
    Pubrec,
    Pubrel,
    Pubcomp,
    Pingresp,
    Duplicate,
}

const TRIGGERS: usize = Trigger::Duplicate as usize + 1;

/// What becomes of a frame.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It goes out, perhaps twice.
    Sent { twice: bool },
    /// It does not.
    Lost,
    /// So many bytes of it go out, then the connection is cut.
    Cut { after: usize },
    /// It does not go out, nor does anything after it.
    HalfOpen,
}

/// How a frame goes out.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// In pieces of so many bytes, each so much later.
    Pieces(Vec<(usize, Duration)>),
    /// Together with what follows until then.
    Merged(Duration),
}

impl Scenarios {
    /// Sets the faults of a scope in place of those it had; begins their counts and chance anew.
    pub(crate) fn set(&mut self, scope: &Scope, faults: Faults) {
        let scenario = (!faults.is_off()).then(|| Scenario::new(faults));
        match (scope, scenario) {
            (Scope::Platform, scenario) => self.platform = scenario,
            (Scope::Device(device_id), Some(scenario)) => {
                self.by_device.insert(device_id.clone(), scenario);
            }
            (Scope::Device(device_id), None) => {
                self.by_device.remove(device_id);
            }
        }
    }

    /// Forgets the faults of devices that are none any more.
    pub(crate) fn retain(&mut self, is_device: impl Fn(&str) -> bool) {
        self.by_device.retain(|device_id, _| is_device(device_id));
    }

    pub(crate) fn get(&self, scope: &Scope) -> Option<&Faults> {
        let scenario = match scope {
            Scope::Platform => self.platform.as_ref(),
            Scope::Device(device_id) => self.by_device.get(device_id),
        };
        scenario.map(|scenario| &scenario.faults).filter(|faults| !faults.is_off())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.platform.is_none() && self.by_device.is_empty()
    }

    /// The faults that strike a device: its own where it has any, otherwise the platform's. The latter strike
    /// connections without a login, too.
    pub(crate) fn of(&mut self, device_id: Option<&str>) -> Option<&mut Scenario> {
        match device_id.and_then(|device_id| self.by_device.get_mut(device_id)) {
            Some(scenario) => Some(scenario),
            None => self.platform.as_mut(),
        }
    }
}

impl Scenario {
    fn new(faults: Faults) -> Self {
        Self { chance: Chance::new(faults.seed), faults, seen: [0; TRIGGERS] }
    }

    /// The code that a login is refused with, once.
    pub(crate) fn take_refusal(&mut self) -> Option<RefusalCode> {
        self.faults.refuse_login.take()
    }

    /// What becomes of a frame of so many bytes.
    pub(crate) fn judge(&mut self, packet: &Packet, length: usize) -> Fate {
        if self.strikes(Trigger::HalfOpen) {
            return Fate::HalfOpen;
        }
        if acknowledges(packet).is_some_and(|trigger| self.strikes(trigger)) {
            return Fate::Lost;
        }
        if self.strikes(Trigger::Cut) {
            let most = length.saturating_sub(1);
            let by_chance = self.chance.below(length as u64);
            let after =
                self.faults.cut_after.map_or(usize::try_from(by_chance).unwrap_or(most), |n| n.min(most));
            return Fate::Cut { after };
        }
        let may_repeat = matches!(packet, Packet::Publish(publish) if publish.qos != QoS::AtMostOnce);
        Fate::Sent { twice: may_repeat && self.strikes(Trigger::Duplicate) }
    }

    /// How a frame of so many bytes goes out.
    pub(crate) fn way(&mut self, length: usize) -> Way {
        match self.faults.chunks {
            Chunks::Merge(within) => Way::Merged(self.lateness().saturating_add(within).min(MAX_LATENESS)),
            Chunks::Whole => Way::Pieces(vec![(length, self.lateness())]),
            Chunks::Split(most) => {
                let (mut rest, mut pieces) = (length, Vec::new());
                while rest > 0 {
                    let drawn = 1 + self.chance.below(most.max(1) as u64);
                    let drawn = usize::try_from(drawn).unwrap_or(rest).min(rest);
                    let piece = if pieces.len() + 1 == MAX_PIECES { rest } else { drawn };
                    pieces.push((piece, self.lateness()));
                    rest -= piece;
                }
                Way::Pieces(pieces)
            }
        }
    }

    fn lateness(&mut self) -> Duration {
        let jitter = self.faults.jitter.min(MAX_LATENESS).as_micros();
        let jitter = u64::try_from(jitter).unwrap_or_default();
        let drawn = if jitter == 0 { 0 } else { self.chance.below(jitter + 1) };
        self.faults.delay.saturating_add(Duration::from_micros(drawn)).min(MAX_LATENESS)
    }

    /// Counts a frame that a trigger watches. Whether its fault strikes that one.
    fn strikes(&mut self, trigger: Trigger) -> bool {
        let faults = &mut self.faults;
        let set = match trigger {
            Trigger::Cut => &mut faults.cut,
            Trigger::HalfOpen => &mut faults.half_open,
            Trigger::Puback => &mut faults.lose_puback,
            Trigger::Pubrec => &mut faults.lose_pubrec,
            Trigger::Pubrel => &mut faults.lose_pubrel,
            Trigger::Pubcomp => &mut faults.lose_pubcomp,
            Trigger::Pingresp => &mut faults.lose_pingresp,
            Trigger::Duplicate => &mut faults.duplicate,
        };
        let Some(when) = *set else { return false };
        let seen = &mut self.seen[trigger as usize];
        *seen = seen.saturating_add(1);
        match when {
            When::Nth(number) if number == *seen => {
                *set = None;
                true
            }
            When::Nth(_) => false,
            When::Each(number) => number != 0 && seen.is_multiple_of(number),
            When::PerMille(share) => self.chance.below(1_000) < share.into(),
        }
    }
}

/// What watches the loss of a packet, where that is a fault that can be set.
fn acknowledges(packet: &Packet) -> Option<Trigger> {
    match packet {
        Packet::PubAck(_) => Some(Trigger::Puback),
        Packet::PubRec(_) => Some(Trigger::Pubrec),
        Packet::PubRel(_) => Some(Trigger::Pubrel),
        Packet::PubComp(_) => Some(Trigger::Pubcomp),
        Packet::PingResp => Some(Trigger::Pingresp),
        Packet::Connect(_)
        | Packet::ConnAck(_)
        | Packet::Publish(_)
        | Packet::Subscribe(_)
        | Packet::SubAck(_)
        | Packet::Unsubscribe(_)
        | Packet::UnsubAck(_)
        | Packet::PingReq
        | Packet::Disconnect => None,
    }
}

#[cfg(test)]
mod tests {
    use frame::PubAck;

    use super::*;

    #[test]
    fn strikes_the_frames_that_it_counts() {
        let lost = |when| {
            let mut scenario = Scenario::new(Faults { lose_puback: Some(when), ..Faults::default() });
            let fates = (1..=9).filter(|id| {
                // Other frames do not count.
                scenario.judge(&Packet::PingResp, 2);
                scenario.judge(&Packet::PubAck(PubAck::new(*id)), 4) == Fate::Lost
            });
            fates.collect::<Vec<u16>>()
        };
        assert_eq!(lost(When::Nth(3)), [3]);
        assert_eq!(lost(When::Each(3)), [3, 6, 9]);
        assert_eq!(lost(When::Each(1)).len(), 9);
        assert_eq!(lost(When::PerMille(1_000)).len(), 9);
        for never in [When::Nth(0), When::Each(0), When::PerMille(0)] {
            assert!(lost(never).is_empty());
        }
    }

    #[test]
    fn the_pieces_of_a_frame_are_the_frame() {
        for most in [0, 1, 7, usize::MAX] {
            let mut scenario = Scenario::new(Faults { chunks: Chunks::Split(most), ..Faults::default() });
            let Way::Pieces(pieces) = scenario.way(1_000) else { panic!("split") };
            assert!(pieces.len() <= MAX_PIECES);
            assert_eq!(pieces.iter().map(|(length, _)| length).sum::<usize>(), 1_000);
        }
    }

    #[test]
    fn is_never_later_than_an_hour() {
        let late = Faults { delay: Duration::MAX, jitter: Duration::MAX, ..Faults::default() };
        let merged = Faults { chunks: Chunks::Merge(Duration::MAX), ..late.clone() };
        assert_eq!(Scenario::new(late).way(2), Way::Pieces(vec![(2, MAX_LATENESS)]));
        assert_eq!(Scenario::new(merged).way(2), Way::Merged(MAX_LATENESS));
    }
}
