//! A signed token (reference §4), which is the password on platforms that have such.
//!
//! ```text
//! version=2018-10-31&res=products%2F321016%2Fdevices%2FESP8266_01&et=1597706627&method=md5&sign=…
//!                        level  1 product   level  3 device name
//! ```

use std::ops::Range;

use onenet::token::{Parameter, Part, Reading, is_token};

use crate::cursor::Cursor;
use crate::field::Field;
use crate::node::{Node, Value};

/// The longest text that is taken apart, in bytes. Real ones have some 130.
const MAX_TOKEN: usize = 1_024;

/// Takes a password apart that is a token; `None` where it is something else.
pub(super) fn walk(cursor: &Cursor<'_>, span: Range<usize>) -> Option<Node> {
    let text = std::str::from_utf8(cursor.bytes(&span)).ok()?;
    if text.len() > MAX_TOKEN || !is_token(text) {
        return None;
    }
    let mut nodes = Vec::new();
    for part in &Reading::parse(text).parts {
        let start = span.start + part.offset;
        if part.offset > 0 {
            nodes.push(cursor.leaf(Field::Separator, start - 1..start));
        }
        nodes.extend(parameter(cursor, part, start, span.end));
    }
    cursor.written(Field::Token, nodes)
}

/// `name=value` that begins at `start`; nothing where there is neither.
fn parameter(cursor: &Cursor<'_>, part: &Part<'_>, start: usize, end: usize) -> Option<Node> {
    let mut nodes = Vec::new();
    let mut at = start + part.name.len();
    if !part.name.is_empty() {
        nodes.push(cursor.leaf(Field::TokenName, start..at));
    }
    if at < end && cursor.bytes(&(at..at + 1)) == b"=" {
        nodes.push(cursor.leaf(Field::Separator, at..at + 1));
        at += 1;
    }
    nodes.extend(value(cursor, part, at..at + part.raw.len()));
    let node = cursor.written(field(part), nodes)?;
    Some(match (part.parameter(), part.raw.parse()) {
        (Some(Parameter::Et), Ok(seconds)) => Node { value: Value::Number(seconds), ..node },
        _ => node,
    })
}

fn field(part: &Part<'_>) -> Field {
    match part.parameter() {
        Some(Parameter::Version) => Field::TokenVersion,
        Some(Parameter::Res) => Field::TokenResource,
        Some(Parameter::Et) => Field::TokenExpiry,
        Some(Parameter::Method) => Field::TokenMethod,
        Some(Parameter::Sign) => Field::TokenSign,
        None => Field::TokenUnknown,
    }
}

/// The pieces of a value: escapes, and what is between them.
fn value(cursor: &Cursor<'_>, part: &Part<'_>, span: Range<usize>) -> Vec<Node> {
    let is_resource = part.parameter() == Some(Parameter::Res);
    let mut nodes = Vec::new();
    // The levels of a resource so far: names are called after the words in front of them.
    let mut levels = vec![String::new()];
    let mut at = span.start;
    while at < span.end {
        let rest = cursor.bytes(&(at..span.end));
        let length = piece_length(rest, is_resource);
        let piece = &rest[..length];
        let escape = piece.starts_with(b"%") && length == ESCAPE;
        let slash = is_resource && (piece == b"/" || piece.eq_ignore_ascii_case(b"%2F"));
        let field = match &levels[..] {
            _ if escape => Field::TokenEscape,
            _ if slash => Field::Separator,
            [products, _] if products == "products" => Field::ProductId,
            [products, _, devices, _] if products == "products" && devices == "devices" => Field::DeviceName,
            _ => Field::Text,
        };
        nodes.push(cursor.leaf(field, at..at + length));
        if slash {
            levels.push(String::new());
        } else if let Some(level) = levels.last_mut() {
            level.push_str(&String::from_utf8_lossy(piece));
        }
        at += length;
    }
    nodes
}

/// Bytes of an escape, `%2F`.
const ESCAPE: usize = 3;

/// Bytes of the escape, the slash or the plain text that `rest` begins with; at least one.
fn piece_length(rest: &[u8], has_levels: bool) -> usize {
    let is_escape = |at: usize| {
        rest[at] == b'%'
            && rest.get(at + 1..at + ESCAPE).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    let stands_out = |at: &usize| is_escape(*at) || has_levels && rest[*at] == b'/';
    match (0..rest.len()).find(stands_out) {
        Some(0) if is_escape(0) => ESCAPE,
        Some(0) => 1,
        Some(length) => length,
        None => rest.len(),
    }
}
