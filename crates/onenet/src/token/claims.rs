//! What a token says before it is signed.

use super::key::Key;
use super::method::Method;
use super::resource::Resource;
use super::signed::Token;
use super::version::Version;

/// Everything in a token but its signature.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Claims {
    /// Which rules it follows.
    pub version: Version,
    /// What it gives access to.
    pub res: Resource,
    /// When it expires, in seconds since 1970 UTC.
    pub et: u64,
    /// How it is signed.
    pub method: Method,
}

impl Claims {
    /// What a device of the suite or of studio claims.
    pub fn device(res: Resource, et: u64, method: Method) -> Self {
        Self { version: Version::DEVICE, res, et, method }
    }

    /// The text that is signed: four lines, without a line break behind the last, nothing escaped (reference §4).
    pub fn text(&self) -> String {
        let Self { version, res, et, method } = self;
        format!("{et}\n{method}\n{res}\n{version}")
    }

    /// Signs it.
    pub fn sign(self, key: &Key) -> Token {
        let sign = self.method.mac(key.bytes(), self.text().as_bytes());
        Token { claims: self, sign }
    }
}
