//! JSON that knows where in its source each part stands.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Where a text stops being JSON.
pub(crate) struct NotJson {
    /// Bytes before it.
    pub(crate) offset: usize,
    /// Its line, counted from 1.
    pub(crate) line: usize,
    /// Its column in characters, counted from 1.
    pub(crate) column: usize,
    /// What stands there; `None` at the end.
    pub(crate) found: Option<char>,
}

/// Reads a text that is one JSON value. Half of a surrogate pair is none, since it can be no text.
pub(crate) fn read(source: &str) -> Result<&RawValue, NotJson> {
    let not_json = |offset| {
        let (line, column) = place(source, offset);
        let found = source.get(offset..).and_then(|rest| rest.chars().next());
        NotJson { offset, line, column, found }
    };
    let root = serde_json::from_str(source).map_err(|error: serde_json::Error| {
        not_json(if error.is_eof() { source.len() } else { error_offset(source, &error) })
    })?;
    lone_surrogate(source).map_or(Ok(root), |offset| Err(not_json(offset)))
}

/// Bytes before the first escape of a JSON text that is half of a surrogate pair: `"\ud83d"` without `\ude00` behind
/// it, or the other way round (RFC 8259 §8.2).
pub(crate) fn lone_surrogate(json: &str) -> Option<usize> {
    let bytes = json.as_bytes();
    let unit = |at: usize| {
        let digits = bytes.get(at..)?.strip_prefix(b"\\u")?.get(..4)?;
        u16::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()
    };
    let mut at = 0;
    while let Some(skipped) = bytes.get(at..)?.iter().position(|byte| *byte == b'\\') {
        let begin = at + skipped;
        at = match unit(begin) {
            Some(0xd800..=0xdbff) if matches!(unit(begin + 6), Some(0xdc00..=0xdfff)) => begin + 12,
            Some(0xd800..=0xdfff) => return Some(begin),
            Some(_) => begin + 6,
            None => begin + 2,
        };
    }
    None
}

/// The members of a JSON object in their order, every value still in its source text.
pub(crate) struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Members<'a> {
    /// Reads `raw` as an object, `None` where it is something else.
    pub(crate) fn read(raw: &'a RawValue) -> Option<Self> {
        serde_json::from_str(raw.get()).ok()
    }

    /// The value of the member `name`; the last one where it stands twice, as JSON readers do.
    pub(crate) fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.0.iter().rev().find(|(key, _)| key == name).map(|(_, value)| *value)
    }

    /// Names and values, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &'a RawValue)> {
        self.0.iter().map(|(key, value)| (key.as_ref(), *value))
    }
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(name) = map.next_key::<Name<'de>>()? {
                    members.push((name.0, map.next_value()?));
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

/// A member's name, borrowed unless it holds escapes.
#[derive(serde::Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// The elements of a JSON array, `None` where `raw` is something else.
pub(crate) fn elements(raw: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(raw.get()).ok()
}

/// The text of a JSON string, `None` where `raw` is something else.
pub(crate) fn string(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}

/// Bytes from the beginning of `source` to the beginning of `part`, a slice of it.
pub(crate) fn offset(source: &str, part: &RawValue) -> usize {
    part.get().as_ptr().addr() - source.as_ptr().addr()
}

/// Bytes from the beginning of `source` to the line and column of a `serde_json` error.
///
/// Its lines count from 1, its columns are bytes counted from 1 and point at the offending byte.
pub(crate) fn error_offset(source: &str, error: &serde_json::Error) -> usize {
    let line_start: usize =
        source.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    (line_start + error.column().saturating_sub(1)).min(source.len())
}

/// The line and the column of the byte at `offset`, both counted from 1, columns in characters as editors do.
pub(crate) fn place(source: &str, offset: usize) -> (usize, usize) {
    let before = source.get(..offset).unwrap_or(source);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_a_surrogate_pair_is_no_text() {
        for (json, expected) in [
            (r#""\ud83d\ude00""#, None),
            (r#"["\u00e9","\\ud800","\n\uD7FF\uE000"]"#, None),
            (r#""\ud800""#, Some(1)),
            (r#"{"a":"\\\udc00"}"#, Some(8)),
            (r#""\ude00\ud83d""#, Some(1)),
            (r#""\ud83d\ude00 \ud83d x""#, Some(14)),
            (r#"{"\ud800\ud800":1}"#, Some(2)),
        ] {
            assert_eq!(read(json).err().map(|not_json| not_json.offset), expected, "{json}");
        }
    }
}
