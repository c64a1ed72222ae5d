//! The JSON of a message or a thing model, read part by part; every error says at which byte.

use serde_json::value::RawValue;

use super::error::{DecodeError, DecodeProblem};
use super::identifier::Identifier;
use crate::json::{self, Members};
use crate::legacy::JsonKind;

/// A JSON text whose parts are read one by one.
#[derive(Clone, Copy)]
pub(super) struct Document<'a> {
    source: &'a str,
}

impl<'a> Document<'a> {
    /// Takes bytes that are one JSON value, and gives that value.
    pub(super) fn parse(bytes: &'a [u8]) -> Result<(Self, &'a RawValue), DecodeError> {
        let source = str::from_utf8(bytes).map_err(|error| {
            let offset = error.valid_up_to();
            DecodeError::new(offset, DecodeProblem::NotUtf8 { found: bytes[offset] })
        })?;
        let root = json::read(source).map_err(|json::NotJson { offset, line, column, found }| {
            DecodeError::new(offset, DecodeProblem::NotJson { line, column, found })
        })?;
        Ok((Self { source }, root))
    }

    /// The members of an object that is called `member`.
    pub(super) fn members(&self, raw: &'a RawValue, member: &'static str) -> Result<Object<'a>, DecodeError> {
        let members = Members::read(raw).ok_or_else(|| self.kind(raw, member, JsonKind::Object))?;
        Ok(Object { document: *self, raw, members })
    }

    /// The elements of an array that is called `member`.
    pub(super) fn elements(
        &self,
        raw: &'a RawValue,
        member: &'static str,
    ) -> Result<Vec<&'a RawValue>, DecodeError> {
        json::elements(raw).ok_or_else(|| self.kind(raw, member, JsonKind::Array))
    }

    /// The text of a string that is called `member`.
    pub(super) fn string(&self, raw: &RawValue, member: &'static str) -> Result<String, DecodeError> {
        json::string(raw).ok_or_else(|| self.kind(raw, member, JsonKind::String))
    }

    /// A number that is called `member`: digits alone.
    pub(super) fn whole(&self, raw: &RawValue, member: &'static str) -> Result<u64, DecodeError> {
        raw.get().parse().map_err(|_| self.wrong(raw, DecodeProblem::NotWhole { member }))
    }

    /// An identifier, whose faults are shown at `place`.
    pub(super) fn identifier(&self, text: &str, place: &RawValue) -> Result<Identifier, DecodeError> {
        Identifier::parse(text).map_err(|error| self.wrong(place, error.into()))
    }

    pub(super) fn kind(&self, raw: &RawValue, member: &'static str, expected: JsonKind) -> DecodeError {
        self.wrong(raw, DecodeProblem::Kind { member, expected, found: JsonKind::of(raw.get()) })
    }

    pub(super) fn wrong(&self, part: &RawValue, problem: DecodeProblem) -> DecodeError {
        DecodeError::new(self.offset(part), problem)
    }

    /// Bytes before `part`.
    pub(super) fn offset(&self, part: &RawValue) -> usize {
        json::offset(self.source, part)
    }
}

/// An object of a [`Document`].
pub(super) struct Object<'a> {
    document: Document<'a>,
    raw: &'a RawValue,
    members: Members<'a>,
}

impl<'a> Object<'a> {
    /// The value of a member that must be there.
    pub(super) fn required(&self, member: &'static str) -> Result<&'a RawValue, DecodeError> {
        let missing = || self.document.wrong(self.raw, DecodeProblem::MissingMember { member });
        self.members.get(member).ok_or_else(missing)
    }

    /// The value of a member that may be missing.
    pub(super) fn optional(&self, member: &str) -> Option<&'a RawValue> {
        self.members.get(member)
    }

    /// The text of a member that must be there and be a string.
    pub(super) fn string(&self, member: &'static str) -> Result<String, DecodeError> {
        self.document.string(self.required(member)?, member)
    }

    /// Names and values, in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &'a RawValue)> {
        self.members.iter()
    }
}
