//! One level of a topic that ties a message to its answer.

use std::fmt;

use crate::sys::{TopicError, TopicPart};

/// What ties a command to its answer: a UUID of 36 characters on the real platform, opaque to devices.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandId(String);

impl CommandId {
    /// Takes one level of `[A-Za-z0-9_-]`, not empty.
    ///
    /// # Errors
    ///
    /// The first of these that it breaks.
    pub fn parse(text: &str) -> Result<Self, TopicError> {
        if text.is_empty() {
            return Err(TopicError::Incomplete { missing: TopicPart::CommandId, offset: 0 });
        }
        let refused = |(_, c): &(usize, char)| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
        match text.char_indices().find(refused) {
            Some((offset, character)) => Err(TopicError::Character { character, offset }),
            None => Ok(Self(text.to_owned())),
        }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CommandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
