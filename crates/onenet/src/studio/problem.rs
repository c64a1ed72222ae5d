//! What is wrong with a value that is well-formed: it breaks a limit, or the thing model.

use std::fmt;

use super::code::Code;
use super::path::Path;
use crate::data_point::ValueError;
use crate::legacy::JsonKind;

/// A value that does not fit, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The value's place in the message, or in the value that was checked.
    pub path: Path,
    /// What is wrong with it.
    pub fault: Fault,
}

impl Problem {
    pub(super) fn new(path: Path, fault: Fault) -> Self {
        Self { path, fault }
    }

    /// What the platform calls it; `None` where nothing says that it refuses it at all.
    pub fn code(&self) -> Option<Code> {
        self.fault.code()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.steps() {
            [] => write!(f, "{}", self.fault),
            _ => write!(f, "{}: {}", self.path, self.fault),
        }
    }
}

impl std::error::Error for Problem {}

/// What is wrong with a value, with the limit that it breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The thing model has nothing of that name.
    #[error("the thing model has no such identifier")]
    UnknownIdentifier,
    /// The same identifier stands twice in one object, of which readers of JSON keep one.
    #[error("identifier is repeated")]
    Repeated,
    /// The platform sets what the thing model says is read only.
    #[error("property is read only")]
    ReadOnly,
    /// A member that the thing model names is not there. Whether the platform minds is not documented.
    #[error("member {member:?} is missing")]
    MissingMember {
        /// The member's name.
        member: String,
    },

    /// Another kind of JSON than the type wants.
    #[error("expected {expected}, found {found}")]
    Kind {
        /// What the type wants.
        expected: JsonKind,
        /// What is there instead.
        found: JsonKind,
    },
    /// A typed text that was to become a number is none, as JSON writes them: `1,5`, `+5`, `.5` or `05`.
    #[error("expected a number such as 12 or -0.5")]
    NotANumber,
    /// A typed text that was to become an array or an object is no JSON.
    #[error(transparent)]
    NotJson(#[from] ValueError),
    /// A number with a fraction or an exponent, where the type wants digits alone.
    #[error("expected a whole number")]
    NotWhole,
    /// Under the least number that the type or the thing model allows.
    #[error("is less than {min}")]
    TooSmall {
        /// The least number, as the thing model writes it.
        min: String,
    },
    /// Over the greatest number that the type or the thing model allows.
    #[error("is greater than {max}")]
    TooGreat {
        /// The greatest number, as the thing model writes it.
        max: String,
    },
    /// Not a whole number of steps from the least one. Whether the platform minds is not documented.
    #[error("is not in steps of {step}")]
    OffStep {
        /// The step, as the thing model writes it.
        step: String,
    },
    /// None of the numbers, or typed words, of an enum or a boolean.
    #[error("is none of {options}")]
    NotAnOption {
        /// The numbers that it has, separated by commas.
        options: String,
    },
    /// A string with more characters than the thing model allows.
    #[error("has {found} characters, the limit is {limit}")]
    TextTooLong {
        /// How many characters it has.
        found: usize,
        /// The most it may have.
        limit: usize,
    },
    /// An array with more elements than the thing model allows.
    #[error("has {found} elements, the limit is {limit}")]
    TooManyElements {
        /// How many elements it has.
        found: usize,
        /// The most it may have.
        limit: usize,
    },

    /// More sub-devices in one message than the platform takes.
    #[error("names {found} devices, the limit is {limit}")]
    TooManyDevices {
        /// How many are named.
        found: usize,
        /// The most that may be.
        limit: usize,
    },
    /// More properties and events of one device than the platform takes in one message, or more values of one.
    #[error("has {found} entries, the limit is {limit}")]
    TooManyPoints {
        /// How many there are.
        found: usize,
        /// The most there may be.
        limit: usize,
    },
    /// A time that makes sense in seconds, as the other platforms have it, and lies in 1970 in milliseconds.
    #[error("is a time in seconds, expected milliseconds")]
    TimeInSeconds,
    /// A version that no document names.
    #[error("expected version 1.0")]
    Version,
    /// A product ID that is none: not 1 to 64 letters and digits.
    #[error("is no product ID")]
    ProductId,
    /// A device name that is none: not 1 to 64 letters, digits, `_` and `-`.
    #[error("is no device name")]
    DeviceName,
}

impl Fault {
    /// What the platform calls it; `None` where nothing says that it refuses it at all. That the limits of
    /// the thing model are "data type" and those of messages "bad request" is our choice: the texts of its
    /// device log fit nothing else.
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::UnknownIdentifier => Some(Code::IDENTIFIER),
            // The message around it would be none either.
            Self::NotJson(_) => Some(Code::JSON_FORMAT),
            Self::Kind { .. }
            | Self::NotANumber
            | Self::NotWhole
            | Self::TooSmall { .. }
            | Self::TooGreat { .. }
            | Self::NotAnOption { .. }
            | Self::TextTooLong { .. }
            | Self::TooManyElements { .. } => Some(Code::DATA_TYPE),
            Self::TooManyDevices { .. } | Self::TooManyPoints { .. } => Some(Code::BAD_REQUEST),
            Self::ProductId | Self::DeviceName => Some(Code::DEVICE),
            Self::Repeated
            | Self::ReadOnly
            | Self::MissingMember { .. }
            | Self::OffStep { .. }
            | Self::TimeInSeconds
            | Self::Version => None,
        }
    }
}
