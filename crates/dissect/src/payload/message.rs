//! Messages without a format of their own: JSON where they are an object or a list, else text, else bytes.

use super::json::{self, Role};
use crate::cursor::Cursor;
use crate::field::Field;
use crate::node::Node;

/// The longest JSON that is taken apart, in bytes: what the later platforms take at most (reference §2.3). A
/// tree of megabytes helps nobody and weighs a hundred times its text.
const MAX_JSON: usize = 256 * 1024;

/// Walks over a message; nothing where it is empty.
pub(super) fn walk(field: Field, mut cursor: Cursor<'_>) -> Option<Node> {
    let span = cursor.rest();
    if span.is_empty() {
        return None;
    }
    if is_json(cursor.bytes(&span)) {
        return Node::parent(field, json::walk(&mut cursor, Role::Other));
    }
    Node::parent(field, vec![cursor.said(span)])
}

fn is_json(bytes: &[u8]) -> bool {
    let begins = matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'['));
    begins
        && bytes.len() <= MAX_JSON
        && std::str::from_utf8(bytes).is_ok_and(|text| onenet::Value::parse(text).is_ok())
}
