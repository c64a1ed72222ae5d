//! Packet type, flags and remaining length (§2.2).
//!
//! ```text
//! bit    7  6  5  4      3     2  1     0          7                 6 … 0
//!      ┌────────────┬─────────────────────────┬─────────────────────┬─────────┐
//!      │ type       │ flags                   │ another one follows │ digit   │ at most four of these
//!      │            │ PUBLISH: DUP QoS RETAIN │                     │         │
//!      └────────────┴─────────────────────────┴─────────────────────┴─────────┘
//! ```

use crate::cursor::Cursor;
use crate::field::Field;
use crate::head::PacketType;
use crate::node::{Bits, Node, Value};
use crate::remaining_length::RemainingLength;

/// Walks over the fixed header. Gives the remaining length too, if it ends within four bytes.
pub(super) fn walk(cursor: &mut Cursor<'_>) -> (Option<Node>, Option<usize>) {
    let first = cursor.bits(Field::FirstByte, first_byte);
    let (length, remaining) = remaining_length(cursor);
    let parts = [first, length].into_iter().flatten().collect();
    (Node::parent(Field::FixedHeader, parts), remaining)
}

fn first_byte(byte: u8) -> Vec<Bits> {
    let packet_type = PacketType::of_first_byte(byte);
    let value = packet_type.map_or(Value::Number(u64::from(byte >> 4)), |packet_type| {
        Value::Name(packet_type.name().to_owned())
    });
    let mut bits = vec![Bits { field: Field::PacketType, mask: 0xF0, value }];
    if packet_type == Some(PacketType::Publish) {
        bits.push(Bits::flag(Field::Dup, 0x08, byte));
        bits.push(Bits::qos(Field::Qos, 0x06, byte));
        bits.push(Bits::flag(Field::Retain, 0x01, byte));
    } else {
        bits.push(Bits::number(Field::ReservedFlags, 0x0F, byte));
    }
    bits
}

fn remaining_length(cursor: &mut Cursor<'_>) -> (Option<Node>, Option<usize>) {
    let length = RemainingLength::of_digits(cursor.bytes(&cursor.rest()));
    // One that does not end is shown as far as it may go.
    let width = length.map_or(RemainingLength::WIDEST, |length| length.width);
    let digits = (0..width).map_while(|_| cursor.bits(Field::LengthByte, length_byte)).collect();
    let node = Node::parent(Field::RemainingLength, digits);
    let Some(RemainingLength { value, .. }) = length else { return (node, None) };
    (node.map(|node| Node { value: Value::Number(value as u64), ..node }), Some(value))
}

fn length_byte(byte: u8) -> Vec<Bits> {
    vec![Bits::flag(Field::Continuation, 0x80, byte), Bits::number(Field::LengthDigit, 0x7F, byte)]
}
