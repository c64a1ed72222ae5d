//! Which text of rules a token follows: its parameter `version`, a date.

use std::borrow::Cow;
use std::fmt;

/// The version of a token. All of them are signed in the same way (reference §4).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Version(Cow<'static, str>);

impl Version {
    /// `2018-10-31`: what devices log in with, and the HTTP API of products.
    pub const DEVICE: Self = Self(Cow::Borrowed("2018-10-31"));
    /// `2020-05-29`: the API for applications.
    pub const APPLICATION: Self = Self(Cow::Borrowed("2020-05-29"));
    /// `2022-05-01`: seen in use, in no document that is known.
    pub const LATER: Self = Self(Cow::Borrowed("2022-05-01"));

    /// Takes ten characters of the form `YYYY-MM-DD`; whether there is such a day is not asked.
    ///
    /// # Errors
    ///
    /// Any other text, with the first byte that cannot stand there.
    pub fn parse(text: &str) -> Result<Self, VersionError> {
        const FORM: &[u8; 10] = b"0000-00-00";
        let fits =
            |(form, byte): (&u8, u8)| if *form == b'0' { byte.is_ascii_digit() } else { byte == *form };
        let fitting = FORM.iter().zip(text.bytes()).take_while(|pair| fits(*pair)).count();
        if fitting == FORM.len() && text.len() == FORM.len() {
            Ok(Self(Cow::Owned(text.to_owned())))
        } else {
            Err(VersionError { offset: fitting })
        }
    }

    /// The version as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is no version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("version is no date such as 2018-10-31 at byte {offset}")]
pub struct VersionError {
    /// Where, in bytes from the beginning of the text.
    pub offset: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_a_date() {
        for version in [Version::DEVICE, Version::APPLICATION, Version::LATER] {
            assert_eq!(Version::parse(version.as_str()), Ok(version));
        }
        for (text, offset) in
            [("", 0), ("2018-1031", 7), ("2018-10-31\n", 10), ("v2018", 0), ("2018-10-3", 9)]
        {
            assert_eq!(Version::parse(text), Err(VersionError { offset }), "{text}");
        }
    }
}
