//! The platform of thing models (物模型), "Studio" with its OneJSON: reference §3.
//!
//! A [`Topic`] says what a message is, a [`Message`] is its payload. A [`ThingModel`] says which values a
//! product's devices have, and what is wrong with one. What a token is and how a device logs in is not here.

mod code;
mod document;
mod error;
mod function;
mod identifier;
mod message;
mod message_id;
mod model;
mod path;
mod problem;
mod topic;

pub use code::Code;
pub use error::{DecodeError, DecodeProblem};
pub use function::{Direction, Function};
pub use identifier::{Identifier, IdentifierError};
pub use message::{
    Batch, Data, Desired, DesiredVersion, Device, Message, Moment, Named, Params, Point, Reply, Request,
    Series, SubToken,
};
pub use message_id::{MessageId, MessageIdError};
pub use model::{
    Access, Bit, CallType, Choice, DataType, Decimal, Event, EventType, ImportError, ImportProblem, Limits,
    Origin, Parameter, Property, Service, Switch, ThingModel, default_object,
};
pub use path::{Path, Step};
pub use problem::{Fault, Problem};
pub use topic::{Topic, TopicError, carries_token};
