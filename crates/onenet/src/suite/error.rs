//! What can be wrong with a message, and where.

use std::fmt;

use super::answer::MAX_ANSWER;
use super::code::Code;
use super::data_points::{MAX_DEPTH, MAX_NAME, StreamNameError};
use crate::data_point::ValueError;
use crate::legacy::JsonKind;

/// Bytes that are no message of their topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecodeError {
    /// Bytes before the wrong one. Where the message ends too early, all of them.
    pub offset: usize,
    /// What is wrong there.
    pub problem: Problem,
    /// With what the platform rejects it; `None` for what comes from the platform.
    pub code: Option<Code>,
}

impl DecodeError {
    pub(super) fn new(offset: usize, problem: Problem) -> Self {
        Self { offset, problem, code: None }
    }

    /// The same, which the platform rejects with `code`.
    pub(super) fn rejected(self, code: Code) -> Self {
        Self { code: Some(code), ..self }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.problem, self.offset)
    }
}

impl std::error::Error for DecodeError {}

/// What is wrong with a message: what was found, and what was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Something where nothing may be.
    #[error("payload has {length} bytes, it must be empty")]
    NotEmpty {
        /// How many bytes there are.
        length: usize,
    },
    /// An answer to a command that is not smaller than 1 KB.
    #[error("answer has {length} bytes, the limit is {MAX_ANSWER}")]
    AnswerTooLong {
        /// Its length in bytes.
        length: usize,
    },
    /// Bytes that must be text are not UTF-8.
    #[error("found byte {found:#04x}, expected UTF-8")]
    NotUtf8 {
        /// The byte at which UTF-8 ends.
        found: u8,
    },
    /// What must be one JSON value is not.
    #[error("payload is not JSON (line {line}, column {column}): found {found}", found = told(*.found))]
    NotJson {
        /// The line, counted from 1.
        line: usize,
        /// The column in characters, counted from 1.
        column: usize,
        /// What is there; `None` where the text ends too early.
        found: Option<char>,
    },
    /// Something else where an object must be.
    #[error("expected an object, found {found}")]
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
    /// A member that may not be there is.
    #[error("expected no member but {member:?}")]
    OtherMember {
        /// The one member there may be.
        member: &'static str,
    },
    /// Neither `desired` nor `reported` in the state of an image.
    #[error("state has neither desired nor reported")]
    NoDesiredOrReported,
    /// Something else where an array must be.
    #[error("expected an array, found {found}")]
    NotAnArray {
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
    /// Something else where a whole number must be, or one that is out of its range.
    #[error("{member:?} is no whole number from {least} to {most}")]
    NotInRange {
        /// The member's name.
        member: &'static str,
        /// The smallest that is taken.
        least: i64,
        /// The largest that is taken.
        most: i64,
    },
    /// A data stream whose name the platform does not take.
    #[error("name of data stream {0}")]
    StreamName(#[from] StreamNameError),
    /// A value nested more deeply than five levels.
    #[error("value has more than {MAX_DEPTH} levels of objects and arrays")]
    TooDeep,
    /// A name inside a value that is longer than the platform takes.
    #[error("name in a value has {length} bytes, the limit is {MAX_NAME}")]
    KeyTooLong {
        /// Its length in bytes.
        length: usize,
    },
    /// A name inside a value with a character that the platform does not take.
    #[error("name in a value has {character:?}, expected letters, digits, _ and .")]
    KeyCharacter {
        /// The character.
        character: char,
    },
}

impl From<ValueError> for Problem {
    /// Of a text that was to become a part of the message.
    fn from(ValueError { line, column, found }: ValueError) -> Self {
        Self::NotJson { line, column, found }
    }
}

fn told(found: Option<char>) -> String {
    found.map_or_else(|| "the end".to_owned(), |found| format!("{found:?}"))
}
