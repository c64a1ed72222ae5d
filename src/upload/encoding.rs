//! How the text of a message becomes bytes.

use data_encoding::BASE64;
use onenet::Value;

/// What the text of a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Text, sent as UTF-8.
    Text,
    /// JSON, sent as it is once it was found good.
    Json,
    /// Bytes as pairs of hex digits, with white space or commas anywhere between them.
    Hex,
    /// Bytes as Base64 (RFC 4648 §4), with white space anywhere.
    Base64,
}

/// Every encoding, in the order in which they are offered.
pub const ENCODINGS: [Encoding; 4] = [Encoding::Text, Encoding::Json, Encoding::Hex, Encoding::Base64];

/// A text that is not what it is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EncodingProblem {
    /// Not JSON at this place.
    Json {
        /// The line, counted from 1.
        line: usize,
        /// The column in characters, counted from 1.
        column: usize,
    },
    /// A character that is no hex digit.
    HexDigit {
        /// Characters before it.
        offset: usize,
    },
    /// The last byte has one digit only.
    HexOdd,
    /// Not Base64 at this character.
    Base64 {
        /// Characters before it, white space not counted.
        offset: usize,
    },
}

impl Encoding {
    /// The bytes that `text` stands for.
    ///
    /// # Errors
    ///
    /// The first place that is wrong.
    pub fn decode(self, text: &str) -> Result<Vec<u8>, EncodingProblem> {
        match self {
            Self::Text => Ok(text.as_bytes().to_vec()),
            Self::Json => match Value::parse(text) {
                Ok(_) => Ok(text.as_bytes().to_vec()),
                Err(error) => Err(EncodingProblem::Json { line: error.line, column: error.column }),
            },
            Self::Hex => decode_hex(text),
            Self::Base64 => {
                let compact: String = text.split_whitespace().collect();
                BASE64
                    .decode(compact.as_bytes())
                    .map_err(|error| EncodingProblem::Base64 { offset: error.position })
            }
        }
    }

    /// A text that names it in a list of choices.
    pub fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Hex => "hex",
            Self::Base64 => "base64",
        }
    }

    /// The encoding that a text names; text where it names none.
    pub fn from_key(key: &str) -> Self {
        ENCODINGS.into_iter().find(|encoding| encoding.key() == key).unwrap_or(Self::Text)
    }
}

fn decode_hex(text: &str) -> Result<Vec<u8>, EncodingProblem> {
    let mut digits = Vec::new();
    for (offset, character) in text.chars().enumerate() {
        match character.to_digit(16) {
            Some(digit) => digits.push(digit as u8),
            None if character.is_whitespace() || character == ',' => {}
            None => return Err(EncodingProblem::HexDigit { offset }),
        }
    }
    let (pairs, rest) = digits.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(EncodingProblem::HexOdd);
    }
    Ok(pairs.iter().map(|[high, low]| high << 4 | low).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn takes_bytes_in_every_costume() {
        assert_eq!(Encoding::Text.decode("温度").unwrap(), "温度".as_bytes());
        assert_eq!(Encoding::Json.decode(" {\"a\" : 1.50}").unwrap(), b" {\"a\" : 1.50}");
        assert_eq!(Encoding::Hex.decode("01 00, 02\n7b7D").unwrap(), b"\x01\x00\x02{}");
        assert_eq!(Encoding::Base64.decode("AQAC\n e30=").unwrap(), b"\x01\x00\x02{}");
    }

    #[test]
    fn names_the_first_wrong_place() {
        assert_eq!(Encoding::Json.decode("{\n\"a\":}"), Err(EncodingProblem::Json { line: 2, column: 5 }));
        assert_eq!(Encoding::Hex.decode("01 0x02"), Err(EncodingProblem::HexDigit { offset: 4 }));
        assert_eq!(Encoding::Hex.decode("01 0"), Err(EncodingProblem::HexOdd));
        assert_eq!(Encoding::Base64.decode("AQ*C"), Err(EncodingProblem::Base64 { offset: 2 }));
    }

    proptest! {
        #[test]
        fn any_text_is_taken_or_refused(text in "\\PC{0,40}") {
            for encoding in ENCODINGS {
                let _ = encoding.decode(&text);
            }
        }
    }
}
