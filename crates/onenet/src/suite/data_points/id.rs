//! What ties data points to the reply.

use std::fmt;

use serde_json::value::RawValue;

use super::super::document::Document;
use super::super::error::DecodeError;

/// The id of data points: 0 to 2,147,483,647. Whether 0 is taken is disputed: see
/// [`MessageIds`](crate::rules::sys::MessageIds).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId(u32);

const LARGEST: u32 = i32::MAX as u32;

impl MessageId {
    /// Takes a number.
    ///
    /// # Errors
    ///
    /// It does not fit 32 bits with a sign.
    pub fn new(number: u32) -> Result<Self, MessageIdError> {
        if number <= LARGEST { Ok(Self(number)) } else { Err(MessageIdError) }
    }

    pub(in crate::suite) fn read<'a>(
        document: &Document<'a>,
        raw: &'a RawValue,
    ) -> Result<Self, DecodeError> {
        let number = document.number(raw, "id", (0, LARGEST.into()))?;
        Ok(Self(u32::try_from(number).expect("its range was asked for")))
    }

    /// The number.
    pub fn number(self) -> u32 {
        self.0
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A number that is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("id is larger than {LARGEST}")]
pub struct MessageIdError;
