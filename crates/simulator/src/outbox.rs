//! What the platform wants to say, until somebody carries it. Commands are none of it: they wait in `commands`.

use std::collections::{BTreeMap, VecDeque};

use bytes::{Bytes, BytesMut};
use web_time::Instant;

use crate::connection::ConnectionId;

/// One thing to do to a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transmit {
    /// Send these bytes: one whole frame.
    Frame(Bytes),
    /// Send these bytes: pieces of frames, or several frames, as a fault has cut or joined them. Comes only
    /// where [`Faults`](crate::Faults) are set.
    Chunk(Bytes),
    /// Close the connection once everything before is sent. Nothing follows.
    Close,
}

/// All connections' transmits in one order, but for those that go out later, and how many bytes of them are
/// whose.
#[derive(Debug)]
pub(crate) struct Outbox {
    queue: VecDeque<Entry>,
    /// What goes out later, for each connection that has any. Whatever else there is for it stands behind.
    late: BTreeMap<ConnectionId, VecDeque<Late>>,
    /// Bytes in `queue` and `late` for each connection that has any.
    bytes: BTreeMap<ConnectionId, usize>,
    bytes_limit: usize,
}

#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) connection: ConnectionId,
    pub(crate) transmit: Transmit,
}

#[derive(Debug)]
struct Late {
    at: Instant,
    what: What,
}

#[derive(Debug)]
enum What {
    Transmit(Transmit),
    /// Frames that go out as one chunk.
    Frames {
        bytes: BytesMut,
        count: usize,
    },
}

/// There is no room for the frame.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Full;

impl Transmit {
    fn length(&self) -> usize {
        match self {
            Self::Frame(bytes) | Self::Chunk(bytes) => bytes.len(),
            Self::Close => 0,
        }
    }
}

impl Outbox {
    /// Holds at most `bytes_limit` bytes of frames for each connection.
    pub(crate) fn new(bytes_limit: usize) -> Self {
        Self { queue: VecDeque::new(), late: BTreeMap::new(), bytes: BTreeMap::new(), bytes_limit }
    }

    /// Adds a frame that goes out as soon as those before it.
    pub(crate) fn push_frame(&mut self, connection: ConnectionId, frame: Bytes) -> Result<(), Full> {
        self.reserve(connection, frame.len())?;
        self.append(connection, Transmit::Frame(frame));
        Ok(())
    }

    /// Adds something that goes out at a moment, or as soon as those before it if that is later.
    pub(crate) fn push(
        &mut self,
        connection: ConnectionId,
        transmit: Transmit,
        at: Instant,
    ) -> Result<(), Full> {
        self.reserve(connection, transmit.length())?;
        self.append_late(connection, What::Transmit(transmit), at);
        Ok(())
    }

    /// Adds a frame that goes out at a moment together with those that are added until then. Whether there
    /// was one already that it goes with.
    pub(crate) fn push_merging(
        &mut self,
        connection: ConnectionId,
        frame: Bytes,
        at: Instant,
    ) -> Result<bool, Full> {
        self.reserve(connection, frame.len())?;
        let last = self.late.get_mut(&connection).and_then(VecDeque::back_mut);
        if let Some(Late { what: What::Frames { bytes, count }, .. }) = last {
            bytes.extend_from_slice(&frame);
            *count += 1;
            return Ok(true);
        }
        let what = What::Frames { bytes: BytesMut::from(&frame[..]), count: 1 };
        self.append_late(connection, what, at);
        Ok(false)
    }

    pub(crate) fn push_close(&mut self, connection: ConnectionId) {
        self.append(connection, Transmit::Close);
    }

    /// What goes out next, at `now`.
    pub(crate) fn pop(&mut self, now: Instant) -> Option<Entry> {
        let entry = self.queue.pop_front().or_else(|| self.pop_late(now))?;
        if let Some(bytes) = self.bytes.get_mut(&entry.connection) {
            *bytes -= entry.transmit.length();
            if *bytes == 0 {
                self.bytes.remove(&entry.connection);
            }
        }
        Some(entry)
    }

    /// When something goes out that does not now.
    pub(crate) fn next_late(&self) -> Option<Instant> {
        self.late.values().filter_map(VecDeque::front).map(|late| late.at).min()
    }

    /// Whether something for a connection goes out later, and what follows behind it.
    pub(crate) fn is_late(&self, connection: ConnectionId) -> bool {
        self.late.contains_key(&connection)
    }

    /// The connections that something goes out to later.
    pub(crate) fn late(&self) -> impl Iterator<Item = &ConnectionId> {
        self.late.keys()
    }

    /// Bytes for a connection that nobody has carried yet.
    pub(crate) fn bytes(&self, connection: ConnectionId) -> usize {
        self.bytes.get(&connection).copied().unwrap_or_default()
    }

    /// Takes back everything for a connection that cannot be reached any more. Gives how many frames and chunks
    /// that were.
    pub(crate) fn forget(&mut self, connection: ConnectionId) -> usize {
        let before = self.queue.len();
        self.queue.retain(|entry| entry.connection != connection);
        self.bytes.remove(&connection);
        before - self.queue.len() + self.late.remove(&connection).map_or(0, |line| line.len())
    }

    fn reserve(&mut self, connection: ConnectionId, length: usize) -> Result<(), Full> {
        let held = self.bytes(connection);
        if length > self.bytes_limit.saturating_sub(held) {
            return Err(Full);
        }
        if length > 0 {
            self.bytes.insert(connection, held + length);
        }
        Ok(())
    }

    fn append(&mut self, connection: ConnectionId, transmit: Transmit) {
        match self.late.get_mut(&connection).and_then(|line| Some((line.back()?.at, line))) {
            Some((at, line)) => line.push_back(Late { at, what: What::Transmit(transmit) }),
            None => self.queue.push_back(Entry { connection, transmit }),
        }
    }

    fn append_late(&mut self, connection: ConnectionId, what: What, at: Instant) {
        let line = self.late.entry(connection).or_default();
        let at = line.back().map_or(at, |last| last.at.max(at));
        line.push_back(Late { at, what });
    }

    fn pop_late(&mut self, now: Instant) -> Option<Entry> {
        let is_due = |line: &VecDeque<Late>| line.front().is_some_and(|late| late.at <= now);
        let (connection, line) = self.late.iter_mut().find(|(_, line)| is_due(line))?;
        let connection = *connection;
        let transmit = match line.pop_front()?.what {
            What::Transmit(transmit) => transmit,
            What::Frames { bytes, count: 1 } => Transmit::Frame(bytes.freeze()),
            What::Frames { bytes, .. } => Transmit::Chunk(bytes.freeze()),
        };
        if line.is_empty() {
            self.late.remove(&connection);
        }
        Some(Entry { connection, transmit })
    }
}
