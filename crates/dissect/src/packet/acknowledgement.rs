//! CONNACK (§3.2), and the packets that say nothing but a packet identifier: PUBACK, PUBREC, PUBREL, PUBCOMP,
//! UNSUBACK (§3.4–§3.7, §3.11).

use super::walk::{Parts, expect_length};
use crate::cursor::Cursor;
use crate::field::Field;
use crate::node::{Bits, Value};

/// Walks over the two bytes of a CONNACK.
pub(super) fn walk_connack(cursor: &mut Cursor<'_>) -> Parts {
    expect_length(cursor, 2);
    let flags = cursor.bits(Field::AcknowledgeFlags, |byte| {
        vec![
            Bits::number(Field::ReservedAcknowledgeFlags, 0xFE, byte),
            Bits::flag(Field::SessionPresent, 0x01, byte),
        ]
    });
    let code = cursor.byte(Field::ConnackCode, Value::ConnackCode);
    Parts { variable_header: [flags, code].into_iter().flatten().collect(), payload: Vec::new() }
}

/// Walks over a packet identifier.
pub(super) fn walk_id(cursor: &mut Cursor<'_>) -> Parts {
    expect_length(cursor, 2);
    let id = cursor.number(Field::PacketId, 2);
    Parts { variable_header: id.into_iter().collect(), payload: Vec::new() }
}
