//! SUBSCRIBE, SUBACK and UNSUBSCRIBE (§3.8–§3.10): lists of filters and of answers.

use super::walk::{Judged, Parts};
use crate::cursor::Cursor;
use crate::field::Field;
use crate::node::{Bits, Node, Value};
use crate::topic::walk_filter;

/// Walks over a packet identifier and filters with what is asked for them. Says which filter no platform takes.
pub(super) fn walk_subscribe(cursor: &mut Cursor<'_>, judged: &mut Judged) -> Parts {
    walk_list(cursor, |cursor| {
        let filter = topic_filter(cursor, Some(&mut *judged));
        let qos = cursor.bits(Field::RequestedQosByte, |byte| {
            vec![Bits::number(Field::ReservedQosBits, 0xFC, byte), Bits::qos(Field::RequestedQos, 0x03, byte)]
        });
        Node::parent(Field::Subscription, [filter, qos].into_iter().flatten().collect())
    })
}

/// Walks over a packet identifier and filters.
pub(super) fn walk_unsubscribe(cursor: &mut Cursor<'_>) -> Parts {
    walk_list(cursor, |cursor| topic_filter(cursor, None))
}

/// Walks over a packet identifier and the answers to a SUBSCRIBE.
pub(super) fn walk_suback(cursor: &mut Cursor<'_>) -> Parts {
    walk_list(cursor, |cursor| cursor.byte(Field::SubackCode, Value::SubackCode))
}

/// A filter that is asked for is judged; one that is given back does no harm, whatever it is.
fn topic_filter(cursor: &mut Cursor<'_>, judged: Option<&mut Judged>) -> Option<Node> {
    let (length, content) = cursor.prefixed()?;
    let Some(content) = content else { return Node::parent(Field::TopicFilter, vec![length]) };
    let is_whole = length.value == Value::Number(content.len() as u64);
    let (mut parts, refusal) = walk_filter(cursor, content);
    if let Some(judged) = judged.filter(|judged| is_whole && judged.refusal.is_none()) {
        judged.refusal = refusal;
    }
    parts.insert(0, length);
    Node::parent(Field::TopicFilter, parts)
}

/// What is told apart in one list: a node takes a hundred bytes, and a frame of megabytes may be a list of
/// single ones.
const MAX_ITEMS: usize = 4_096;

fn walk_list<'a>(cursor: &mut Cursor<'a>, mut item: impl FnMut(&mut Cursor<'a>) -> Option<Node>) -> Parts {
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
