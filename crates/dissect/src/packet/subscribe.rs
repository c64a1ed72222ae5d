//! SUBSCRIBE, SUBACK and UNSUBSCRIBE (§3.8–§3.10): lists of filters and of answers.

use super::walk::Parts;
use crate::cursor::Cursor;
use crate::field::Field;
use crate::node::{Bits, Node, Value};

/// Walks over a packet identifier and filters with what is asked for them.
pub(super) fn walk_subscribe(cursor: &mut Cursor<'_>) -> Parts {
    walk_list(cursor, |cursor| {
        let filter = cursor.text(Field::TopicFilter);
        let qos = cursor.bits(Field::RequestedQosByte, |byte| {
            vec![Bits::number(Field::ReservedQosBits, 0xFC, byte), Bits::qos(Field::RequestedQos, 0x03, byte)]
        });
        Node::parent(Field::Subscription, [filter, qos].into_iter().flatten().collect())
    })
}

/// Walks over a packet identifier and filters.
pub(super) fn walk_unsubscribe(cursor: &mut Cursor<'_>) -> Parts {
    walk_list(cursor, |cursor| cursor.text(Field::TopicFilter))
}

/// Walks over a packet identifier and the answers to a SUBSCRIBE.
pub(super) fn walk_suback(cursor: &mut Cursor<'_>) -> Parts {
    walk_list(cursor, |cursor| cursor.byte(Field::SubackCode, Value::SubackCode))
}

/// What is told apart in one list: a node takes a hundred bytes, and a frame of megabytes may be a list of
/// single ones.
const MAX_ITEMS: usize = 4_096;

fn walk_list<'a>(cursor: &mut Cursor<'a>, item: impl Fn(&mut Cursor<'a>) -> Option<Node>) -> Parts {
    let id = cursor.number(Field::PacketId, 2);
    let mut payload = Vec::new();
    while !cursor.is_done() && payload.len() < MAX_ITEMS {
        payload.extend(item(cursor));
    }
    if !cursor.is_done() {
        payload.push(Node::leaf(Field::Bytes, cursor.take(usize::MAX), Value::Bytes));
    }
    Parts { variable_header: id.into_iter().collect(), payload }
}
