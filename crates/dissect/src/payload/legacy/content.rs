//! The type byte, and the types that are a text or a binary behind its length.

use super::super::json;
use super::{Role, float, text, time};
use crate::cursor::Cursor;
use crate::field::Field;
use crate::node::{Bits, Node, Value};

/// Walks over the payload of a PUBLISH to `$dp`; nothing where it is empty.
pub(crate) fn walk(mut cursor: Cursor<'_>) -> Option<Node> {
    let first = cursor.peek()?;
    let has_time = first & TIME != 0;
    let mut nodes = Vec::new();
    nodes.extend(cursor.bits(Field::TypeByte, type_byte));
    match first & NUMBER {
        1 => walk_body(&mut cursor, &mut nodes, |cursor| json::walk(cursor, Role::Full.into())),
        2 => walk_binary(&mut cursor, &mut nodes),
        3 => walk_body(&mut cursor, &mut nodes, |cursor| json::walk(cursor, Role::Simple.into())),
        4 => walk_body(&mut cursor, &mut nodes, |cursor| json::walk(cursor, Role::TimedSimple.into())),
        5 => walk_body(&mut cursor, &mut nodes, text::walk),
        6 => {
            nodes.extend(time::walk(&mut cursor, has_time));
            walk_body(&mut cursor, &mut nodes, text::walk);
        }
        7 => {
            nodes.extend(time::walk(&mut cursor, has_time));
            nodes.extend(float::walk(&mut cursor));
        }
        _ => {}
    }
    if !cursor.is_done() {
        nodes.push(Node::leaf(Field::Bytes, cursor.take(usize::MAX), Value::Bytes));
    }
    Node::parent(Field::DataPointPayload, nodes)
}

const TIME: u8 = 0x80;
const NUMBER: u8 = 0x3F;

fn type_byte(byte: u8) -> Vec<Bits> {
    vec![
        Bits::flag(Field::TimeFlag, TIME, byte),
        Bits::flag(Field::ReservedTypeBit, 0x40, byte),
        Bits::number(Field::PayloadType, NUMBER, byte),
    ]
}

/// A two-byte length and the text behind it.
fn walk_body<'a>(
    cursor: &mut Cursor<'a>,
    nodes: &mut Vec<Node>,
    walk: impl FnOnce(&mut Cursor<'a>) -> Vec<Node>,
) {
    nodes.extend(cursor.number(Field::BodyLength, 2));
    nodes.extend(walk_text(cursor, Field::Body, length(nodes), walk));
}

fn walk_binary(cursor: &mut Cursor<'_>, nodes: &mut Vec<Node>) {
    nodes.extend(cursor.number(Field::HeaderLength, 2));
    nodes.extend(walk_text(cursor, Field::Header, length(nodes), |cursor| {
        json::walk(cursor, Role::Header.into())
    }));
    if let Some(length_node) = cursor.number(Field::BinaryLength, 4) {
        nodes.push(length_node);
        let Some(length) = length(nodes) else { return };
        let span = cursor.take(length);
        if length == 0 || !span.is_empty() {
            nodes.push(Node::leaf(Field::Binary, span, Value::Bytes));
        }
    }
}

/// What the last node says, if it is a whole length.
fn length(nodes: &[Node]) -> Option<usize> {
    match nodes.last()?.value {
        Value::Number(number) => usize::try_from(number).ok(),
        _ => None,
    }
}

/// As much text as its length says, or is there.
fn walk_text<'a>(
    cursor: &mut Cursor<'a>,
    field: Field,
    length: Option<usize>,
    walk: impl FnOnce(&mut Cursor<'a>) -> Vec<Node>,
) -> Option<Node> {
    let length = length?;
    let span = cursor.take(length);
    if span.is_empty() {
        return (length == 0).then(|| Node::leaf(field, span, Value::Text));
    }
    Node::parent(field, walk(&mut cursor.part(span)))
}
