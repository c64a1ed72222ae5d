//! The six bytes of time in front of types 6 and 7.

use onenet::legacy::ShortTime;

use crate::cursor::Cursor;
use crate::field::Field;
use crate::node::{Node, Value};

/// Walks over the time, if bit 7 of the type byte says that there is one.
pub(super) fn walk(cursor: &mut Cursor<'_>, has_time: bool) -> Option<Node> {
    const PARTS: [Field; 6] =
        [Field::Year, Field::Month, Field::Day, Field::Hour, Field::Minute, Field::Second];
    if !has_time {
        return None;
    }
    let bytes = cursor.bytes(&cursor.rest());
    let time = bytes.first_chunk().and_then(|bytes| ShortTime::from_bytes(*bytes).ok());
    let parts = PARTS.iter().filter_map(|part| cursor.byte(*part, |byte| Value::Number(said(*part, byte))));
    let node = Node::parent(Field::ShortTime, parts.collect())?;
    Some(match time {
        Some(time) => Node { value: Value::Name(time.to_string()), ..node },
        None => node,
    })
}

fn said(part: Field, byte: u8) -> u64 {
    u64::from(byte) + if part == Field::Year { 2_000 } else { 0 }
}
