//! What was uploaded and what became of it. Bounded: the oldest settled ones go first.

use std::collections::VecDeque;
use std::time::Duration;

use session::{Acknowledgement, Awaiting, CommandError, Message, Qos};
use time::OffsetDateTime;
use web_time::Instant;

use crate::upload::{Answer, Fate, Progress, Upload, Verdict};

/// The uploads of this page, newest last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outbox {
    items: VecDeque<Item>,
    /// Numbers given out.
    count: u64,
    evicted: u64,
    /// Uploads that the platform has rejected.
    rejected: u64,
    /// How far sending has come.
    progress: Progress,
}

/// One upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Counted from 1 over the life of the page.
    pub number: u64,
    /// What was to be sent.
    pub upload: Upload,
    /// Its packet identifier, at QoS 1 and 2.
    pub packet_id: Option<u16>,
    /// What became of it.
    pub fate: Fate,
    /// When it was sent last, if it was.
    pub sent_at: Option<OffsetDateTime>,
    /// How often it was sent while this page watched.
    pub sendings: u32,
    /// Whether it is sent again though the platform may have it, and cannot know that it is the same.
    pub may_repeat: bool,
    /// Whether it comes from an earlier page or login.
    pub restored: bool,
    /// Names the device and place that it waits for, while it is set aside.
    pub left: Option<String>,
    /// What the platform said to it beyond acknowledging it, if it has.
    pub verdict: Option<Verdict>,
    /// Whether the platform may have answered while nobody listened: it does not answer again.
    unheard: bool,
    /// When the answer that it waits for began to be awaited.
    since: Option<Instant>,
}

/// Uploads kept.
const LIMIT: usize = 200;
/// Bytes of their payloads kept.
const MAX_BYTES: usize = 16 * 1024 * 1024;

impl Outbox {
    /// Notes an upload: accepted with its packet identifier, or refused.
    pub fn push(&mut self, upload: Upload, outcome: Result<Option<u16>, CommandError>) {
        let (packet_id, fate) = match (outcome, upload.qos) {
            (Ok(packet_id), Qos::AtMostOnce) => (packet_id, Fate::Sent),
            (Ok(packet_id), Qos::AtLeastOnce | Qos::ExactlyOnce) => (packet_id, Fate::Waiting),
            (Err(error), _) => (None, Fate::Refused(error)),
        };
        self.list(upload, packet_id, fate, false);
    }

    /// Notes an upload that goes on from an earlier page or login of the device that `key` names. One that was set
    /// aside here for that device is the same. Without a message the platform has taken it, and only its last answer
    /// is missing.
    pub fn restore(&mut self, key: &str, packet_id: u16, message: Option<&Message>) {
        let same = |item: &&mut Item| {
            item.is_left(key)
                && item.packet_id == Some(packet_id)
                && message.is_none_or(|message| {
                    (&item.upload.topic, &item.upload.payload) == (&message.topic, &message.payload)
                })
        };
        match self.items.iter_mut().find(same) {
            Some(item) => (item.fate, item.left) = (Fate::Waiting, None),
            None => {
                let upload = message.map_or_else(Upload::taken, Upload::of);
                self.list(upload, Some(packet_id), Fate::Waiting, true);
            }
        }
    }

    fn list(&mut self, upload: Upload, packet_id: Option<u16>, fate: Fate, restored: bool) {
        self.count += 1;
        let (number, sent_at, sendings, since) = (self.count, None, 0, None);
        let (may_repeat, left, verdict, unheard) = (false, None, None, false);
        self.items.push_back(Item {
            number,
            upload,
            packet_id,
            fate,
            sent_at,
            sendings,
            may_repeat,
            restored,
            left,
            verdict,
            unheard,
            since,
        });
        // The newest stays, however big it is.
        while self.items.len() > 1 && (self.items.len() > LIMIT || self.bytes() > MAX_BYTES) {
            // An open one is still owed an answer.
            let older = self.items.len() - 1;
            let settled = self.items.iter().take(older).position(|item| !item.fate.is_open());
            self.items.remove(settled.unwrap_or(0));
            self.evicted += 1;
        }
    }

