//! One frame, and where it belongs.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use time::OffsetDateTime;

/// One frame, as it was sent or received.
#[derive(Clone, PartialEq, Eq)]
pub struct Captured {
    /// Counted from 1 over the life of the capture.
    pub number: u64,
    /// When, on the wall.
    pub at: OffsetDateTime,
    /// When, on a clock that never jumps and began at some fixed moment.
    pub moment: Duration,
    /// Which way it went.
    pub direction: Direction,
    /// Which connection it belongs to, counted from 1.
    pub connection: u32,
    /// Whether a person wrote its bytes, and not the session.
    pub composed: bool,
    /// Its bytes: of one whole frame, or of what was left when the connection broke.
    pub bytes: Bytes,
    /// The frame that answers it; while there is none, the frame that it answers.
    pub pair: Option<Pair>,
}

/// Which way a frame went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// From the device to the platform.
    Sent,
    /// From the platform to the device.
    Received,
}

/// The other half of a request and its acknowledgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// Its number.
    pub number: u64,
    /// From the request to the acknowledgement.
    pub round_trip: Duration,
}

impl Captured {
    /// A frame that a capture has not numbered yet.
    pub fn new(
        at: OffsetDateTime,
        moment: Duration,
        direction: Direction,
        connection: u32,
        bytes: Bytes,
    ) -> Self {
        Self { number: 0, at, moment, direction, connection, composed: false, bytes, pair: None }
    }

    /// The memory it takes, in bytes.
    pub(super) fn weight(&self) -> usize {
        size_of::<Self>() + self.bytes.len()
    }
}

impl fmt::Debug for Captured {
    /// Leaves the bytes out: those of a CONNECT hold the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Captured")
            .field("number", &self.number)
            .field("direction", &self.direction)
            .field("length", &self.bytes.len())
            .finish_non_exhaustive()
    }
}
