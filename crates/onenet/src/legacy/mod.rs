//! The legacy platform, "multi-protocol access" (`$dp`): reference §1.
//!
//! A [`Topic`] says what a message is, a [`Payload`] is the content of an upload to `$dp`.

mod body;
mod error;
mod payload;
pub mod rules;
mod topic;

pub use error::{DecodeError, DecodeProblem, PayloadTooLong};
pub use payload::{Payload, PayloadType, READABLE_TYPES};
pub use topic::{CommandId, Topic, TopicError, UserTopic};
