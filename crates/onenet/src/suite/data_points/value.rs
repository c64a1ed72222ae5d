//! What the value of a data point may be: any JSON that is not too deep and has short, plain names.

use serde_json::value::RawValue;

use super::super::document::Document;
use super::super::error::{DecodeError, Problem};
use super::stream::{MAX_NAME, takes};
use crate::json::{self, Members};

/// The most levels of objects and arrays in a value; a number has none (reference §2.4). That arrays count is
/// our reading: the document says levels.
pub const MAX_DEPTH: usize = 5;

/// Whether a value of `document` may be that of a data point.
pub(super) fn check<'a>(document: &Document<'a>, value: &'a RawValue) -> Result<(), DecodeError> {
    check_level(document, value, 0)
}

/// `depth` levels are around this value; at most one more than may be, so that no text can nest it deeper.
fn check_level<'a>(document: &Document<'a>, value: &'a RawValue, depth: usize) -> Result<(), DecodeError> {
    let nests = value.get().starts_with(['{', '[']);
    if nests && depth == MAX_DEPTH {
        return Err(document.wrong(value, Problem::TooDeep));
    }
    if let Some(members) = Members::read(value).filter(|_| nests) {
        for (name, inner) in members.iter() {
            if let Some(problem) = wrong_name(name) {
                return Err(document.wrong(inner, problem));
            }
            check_level(document, inner, depth + 1)?;
        }
    } else if let Some(elements) = json::elements(value).filter(|_| nests) {
        for inner in elements {
            check_level(document, inner, depth + 1)?;
        }
    }
    Ok(())
}

fn wrong_name(name: &str) -> Option<Problem> {
    if let Some(character) = name.chars().find(|character| !takes(*character)) {
        return Some(Problem::KeyCharacter { character });
    }
    (name.len() > MAX_NAME).then_some(Problem::KeyTooLong { length: name.len() })
}
