//! The platform of thing models (物模型), "Studio" with its OneJSON: reference §3.
//!
//! A [`Topic`] says what a message is, a [`MessageId`] ties a reply to its request, a [`Code`] says how it went.
//! What a token is and how a device logs in is not here.

mod code;
mod function;
mod identifier;
mod message_id;
mod topic;

pub use code::Code;
pub use function::{Direction, Function};
pub use identifier::{Identifier, IdentifierError};
pub use message_id::{MessageId, MessageIdError};
pub use topic::{Topic, TopicError};
