//! The tree up to a fault. What ends before it stays, what begins behind it goes, and what it is in the midst
//! of is cut: the rest of the frame is one undecoded leaf.

use crate::field::Field;
use crate::node::{Node, Value};

/// Keeps the first `end` bytes of a frame's tree.
pub(crate) fn cut(root: &mut Node, frame: &[u8], end: usize) {
    shorten(root, frame, end);
    // What nobody walked over, behind the end that the frame announces, is not decoded either.
    let decoded = root.children.last().map_or(0, |last| last.span.end);
    root.span = 0..frame.len();
    root.value = Value::Parts;
    if decoded < frame.len() {
        root.children.push(Node::leaf(Field::Undecoded, decoded..frame.len(), Value::Bytes));
    }
}

fn shorten(node: &mut Node, frame: &[u8], end: usize) {
    if node.span.end <= end {
        return;
    }
    node.span.end = end;
    node.children.retain(|child| child.span.start < end || child.span.end <= end);
    // The others end before it.
    if let Some(last) = node.children.last_mut() {
        shorten(last, frame, end);
    }
    node.value = match node.value {
        Value::Text | Value::Bytes => Value::said(&frame[node.span.clone()]),
        _ if node.children.is_empty() => Value::Bytes,
        _ => Value::Parts,
    };
}
