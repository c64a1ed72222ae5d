//! Types 5 and 6: text whose first two bytes are its separators.

use std::ops::Range;

use crate::cursor::Cursor;
use crate::field::Field;
use crate::node::Node;

/// Walks over the text behind its length.
pub(super) fn walk(cursor: &mut Cursor<'_>) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut separators = Vec::new();
    for field in [Field::InsideSeparator, Field::BetweenSeparator] {
        separators.extend(cursor.peek());
        let span = cursor.take(1);
        if !span.is_empty() {
            nodes.push(cursor.leaf(field, span));
        }
    }
    let [inside, between] = separators[..] else { return nodes };
    let rest = cursor.rest();
    for (index, span) in split(cursor, rest, between).enumerate() {
        if index > 0 {
            nodes.push(cursor.leaf(Field::Separator, span.start - 1..span.start));
        }
        nodes.extend(walk_field(cursor, span, inside));
    }
    cursor.take(usize::MAX);
    nodes
}

/// A field: stream, time and value, stream and value, or only a value.
fn walk_field(cursor: &Cursor<'_>, span: Range<usize>, inside: u8) -> Option<Node> {
    use Field::{At, PointValue, StreamId, Text};

    let names: &[Field] = match split(cursor, span.clone(), inside).count() {
        1 => &[PointValue],
        2 => &[StreamId, PointValue],
        _ => &[StreamId, At, PointValue],
    };
    let mut nodes = Vec::new();
    for (index, span) in split(cursor, span, inside).enumerate() {
        if index > 0 {
            nodes.push(cursor.leaf(Field::Separator, span.start - 1..span.start));
        }
        nodes.push(cursor.leaf(names.get(index).copied().unwrap_or(Text), span));
    }
    Node::parent(Field::TextField, nodes)
}

/// What lies between separators: one span more than there are of them.
fn split<'a>(
    cursor: &Cursor<'a>,
    span: Range<usize>,
    separator: u8,
) -> impl Iterator<Item = Range<usize>> + use<'a> {
    let mut start = span.start;
    cursor.bytes(&span).split(move |byte| *byte == separator).map(move |part| {
        let span = start..start + part.len();
        start = span.end + 1;
        span
    })
}
