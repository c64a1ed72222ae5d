//! Names of the thing model: what properties, events, services and their parameters are called.

use std::fmt;
use std::sync::Arc;

/// An identifier (标识符) of a thing model, such as `temperature` or `$OneNET_LBS`: one level of a topic. Its
/// clones share the text, since a history may name one a thousand times.
///
/// Which characters the platform's own form allows is not documented. Everything is taken that can stand in
/// a topic, where the identifier of a service has to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identifier(Arc<str>);

impl Identifier {
    /// Takes one topic level: not empty, no `/`, `+`, `#` or U+0000.
    ///
    /// # Errors
    ///
    /// The first of these that it breaks.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        if text.is_empty() {
            return Err(IdentifierError::Empty);
        }
        match text.char_indices().find(|(_, c)| matches!(c, '/' | '+' | '#' | '\0')) {
            Some((offset, character)) => Err(IdentifierError::Character { character, offset }),
            None => Ok(Self(text.into())),
        }
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that can be no identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdentifierError {
    /// Nothing where a name should be.
    #[error("identifier is empty")]
    Empty,
    /// A character that cannot stand in one level of a topic.
    #[error("{character:?} at byte {offset} is not allowed in an identifier")]
    Character {
        /// The character.
        character: char,
        /// Bytes before it.
        offset: usize,
    },
}
