//! The answer of a device to a command: any bytes, but few.

use super::code::Code;
use super::error::{DecodeError, Problem};

/// The longest answer in bytes: it must be smaller than 1 KB (reference §2.4).
pub const MAX_ANSWER: usize = 1_023;

/// The content of `cmd/response/{id}`. A command is answered once, and in time: who keeps commands knows both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer(Vec<u8>);

impl Answer {
    /// Takes the bytes of an answer.
    ///
    /// # Errors
    ///
    /// They are too many; the platform rejects them with code 99.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Result<Self, DecodeError> {
        let bytes = bytes.into();
        if bytes.len() > MAX_ANSWER {
            let problem = Problem::AnswerTooLong { length: bytes.len() };
            return Err(DecodeError::new(MAX_ANSWER, problem).rejected(Code::AnswerTooLong));
        }
        Ok(Self(bytes))
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}
