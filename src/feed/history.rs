//! Every message received, the newest kept. Bounded in number and bytes; counts stay exact.

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use bytes::Bytes;
use onenet::{DataPoint, StreamId, Value};
use session::{Message, Qos};
use time::OffsetDateTime;

use crate::feed::reading::Reading;
use crate::feed::said::Said;
use crate::feed::withheld::Withheld;

/// The messages of this page. Cheap to clone: the entries are shared.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    entries: VecDeque<Rc<Entry>>,
    bytes: usize,
    received: u64,
    latest: BTreeMap<StreamId, Latest>,
}

/// One message received.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Counted from 1 over the life of the page.
    pub number: u64,
    /// When it arrived.
    pub at: OffsetDateTime,
    /// Its topic.
    pub topic: String,
    /// Its bytes, as they came.
    pub payload: Bytes,
    /// The QoS it came at.
    pub qos: Qos,
    /// The platform had kept it for later subscribers.
    pub retain: bool,
    /// The platform may have sent it before.
    pub dup: bool,
    /// What could be read in it.
    pub reading: Reading,
    /// The automatic answer to it that was not sent, if there was one.
    pub withheld: Option<Withheld>,
}

impl Entry {
    /// The memory it takes, in bytes, near enough: what was read in it can weigh more than what was sent.
    fn size(&self) -> usize {
        let points = self.reading.points.iter();
        let points: usize = points.map(|point| size_of::<DataPoint>() + point.value.as_json().len()).sum();
        let text = self.reading.text.as_ref().map_or(0, String::len);
        // What a message of a platform with tokens says is kept a third time, decoded.
        let said = self.reading.said.as_ref().map_or(0, |_| self.payload.len());
        size_of::<Self>() + self.payload.len() + text + points + said
    }
}

/// The latest value of a stream.
#[derive(Debug, Clone, PartialEq)]
pub struct Latest {
    /// The value, exactly as it was sent.
    pub value: Value,
    /// When it arrived.
    pub at: OffsetDateTime,
}

/// Messages kept.
const MAX_ENTRIES: usize = 500;
/// Bytes kept.
const MAX_BYTES: usize = 8 * 1024 * 1024;
/// Streams whose latest value is kept; one more forgets the one not heard of for longest.
const MAX_STREAMS: usize = 100;

impl History {
    /// Notes a message.
    pub fn push(&mut self, at: OffsetDateTime, message: Message, dup: bool) {
        let reading = Reading::of(&message.topic, &message.payload);
        // Parameters of a call are no streams.
        let is_state = reading.said.as_ref().is_none_or(Said::is_state);
        for point in reading.points.iter().filter(|_| is_state) {
            self.latest.insert(point.stream.clone(), Latest { value: point.value.clone(), at });
        }
        self.forget_streams();
        self.received += 1;
        let entry = Entry {
            number: self.received,
            at,
            topic: message.topic,
            payload: message.payload,
            qos: message.qos,
            retain: message.retain,
            dup,
            reading,
            withheld: None,
        };
        self.bytes += entry.size();
        self.entries.push_back(Rc::new(entry));
        // The newest stays, however big it is.
        while self.entries.len() > 1 && (self.entries.len() > MAX_ENTRIES || self.bytes > MAX_BYTES) {
            let oldest = self.entries.pop_front();
            self.bytes -= oldest.map_or(0, |entry| entry.size());
        }
    }

    /// The automatic answer to the newest message was not sent.
    pub fn withhold(&mut self, withheld: Withheld) {
        if let Some(entry) = self.entries.back_mut() {
            Rc::make_mut(entry).withheld = Some(withheld);
        }
    }

    /// Forgets every message and value. They count as evicted.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.latest.clear();
        self.bytes = 0;
    }

    /// The messages kept, newest first.
    pub fn newest_first(&self) -> impl ExactSizeIterator<Item = &Rc<Entry>> {
        self.entries.iter().rev()
    }

    /// The latest value of every stream, by name.
    pub fn latest(&self) -> impl ExactSizeIterator<Item = (&StreamId, &Latest)> {
        self.latest.iter()
    }

    /// Messages received since the page was opened.
    pub fn received(&self) -> u64 {
        self.received
    }

    /// Messages received and no longer kept.
    pub fn evicted(&self) -> u64 {
        self.received - self.entries.len() as u64
    }

    fn forget_streams(&mut self) {
        let surplus = self.latest.len().saturating_sub(MAX_STREAMS);
        if surplus > 0 {
            let mut by_age: Vec<(OffsetDateTime, StreamId)> =
                self.latest.iter().map(|(id, latest)| (latest.at, id.clone())).collect();
            by_age.sort_by_key(|(at, _)| *at);
            for (_, id) in by_age.iter().take(surplus) {
                self.latest.remove(id);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;

    fn message(topic: &str, payload: Vec<u8>) -> Message {
        let payload = Bytes::from(payload);
        Message { topic: topic.to_owned(), payload, qos: Qos::AtMostOnce, retain: false }
    }

    fn push(history: &mut History, second: i64, topic: &str, payload: &[u8]) {
        let at = OffsetDateTime::UNIX_EPOCH + Duration::seconds(second);
        history.push(at, message(topic, payload.to_vec()), false);
    }

    #[test]
    fn keeps_the_newest_and_counts_the_rest() {
        let mut history = History::default();
        for second in 0..600 {
            push(&mut history, second, "room", b"good morning");
        }
        assert_eq!(history.newest_first().next().unwrap().number, 600);
        assert_eq!(history.newest_first().len(), MAX_ENTRIES);
        assert_eq!(history.received(), history.newest_first().len() as u64 + history.evicted());
        history.clear();
        assert_eq!((history.received(), history.evicted()), (600, 600));
    }

    #[test]
    fn keeps_at_least_one_message_of_any_size() {
        let mut history = History::default();
        push(&mut history, 0, "room", &vec![b'x'; MAX_BYTES]);
        push(&mut history, 1, "room", &vec![b'y'; MAX_BYTES + 1]);
        assert_eq!(history.newest_first().len(), 1);
        assert_eq!(history.evicted(), 1);
    }

    #[test]
    fn knows_the_latest_value_of_every_stream() {
        let mut history = History::default();
        push(&mut history, 0, "room", br#"{"t":22.5,"h":60}"#);
        push(&mut history, 1, "t", b"23.10");
        let latest: Vec<String> =
            history.latest().map(|(id, latest)| format!("{id}={}", latest.value)).collect();
        assert_eq!(latest, ["h=60", "t=23.10"]);
    }

    #[test]
    fn forgets_the_stream_not_heard_of_for_longest() {
        let mut history = History::default();
        for second in 0..=MAX_STREAMS as i64 {
            push(&mut history, second, &format!("s{second:03}"), b"1");
        }
        assert_eq!(history.latest().len(), MAX_STREAMS);
        assert_eq!(history.latest().next().unwrap().0.as_str(), "s001");
    }
}
