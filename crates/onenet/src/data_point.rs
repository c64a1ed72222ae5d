//! One value of one data stream, as all generations know it.

use std::fmt;
use std::sync::Arc;

use serde_json::value::RawValue;

use crate::json;
use crate::timestamp::Timestamp;

/// A value of a data stream at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataPoint {
    /// The data stream it belongs to.
    pub stream: StreamId,
    /// Its time as it was written. Without one, or where it cannot be read, the time of arrival counts.
    pub at: Option<String>,
    /// What was measured.
    pub value: Value,
}

impl DataPoint {
    /// The moment its own text names, if it has one that can be read.
    pub fn time(&self) -> Option<Timestamp> {
        self.at.as_deref().and_then(Timestamp::parse)
    }
}

/// The name of a data stream (数据流), such as `wendu`: never empty. Its clones share the text, since thousands
/// of data points may have the same name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamId(Arc<str>);

impl StreamId {
    /// Takes any name but the empty one, which the platform refuses (reference §1.6).
    ///
    /// # Errors
    ///
    /// The name is empty.
    pub fn parse(text: &str) -> Result<Self, StreamIdError> {
        if text.is_empty() { Err(StreamIdError) } else { Ok(Self(text.into())) }
    }

    /// A number as name, in decimal.
    pub(crate) fn from_number(number: usize) -> Self {
        Self(number.to_string().into())
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A data stream without a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("data stream id is empty")]
pub struct StreamIdError;

/// One JSON value exactly as it was written: `127.10` stays `127.10`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value(String);

impl Value {
    /// Takes one JSON value with nothing behind it.
    ///
    /// # Errors
    ///
    /// The text is no JSON value; the error says at which line and column.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let value = text.trim();
        let wrong_at = match RawValue::from_string(value.to_owned()) {
            Ok(_) => json::lone_surrogate(value),
            Err(error) if error.is_eof() => Some(value.len()),
            Err(error) => Some(json::error_offset(value, &error)),
        };
        let Some(offset) = wrong_at else { return Ok(Self(value.to_owned())) };
        // Counted in the text as it was given: white space before the value is not read.
        let skipped = text.len() - text.trim_start().len();
        let (line, column) = json::place(text, skipped + offset);
        let found = value.get(offset..).and_then(|rest| rest.chars().next());
        Err(ValueError { line, column, found })
    }

    /// Takes what a person types: JSON where it is JSON, otherwise the text as a JSON string.
    pub fn from_text(text: &str) -> Self {
        Self::parse(text).unwrap_or_else(|_| Self::string(text))
    }

    /// A JSON string that says `text`.
    pub fn string(text: &str) -> Self {
        Self(serde_json::to_string(text).expect("every text is a JSON string"))
    }

    /// A JSON number that reads back as the same float, in its shortest spelling: `34.0`, `-20.3`.
    ///
    /// JSON has no number for the three that are not finite: they become the strings `"NaN"`,
    /// `"Infinity"` and `"-Infinity"`, JavaScript's words for them.
    pub fn from_f32(float: f32) -> Self {
        if float.is_nan() {
            Self::string("NaN")
        } else if float.is_infinite() {
            Self::string(if float.is_sign_positive() { "Infinity" } else { "-Infinity" })
        } else {
            Self(format!("{float:?}"))
        }
    }

    /// A value of a parsed document, in its own spelling.
    pub(crate) fn from_raw(raw: &RawValue) -> Self {
        Self(raw.get().to_owned())
    }

    /// Whether both are written alike but for the white space between their parts.
    pub fn is_like(&self, other: &Self) -> bool {
        significant(&self.0).eq(significant(&other.0))
    }

    /// The JSON text as it was written.
    pub fn as_json(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is no JSON value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not JSON at line {line} column {column}")]
pub struct ValueError {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// What is there; `None` where the text ends too early.
    pub found: Option<char>,
}

/// The bytes of a JSON text without the white space outside of its strings.
fn significant(json: &str) -> impl Iterator<Item = u8> {
    let (mut in_string, mut escaped) = (false, false);
    json.bytes().filter(move |byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = in_string && *byte == b'\\' && !escaped;
        in_string ^= ends;
        in_string || !byte.is_ascii_whitespace()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_between_parts_makes_no_difference() {
        let is_like =
            |one: &str, other: &str| Value::parse(one).unwrap().is_like(&Value::parse(other).unwrap());
        assert!(is_like("{\"r\": 1, \"g\" : [2,\n3]}", r#"{"r":1,"g":[2,3]}"#));
        // In a string it does, behind an escaped quotation mark too; a backslash before the last one is escaped itself.
        assert!(!is_like(r#""a b""#, r#""ab""#));
        assert!(!is_like(r#""a\" b""#, r#""a\"b""#));
        assert!(is_like(r#"["\\" , 1]"#, r#"["\\",1]"#));
        assert!(!is_like("1", "1.0"));
    }

    #[test]
    fn keeps_numbers_as_they_were_written() {
        for text in ["127.10", "1e3", "12345678901234567890123", "-0"] {
            assert_eq!(Value::parse(text).unwrap().as_json(), text);
        }
    }

    #[test]
    fn writes_floats_as_json() {
        for (float, json) in [
            (34.0, "34.0"),
            (-20.3, "-20.3"),
            (-0.0, "-0.0"),
            (f32::MAX, "3.4028235e38"),
            (f32::MIN_POSITIVE, "1.1754944e-38"),
            (f32::NAN, r#""NaN""#),
            (f32::INFINITY, r#""Infinity""#),
            (f32::NEG_INFINITY, r#""-Infinity""#),
        ] {
            let value = Value::from_f32(float);
            assert_eq!(value.as_json(), json);
            assert_eq!(Value::parse(json), Ok(value));
        }
    }

    #[test]
    fn errors_are_placed_in_the_text_as_it_was_typed() {
        assert_eq!(Value::parse("\n\n{\"a\":}"), Err(ValueError { line: 3, column: 6, found: Some('}') }));
        assert_eq!(Value::parse(" [\"\\ud800\"]"), Err(ValueError { line: 1, column: 4, found: Some('\\') }));
    }

    #[test]
    fn takes_what_a_person_types() {
        assert_eq!(Value::from_text(" 55 ").as_json(), "55");
        assert_eq!(Value::from_text("true").as_json(), "true");
        assert_eq!(Value::from_text("on").as_json(), r#""on""#);
        assert_eq!(Value::from_text("").as_json(), r#""""#);
    }
}
