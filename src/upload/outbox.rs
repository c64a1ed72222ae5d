//! What was uploaded and what became of it. Bounded: the oldest settled ones go first.

use std::collections::VecDeque;
use std::time::Duration;

use session::{CommandError, Qos};

use crate::upload::Upload;

/// The uploads of this page, newest last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outbox {
    items: VecDeque<Item>,
    /// Numbers given out.
    count: u64,
    evicted: u64,
}

/// One upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Counted from 1 over the life of the page.
    pub number: u64,
    /// What was to be sent.
    pub upload: Upload,
    /// Its packet identifier, at QoS 1.
    pub packet_id: Option<u16>,
    /// What became of it.
    pub fate: Fate,
}

/// What became of an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Sent at QoS 1, its PUBACK awaited.
    Waiting,
    /// Sent at QoS 0: nobody will say whether it arrived.
    Sent,
    /// The PUBACK came after this time.
    Acknowledged(Duration),
    /// The connection was lost before the PUBACK: it may have arrived or not.
    Unknown,
    /// It was not sent.
    Refused(CommandError),
}

impl Fate {
    /// A word that style sheets and tests know it by.
    pub fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Acknowledged(_) => "acknowledged",
            Self::Unknown => "unknown",
            Self::Refused(_) => "refused",
        }
    }
}

/// Uploads kept.
const LIMIT: usize = 200;
/// Bytes of their payloads kept.
const MAX_BYTES: usize = 16 * 1024 * 1024;

impl Outbox {
    /// Notes an upload: sent with its packet identifier, or refused.
    pub fn push(&mut self, upload: Upload, outcome: Result<Option<u16>, CommandError>) {
        self.count += 1;
        let (packet_id, fate) = match (outcome, upload.qos) {
            (Ok(packet_id), Qos::AtMostOnce) => (packet_id, Fate::Sent),
            (Ok(packet_id), Qos::AtLeastOnce | Qos::ExactlyOnce) => (packet_id, Fate::Waiting),
            (Err(error), _) => (None, Fate::Refused(error)),
        };
        self.items.push_back(Item { number: self.count, upload, packet_id, fate });
        // The newest stays, however big it is.
        while self.items.len() > 1 && (self.items.len() > LIMIT || self.bytes() > MAX_BYTES) {
            // A waiting one is still owed an answer.
            let older = self.items.len() - 1;
            let settled = self.items.iter().take(older).position(|item| item.fate != Fate::Waiting);
            self.items.remove(settled.unwrap_or(0));
            self.evicted += 1;
        }
    }

    fn bytes(&self) -> usize {
        self.items.iter().map(|item| item.upload.payload.len()).sum()
    }

    /// The PUBACK for `packet_id` came.
    pub fn acknowledge(&mut self, packet_id: u16, round_trip: Duration) {
        let waiting = |item: &&mut Item| item.packet_id == Some(packet_id) && item.fate == Fate::Waiting;
        if let Some(item) = self.items.iter_mut().find(waiting) {
            item.fate = Fate::Acknowledged(round_trip);
        }
    }

    /// The connection is gone: no PUBACK comes any longer.
    pub fn lose(&mut self) {
        for item in self.items.iter_mut().filter(|item| item.fate == Fate::Waiting) {
            item.fate = Fate::Unknown;
        }
    }

    /// The uploads kept, newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().rev()
    }

    /// The last upload to `topic`.
    pub fn last_to(&self, topic: &str) -> Option<&Item> {
        self.newest_first().find(|item| item.upload.topic == topic)
    }

    /// Uploads since the page was opened: those kept and those evicted.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Uploads no longer kept.
    pub fn evicted(&self) -> u64 {
        self.evicted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upload() -> Upload {
        Upload::answer("7", "done")
    }

    fn fates(outbox: &Outbox) -> Vec<Fate> {
        outbox.newest_first().map(|item| item.fate).collect()
    }

    #[test]
    fn follows_each_upload_to_its_end() {
        let mut outbox = Outbox::default();
        outbox.push(upload(), Ok(Some(1)));
        outbox.push(upload(), Ok(Some(2)));
        outbox.push(upload(), Err(CommandError::NotConnected));
        outbox.acknowledge(1, Duration::from_millis(5));
        outbox.lose();
        let acknowledged = Fate::Acknowledged(Duration::from_millis(5));
        assert_eq!(fates(&outbox), [Fate::Refused(CommandError::NotConnected), Fate::Unknown, acknowledged]);
    }

    #[test]
    fn an_identifier_in_use_again_settles_the_newer_upload() {
        let mut outbox = Outbox::default();
        outbox.push(upload(), Ok(Some(1)));
        outbox.lose();
        outbox.push(upload(), Ok(Some(1)));
        outbox.acknowledge(1, Duration::ZERO);
        assert_eq!(fates(&outbox), [Fate::Acknowledged(Duration::ZERO), Fate::Unknown]);
    }

    #[test]
    fn keeps_no_more_bytes_than_a_page_can_hold() {
        let mut outbox = Outbox::default();
        for _ in 0..10 {
            outbox.push(Upload::message("a".to_owned(), "x".repeat(3 * 1024 * 1024)), Ok(Some(1)));
            outbox.acknowledge(1, Duration::ZERO);
        }
        assert_eq!((outbox.newest_first().count(), outbox.evicted()), (5, 5));
    }

    #[test]
    fn keeps_what_still_waits_and_counts_what_it_forgets() {
        let mut outbox = Outbox::default();
        outbox.push(upload(), Ok(Some(1)));
        for _ in 0..LIMIT {
            outbox.push(upload(), Err(CommandError::NotConnected));
        }
        assert_eq!((outbox.count(), outbox.evicted()), (201, 1));
        assert_eq!(outbox.newest_first().last().unwrap().fate, Fate::Waiting);
        assert_eq!(outbox.newest_first().count() as u64 + outbox.evicted(), outbox.count());
    }
}
