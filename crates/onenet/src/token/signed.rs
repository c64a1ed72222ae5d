//! A signed token: written, read strictly, verified.

use std::fmt;

use data_encoding::BASE64;

use super::claims::Claims;
use super::error::{Parameter, TokenError, TokenProblem};
use super::escape::{Oddity, escape, raw_offset};
use super::key::Key;
use super::method::Method;
use super::reading::Reading;
use super::resource::Resource;
use super::version::Version;

/// A token: a secret, since whoever has it can log in until it expires.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    /// What is signed.
    pub claims: Claims,
    /// The signature: the bytes of the HMAC.
    pub sign: Vec<u8>,
}

impl Token {
    /// Reads a token with its parameters in any order.
    ///
    /// Values that should have been escaped are taken as they are, since some devices log in so (reference §4);
    /// [`Parsed::oddities`] says which. Whether the signature fits is for [`Token::verify`].
    ///
    /// # Errors
    ///
    /// A parameter that is missing, doubled, unknown or without a value, and a value that is none of its
    /// parameter; the first of them, in this order.
    pub fn parse(text: &str) -> Result<Parsed, TokenError> {
        let reading = Reading::parse(text);
        if let Some(fault) = reading.faults().into_iter().next() {
            return Err(fault);
        }
        let mut oddities = Vec::new();
        let mut value = |parameter| value(&reading, parameter, &mut oddities);
        let version = value(Parameter::Version)?;
        let res = value(Parameter::Res)?;
        let et = value(Parameter::Et)?;
        let method = value(Parameter::Method)?;
        let sign = value(Parameter::Sign)?;
        let claims = Claims {
            version: Version::parse(&version.text)
                .map_err(|error| version.error(error.offset, TokenProblem::Version))?,
            res: Resource::parse(&res.text)
                .map_err(|error| res.error(error.offset, TokenProblem::Res(error.problem)))?,
            et: parse_et(&et.text).map_err(|offset| et.error(offset, TokenProblem::Et))?,
            method: Method::parse(&method.text).map_err(|_| method.error(0, TokenProblem::Method))?,
        };
        let sign = decode_sign(&sign.text).map_err(|offset| sign.error(offset, TokenProblem::Sign))?;
        Ok(Parsed { token: Self { claims, sign }, oddities })
    }

    /// Whether this key signed it.
    pub fn verify(&self, key: &Key) -> bool {
        self.claims.method.verify(key.bytes(), self.claims.text().as_bytes(), &self.sign)
    }

    /// For how many seconds it has been invalid at `now`, in seconds since 1970 UTC; `None` while it is valid.
    pub fn expired(&self, now: u64) -> Option<u64> {
        now.checked_sub(self.claims.et).filter(|seconds| *seconds > 0)
    }

    /// The signature as Base64.
    pub fn sign_text(&self) -> String {
        BASE64.encode(&self.sign)
    }

    /// The five values in the order in which they are written, not escaped.
    pub(super) fn values(&self) -> [(Parameter, String); 5] {
        let Claims { version, res, et, method } = &self.claims;
        [
            (Parameter::Version, version.to_string()),
            (Parameter::Res, res.to_string()),
            (Parameter::Et, et.to_string()),
            (Parameter::Method, method.to_string()),
            (Parameter::Sign, self.sign_text()),
        ]
    }

    /// The token as a device sends it: a secret.
    pub fn write(&self) -> String {
        let parts = self.values().map(|(parameter, value)| format!("{parameter}={}", escape(&value)));
        parts.join("&")
    }
}

impl fmt::Debug for Token {
    /// Leaves the signature out, so that no log can hold it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").field("claims", &self.claims).finish_non_exhaustive()
    }
}

/// A token that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The token.
    pub token: Token,
    /// What was not escaped as it should be, in the order of [`Parameter::ALL`].
    pub oddities: Vec<(Parameter, Oddity)>,
}

/// Digits without a sign and without zeros in front: the only spelling that is signed as it is written.
/// Otherwise the offset of what is wrong.
pub(crate) fn parse_et(text: &str) -> Result<u64, usize> {
    if let Some(offset) = text.find(|c: char| !c.is_ascii_digit()) {
        return Err(offset);
    }
    if text.len() > 1 && text.starts_with('0') {
        return Err(0);
    }
    text.parse().map_err(|_| 0)
}

/// Canonical Base64, otherwise the offset of what is wrong.
fn decode_sign(text: &str) -> Result<Vec<u8>, usize> {
    let foreign = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '='));
    match text.find(foreign) {
        Some(offset) => Err(offset),
        None => BASE64.decode(text.as_bytes()).map_err(|error| error.position),
    }
}

/// A value with its escapes undone.
struct Value<'a> {
    raw: &'a str,
    offset: usize,
    text: String,
}

impl Value<'_> {
    /// An error at an offset of the text.
    fn error(&self, offset: usize, problem: TokenProblem) -> TokenError {
        TokenError { offset: self.offset + raw_offset(self.raw, offset), problem }
    }
}

fn value<'a>(
    reading: &Reading<'a>,
    parameter: Parameter,
    oddities: &mut Vec<(Parameter, Oddity)>,
) -> Result<Value<'a>, TokenError> {
    let part = reading.get(parameter).expect("without faults, every parameter is there");
    let (text, odd) = part.unescaped().map_err(|error| TokenError {
        offset: error.offset(),
        problem: TokenProblem::Escape(parameter, error),
    })?;
    oddities.extend(odd.into_iter().map(|oddity| (parameter, oddity)));
    Ok(Value { raw: part.raw, offset: part.value_offset(), text })
}

#[cfg(test)]
mod tests;
