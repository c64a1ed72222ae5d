//! CONNECT (§3.1): who logs in, and how.

use frame::FrameProblem;

use super::walk::Parts;
use crate::cursor::Cursor;
use crate::field::Field;
use crate::node::{Bits, Value};

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
        payload.extend(cursor.binary(Field::Password));
    }
    if !cursor.is_done() {
        let expected = cursor.at() - start;
        cursor.note(cursor.at(), FrameProblem::Length { expected, found });
    }
    Parts { variable_header, payload }
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
