//! What can be wrong with a payload, and where.

use std::fmt;

use super::payload::MAX_BODY;

/// A body over 65,535 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("body has {length} bytes, the limit is {MAX_BODY}")]
pub struct PayloadTooLong {
    /// Its length in bytes.
    pub length: usize,
}

/// Bytes that are no payload of `$dp`. The real platform answers them by closing the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecodeError {
    /// Bytes before the wrong one.
    pub offset: usize,
    /// What is wrong there.
    pub problem: DecodeProblem,
}

impl DecodeError {
    pub(super) fn new(offset: usize, problem: DecodeProblem) -> Self {
        Self { offset, problem }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.problem, self.offset)
    }
}

impl std::error::Error for DecodeError {}

/// What is wrong with a payload (reference §1.6, "validation").
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeProblem {
    /// Not even a type byte.
    #[error("payload is empty")]
    Empty,
    /// Bit 6 of the first byte is reserved and must be 0.
    #[error("reserved bit 6 is set in type byte {0:#04x}")]
    ReservedBit(u8),
    /// A number that no document gives a meaning.
    #[error("payload type {0} is unknown")]
    UnknownType(u8),
    /// A documented type that this crate does not read.
    #[error("payload type {0} cannot be read here")]
    UnreadType(u8),
    /// Ends before the length does.
    #[error("payload ends inside its length")]
    Truncated,
    /// The length field and the bytes that follow disagree.
    #[error("length field says {announced} bytes, {found} follow")]
    Length {
        /// What the length field says.
        announced: usize,
        /// What follows it.
        found: usize,
    },
    /// Over the limit of the two-byte length.
    #[error("body has {length} bytes, the limit is {MAX_BODY}")]
    TooLong {
        /// The body's length in bytes.
        length: usize,
    },
    /// The body is not UTF-8.
    #[error("body is not UTF-8")]
    NotUtf8,
    /// The body is not one JSON value.
    #[error("body is not JSON (line {line}, column {column})")]
    NotJson {
        /// The line, counted from 1.
        line: usize,
        /// The column in bytes, counted from 1.
        column: usize,
    },
    /// Something else where an object must be.
    #[error("not a JSON object")]
    NotAnObject,
    /// A member that must be there is not.
    #[error("member {member:?} is missing")]
    MissingMember {
        /// The member's name.
        member: &'static str,
    },
    /// Something else where an array must be.
    #[error("{member:?} is not an array")]
    NotAnArray {
        /// The member's name.
        member: &'static str,
    },
    /// Something else where a string must be.
    #[error("{member:?} is not a string")]
    NotAString {
        /// The member's name.
        member: &'static str,
    },
    /// A data stream without a name.
    #[error("data stream id is empty")]
    EmptyStreamId,
}
