//! What a token is signed with: the key of a device or of a product.

use std::fmt;

use data_encoding::BASE64_MIME_PERMISSIVE;

/// A key, as bytes. Platforms show it as Base64, and it is the bytes that sign (reference §4).
#[derive(Clone, PartialEq, Eq)]
pub struct Key(Vec<u8>);

impl Key {
    /// Reads a key as the platform shows it: Base64 with the standard alphabet and padding.
    ///
    /// Bits behind the last whole byte may be anything: a published key has some there (`adfasdfadsfadsf=`).
    ///
    /// # Errors
    ///
    /// The first character that cannot stand where it stands, or a length that is no multiple of four.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        if text.is_empty() {
            return Err(KeyError { offset: 0, problem: KeyProblem::Empty });
        }
        let foreign = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '='));
        if let Some((offset, character)) = text.char_indices().find(|(_, c)| foreign(*c)) {
            return Err(KeyError { offset, problem: KeyProblem::Character(character) });
        }
        let digits = text.find('=').unwrap_or(text.len());
        let padding = text.len() - digits;
        if let Some(behind) = text[digits..].find(|c| c != '=') {
            // The padding ends a key: what stands behind it is the fault of whoever put two texts together.
            return Err(KeyError { offset: digits + behind, problem: KeyProblem::BehindPadding });
        }
        // Four digits are three bytes; two or three with padding are one or two.
        let expected = match digits % 4 {
            0 => Some(0),
            2 => Some(2),
            3 => Some(1),
            _ => None,
        };
        match expected {
            None => Err(KeyError { offset: digits, problem: KeyProblem::Digits { digits } }),
            Some(expected) if expected != padding || digits == 0 => {
                let offset = (digits + expected).min(text.len());
                Err(KeyError { offset, problem: KeyProblem::Padding { expected, found: padding } })
            }
            Some(_) => {
                let bytes = BASE64_MIME_PERMISSIVE
                    .decode(text.as_bytes())
                    .expect("digits, padding and length were checked above");
                Ok(Self(bytes))
            }
        }
    }

    /// The bytes that sign: a secret.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Key {
    /// Shows nothing of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").finish_non_exhaustive()
    }
}

/// A text that is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("key {problem} at byte {offset}")]
pub struct KeyError {
    /// Where, in bytes from the beginning of the text.
    pub offset: usize,
    /// What is wrong there.
    pub problem: KeyProblem,
}

/// What is wrong with a text that should be a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyProblem {
    /// There is nothing.
    #[error("is empty")]
    Empty,
    /// A character outside of the alphabet.
    #[error("has {0:?}, which is not Base64,")]
    Character(char),
    /// More follows `=`.
    #[error("goes on behind its padding")]
    BehindPadding,
    /// So many digits are no whole number of bytes: one more or fewer was copied.
    #[error("has {digits} digits, which are no whole number of bytes,")]
    Digits {
        /// How many there are before the padding.
        digits: usize,
    },
    /// Too few or too many `=`.
    #[error("has {found} of {expected} padding characters")]
    Padding {
        /// How many `=` its digits ask for.
        expected: usize,
        /// How many it has.
        found: usize,
    },
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, problem: &str) {
        assert_eq!(Key::parse(text).unwrap_err().to_string(), problem);
    }

    #[test]
    fn names_the_character_that_is_no_base64() {
        check("", "key is empty at byte 0");
        check("5XHG-Lb9", "key has '-', which is not Base64, at byte 4");
        check("5XHG\n", "key has '\\n', which is not Base64, at byte 4");
        check("5X密钥", "key has '密', which is not Base64, at byte 2");
    }

    #[test]
    fn names_the_padding_that_is_missing_or_too_much() {
        check("5XHGxL=", "key has 1 of 2 padding characters at byte 7");
        check("5XHGxL", "key has 0 of 2 padding characters at byte 6");
        check("5XHG=", "key has 1 of 0 padding characters at byte 4");
        check("5XHGx", "key has 5 digits, which are no whole number of bytes, at byte 5");
        check("5XHGxL==5XHGxL==", "key goes on behind its padding at byte 8");
        check("====", "key has 4 of 0 padding characters at byte 0");
    }

    #[test]
    fn bits_behind_the_last_byte_may_be_anything() {
        assert_eq!(Key::parse("adfasdfadsfadsf=").unwrap(), Key::parse("adfasdfadsfadsc=").unwrap());
    }

    #[test]
    fn keeps_the_secret_out_of_debug_output() {
        assert_eq!(format!("{:?}", Key::parse("5XHGxLb9").unwrap()), "Key { .. }");
    }

    proptest! {
        #[test]
        fn any_text_is_a_key_or_wrong_at_a_place_inside_it(text in "\\PC*|[A-Za-z0-9+/]{0,12}={0,4}.?") {
            if let Err(error) = Key::parse(&text) {
                prop_assert!(text.is_char_boundary(error.offset));
            }
        }

        #[test]
        fn any_bytes_can_be_a_key(bytes in prop::collection::vec(any::<u8>(), 1..64)) {
            let text = data_encoding::BASE64.encode(&bytes);
            let key = Key::parse(&text).unwrap();
            prop_assert_eq!(key.bytes(), bytes);
        }
    }
}
