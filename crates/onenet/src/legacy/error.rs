//! What can be wrong with a payload, and where.

use std::fmt;

use super::payload::{PayloadType, ShortTimeError};

/// A body over 65,535 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("body has {length} bytes, the limit is {MAX_BODY}")]
pub struct PayloadTooLong {
    /// Its length in bytes.
    pub length: usize,
}

/// The longest body that two bytes can measure (reference §1.7).
pub(crate) const MAX_BODY: usize = 65_535;

/// Bytes that are no payload of `$dp`. The real platform answers them by closing the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecodeError {
    /// Bytes before the wrong one. Where the payload ends too early, all of them.
    pub offset: usize,
    /// What is wrong there.
    pub problem: DecodeProblem,
}

impl DecodeError {
    pub(super) fn new(offset: usize, problem: DecodeProblem) -> Self {
        Self { offset, problem }
    }

    /// The same, as part of something larger that begins `bytes` earlier.
    pub(super) fn behind(self, bytes: usize) -> Self {
        Self { offset: bytes + self.offset, ..self }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.problem, self.offset)
    }
}

impl std::error::Error for DecodeError {}

/// What is wrong with a payload (reference §1.6, "validation"): what was found, and what was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeProblem {
    /// Not even a type byte.
    #[error("payload is empty, a type byte was expected")]
    Empty,
    /// Bit 6 of the first byte is reserved and must be 0.
    #[error("reserved bit 6 is set in type byte {0:#04x}")]
    ReservedBit(u8),
    /// A number that no document gives a meaning.
    #[error("payload type {0} is unknown, expected 1 to 7")]
    UnknownType(u8),
    /// The type byte that the much-copied Python script calls `TYPE_FLOAT` and never sends: type 23, which
    /// no document knows (§1.6, open points).
    #[error(
        "type byte {0:#04x} means type 23, which is documented nowhere, whatever the script's TYPE_FLOAT \
         says: floats are 0x07, with a time 0x87"
    )]
    ScriptFloat(u8),
    /// One text was given for a type that is more than one text, or none.
    #[error("payload type {number} has no text body", number = .0.number())]
    NoBody(PayloadType),

    /// Ends too early.
    #[error("payload ends inside {part}: expected {expected} bytes, found {found}")]
    Truncated {
        /// What it ends inside of.
        part: PayloadPart,
        /// How many bytes that part has.
        expected: usize,
        /// How many of them are there.
        found: usize,
    },
    /// The length field and the bytes that follow disagree.
    #[error("length field says {announced} bytes, {found} follow")]
    Length {
        /// What the length field says.
        announced: usize,
        /// What follows it.
        found: usize,
    },
    /// The length field of a binary (type 2) and the bytes that follow disagree.
    #[error("binary length says {announced} bytes, {found} follow")]
    BinaryLength {
        /// What the length field says.
        announced: usize,
        /// What follows it.
        found: usize,
    },
    /// A binary over 3 MB (§1.7).
    #[error("binary has {length} bytes, the limit is {limit}")]
    BinaryTooLong {
        /// The binary's length in bytes, as announced.
        length: usize,
        /// The longest it may be.
        limit: usize,
    },
    /// Over the limit of the two-byte length.
    #[error("body has {length} bytes, the limit is {MAX_BODY}")]
    TooLong {
        /// The body's length in bytes.
        length: usize,
    },

    /// Bytes that must be text are not UTF-8.
    #[error("found byte {found:#04x}, expected UTF-8")]
    NotUtf8 {
        /// The byte at which UTF-8 ends.
        found: u8,
    },
    /// A text that must be one JSON value is not.
    #[error("body is not JSON (line {line}, column {column}): found {found}", found = told(*.found))]
    NotJson {
        /// The line, counted from 1.
        line: usize,
        /// The column in characters, counted from 1.
        column: usize,
        /// What is there; `None` where the text ends too early.
        found: Option<char>,
    },
    /// Something else where an object must be.
    #[error("expected a JSON object, found {found}")]
    NotAnObject {
        /// What is there instead.
        found: JsonKind,
    },
    /// A member that must be there is not.
    #[error("member {member:?} is missing")]
    MissingMember {
        /// The member's name.
        member: &'static str,
    },
    /// Something else where an array must be.
    #[error("expected an array as {member:?}, found {found}")]
    NotAnArray {
        /// The member's name.
        member: &'static str,
        /// What is there instead.
        found: JsonKind,
    },
    /// Something else where a string must be.
    #[error("expected a string as {member:?}, found {found}")]
    NotAString {
        /// The member's name.
        member: &'static str,
        /// What is there instead.
        found: JsonKind,
    },
    /// A data stream without a name.
    #[error("data stream id is empty")]
    EmptyStreamId,

    /// The time in front of a type 6 or 7 is none.
    #[error(transparent)]
    Time(#[from] ShortTimeError),
    /// A text (types 5, 6) too short for its two separators.
    #[error("expected two separators, found {found} characters")]
    NoSeparators {
        /// How many characters it has.
        found: usize,
    },
    /// A separator that does not fit its one byte.
    #[error("separator is {found:?}, expected an ASCII character")]
    SeparatorNotAscii {
        /// The character.
        found: char,
    },
    /// Both separators of a text are the same.
    #[error("both separators are {found:?}, expected two different ones")]
    EqualSeparators {
        /// The separator.
        found: char,
    },
    /// More than two inner separators in one field of a text (reference §1.6; the rule is of 2015).
    #[error("field {field} has {found} parts, expected at most 3: stream, time, value")]
    TooManyParts {
        /// The field's place, counted from 0.
        field: usize,
        /// How many parts it has.
        found: usize,
    },
    /// A run of floats (type 7) outside 1 to 500.
    #[error("run has {found} floats, expected 1 to {limit}")]
    RunCount {
        /// How many it announces.
        found: usize,
        /// The most it may have.
        limit: usize,
    },
    /// The runs of a type 7 have more floats than a message may.
    #[error("message has {found} floats up to here, the limit is {limit}")]
    TooManyFloats {
        /// How many they have up to and with the run at fault.
        found: usize,
        /// The most they may have.
        limit: usize,
    },
}

