//! What is wrong with a text that should be a token.

use std::fmt;

use super::escape::EscapeError;
use super::resource::ResourceProblem;

/// One of the five parameters of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Parameter {
    /// `version`: which rules it follows.
    Version,
    /// `res`: what it gives access to.
    Res,
    /// `et`: when it expires.
    Et,
    /// `method`: how it is signed.
    Method,
    /// `sign`: the signature.
    Sign,
}

impl Parameter {
    /// All of them, in the order in which they are written.
    pub const ALL: [Self; 5] = [Self::Version, Self::Res, Self::Et, Self::Method, Self::Sign];

    /// Its name in a token.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::Res => "res",
            Self::Et => "et",
            Self::Method => "method",
            Self::Sign => "sign",
        }
    }
}

impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that is no token. Holds nothing of values: they may be secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem} at byte {offset}")]
pub struct TokenError {
    /// Where, in bytes from the beginning of the token.
    pub offset: usize,
    /// What is wrong there.
    pub problem: TokenProblem,
}

/// What is wrong with a text that should be a token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenProblem {
    /// None of the five parameters is in it.
    #[error("no parameter of a token")]
    NoToken,
    /// A parameter that tokens do not have.
    #[error("unknown parameter {name:?}")]
    Unknown {
        /// Its name.
        name: String,
    },
    /// A parameter for the second time.
    #[error("parameter {0} once more")]
    Doubled(Parameter),
    /// A parameter without a value.
    #[error("parameter {0} without a value")]
    NoValue(Parameter),
    /// A parameter is not there; the place is the end of the text.
    #[error("missing parameter {0}")]
    Missing(Parameter),
    /// A value has an escape that is none.
    #[error("{0} has {1}")]
    Escape(Parameter, EscapeError),
    /// The version is no date.
    #[error("version is no date such as 2018-10-31")]
    Version,
    /// The resource has none of the known forms.
    #[error("res {0}")]
    Res(ResourceProblem),
    /// The expiry is no number of seconds, or spelt as it cannot have been signed.
    #[error("et is no number of seconds")]
    Et,
    /// The method is none of the three.
    #[error("method is none of md5, sha1 and sha256")]
    Method,
    /// The signature is no Base64.
    #[error("sign is no Base64")]
    Sign,
}
