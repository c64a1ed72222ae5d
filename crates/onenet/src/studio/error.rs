//! What can be wrong with the form of a message, and where. Whether its values fit a thing model is another
//! question: see [`Problem`](super::Problem).

use std::fmt;

use super::code::Code;
use super::identifier::{Identifier, IdentifierError};
use super::message_id::MessageIdError;
use crate::data_point::ValueError;
use crate::legacy::JsonKind;

/// Bytes that are no message of their topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    /// Bytes of the payload before the wrong one. Where it ends too early, all of them.
    pub offset: usize,
    /// What is wrong there.
    pub problem: DecodeProblem,
}

impl DecodeError {
    pub(super) fn new(offset: usize, problem: DecodeProblem) -> Self {
        Self { offset, problem }
    }

    /// What the platform calls it.
    pub fn code(&self) -> Code {
        self.problem.code()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.problem, self.offset)
    }
}

impl std::error::Error for DecodeError {}

/// What is wrong with a message: what was found, and what was expected (reference §3.3).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeProblem {
    /// Bytes that must be text are not UTF-8.
    #[error("found byte {found:#04x}, expected UTF-8")]
    NotUtf8 {
        /// The byte at which UTF-8 ends.
        found: u8,
    },
    /// No JSON value.
    #[error("not JSON (line {line}, column {column}): found {found}", found = told(*.found))]
    NotJson {
        /// The line, counted from 1.
        line: usize,
        /// The column in characters, counted from 1.
        column: usize,
        /// What is there; `None` where the text ends too early.
        found: Option<char>,
    },
    /// A payload, or a member of it, that is another kind of JSON than it must be.
    #[error("expected {expected} as {member}, found {found}")]
    Kind {
        /// The member's name, `payload` for all of it.
        member: &'static str,
        /// What it must be.
        expected: JsonKind,
        /// What is there instead.
        found: JsonKind,
    },
    /// A member that must be there is not.
    #[error("member {member:?} is missing")]
    MissingMember {
        /// The member's name.
        member: &'static str,
    },
    /// A property or event without `value` and `time` around its value, as they stand in `property/set` but
    /// not in what a device reports.
    #[error("{identifier} is {found}, expected {{\"value\":…}} around it")]
    BareValue {
        /// Whose value it is.
        identifier: Identifier,
        /// What is there instead of the object.
        found: JsonKind,
    },
    /// A number that must be whole and not negative is not, or is over 2⁶⁴ − 1.
    #[error("expected a whole number without sign as {member}")]
    NotWhole {
        /// The member's name.
        member: &'static str,
    },
    /// The `code` of a reply is no whole number of 64 bits.
    #[error("expected a whole number as code")]
    NotACode,
    /// The `id` is something else than a string.
    #[error("expected a string of digits as id, found {found}")]
    IdKind {
        /// What is there instead.
        found: JsonKind,
    },
    /// The `id` is a string, but no id.
    #[error(transparent)]
    Id(#[from] MessageIdError),
    /// A name that no thing model can have.
    #[error(transparent)]
    Identifier(#[from] IdentifierError),
}

impl DecodeProblem {
    /// What the platform calls it. Only the texts of its device log are known, not which of them it chooses
    /// for what: this is the closest one.
    pub fn code(&self) -> Code {
        match self {
            Self::MissingMember { member: "id" } | Self::IdKind { .. } | Self::Id(_) => Code::MESSAGE_ID,
            Self::MissingMember { member: "productID" | "deviceName" } => Code::DEVICE,
            Self::NotUtf8 { .. } | Self::NotJson { .. } | Self::Kind { .. } | Self::MissingMember { .. } => {
                Code::JSON_FORMAT
            }
            Self::BareValue { .. } | Self::NotWhole { .. } => Code::DATA_TYPE,
            Self::NotACode => Code::RESPONSE,
            Self::Identifier(_) => Code::IDENTIFIER,
        }
    }
}

impl From<ValueError> for DecodeProblem {
    /// Of a text that was to become a part of the message.
    fn from(ValueError { line, column, found }: ValueError) -> Self {
        Self::NotJson { line, column, found }
    }
}

fn told(found: Option<char>) -> String {
    found.map_or_else(|| "the end".to_owned(), |found| format!("{found:?}"))
}
