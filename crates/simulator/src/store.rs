//! The data points of one device, per data stream: bounded, with exact counts of what was forgotten.

use std::collections::{BTreeMap, VecDeque};

use onenet::{StreamId, Timestamp, Value};

use crate::limits::Limits;

/// A stored data point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The time it names, or the time it arrived where it names none that can be read (reference §1.6).
    pub at: Timestamp,
    /// The value as it was written.
    pub value: Value,
}

/// The stored data points of one data stream, never none.
#[derive(Debug, Default)]
pub struct Stream {
    kept: VecDeque<Kept>,
    evicted: u64,
}

impl Stream {
    /// The data points it still has, in the order they arrived.
    pub fn points(&self) -> impl DoubleEndedIterator<Item = &Point> + ExactSizeIterator {
        self.kept.iter().map(|kept| &kept.point)
    }

    /// The data point that arrived last.
    pub fn latest(&self) -> Option<&Point> {
        self.points().next_back()
    }

    /// How many data points of it were forgotten.
    pub fn evicted(&self) -> u64 {
        self.evicted
    }
}

#[derive(Debug)]
struct Kept {
    /// How many data points the device had uploaded before.
    sequence: u64,
    point: Point,
}

impl Kept {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.point.value.as_json().len()
    }
}

/// All data streams of one device. A stream without points does not exist.
#[derive(Debug, Default)]
pub(crate) struct Store {
    streams: BTreeMap<StreamId, Stream>,
    received: u64,
    evicted: u64,
    /// What `streams` hold, names included. A queue may have reserved four times what its points need.
    bytes: usize,
}

impl Store {
    pub(crate) fn streams(&self) -> impl ExactSizeIterator<Item = (&StreamId, &Stream)> {
        self.streams.iter()
    }

    pub(crate) fn stream(&self, id: &str) -> Option<&Stream> {
        self.streams.get(&StreamId::parse(id).ok()?)
    }

    pub(crate) fn received(&self) -> u64 {
        self.received
    }

    pub(crate) fn evicted(&self) -> u64 {
        self.evicted
    }

    /// What it holds, names included.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Keeps `point` and forgets what it leaves no room for.
    pub(crate) fn push(&mut self, id: &StreamId, point: Point, limits: &Limits) {
        if !self.streams.contains_key(id) {
            if self.streams.len() >= limits.streams_per_device.max(1) {
                self.evict_stream();
            }
            self.bytes += name_bytes(id);
        }
        let kept = Kept { sequence: self.received, point };
        self.received += 1;
        self.bytes += kept.bytes();
        let stream = self.streams.entry(id.clone()).or_default();
        stream.kept.push_back(kept);
        if stream.kept.len() > limits.points_per_stream.max(1) {
            self.evict_point(id);
        }
        while self.bytes > limits.bytes_per_device && self.received - self.evicted > 1 {
            self.evict_oldest_point();
        }
    }

    /// Forgets the oldest data points until `wanted` bytes are free or half of what it holds, so that the next
    /// in need can come from another device. Gives how many bytes are free now that were not; never none
    /// while it holds any.
    pub(crate) fn evict_bytes(&mut self, wanted: usize) -> usize {
        let before = self.bytes;
        let enough = before - wanted.min(before.div_ceil(2));
        while self.bytes > enough {
            self.evict_oldest_point();
        }
        before - self.bytes
    }

    /// Forgets the stream whose last data point is oldest.
    fn evict_stream(&mut self) {
        let oldest =
            self.streams.iter().min_by_key(|(_, stream)| stream.kept.back().map(|kept| kept.sequence));
        let Some((id, _)) = oldest else { return };
        let id = id.clone();
        let Some(stream) = self.streams.remove(&id) else { return };
        self.evicted += stream.kept.len() as u64;
        self.bytes -= name_bytes(&id) + stream.kept.iter().map(Kept::bytes).sum::<usize>();
    }

    fn evict_oldest_point(&mut self) {
        let oldest =
            self.streams.iter().min_by_key(|(_, stream)| stream.kept.front().map(|kept| kept.sequence));
        if let Some((id, _)) = oldest {
            let id = id.clone();
            self.evict_point(&id);
        }
    }

    /// Forgets the oldest data point of a stream, and the stream with its last.
    fn evict_point(&mut self, id: &StreamId) {
        let Some(stream) = self.streams.get_mut(id) else { return };
        let Some(kept) = stream.kept.pop_front() else { return };
        stream.evicted += 1;
        self.evicted += 1;
        self.bytes -= kept.bytes();
        // What was reserved for many is not counted in `bytes`: few must not keep it.
        if stream.kept.len() < stream.kept.capacity() / 4 {
            stream.kept.shrink_to(stream.kept.len() * 2);
        }
        if stream.kept.is_empty() {
            self.streams.remove(id);
            self.bytes -= name_bytes(id);
        }
    }
}

fn name_bytes(id: &StreamId) -> usize {
    size_of::<(StreamId, Stream)>() + id.as_str().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserves_no_more_than_four_times_what_it_holds() {
        let limits = Limits::default();
        let mut store = Store::default();
        let mut push = |stream: usize| {
            let id = StreamId::parse(&stream.to_string()).unwrap();
            let at = Timestamp::from_utc(time::macros::utc_datetime!(2016-08-15 06:47:00));
            store.push(&id, Point { at, value: Value::string("x") }, &limits);
        };
        // Each stream has many points once, and then a newer one that keeps it.
        for stream in 0..limits.streams_per_device {
            (0..limits.points_per_stream).for_each(|_| push(stream));
            (0..stream).for_each(&mut push);
        }
        assert!(store.bytes <= limits.bytes_per_device, "{}", store.bytes);
        for stream in store.streams.values() {
            let (held, reserved) = (stream.kept.len(), stream.kept.capacity());
            assert!(reserved <= 4 * held, "{reserved} for {held}");
        }
    }
}
