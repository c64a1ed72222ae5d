//! JSON down to every token. Only spans are looked for; whether it is JSON is for `onenet` to say. What
//! cannot be walked over is one leaf of text.

use onenet::{studio, suite};

use super::role::Role;
use crate::cursor::Cursor;
use crate::field::Field;
use crate::node::{Node, Value};

/// Objects and lists inside each other that are told apart; what lies deeper is text. Trees are walked by
/// functions that call themselves.
const MAX_DEPTH: usize = 128;

/// Walks over one JSON value and whatever stands around it, up to the end.
pub(super) fn walk(cursor: &mut Cursor<'_>, role: Role) -> Vec<Node> {
    let mut nodes = Vec::new();
    punctuation(cursor, &mut nodes, b"");
    nodes.extend(value(cursor, role, None, 0));
    punctuation(cursor, &mut nodes, b"");
    nodes.extend(stuck(cursor));
    nodes
}

/// A value, called `field` instead of what it is in JSON if that is known. Always takes a byte if one is left.
fn value(cursor: &mut Cursor<'_>, role: Role, field: Option<Field>, depth: usize) -> Option<Node> {
    let first = cursor.peek()?;
    let called = |json| field.unwrap_or(json);
    match first {
        b'{' | b'[' if depth == MAX_DEPTH => Some(too_deep(cursor)),
        b'{' => object(cursor, role, called(Field::JsonObject), depth),
        b'[' => array(cursor, role, called(Field::JsonArray), depth),
        b'"' => Some(string(cursor, called(Field::JsonString))),
        b'-' | b'0'..=b'9' => {
            let is_part = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
            Some(token(cursor, called(Field::JsonNumber), is_part))
        }
        b'a'..=b'z' => Some(token(cursor, called(Field::JsonLiteral), |byte| byte.is_ascii_alphanumeric())),
        _ => stuck(cursor),
    }
}

fn object(cursor: &mut Cursor<'_>, role: Role, field: Field, depth: usize) -> Option<Node> {
    let mut nodes = vec![mark(cursor)];
    loop {
        punctuation(cursor, &mut nodes, b",");
        match cursor.peek() {
            Some(b'"') => nodes.extend(member(cursor, role, depth)),
            Some(b'}') => {
                close(cursor, &mut nodes);
                break;
            }
            Some(_) => nodes.extend(stuck(cursor)),
            None => break,
        }
    }
    cursor.written(field, nodes)
}

fn member(cursor: &mut Cursor<'_>, role: Role, depth: usize) -> Option<Node> {
    let name = string(cursor, Field::JsonName);
    let written = cursor.bytes(&name.span);
    let plain = written.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""));
    let meaning = role.member(plain.unwrap_or(written));
    let mut nodes = vec![Node { field: meaning.name, ..name }];
    // White space in front of a colon belongs to the member, but in a broken one it may be all there is.
    punctuation(cursor, &mut nodes, b":");
    if !matches!(cursor.peek(), Some(b',' | b'}')) {
        nodes.extend(value(cursor, meaning.role, meaning.value, depth + 1));
    }
    let said = nodes.last().and_then(|value| number(meaning.member, cursor.bytes(&value.span)));
    let node = cursor.written(meaning.member, nodes)?;
    Some(match said {
        Some(value) => Node { value, ..node },
        None => node,
    })
}

/// What a member says whose value is a number with a meaning.
fn number(member: Field, value: &[u8]) -> Option<Value> {
    let text = std::str::from_utf8(value).ok()?;
    match member {
        Field::UnixSeconds | Field::UnixMillis => text.parse().ok().map(Value::Number),
        Field::ErrorCode => {
            let said = suite::Code::from_number(text.parse().ok()?).text()?;
            Some(Value::Name(format!("{text} {said}")))
        }
        Field::ReplyCode => {
            let said = studio::Code(text.parse().ok()?).text()?;
            Some(Value::Name(format!("{text} {said}")))
        }
        _ => None,
    }
}

fn array(cursor: &mut Cursor<'_>, role: Role, field: Field, depth: usize) -> Option<Node> {
    let mut nodes = vec![mark(cursor)];
    let (element, element_role) = role.element();
    loop {
        punctuation(cursor, &mut nodes, b",");
        match cursor.peek() {
            Some(b']') => {
                close(cursor, &mut nodes);
                break;
            }
            Some(_) => nodes.extend(value(cursor, element_role, element, depth + 1)),
            None => break,
        }
    }
    cursor.written(field, nodes)
}

fn string(cursor: &mut Cursor<'_>, field: Field) -> Node {
    let length = string_length(cursor.bytes(&cursor.rest()));
    let span = cursor.take(length);
    cursor.leaf(field, span)
}

/// Bytes of the string that `bytes` begin with, both quotes included; all of them where it does not end.
fn string_length(bytes: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn token(cursor: &mut Cursor<'_>, field: Field, is_part: impl Fn(u8) -> bool) -> Node {
    let rest = cursor.bytes(&cursor.rest());
    let length = rest.iter().position(|byte| !is_part(*byte)).unwrap_or(rest.len());
    let span = cursor.take(length);
    cursor.leaf(field, span)
}

/// An object or a list that is not taken apart.
fn too_deep(cursor: &mut Cursor<'_>) -> Node {
    let rest = cursor.bytes(&cursor.rest());
    let (mut at, mut open) = (0_usize, 0_usize);
    while let Some(byte) = rest.get(at) {
        match byte {
            b'"' => {
                at += string_length(&rest[at..]);
                continue;
            }
            b'{' | b'[' => open += 1,
            b'}' | b']' => open = open.saturating_sub(1),
            _ => {}
        }
        at += 1;
        if open == 0 {
            break;
        }
    }
    let span = cursor.take(at);
    cursor.said(span)
}

/// What is left, which no JSON goes on with.
fn stuck(cursor: &mut Cursor<'_>) -> Option<Node> {
    let rest = cursor.take(usize::MAX);
    (!rest.is_empty()).then(|| cursor.said(rest))
}

/// A bracket that opens.
fn mark(cursor: &mut Cursor<'_>) -> Node {
    let span = cursor.take(1);
    cursor.leaf(Field::JsonPunctuation, span)
}

/// A bracket that closes; one leaf with the punctuation in front of it.
fn close(cursor: &mut Cursor<'_>, nodes: &mut Vec<Node>) {
    let mark = mark(cursor);
    join(nodes, mark);
}

/// White space and `marks`.
fn punctuation(cursor: &mut Cursor<'_>, nodes: &mut Vec<Node>, marks: &[u8]) {
    let rest = cursor.bytes(&cursor.rest());
    let is_mark = |byte: &u8| b" \t\r\n".contains(byte) || marks.contains(byte);
    let length = rest.iter().position(|byte| !is_mark(byte)).unwrap_or(rest.len());
    if length > 0 {
        let span = cursor.take(length);
        let leaf = cursor.leaf(Field::JsonPunctuation, span);
        join(nodes, leaf);
    }
}

fn join(nodes: &mut Vec<Node>, leaf: Node) {
    match nodes.last_mut() {
        Some(last) if last.field == Field::JsonPunctuation => last.span.end = leaf.span.end,
        _ => nodes.push(leaf),
    }
}
