//! One frame, and where it belongs.

use std::fmt;
use std::ops::Range;
use std::rc::Rc;
use std::time::Duration;

use bytes::Bytes;
use dissect::{Head, PacketType, dissect};
use time::OffsetDateTime;

use super::remark::Remark;

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
    /// Whether all of it may be a part of a password, though no CONNECT says so: it was composed from a login, or
    /// stands behind one that is broken.
    pub hidden: bool,
    /// Its bytes: of one whole frame, or of what was left when the connection broke.
    pub bytes: Bytes,
    /// The frame that answers it; while there is none, the frame that it answers.
    pub pair: Option<Pair>,
    /// What the session made of it, where it did not expect it.
    pub remark: Option<Rc<Remark>>,
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
        Self {
            number: 0,
            at,
            moment,
            direction,
            connection,
            composed: false,
            hidden: false,
            bytes,
            pair: None,
            remark: None,
        }
    }

    /// The bytes that must not be shown or written unless the person says so, in order.
    pub fn secrets(&self) -> Vec<Range<usize>> {
        if Head::read(&self.bytes).may_hold_secrets() {
            dissect(&self.bytes).secrets()
        } else if self.hidden {
            let all = 0..self.bytes.len();
            vec![all]
        } else {
            Vec::new()
        }
    }

    /// Whether its first byte says CONNECT.
    fn is_login(&self) -> bool {
        self.bytes.first().is_some_and(|first| PacketType::of_first_byte(*first) == Some(PacketType::Connect))
    }

    /// Whether what follows on the same way may still be its password: it is a login that cannot be read, or
    /// what is left of one.
    pub(super) fn spills(&self) -> bool {
        let is_broken_login = || self.is_login() && dissect(&self.bytes).fault.is_some();
        self.hidden && !self.is_login() || is_broken_login()
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
