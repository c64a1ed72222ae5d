//! Topics of the thing model: what a message is, by where it goes (reference §3.2).
//!
//! Only the part behind `$sys/{product ID}/{device name}/` is read and written here.

use std::fmt;

use super::function::{CUSTOM_DOWN, Direction, Function, SERVICE, TOPO_RESULT};
use super::identifier::{Identifier, IdentifierError};

/// A topic of the thing model, behind the prefix.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Somebody wants something.
    Request(Function),
    /// The answer. A device ends its topics in `_reply`, the platform in `/reply`.
    Reply(Function),
    /// `thing/sub/topo/get/result`: a gateway says whether it took the list of its sub-devices.
    TopoResult,
}

/// Whether messages to this topic, however faulty, may carry a token: those with which a gateway binds its sub-devices
/// (`sasToken`, reference §3.2).
pub fn carries_token(topic: &str) -> bool {
    topic.ends_with("/thing/sub/topo/add") || topic.ends_with("/thing/sub/topo/delete")
}

impl Topic {
    /// Reads the levels behind the prefix, such as `thing/property/post`.
    ///
    /// # Errors
    ///
    /// No such topic, the place where it leaves the known ones; or no identifier where one must be.
    pub fn parse(text: &str) -> Result<Self, TopicError> {
        if text == TOPO_RESULT {
            return Ok(Self::TopoResult);
        }
        for function in Function::FIXED {
            let (request, reply) = function.patterns();
            if text == request {
                return Ok(Self::Request(function));
            }
            if text == reply {
                return Ok(Self::Reply(function));
            }
            if other_spelling(reply).is_some_and(|other| text == other) {
                return Err(TopicError::ReplySpelling { right: reply });
            }
        }
        for (pattern, topic) in [
            (SERVICE.0, service_request as fn(Identifier) -> Self),
            (SERVICE.1, service_reply),
            (CUSTOM_DOWN.0, custom_request),
            (CUSTOM_DOWN.1, custom_reply),
        ] {
            let (before, behind) = pattern.split_once("{}").unwrap_or((pattern, ""));
            if let Some(level) = text.strip_prefix(before).and_then(|rest| rest.strip_suffix(behind)) {
                let identifier = Identifier::parse(level)
                    .map_err(|error| TopicError::Level { offset: before.len(), error })?;
                return Ok(topic(identifier));
            }
        }
        Err(TopicError::Unknown { offset: known_bytes(text) })
    }

    /// Which way messages of this topic go.
    pub fn direction(&self) -> Direction {
        match self {
            Self::Request(function) => function.direction(),
            Self::Reply(function) => match function.direction() {
                Direction::Up => Direction::Down,
                Direction::Down => Direction::Up,
            },
            Self::TopoResult => Direction::Up,
        }
    }

    /// What it belongs to.
    pub fn function(&self) -> &Function {
        match self {
            Self::Request(function) | Self::Reply(function) => function,
            Self::TopoResult => &Function::TopoGet,
        }
    }

    /// Where the answer to a message of this topic goes, `None` where it is none to answer.
    pub fn reply(&self) -> Option<Self> {
        match self {
            Self::Request(function) => Some(Self::Reply(function.clone())),
            Self::Reply(_) | Self::TopoResult => None,
        }
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pattern = match self {
            Self::Request(function) => function.patterns().0,
            Self::Reply(function) => function.patterns().1,
            Self::TopoResult => TOPO_RESULT,
        };
        match pattern.split_once("{}") {
            Some((before, behind)) => write!(f, "{before}{}{behind}", self.function().level()),
            None => f.write_str(pattern),
        }
    }
}

fn service_request(identifier: Identifier) -> Topic {
    Topic::Request(Function::Service(identifier))
}

fn service_reply(identifier: Identifier) -> Topic {
    Topic::Reply(Function::Service(identifier))
}

fn custom_request(id: Identifier) -> Topic {
    Topic::Request(Function::CustomDown(id))
}

fn custom_reply(id: Identifier) -> Topic {
    Topic::Reply(Function::CustomDown(id))
}

/// The reply's topic with `/reply` for `_reply` or the other way round, which is what people confuse.
fn other_spelling(reply: &str) -> Option<String> {
    let stem = reply.strip_suffix("reply")?;
    let (stem, mark) = stem.split_at(stem.len().checked_sub(1)?);
    Some(format!("{stem}{}reply", if mark == "/" { '_' } else { '/' }))
}

/// How many bytes of `text`, in whole levels, begin some topic.
fn known_bytes(text: &str) -> usize {
    let fixed = Function::FIXED.iter().flat_map(|function| <[&str; 2]>::from(function.patterns()));
    let variable = [SERVICE.0, SERVICE.1, CUSTOM_DOWN.0, CUSTOM_DOWN.1, TOPO_RESULT];
    fixed.chain(variable).map(|pattern| shared_bytes(text, pattern)).max().unwrap_or(0)
}

fn shared_bytes(text: &str, pattern: &str) -> usize {
    let levels = text.split('/').zip(pattern.split('/'));
    let shared = levels.take_while(|(level, known)| level == known || *known == "{}" && !level.is_empty());
    // Each with the slash behind it, which the last level of a text lacks.
    shared.map(|(level, _)| level.len() + 1).sum::<usize>().min(text.len())
}

/// Levels that are no topic of the thing model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TopicError {
    /// Right but for `_reply` and `/reply`: devices use the first, the platform the second.
    #[error("the topic of this reply is {right:?}")]
    ReplySpelling {
        /// The topic that must have been meant.
        right: &'static str,
    },
    /// The variable level is none.
    #[error("{error}, in the level that begins at byte {offset}")]
    Level {
        /// Bytes before the level.
        offset: usize,
        /// What is wrong with it.
        error: IdentifierError,
    },
    /// No such topic.
    #[error("no topic of the thing model goes on like this at byte {offset}")]
    Unknown {
        /// Bytes before the level at which it leaves all known topics.
        offset: usize,
    },
}

#[cfg(test)]
mod tests;
