//! The key as it was typed.

use super::case::Case;
use super::diagnosis::{Field, Findings};
use super::form::{strip, stripped};
use super::problem::Problem;
use crate::token::{Key, KeyError, KeyProblem, is_token};

/// A key that was given.
pub(super) struct TypedKey<'a> {
    /// Its text, with nothing around it.
    pub(super) text: &'a str,
    /// Its bytes, if it has any.
    pub(super) key: Option<Key>,
}

impl<'a> TypedKey<'a> {
    /// Reads the key of a case; an empty one is none.
    pub(super) fn of(case: &Case<'a>, found: &mut Findings) -> Option<Self> {
        let typed = case.key.filter(|key| !key.is_empty())?;
        let (text, start) = strip(Field::Key, typed, found);
        if is_token(text) {
            found.add(Field::Key, Problem::TokenHere);
            return None;
        }
        let key = match Key::parse(text) {
            Ok(key) => Some(key),
            Err(error) => {
                let standard = from_url_safe(text);
                match Key::parse(&standard) {
                    Ok(key) if standard != text => {
                        let offset = start + text.find(['-', '_']).unwrap_or(0);
                        found.add(Field::Key, Problem::KeyUrlSafe { offset });
                        Some(key)
                    }
                    _ => {
                        let error = KeyError { offset: start + error.offset, ..error };
                        found.add(Field::Key, Problem::KeyForm(error));
                        None
                    }
                }
            }
        };
        Some(Self { text, key })
    }
}

/// Base64 with the standard alphabet.
pub(super) fn from_url_safe(text: &str) -> String {
    text.replace('-', "+").replace('_', "/")
}

/// The key that stands in a field for something else, without what stands around it, and without the line breaks and
/// blanks that copying it from several lines left in it. It may still have lost its padding.
pub fn key_in(typed: &str) -> Option<String> {
    let text = stripped(typed);
    let whole: String = text.split_whitespace().collect();
    // Any sentence without its blanks could be Base64.
    let is_meant = whole.len() == text.len() || whole.contains(['+', '/', '=']);
    (is_meant && is_key(&whole)).then_some(whole)
}

/// Whether a text is what platforms show as key: Base64, of at least 16 bytes.
pub(super) fn is_key(text: &str) -> bool {
    // One that lost its padding is still meant as one.
    let is_whole = |error: KeyError| matches!(error.problem, KeyProblem::Padding { .. });
    match Key::parse(text) {
        Ok(key) => key.bytes().len() >= 16,
        Err(error) => is_whole(error) && text.len() >= 22 && text.contains(['+', '/', '=']),
    }
}
