//! Topics of the legacy platform: what a message is, by where it goes (reference §1.5, §1.8).

use std::fmt;

/// A topic of the legacy platform.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Topic {
    /// `$dp`, device to platform: data points (§1.6).
    DataPoint,
    /// `$creq/{id}`, platform to device: a command. Arrives without any subscription (§1.8).
    CommandRequest(CommandId),
    /// `$crsp/{id}`, device to platform: the answer to the command with the same id (§1.8).
    CommandResponse(CommandId),
    /// Any other: between devices of one product (§1.5).
    User(UserTopic),
}

impl Topic {
    /// Reads a topic name.
    ///
    /// # Errors
    ///
    /// The name is none that the platform knows or lets a device use.
    pub fn parse(text: &str) -> Result<Self, TopicError> {
        if text == "$dp" {
            return Ok(Self::DataPoint);
        }
        if let Some(id) = text.strip_prefix("$creq/") {
            return CommandId::parse(id).map(Self::CommandRequest);
        }
        if let Some(id) = text.strip_prefix("$crsp/") {
            return CommandId::parse(id).map(Self::CommandResponse);
        }
        UserTopic::parse(text).map(Self::User)
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DataPoint => f.write_str("$dp"),
            Self::CommandRequest(id) => write!(f, "$creq/{id}"),
            Self::CommandResponse(id) => write!(f, "$crsp/{id}"),
            Self::User(topic) => topic.fmt(f),
        }
    }
}

/// What ties a command to its answer: a UUID of 36 characters on the real platform, opaque to devices.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandId(String);

impl CommandId {
    /// Takes one topic level: not empty, at most 1,024 bytes, no `/`, `+`, `#` or U+0000.
    ///
    /// # Errors
    ///
    /// The first of these that it breaks.
    pub fn parse(text: &str) -> Result<Self, TopicError> {
        if text.is_empty() {
            return Err(TopicError::Empty);
        }
        if text.len() > MAX_TOPIC_LENGTH {
            return Err(TopicError::TooLong { length: text.len() });
        }
        match text.char_indices().find(|(_, c)| matches!(c, '/' | '+' | '#' | '\0')) {
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

/// A topic between devices of one product: `[A-Za-z0-9_/]`, 1 to 1,024 characters (reference §1.5).
///
/// The sources disagree on `_`: one list leaves it out, another names it, and a real SUBSCRIBE to
/// `app_topic` was granted. It is allowed here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserTopic(String);

/// The longest topic in characters (reference §1.5).
const MAX_TOPIC_LENGTH: usize = 1_024;

impl UserTopic {
    /// Reads a topic name or, since wildcards are not supported, a topic filter.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks.
    pub fn parse(text: &str) -> Result<Self, TopicError> {
        if text.is_empty() {
            return Err(TopicError::Empty);
        }
        if text.starts_with('$') {
            return Err(TopicError::Reserved);
        }
        if let Some((offset, character)) =
            text.char_indices().find(|(_, c)| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '/')))
        {
            return Err(TopicError::Character { character, offset });
        }
        if text.len() > MAX_TOPIC_LENGTH {
            return Err(TopicError::TooLong { length: text.len() });
        }
        Ok(Self(text.to_owned()))
    }

    /// The topic as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UserTopic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A topic that the legacy platform does not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TopicError {
    /// Nothing where a name should be.
    #[error("topic is empty")]
    Empty,
    /// Begins with `$` and is none of the platform's own.
    #[error("topics beginning with $ belong to the platform")]
    Reserved,
    /// A character outside the allowed set, wildcards among them.
    #[error("{character:?} at byte {offset} is not allowed in a topic")]
    Character {
        /// The character.
        character: char,
        /// Bytes before it.
        offset: usize,
    },
    /// Longer than the platform takes.
    #[error("topic has {length} characters, the limit is {MAX_TOPIC_LENGTH}")]
    TooLong {
        /// Its length in characters.
        length: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_topics_apart() {
        let id = CommandId::parse("af506f6f-85ad-57e4-af8b-69e7f61768b3").unwrap();
        for (text, topic) in [
            ("$dp", Topic::DataPoint),
            ("$creq/af506f6f-85ad-57e4-af8b-69e7f61768b3", Topic::CommandRequest(id.clone())),
            ("$crsp/af506f6f-85ad-57e4-af8b-69e7f61768b3", Topic::CommandResponse(id)),
            ("app_topic", Topic::User(UserTopic::parse("app_topic").unwrap())),
        ] {
            assert_eq!(Topic::parse(text), Ok(topic.clone()));
            assert_eq!(topic.to_string(), text);
        }
    }

    #[test]
    fn refuses_topics_with_a_reason() {
        let problem = |text: &str| Topic::parse(text).unwrap_err().to_string();
        assert_eq!(problem(""), "topic is empty");
        assert_eq!(problem("$sys/x"), "topics beginning with $ belong to the platform");
        assert_eq!(problem("room/+"), "'+' at byte 5 is not allowed in a topic");
        assert_eq!(problem("温度"), "'温' at byte 0 is not allowed in a topic");
        assert_eq!(problem("$creq/"), "topic is empty");
        assert_eq!(problem("$crsp/a/b"), "'/' at byte 1 is not allowed in a topic");
        assert_eq!(problem(&"a".repeat(1_025)), "topic has 1025 characters, the limit is 1024");
    }
}
