//! What ties a reply to its request.

use std::fmt;

/// The `id` of a message: a string of 1 to 13 digits that the sender chooses and the reply repeats, leading
/// zeros included (reference §3.3).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId(String);

/// The most digits that the platform takes.
const MAX_DIGITS: usize = 13;

impl MessageId {
    /// Takes 1 to 13 digits.
    ///
    /// # Errors
    ///
    /// The first of these rules that it breaks. The platform calls it code 312, `invalid msg id`.
    pub fn parse(text: &str) -> Result<Self, MessageIdError> {
        if text.is_empty() {
            return Err(MessageIdError::Empty);
        }
        if let Some((offset, character)) = text.char_indices().find(|(_, c)| !c.is_ascii_digit()) {
            return Err(MessageIdError::NotADigit { character, offset });
        }
        if text.len() > MAX_DIGITS {
            return Err(MessageIdError::TooLong { length: text.len() });
        }
        Ok(Self(text.to_owned()))
    }

    /// A counter as id. Behind 9,999,999,999,999 it begins again at 0.
    pub fn from_number(number: u64) -> Self {
        const IDS: u64 = 10_u64.pow(MAX_DIGITS as u32);
        Self((number % IDS).to_string())
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is no message id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MessageIdError {
    /// Nothing where digits should be.
    #[error("message id is empty")]
    Empty,
    /// Something else than a digit.
    #[error("{character:?} at byte {offset} of the message id is not a digit")]
    NotADigit {
        /// The character.
        character: char,
        /// Bytes of the id before it.
        offset: usize,
    },
    /// More digits than the platform takes.
    #[error("message id has {length} digits, the limit is {MAX_DIGITS}")]
    TooLong {
        /// How many digits it has.
        length: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_up_to_thirteen_digits_as_they_are() {
        for text in ["0", "007", "1234567890123"] {
            assert_eq!(MessageId::parse(text).unwrap().as_str(), text);
        }
        let problem = |text: &str| MessageId::parse(text).unwrap_err().to_string();
        assert_eq!(problem(""), "message id is empty");
        assert_eq!(problem("12a"), "'a' at byte 2 of the message id is not a digit");
        assert_eq!(problem("-1"), "'-' at byte 0 of the message id is not a digit");
        assert_eq!(problem("12345678901234"), "message id has 14 digits, the limit is 13");
    }

    #[test]
    fn a_counter_never_outgrows_thirteen_digits() {
        assert_eq!(MessageId::from_number(9_999_999_999_999).as_str(), "9999999999999");
        assert_eq!(MessageId::from_number(10_000_000_000_000).as_str(), "0");
        assert!(MessageId::parse(MessageId::from_number(u64::MAX).as_str()).is_ok());
    }
}
