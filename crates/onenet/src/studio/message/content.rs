//! A payload as a value.

use super::super::error::DecodeError;
use super::super::function::Function;
use super::super::message_id::MessageId;
use super::super::topic::Topic;
use super::reply::Reply;
use super::request::Request;
use super::{read, write};

/// The payload of a message of the thing model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Somebody wants something.
    Request(Request),
    /// The answer.
    Reply(Reply),
    /// Bytes of a product that has a format of its own, which a script on the platform reads.
    Custom(Vec<u8>),
}

impl Message {
    /// Reads the payload of a message that went to `topic`.
    ///
    /// # Errors
    ///
    /// The first place at which it is not what that topic wants.
    pub fn decode(topic: &Topic, payload: &[u8]) -> Result<Self, DecodeError> {
        match (topic, topic.function()) {
            (_, Function::CustomUp | Function::CustomDown(_)) => Ok(Self::Custom(payload.to_vec())),
            (Topic::Request(function), _) => read::request(function, payload).map(Self::Request),
            (Topic::Reply(function), _) => read::reply(Some(function), payload).map(Self::Reply),
            (Topic::TopoResult, _) => read::reply(None, payload).map(Self::Reply),
        }
    }

    /// The payload. What has been read is written without the white space it had.
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::Request(request) => write::request(request).into_bytes(),
            Self::Reply(reply) => write::reply(reply).into_bytes(),
            Self::Custom(bytes) => bytes.clone(),
        }
    }

    /// What ties request and reply together, `None` for bytes of an own format.
    pub fn id(&self) -> Option<&MessageId> {
        match self {
            Self::Request(request) => Some(&request.id),
            Self::Reply(reply) => Some(&reply.id),
            Self::Custom(_) => None,
        }
    }

    /// The `id` of a payload that may be wrong in everything else: what a refusal has to repeat.
    pub fn id_of(payload: &[u8]) -> Option<MessageId> {
        read::id_of(payload)
    }
}
