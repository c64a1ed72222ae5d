//! Usual mistakes in signing that make another signature.

use std::fmt;

use crate::token::{Method, Version};

/// Something done otherwise than the platform does it (reference §4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistake {
    /// The key's text signed, not the bytes that its Base64 means.
    KeyText,
    /// Another hash than the token names.
    Hash(Method),
    /// Another name of the method was signed than the token says.
    MethodName(String),
    /// `res` was signed with its escapes.
    EscapedRes,
    /// The device of the form was signed, the token says another resource.
    ResOfForm,
    /// The product alone was signed.
    ResOfProduct,
    /// Another version was signed than the token says.
    OtherVersion(Version),
    /// Seconds were signed, the token says milliseconds.
    EtSeconds,
    /// Milliseconds were signed, the token says seconds.
    EtMillis,
    /// A line break stands behind the last line.
    LastLineBreak,
    /// Lines end with a carriage return and a line feed.
    CarriageReturns,
    /// Two characters, a backslash and an n, stand for each line break.
    WrittenLineBreaks,
    /// Nothing stands between the values.
    NoLineBreaks,
    /// The values are in the order of the token: version, res, et, method.
    TokenOrder,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::KeyText => "the text of the key instead of its bytes",
            Self::Hash(method) => return write!(f, "the hash {method}"),
            Self::MethodName(name) => return write!(f, "the method name {name:?}"),
            Self::EscapedRes => "res with its escapes",
            Self::ResOfForm => "the device of the form as res",
            Self::ResOfProduct => "the product alone as res",
            Self::OtherVersion(version) => return write!(f, "the version {version}"),
            Self::EtSeconds => "et in seconds",
            Self::EtMillis => "et in milliseconds",
            Self::LastLineBreak => "a line break behind the last line",
            Self::CarriageReturns => "carriage returns",
            Self::WrittenLineBreaks => "backslash and n for line breaks",
            Self::NoLineBreaks => "no line breaks",
            Self::TokenOrder => "the values in the order of the token",
        })
    }
}

/// Mistakes with commas between them.
pub(super) struct Listed<'a>(pub(super) &'a [Mistake]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, mistake) in self.0.iter().enumerate() {
            write!(f, "{}{mistake}", if index > 0 { ", " } else { "" })?;
        }
        Ok(())
    }
}
