//! What texts of types 5 and 6 are made of (reference §1.6).

use std::fmt;

use super::super::error::PayloadTooLong;
use crate::data_point::StreamId;

/// The two separators of a text, its first two bytes.
///
/// Any two different ASCII characters. The documents' examples have `#@` and `,;`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delimiters {
    inside: char,
    between: char,
}

impl Delimiters {
    /// `inside` separates the parts of a field, `between` separates fields.
    ///
    /// # Errors
    ///
    /// They are the same, or one does not fit its one byte.
    pub fn new(inside: char, between: char) -> Result<Self, DelimitersError> {
        for found in [inside, between] {
            if !found.is_ascii() {
                return Err(DelimitersError::NotAscii { found });
            }
        }
        if inside == between {
            return Err(DelimitersError::Equal { found: inside });
        }
        Ok(Self { inside, between })
    }

    /// What separates stream, time and value of a field.
    pub fn inside(self) -> char {
        self.inside
    }

    /// What separates fields.
    pub fn between(self) -> char {
        self.between
    }
}

impl Default for Delimiters {
    /// `,` inside a field and `;` between them.
    fn default() -> Self {
        Self { inside: ',', between: ';' }
    }
}

/// Two characters that cannot separate a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DelimitersError {
    /// Each has one byte.
    #[error("separator is {found:?}, expected an ASCII character")]
    NotAscii {
        /// The character.
        found: char,
    },
    /// Parts and fields could not be told apart.
    #[error("both separators are {found:?}, expected two different ones")]
    Equal {
        /// The separator.
        found: char,
    },
}

/// One field of a text: one data point. Nothing in it may hold a separator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextField {
    /// `value`: the stream is called after the field's place among all fields, counted from 0.
    Numbered {
        /// The value, never empty.
        value: String,
    },
    /// `stream,value`.
    Named {
        /// The data stream.
        stream: StreamId,
        /// The value, never empty.
        value: String,
    },
    /// `stream,time,value`.
    Timed {
        /// The data stream.
        stream: StreamId,
        /// `YYYY-MM-DD hh:mm:ss`. Empty is as good as no time (2015 text).
        at: String,
        /// The value, never empty.
        value: String,
    },
}

impl TextField {
    pub(super) fn write(&self, index: usize, delimiters: Delimiters) -> Result<String, TextError> {
        let parts: &[(FieldPart, &str)] = match self {
            Self::Numbered { value } => &[(FieldPart::Value, value)],
            Self::Named { stream, value } => {
                &[(FieldPart::Stream, stream.as_str()), (FieldPart::Value, value)]
            }
            Self::Timed { stream, at, value } => {
                &[(FieldPart::Stream, stream.as_str()), (FieldPart::Time, at), (FieldPart::Value, value)]
            }
        };
        for &(part, text) in parts {
            if part == FieldPart::Value && text.is_empty() {
                return Err(TextError::EmptyValue { field: index });
            }
            if let Some(found) = text.chars().find(|c| [delimiters.inside, delimiters.between].contains(c)) {
                return Err(TextError::Separator { field: index, part, found });
            }
        }
        let texts: Vec<&str> = parts.iter().map(|(_, text)| *text).collect();
        Ok(texts.join(delimiters.inside.encode_utf8(&mut [0; 4])))
    }
}

/// A part of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldPart {
    /// The data stream.
    Stream,
    /// The time.
    Time,
    /// The value.
    Value,
}

impl fmt::Display for FieldPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Stream => "stream",
            Self::Time => "time",
            Self::Value => "value",
        })
    }
}

/// Fields that no text can say with these separators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// A separator in the text of a field: choose others.
    #[error("{part} of field {field} holds the separator {found:?}")]
    Separator {
        /// The field's place, counted from 0.
        field: usize,
        /// The part that holds it.
        part: FieldPart,
        /// The separator.
        found: char,
    },
    /// The platform skips fields without a value (2015 text).
    #[error("value of field {field} is empty")]
    EmptyValue {
        /// The field's place, counted from 0.
        field: usize,
    },
    /// The text would not fit its two-byte length.
    #[error(transparent)]
    TooLong(#[from] PayloadTooLong),
}
