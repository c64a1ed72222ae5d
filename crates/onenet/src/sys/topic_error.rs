//! What can be wrong with a topic or a filter, and where.

use std::fmt;

use super::address::MAX_LEVELS;
use super::filter::MAX_FILTER_LENGTH;
use super::name::NameError;

/// A topic or a filter that a platform with tokens does not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TopicError {
    /// Nothing where a topic should be.
    #[error("topic is empty")]
    Empty,
    /// A filter over 512 bytes.
    #[error("filter has {length} bytes, the limit is {MAX_FILTER_LENGTH}")]
    TooLong {
        /// Its length in bytes.
        length: usize,
    },
    /// More than eight levels.
    #[error("topic has {levels} levels, the limit is {MAX_LEVELS}")]
    TooManyLevels {
        /// How many it has.
        levels: usize,
        /// Bytes before the first that is too many.
        offset: usize,
    },
    /// A character outside the allowed set; in a topic wildcards are too.
    #[error("{character:?} at byte {offset} is not allowed here")]
    Character {
        /// The character.
        character: char,
        /// Bytes before it.
        offset: usize,
    },
    /// A wildcard that shares its level, or a `#` before the end (MQTT 3.1.1 §4.7.1).
    #[error("wildcard at byte {offset} does not stand alone, or # does not stand last")]
    MalformedWildcard {
        /// Bytes before it.
        offset: usize,
    },
    /// A wildcard in the first three levels.
    #[error("wildcard at byte {offset} is in level {level}: they may stand from the fourth on")]
    EarlyWildcard {
        /// The level, counted from 1.
        level: usize,
        /// Bytes before it.
        offset: usize,
    },
    /// Begins with neither `$sys/` nor `$subdev/`.
    #[error("topic begins with neither $sys/ nor $subdev/")]
    NoTree,
    /// Ends before it has named everything.
    #[error("topic ends at byte {offset} without {missing}")]
    Incomplete {
        /// What should come next.
        missing: TopicPart,
        /// Its length in bytes.
        offset: usize,
    },
    /// A level that should be a name and is none.
    #[error("{part} at byte {start} {error}")]
    Name {
        /// Whose name.
        part: TopicPart,
        /// Bytes before the level.
        start: usize,
        /// What is wrong with it.
        error: NameError,
    },
    /// In the tree of another device.
    #[error("names another device from byte {offset} on")]
    Foreign {
        /// Bytes before the first level that is another's.
        offset: usize,
    },
    /// Behind the names stands nothing that the platform has.
    #[error("the platform has no such topic from byte {offset} on")]
    Unknown {
        /// Bytes before the first level that is unknown.
        offset: usize,
    },
}

impl TopicError {
    /// Bytes before what is wrong.
    pub fn offset(self) -> usize {
        match self {
            Self::Empty | Self::NoTree => 0,
            Self::TooLong { .. } => MAX_FILTER_LENGTH,
            Self::TooManyLevels { offset, .. }
            | Self::Character { offset, .. }
            | Self::MalformedWildcard { offset }
            | Self::EarlyWildcard { offset, .. }
            | Self::Incomplete { offset, .. }
            | Self::Foreign { offset }
            | Self::Unknown { offset } => offset,
            Self::Name { start, error, .. } => start + error.offset(),
        }
    }

    /// The same, as part of a topic in which it begins `bytes` later.
    #[must_use]
    pub fn behind(self, bytes: usize) -> Self {
        match self {
            Self::Empty | Self::NoTree | Self::TooLong { .. } => self,
            Self::TooManyLevels { levels, offset } => Self::TooManyLevels { levels, offset: offset + bytes },
            Self::Character { character, offset } => Self::Character { character, offset: offset + bytes },
            Self::MalformedWildcard { offset } => Self::MalformedWildcard { offset: offset + bytes },
            Self::EarlyWildcard { level, offset } => Self::EarlyWildcard { level, offset: offset + bytes },
            Self::Incomplete { missing, offset } => Self::Incomplete { missing, offset: offset + bytes },
            Self::Name { part, start, error } => Self::Name { part, start: start + bytes, error },
            Self::Foreign { offset } => Self::Foreign { offset: offset + bytes },
            Self::Unknown { offset } => Self::Unknown { offset: offset + bytes },
        }
    }
}

/// A part of a topic that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TopicPart {
    /// The second level.
    ProductId,
    /// The third level.
    DeviceName,
    /// What stands behind the names.
    Rest,
    /// The id of a command, or of a message down.
    CommandId,
}

impl fmt::Display for TopicPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ProductId => "a product ID",
            Self::DeviceName => "a device name",
            Self::Rest => "the rest",
            Self::CommandId => "an id",
        })
    }
}