    fn bytes(&self) -> usize {
        self.items.iter().map(|item| item.upload.payload.len()).sum()
    }

    /// Sending has come so far.
    pub fn follow(&mut self, at: OffsetDateTime, progress: Progress) {
        for item in self.items.iter_mut().filter(|item| item.fate.is_open()) {
            let awaited = |awaiting: &&Awaiting| {
                Some(awaiting.packet_id) == item.packet_id && answers_us(awaiting.acknowledgement)
            };
            let Some(awaiting) = progress.awaiting.iter().find(awaited) else {
                (item.fate, item.since) = (Fate::Waiting, None);
                continue;
            };
            let is_publish = awaiting.acknowledgement != Acknowledgement::PubComp;
            if item.since != Some(awaiting.since) && is_publish {
                item.sendings += 1;
                item.sent_at = Some(at);
            }
            (item.fate, item.since) = (Fate::OnItsWay(awaiting.acknowledgement), Some(awaiting.since));
        }
        self.progress = progress;
    }

    /// The last acknowledgement for `packet_id` came.
    pub fn acknowledge(&mut self, packet_id: u16, round_trip: Duration) {
        self.settle(packet_id, Fate::Acknowledged(round_trip));
    }

    /// Nobody will say what became of this one.
    pub fn abandon(&mut self, packet_id: u16) {
        self.settle(packet_id, Fate::Unknown);
    }

    /// The newest uploads at QoS 0 were still here when the connection ended.
    pub fn never_left(&mut self, uploads: u64) {
        let uploads = usize::try_from(uploads).unwrap_or(usize::MAX);
        for item in self.items.iter_mut().rev().filter(|item| item.fate == Fate::Sent).take(uploads) {
            item.fate = Fate::NeverLeft;
        }
    }

    /// The person took this one back: one that is open, or one that was left with the device that `left` names.
    pub fn give_up(&mut self, left: Option<&str>, packet_id: u16) {
        match left {
            None => self.settle(packet_id, Fate::GivenUp),
            Some(key) => {
                let same = |item: &&mut Item| item.is_left(key) && item.packet_id == Some(packet_id);
                if let Some(item) = self.items.iter_mut().find(same) {
                    item.fate = Fate::GivenUp;
                }
            }
        }
    }

    fn settle(&mut self, packet_id: u16, fate: Fate) {
        if let Some(item) = self.open_mut(packet_id) {
            item.fate = fate;
        }
    }

    /// This one is sent again to a platform that may have it and does not know.
    pub fn repeat(&mut self, packet_id: u16) {
        if let Some(item) = self.open_mut(packet_id) {
            item.may_repeat = true;
        }
    }

    fn open_mut(&mut self, packet_id: u16) -> Option<&mut Item> {
        self.items.iter_mut().find(|item| item.packet_id == Some(packet_id) && item.fate.is_open())
    }

    /// The person has left the device of all that are open, which `key` names: they wait for its next login.
    pub fn set_aside(&mut self, key: &str) {
        for item in self.items.iter_mut().filter(|item| item.fate.is_open()) {
            (item.fate, item.left) = (Fate::SetAside, Some(key.to_owned()));
        }
    }

    /// The person had everything deleted that was left with this device.
    pub fn delete(&mut self, key: &str) {
        self.settle_left(key, Fate::Deleted);
    }

    /// Whatever was left with this device and is not restored is not there any longer.
    pub fn take_over(&mut self, key: &str) {
        self.settle_left(key, Fate::TakenOver);
    }

    fn settle_left(&mut self, key: &str, fate: Fate) {
        self.items.iter_mut().filter(|item| item.is_left(key)).for_each(|item| item.fate = fate);
    }

