//! How values are escaped in a token.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// The eight characters that the platform's documents list (reference §4). `percent-encoding` escapes with upper-case
/// hex, and also what is not ASCII; controls, which no value has, are added so that no text breaks a line.
const ESCAPED: &AsciiSet =
    &CONTROLS.add(b'+').add(b' ').add(b'/').add(b'?').add(b'%').add(b'#').add(b'&').add(b'=');

/// Writes a value as it stands in a token: `/` becomes `%2F`.
pub fn escape(value: &str) -> String {
    utf8_percent_encode(value, ESCAPED).to_string()
}

/// Something in a value that is understood but should have been written in another way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Oddity {
    /// A character stands as it is where its escape should.
    #[error("{character:?} is not escaped at byte {offset}")]
    Raw {
        /// Where, in bytes from the beginning of the token.
        offset: usize,
        /// The character.
        character: char,
    },
    /// An escape has small letters: `%2f`.
    #[error("escape with small letters at byte {offset}")]
    LowerCase {
        /// Where, in bytes from the beginning of the token.
        offset: usize,
    },
}

/// An escape that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EscapeError {
    /// `%` without two hex digits behind it.
    #[error("% without two hex digits")]
    Digits {
        /// Where, in bytes from the beginning of the token.
        offset: usize,
    },
    /// The escaped bytes are no UTF-8.
    #[error("escaped bytes that are no UTF-8")]
    Utf8 {
        /// Where the value begins, in bytes from the beginning of the token.
        offset: usize,
    },
}

impl EscapeError {
    /// Where, in bytes from the beginning of the token.
    pub fn offset(self) -> usize {
        match self {
            Self::Digits { offset } | Self::Utf8 { offset } => offset,
        }
    }
}

/// The value behind a raw text that begins at `start`. `+` stays `+`.
pub(super) fn unescape(raw: &str, start: usize) -> Result<(String, Vec<Oddity>), EscapeError> {
    let mut oddities = Vec::new();
    for (at, character) in raw.char_indices().filter(|(_, c)| *c == '%' || !is_plain(*c)) {
        let offset = start + at;
        if character != '%' {
            oddities.push(Oddity::Raw { offset, character });
            continue;
        }
        match raw.as_bytes().get(at + 1..at + 3) {
            Some(digits) if digits.iter().all(u8::is_ascii_hexdigit) => {
                if digits.iter().any(u8::is_ascii_lowercase) {
                    oddities.push(Oddity::LowerCase { offset });
                }
            }
            _ => return Err(EscapeError::Digits { offset }),
        }
    }
    match percent_decode_str(raw).decode_utf8() {
        Ok(value) => Ok((value.into_owned(), oddities)),
        Err(_) => Err(EscapeError::Utf8 { offset: start }),
    }
}

/// Whether a character stands for itself in a token.
fn is_plain(character: char) -> bool {
    let mut bytes = [0; 4];
    utf8_percent_encode(character.encode_utf8(&mut bytes), ESCAPED).all(|piece| !piece.starts_with('%'))
}

/// Where in a raw text the byte stands that is at `offset` in its value.
pub(super) fn raw_offset(raw: &str, offset: usize) -> usize {
    let mut at = 0;
    for _ in 0..offset {
        at += if raw.as_bytes().get(at) == Some(&b'%') { 3 } else { 1 };
    }
    at.min(raw.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn escapes_the_eight_characters_and_no_other() {
        assert_eq!(escape("+ /?%#&="), "%2B%20%2F%3F%25%23%26%3D");
        let others: String = ('!'..='~').filter(|c| !"+/?%#&=".contains(*c)).collect();
        assert_eq!(escape(&others), others);
    }

    #[test]
    fn says_what_is_not_escaped_as_it_should_be() {
        let (value, oddities) = unescape("a/b%2fc+%2F", 10).unwrap();
        assert_eq!(value, "a/b/c+/");
        assert_eq!(
            oddities,
            [
                Oddity::Raw { offset: 11, character: '/' },
                Oddity::LowerCase { offset: 13 },
                Oddity::Raw { offset: 17, character: '+' },
            ]
        );
        assert_eq!(unescape("a%2", 10), Err(EscapeError::Digits { offset: 11 }));
        assert_eq!(unescape("%zz", 10), Err(EscapeError::Digits { offset: 10 }));
        assert_eq!(unescape("%ff", 10), Err(EscapeError::Utf8 { offset: 10 }));
    }

    proptest! {
        #[test]
        fn any_text_is_escaped_and_read_back(text in "(?s).*") {
            let escaped = escape(&text);
            prop_assert!(!escaped.contains(|c: char| !c.is_ascii() || "&=+ /?#".contains(c)));
            prop_assert_eq!(unescape(&escaped, 0), Ok((text, Vec::new())));
        }

        #[test]
        fn every_byte_of_a_value_has_its_place_in_the_raw_text(text in "[a%/密]*") {
            let escaped = escape(&text);
            for (offset, character) in text.char_indices() {
                let tail = &escaped[raw_offset(&escaped, offset)..];
                prop_assert!(tail.starts_with(&escape(&character.to_string())));
            }
        }
    }
}