fn told(found: Option<char>) -> String {
    found.map_or_else(|| "the end".to_owned(), |found| format!("{found:?}"))
}

/// A part of a payload that it can end inside of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayloadPart {
    /// The two-byte length of the body.
    Length,
    /// The text behind its length.
    Body,
    /// The six-byte time that bit 7 announces.
    Time,
    /// The two-byte length of a binary's header.
    HeaderLength,
    /// The header of a binary.
    Header,
    /// The four-byte length of a binary.
    BinaryLength,
    /// Number and count of a run of floats.
    RunHead,
    /// The floats of a run.
    RunFloats,
}

impl fmt::Display for PayloadPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Length => "its length",
            Self::Body => "its body",
            Self::Time => "its time",
            Self::HeaderLength => "its header length",
            Self::Header => "its header",
            Self::BinaryLength => "its binary length",
            Self::RunHead => "number and count of a run",
            Self::RunFloats => "the floats of a run",
        })
    }
}

/// What a JSON value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonKind {
    /// `{…}`
    Object,
    /// `[…]`
    Array,
    /// `"…"`
    String,
    /// `127.10`
    Number,
    /// `true` or `false`
    Bool,
    /// `null`
    Null,
}

impl JsonKind {
    /// What a JSON text that is known to be good begins with.
    pub(crate) fn of(json: &str) -> Self {
        match json.as_bytes().first() {
            Some(b'{') => Self::Object,
            Some(b'[') => Self::Array,
            Some(b'"') => Self::String,
            Some(b't' | b'f') => Self::Bool,
            Some(b'n') => Self::Null,
            Some(_) | None => Self::Number,
        }
    }
}

impl fmt::Display for JsonKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Object => "an object",
            Self::Array => "an array",
            Self::String => "a string",
            Self::Number => "a number",
            Self::Bool => "a boolean",
            Self::Null => "null",
        })
    }
}
