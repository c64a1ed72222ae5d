//! Type 7: runs of little-endian floats.

use crate::cursor::Cursor;
use crate::field::Field;
use crate::node::{Node, Value};

/// The most floats that a message may have (reference §1.6). Behind a run that has more, or none, nothing is read.
const MAX_FLOATS: usize = 500;

/// Walks over runs up to the end.
pub(super) fn walk(cursor: &mut Cursor<'_>) -> Vec<Node> {
    let mut runs = Vec::new();
    let mut total = 0;
    while !cursor.is_done() {
        let mut nodes = Vec::new();
        nodes.extend(cursor.number(Field::RunNumber, 2));
        let count = cursor.number(Field::RunCount, 2);
        let floats = match count.as_ref().map(|count| &count.value) {
            Some(Value::Number(count)) => *count as usize,
            _ => 0,
        };
        nodes.extend(count);
        total += floats;
        let is_run = (1..=MAX_FLOATS).contains(&floats) && total <= MAX_FLOATS;
        if is_run {
            nodes.extend((0..floats).map_while(|_| float(cursor)));
        }
        runs.extend(Node::parent(Field::FloatRun, nodes));
        if !is_run {
            break;
        }
    }
    runs
}

fn float(cursor: &mut Cursor<'_>) -> Option<Node> {
    let span = cursor.take(4);
    if span.is_empty() {
        return None;
    }
    let value = match cursor.bytes(&span).first_chunk() {
        Some(bytes) => Value::Name(onenet::Value::from_f32(f32::from_le_bytes(*bytes)).as_json().to_owned()),
        None => Value::Bytes,
    };
    Some(Node::leaf(Field::Float, span, value))
}
