//! The name of a data stream, as the suite takes it.

use std::fmt;

/// The longest name of a data stream, and of a member inside a value, in bytes (reference §2.4).
pub const MAX_NAME: usize = 30;

/// 数据流名称: 1 to 30 of `[A-Za-z0-9_.]`, before which one `$` may stand and counts (reference §2.4). That a `$` alone
/// is none is our reading.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamName(String);

impl StreamName {
    /// Takes a name.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks.
    pub fn parse(text: &str) -> Result<Self, StreamNameError> {
        if matches!(text, "" | "$") {
            return Err(StreamNameError::Empty);
        }
        let refused = |(offset, c): &(usize, char)| !(takes(*c) || (*offset, *c) == (0, '$'));
        if let Some((offset, character)) = text.char_indices().find(refused) {
            return Err(StreamNameError::Character { character, offset });
        }
        // Only ASCII is left: bytes are characters.
        if text.len() > MAX_NAME {
            return Err(StreamNameError::TooLong { length: text.len() });
        }
        Ok(Self(text.to_owned()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a name may have this character anywhere.
pub(super) fn takes(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '.')
}

impl fmt::Display for StreamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that names no data stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StreamNameError {
    /// Nothing where a name should be, or nothing behind its `$`.
    #[error("is empty")]
    Empty,
    /// A character outside the allowed set, or a `$` that does not stand first.
    #[error("has {character:?} as byte {offset}, expected letters, digits, _ and .")]
    Character {
        /// The character.
        character: char,
        /// Bytes of the name before it.
        offset: usize,
    },
    /// Longer than the platform takes.
    #[error("has {length} characters, the limit is {MAX_NAME}")]
    TooLong {
        /// Its length in characters.
        length: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_names_as_the_platform_does() {
        for name in ["temperature", "$pm2.5", "a_1", "$1", &"x".repeat(30)] {
            assert_eq!(StreamName::parse(name).unwrap().as_str(), name);
        }
        let problem = |name: &str| StreamName::parse(name).unwrap_err();
        assert_eq!(problem(""), StreamNameError::Empty);
        assert_eq!(problem("$"), StreamNameError::Empty, "it marks a name and is none");
        assert_eq!(problem("a$b"), StreamNameError::Character { character: '$', offset: 1 });
        assert_eq!(problem("$$"), StreamNameError::Character { character: '$', offset: 1 });
        assert_eq!(problem("温度"), StreamNameError::Character { character: '温', offset: 0 });
        assert_eq!(problem("a-b"), StreamNameError::Character { character: '-', offset: 1 });
        assert_eq!(problem(&"x".repeat(31)), StreamNameError::TooLong { length: 31 });
    }
}
