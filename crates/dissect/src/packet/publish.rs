//! PUBLISH (§3.3): a topic, and what is said about it.

use std::ops::Range;

use super::walk::Parts;
use crate::cursor::Cursor;
use crate::field::Field;
use crate::node::{Node, Value};
use crate::payload::{self, Carries};

/// Walks over variable header and payload. Says where data points lie, if there are any.
pub(super) fn walk(cursor: &mut Cursor<'_>, first: u8, data_points: &mut Option<Range<usize>>) -> Parts {
    let (topic, carries) = topic_name(cursor);
    let mut variable_header: Vec<Node> = topic.into_iter().collect();
    if first & 0b0110 != 0 {
        variable_header.extend(cursor.number(Field::PacketId, 2));
    }
    let payload = cursor.take(usize::MAX);
    if carries == Carries::DataPoints {
        *data_points = Some(payload.clone());
    }
    let nodes = payload::walk(cursor, payload, carries);
    Parts { variable_header, payload: nodes.into_iter().collect() }
}

fn topic_name(cursor: &mut Cursor<'_>) -> (Option<Node>, Carries) {
    let Some((length, content)) = cursor.prefixed() else { return (None, Carries::Anything) };
    let Some(content) = content else {
        return (Node::parent(Field::TopicName, vec![length]), Carries::Anything);
    };
    let (carries, prefix) = Carries::of_topic(cursor.bytes(&content));
    let mut parts = vec![length];
    if prefix == 0 {
        parts.push(cursor.text_leaf(content));
    } else {
        let (prefix, id) = (content.start..content.start + prefix, content.start + prefix..content.end);
        let value = cursor.text_value(&id);
        parts.push(Node::leaf(Field::TopicPrefix, prefix, Value::Text));
        parts.push(Node::leaf(Field::CommandId, id, value));
    }
    (Node::parent(Field::TopicName, parts), carries)
}
