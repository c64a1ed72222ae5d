//! CONNECT (§3.1): who logs in, and how.

use frame::FrameProblem;

use super::token;
use super::walk::Parts;
use crate::cursor::Cursor;
use crate::field::Field;
use crate::node::{Bits, Node, Value};

/// Walks over variable header and payload.
pub(super) fn walk(cursor: &mut Cursor<'_>) -> Parts {
    let start = cursor.at();
    let found = cursor.announced();
    let mut variable_header = Vec::new();
    variable_header.extend(cursor.text(Field::ProtocolName));
    variable_header.extend(cursor.byte(Field::ProtocolLevel, level));
    let flags = cursor.peek().unwrap_or_default();
    variable_header.extend(cursor.bits(Field::ConnectFlags, connect_flags));
    variable_header.extend(cursor.number(Field::KeepAlive, 2));

    let mut payload = Vec::new();
    payload.extend(cursor.text(Field::ClientId));
    if flags & WILL != 0 {
        payload.extend(cursor.text(Field::WillTopic));
        payload.extend(cursor.binary(Field::WillMessage));
    }
    if flags & USER_NAME != 0 {
        payload.extend(cursor.text(Field::UserName));
    }
    if flags & PASSWORD != 0 {
        payload.extend(password(cursor));
    }
    name_after_token(&mut payload);
    if !cursor.is_done() {
        let expected = cursor.at() - start;
        cursor.note(cursor.at(), FrameProblem::Length { expected, found });
    }
    Parts { variable_header, payload }
}

/// Any bytes; a token where they are one.
fn password(cursor: &mut Cursor<'_>) -> Option<Node> {
    let (length, content) = cursor.prefixed()?;
    let content = content.map(|span| token::walk(cursor, span.clone()).unwrap_or_else(|| cursor.said(span)));
    Node::parent(Field::Password, [Some(length), content].into_iter().flatten().collect())
}

/// Whoever logs in with a token has a device name and a product id (reference §2.2).
fn name_after_token(payload: &mut [Node]) {
    let is_token = |node: &Node| node.children.iter().any(|content| content.field == Field::Token);
    if !payload.iter().any(is_token) {
        return;
    }
    for node in payload {
        let name = match node.field {
            Field::ClientId => Field::DeviceName,
            Field::UserName => Field::ProductId,
            _ => continue,
        };
        for content in node.children.iter_mut().filter(|content| content.field == Field::Text) {
            content.field = name;
        }
    }
}

const USER_NAME: u8 = 0x80;
const PASSWORD: u8 = 0x40;
const WILL: u8 = 0x04;

fn level(byte: u8) -> Value {
    match byte {
        4 => Value::Name("MQTT 3.1.1".to_owned()),
        _ => Value::Number(byte.into()),
    }
}

fn connect_flags(byte: u8) -> Vec<Bits> {
    vec![
        Bits::flag(Field::UserNameFlag, USER_NAME, byte),
        Bits::flag(Field::PasswordFlag, PASSWORD, byte),
        Bits::flag(Field::WillRetain, 0x20, byte),
        Bits::qos(Field::WillQos, 0x18, byte),
        Bits::flag(Field::WillFlag, WILL, byte),
        Bits::flag(Field::CleanSession, 0x02, byte),
        Bits::flag(Field::ReservedConnectFlag, 0x01, byte),
    ]
}
