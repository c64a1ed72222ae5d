//! A token taken apart as far as it goes. Never fails: whoever explains a wrong token needs its pieces.

use super::error::{Parameter, TokenError, TokenProblem};
use super::escape::{EscapeError, Oddity, unescape};

/// The pieces of a text between `&`.
#[derive(Clone, PartialEq, Eq)]
pub struct Reading<'a> {
    length: usize,
    /// The pieces in the order in which they stand.
    pub parts: Vec<Part<'a>>,
}

/// `name=value`, or a piece that lacks a part of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Part<'a> {
    /// What stands before the first `=`, or all of it.
    pub name: &'a str,
    /// What stands behind it, as it is written.
    pub raw: &'a str,
    /// Where the name begins, in bytes from the beginning of the token.
    pub offset: usize,
}

impl<'a> Part<'a> {
    /// Its parameter, if there is one of this name.
    pub fn parameter(&self) -> Option<Parameter> {
        Parameter::ALL.into_iter().find(|parameter| parameter.as_str() == self.name)
    }

    /// Where its value begins, in bytes from the beginning of the token; its end where it has none.
    pub fn value_offset(&self) -> usize {
        self.offset + self.name.len() + usize::from(!self.raw.is_empty())
    }

    /// The value without its escapes, and what was not escaped as it should be. Offsets count from the beginning
    /// of the token.
    ///
    /// # Errors
    ///
    /// An escape that is none.
    pub fn unescaped(&self) -> Result<(String, Vec<Oddity>), EscapeError> {
        unescape(self.raw, self.value_offset())
    }
}

impl<'a> Reading<'a> {
    /// Takes any text apart.
    pub fn parse(text: &'a str) -> Self {
        let mut parts = Vec::new();
        let mut offset = 0;
        for piece in text.split('&') {
            let (name, raw) = piece.split_once('=').unwrap_or((piece, ""));
            parts.push(Part { name, raw, offset });
            offset += piece.len() + 1;
        }
        Self { length: text.len(), parts }
    }

    /// The first piece with this parameter.
    pub fn get(&self, parameter: Parameter) -> Option<&Part<'a>> {
        self.parts.iter().find(|part| part.name == parameter.as_str())
    }

    /// What its pieces lack: a parameter that is unknown, doubled, without a value, and at last what is missing.
    pub fn faults(&self) -> Vec<TokenError> {
        if self.parts.iter().all(|part| part.parameter().is_none()) {
            // What a person gave instead may be secret: nothing of it is named.
            return vec![TokenError { offset: 0, problem: TokenProblem::NoToken }];
        }
        let mut faults = Vec::new();
        for part in &self.parts {
            let (offset, problem) = match part.parameter() {
                None => (part.offset, TokenProblem::Unknown { name: shown(part.name) }),
                Some(parameter) if self.get(parameter) != Some(part) => {
                    (part.offset, TokenProblem::Doubled(parameter))
                }
                Some(parameter) if part.raw.is_empty() => {
                    (part.value_offset(), TokenProblem::NoValue(parameter))
                }
                Some(_) => continue,
            };
            faults.push(TokenError { offset, problem });
        }
        let missing = Parameter::ALL.into_iter().filter(|parameter| self.get(*parameter).is_none());
        faults.extend(
            missing.map(|parameter| TokenError {
                offset: self.length,
                problem: TokenProblem::Missing(parameter),
            }),
        );
        faults
    }
}

/// The letters that an unknown name begins with: behind them may stand a value, which may be secret.
fn shown(name: &str) -> String {
    name.chars().take(12).take_while(|c| c.is_ascii_alphabetic() || matches!(c, '_' | '-')).collect()
}

/// Whether a text is meant as a token: at least one of its pieces is a parameter with `=`.
pub fn is_token(text: &str) -> bool {
    let mut pieces = text.split('&').filter_map(|piece| piece.split_once('='));
    pieces.any(|(name, _)| Parameter::ALL.into_iter().any(|parameter| parameter.as_str() == name))
}
