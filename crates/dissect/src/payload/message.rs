//! Messages as a whole: JSON that the topic lays out, or JSON where they are an object or a list, else text, else
//! bytes.

use super::json;
use super::role::Role;
use crate::cursor::Cursor;
use crate::field::Field;
use crate::node::Node;

/// The longest JSON that is taken apart, in bytes: what the later platforms take at most (reference §2.3). A
/// tree of megabytes helps nobody and weighs a hundred times its text.
const MAX_JSON: usize = 256 * 1024;

/// Walks over a message that may be anything; nothing where it is empty.
pub(super) fn walk(field: Field, role: Role, cursor: Cursor<'_>) -> Option<Node> {
    if is_json(cursor.bytes(&cursor.rest())) {
        return walk_json(field, role, cursor);
    }
    walk_whole(field, &cursor)
}

/// Walks over a message that must be JSON, broken or not; nothing where it is empty.
pub(super) fn walk_json(field: Field, role: Role, mut cursor: Cursor<'_>) -> Option<Node> {
    if cursor.rest().len() > MAX_JSON {
        return walk_whole(field, &cursor);
    }
    let nodes = json::walk(&mut cursor, role);
    cursor.written(field, nodes)
}

fn walk_whole(field: Field, cursor: &Cursor<'_>) -> Option<Node> {
    let span = cursor.rest();
    if span.is_empty() { None } else { cursor.written(field, vec![cursor.said(span)]) }
}

fn is_json(bytes: &[u8]) -> bool {
    let begins = matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'['));
    begins
        && bytes.len() <= MAX_JSON
        && std::str::from_utf8(bytes).is_ok_and(|text| onenet::Value::parse(text).is_ok())
}
