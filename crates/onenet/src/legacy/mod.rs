//! The legacy platform, "multi-protocol access" (`$dp`): reference §1.
//!
//! A [`Topic`] says what a message is, a [`Payload`] is the content of an upload to `$dp`.

pub(crate) mod error;
mod payload;
mod topic;

pub use error::{DecodeError, DecodeProblem, JsonKind, PayloadPart, PayloadTooLong};
pub use payload::{
    Binary, BinaryError, Delimiters, DelimitersError, FieldPart, FloatReading, FloatRun, Floats, FloatsError,
    Json, Payload, PayloadType, READABLE_TYPES, ShortTime, ShortTimeError, Text, TextError, TextField,
    TimePart, TimedSimpleJsonError,
};
pub use topic::{CommandId, Topic, TopicError, UserTopic};
