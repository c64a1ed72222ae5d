//! Reading bytes from front to back, knowing where one stands.

use super::super::error::{DecodeError, DecodeProblem, PayloadPart};

/// The bytes of a payload that are still unread.
pub(super) struct Cursor<'a> {
    rest: &'a [u8],
    offset: usize,
}

impl<'a> Cursor<'a> {
    /// Begins behind the type byte.
    pub(super) fn behind_type(rest: &'a [u8]) -> Self {
        Self { rest, offset: 1 }
    }

    /// Bytes of the payload before the next unread one.
    pub(super) fn offset(&self) -> usize {
        self.offset
    }

    /// The bytes that are still unread.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The next `N` bytes, which are `part`.
    pub(super) fn array<const N: usize>(&mut self, part: PayloadPart) -> Result<[u8; N], DecodeError> {
        let Some((taken, rest)) = self.rest.split_first_chunk() else {
            return Err(self.ends_inside(part, N));
        };
        self.rest = rest;
        self.offset += N;
        Ok(*taken)
    }

    /// The next `length` bytes, which are `part`.
    pub(super) fn slice(&mut self, part: PayloadPart, length: usize) -> Result<&'a [u8], DecodeError> {
        let Some((taken, rest)) = self.rest.split_at_checked(length) else {
            return Err(self.ends_inside(part, length));
        };
        self.rest = rest;
        self.offset += length;
        Ok(taken)
    }

    /// The next `length` bytes as text, which are `part`.
    pub(super) fn text(&mut self, part: PayloadPart, length: usize) -> Result<&'a str, DecodeError> {
        let start = self.offset;
        let bytes = self.slice(part, length)?;
        std::str::from_utf8(bytes).map_err(|error| {
            let wrong = error.valid_up_to();
            DecodeError::new(start + wrong, DecodeProblem::NotUtf8 { found: bytes[wrong] })
        })
    }

    /// A two-byte length and as much text as it says: all that is left.
    pub(super) fn body(&mut self) -> Result<&'a str, DecodeError> {
        let start = self.offset;
        let announced = usize::from(u16::from_be_bytes(self.array(PayloadPart::Length)?));
        let found = self.rest.len();
        if announced != found {
            return Err(DecodeError::new(start, DecodeProblem::Length { announced, found }));
        }
        self.text(PayloadPart::Body, announced)
    }

    fn ends_inside(&self, part: PayloadPart, expected: usize) -> DecodeError {
        let found = self.rest.len();
        DecodeError::new(self.offset + found, DecodeProblem::Truncated { part, expected, found })
    }
}
