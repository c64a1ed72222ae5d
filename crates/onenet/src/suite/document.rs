//! The JSON of a message: what it says, or the first wrong place. Offsets count from its beginning.

use serde_json::value::RawValue;

use super::error::{DecodeError, Problem};
use crate::json::{self, Members};
use crate::legacy::JsonKind;

/// A JSON text whose parts are read one by one.
pub(super) struct Document<'a> {
    pub(super) source: &'a str,
    pub(super) root: &'a RawValue,
}

impl<'a> Document<'a> {
    /// Takes bytes that are one JSON value.
    pub(super) fn decode(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let source = str::from_utf8(bytes).map_err(|error| {
            let offset = error.valid_up_to();
            let found = bytes.get(offset).copied().unwrap_or_default();
            DecodeError::new(offset, Problem::NotUtf8 { found })
        })?;
        let root = json::read(source).map_err(|json::NotJson { offset, line, column, found }| {
            DecodeError::new(offset, Problem::NotJson { line, column, found })
        })?;
        Ok(Self { source, root })
    }

    pub(super) fn members(&self, raw: &'a RawValue) -> Result<Members<'a>, DecodeError> {
        Members::read(raw)
            .ok_or_else(|| self.wrong(raw, Problem::NotAnObject { found: JsonKind::of(raw.get()) }))
    }

    pub(super) fn required(
        &self,
        object: &'a RawValue,
        member: &'static str,
    ) -> Result<&'a RawValue, DecodeError> {
        let found = self.members(object)?.get(member);
        found.ok_or_else(|| self.wrong(object, Problem::MissingMember { member }))
    }

    pub(super) fn elements(&self, raw: &'a RawValue) -> Result<Vec<&'a RawValue>, DecodeError> {
        json::elements(raw)
            .ok_or_else(|| self.wrong(raw, Problem::NotAnArray { found: JsonKind::of(raw.get()) }))
    }

    pub(super) fn string(&self, raw: &'a RawValue, member: &'static str) -> Result<String, DecodeError> {
        json::string(raw)
            .ok_or_else(|| self.wrong(raw, Problem::NotAString { member, found: JsonKind::of(raw.get()) }))
    }

    /// A whole number from `least` to `most`, as written without fraction and exponent.
    pub(super) fn number(
        &self,
        raw: &'a RawValue,
        member: &'static str,
        (least, most): (i64, i64),
    ) -> Result<i64, DecodeError> {
        let number = raw.get().parse().ok().filter(|number| (least..=most).contains(number));
        number.ok_or_else(|| self.wrong(raw, Problem::NotInRange { member, least, most }))
    }

    pub(super) fn wrong(&self, part: &RawValue, problem: Problem) -> DecodeError {
        DecodeError::new(json::offset(self.source, part), problem)
    }
}