    /// The platform took or rejected an upload: the oldest with that topic and id which still waits for a word. What
    /// is said to an id that no upload has is said to one whose id cannot be read.
    pub fn judge(&mut self, answer: Answer) {
        let Answer { topic, id, verdict } = answer;
        let waiting = |item: &&mut Item| item.upload.topic == topic && item.may_be_judged();
        let mut waiting: Vec<&mut Item> = self.items.iter_mut().filter(waiting).collect();
        let ids: Vec<Option<String>> = waiting.iter().map(|item| item.upload.id()).collect();
        let place = ids.iter().position(|own| *own == id).or_else(|| ids.iter().position(Option::is_none));
        // Of those that are no longer kept it is known how many were rejected, and nothing else.
        if !verdict.accepted && (place.is_some() || self.evicted > 0) {
            self.rejected += 1;
        }
        if let Some(place) = place {
            waiting[place].verdict = Some(verdict);
        }
    }

    /// Nobody listened to the platform until now: what it had to say to uploads that are settled is lost.
    pub fn miss_verdicts(&mut self) {
        self.items.iter_mut().filter(|item| !item.fate.is_open()).for_each(|item| item.unheard = true);
    }

    /// The uploads kept, newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().rev()
    }

    /// The last upload to `topic`.
    pub fn last_to(&self, topic: &str) -> Option<&Item> {
        self.newest_first().find(|item| item.upload.topic == topic)
    }

    /// Uploads listed since the page was opened: those kept and those evicted.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Uploads no longer kept.
    pub fn evicted(&self) -> u64 {
        self.evicted
    }

    /// Uploads that the platform has rejected, whether it acknowledged them or not.
    pub fn rejected(&self) -> u64 {
        self.rejected
    }

    /// How far sending has come.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }
}

impl Item {
    /// Whether the person may want to send the same once more.
    pub fn may_be_sent_again(&self) -> bool {
        let is_over = match self.fate {
            Fate::NeverLeft
            | Fate::Unknown
            | Fate::GivenUp
            | Fate::Deleted
            | Fate::TakenOver
            | Fate::Refused(_) => true,
            Fate::Waiting | Fate::OnItsWay(_) | Fate::Sent | Fate::Acknowledged(_) | Fate::SetAside => false,
        };
        is_over && !self.upload.topic.is_empty()
    }

    /// Whether it can be taken back: the platform must not know its identifier, or another message would be taken
    /// for it.
    pub fn may_be_given_up(&self) -> bool {
        let is_unknown = !self.restored && self.sendings == 0 || self.may_repeat;
        matches!(self.fate, Fate::Waiting | Fate::SetAside) && is_unknown
    }

    /// Whether the platform may still say whether it takes it.
    fn may_be_judged(&self) -> bool {
        let is_sent = match self.fate {
            Fate::Waiting
            | Fate::OnItsWay(_)
            | Fate::Sent
            | Fate::Acknowledged(_)
            | Fate::Unknown
            | Fate::GivenUp => true,
            Fate::NeverLeft | Fate::SetAside | Fate::Deleted | Fate::TakenOver | Fate::Refused(_) => false,
        };
        is_sent && self.verdict.is_none() && !self.unheard
    }

    /// Whether it waits for the next login of the device that `key` names.
    fn is_left(&self, key: &str) -> bool {
        self.fate == Fate::SetAside && self.left.as_deref() == Some(key)
    }
}

/// Whether it is the platform that owes it, for a message of ours.
fn answers_us(acknowledgement: Acknowledgement) -> bool {
    match acknowledgement {
        Acknowledgement::PubAck | Acknowledgement::PubRec | Acknowledgement::PubComp => true,
        Acknowledgement::PubRel | Acknowledgement::SubAck | Acknowledgement::UnsubAck => false,
    }
}

#[cfg(test)]
mod tests;
