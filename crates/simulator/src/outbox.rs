//! What the platform wants to say, until somebody carries it. Commands are none of it: they wait in `commands`.

use std::collections::{BTreeMap, VecDeque};

use bytes::Bytes;

use crate::connection::ConnectionId;

/// One thing to do to a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transmit {
    /// Send these bytes: one whole frame.
    Frame(Bytes),
    /// Close the connection once everything before is sent. Nothing follows.
    Close,
}

/// All connections' transmits in one order, and how many bytes of them are whose.
#[derive(Debug)]
pub(crate) struct Outbox {
    queue: VecDeque<Entry>,
    /// Bytes in `queue` for each connection that has any.
    bytes: BTreeMap<ConnectionId, usize>,
    bytes_limit: usize,
}

#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) connection: ConnectionId,
    pub(crate) transmit: Transmit,
}

/// There is no room for the frame.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Full;

impl Outbox {
    /// Holds at most `bytes_limit` bytes of frames for each connection.
    pub(crate) fn new(bytes_limit: usize) -> Self {
        Self { queue: VecDeque::new(), bytes: BTreeMap::new(), bytes_limit }
    }

    pub(crate) fn push_frame(&mut self, connection: ConnectionId, frame: Bytes) -> Result<(), Full> {
        let bytes = self.bytes.entry(connection).or_default();
        if frame.len() > self.bytes_limit.saturating_sub(*bytes) {
            return Err(Full);
        }
        *bytes += frame.len();
        self.queue.push_back(Entry { connection, transmit: Transmit::Frame(frame) });
        Ok(())
    }

    pub(crate) fn push_close(&mut self, connection: ConnectionId) {
        self.queue.push_back(Entry { connection, transmit: Transmit::Close });
    }

    pub(crate) fn pop(&mut self) -> Option<Entry> {
        let entry = self.queue.pop_front()?;
        if let Transmit::Frame(frame) = &entry.transmit
            && let Some(bytes) = self.bytes.get_mut(&entry.connection)
        {
            *bytes -= frame.len();
            if *bytes == 0 {
                self.bytes.remove(&entry.connection);
            }
        }
        Some(entry)
    }

    /// Takes back everything for a connection that cannot be reached any more.
    pub(crate) fn forget(&mut self, connection: ConnectionId) {
        self.queue.retain(|entry| entry.connection != connection);
        self.bytes.remove(&connection);
    }
}
