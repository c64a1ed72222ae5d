//! The two names of a device: of its product, and its own within that.

use std::fmt;

/// The longest name of a device, in characters (reference §2.2).
pub const MAX_NAME_LENGTH: usize = 64;

/// 产品 ID: a number on older products, ten letters and digits on newer ones (reference §2.2, §3.1).
///
/// No document gives its length a limit; that of device names is taken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProductId(String);

impl ProductId {
    /// Takes 1 to 64 ASCII letters and digits.
    ///
    /// # Errors
    ///
    /// The first of these that it breaks.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        check(text, |character| character.is_ascii_alphanumeric())?;
        Ok(Self(text.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProductId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// 设备名称, unique in its product (reference §2.2).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceName(String);

impl DeviceName {
    /// Takes 1 to 64 of `[A-Za-z0-9_-]`.
    ///
    /// # Errors
    ///
    /// The first of these that it breaks.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        check(text, |character| character.is_ascii_alphanumeric() || matches!(character, '_' | '-'))?;
        Ok(Self(text.to_owned()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DeviceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn check(text: &str, takes: impl Fn(char) -> bool) -> Result<(), NameError> {
    if text.is_empty() {
        return Err(NameError::Empty);
    }
    if let Some((offset, character)) = text.char_indices().find(|(_, character)| !takes(*character)) {
        return Err(NameError::Character { character, offset });
    }
    // Only ASCII is left: bytes are characters.
    if text.len() > MAX_NAME_LENGTH {
        return Err(NameError::TooLong { length: text.len() });
    }
    Ok(())
}

/// A text that names no product or no device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing where a name should be.
    #[error("is empty")]
    Empty,
    /// A character outside the allowed set.
    #[error("has {character:?} at byte {offset}")]
    Character {
        /// The character.
        character: char,
        /// Bytes of the name before it.
        offset: usize,
    },
    /// Longer than the platform takes.
    #[error("has {length} characters, the limit is {MAX_NAME_LENGTH}")]
    TooLong {
        /// Its length in characters.
        length: usize,
    },
}

impl NameError {
    /// Bytes of the name before what is wrong.
    pub fn offset(self) -> usize {
        match self {
            Self::Empty => 0,
            Self::Character { offset, .. } => offset,
            Self::TooLong { .. } => MAX_NAME_LENGTH,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_names_that_platforms_give_out() {
        for id in ["321016", "VRqhDHF2wL", "SQKg9n0Ii0"] {
            assert_eq!(ProductId::parse(id).unwrap().as_str(), id);
        }
        for name in ["my_tv", "stm32-esp32c3", "ESP8266_01", &"x".repeat(64)] {
            assert_eq!(DeviceName::parse(name).unwrap().as_str(), name);
        }
    }

    #[test]
    fn refuses_names_with_a_reason() {
        let problem = |name: &str| DeviceName::parse(name).unwrap_err().to_string();
        assert_eq!(problem(""), "is empty");
        assert_eq!(problem("my tv"), "has ' ' at byte 2");
        assert_eq!(problem("客厅"), "has '客' at byte 0");
        assert_eq!(problem(&"x".repeat(65)), "has 65 characters, the limit is 64");
        assert_eq!(ProductId::parse("12_3"), Err(NameError::Character { character: '_', offset: 2 }));
    }
}
