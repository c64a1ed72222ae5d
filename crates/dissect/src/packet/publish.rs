//! PUBLISH (§3.3): a topic, and what is said about it.

use super::walk::{Judged, Parts};
use crate::cursor::Cursor;
use crate::field::Field;
use crate::node::{Node, Value};
use crate::payload::Carries;
use crate::topic::{TopicWalk, walk_topic};

/// Walks over variable header and payload. Says what of them is to be judged beyond MQTT.
pub(super) fn walk(cursor: &mut Cursor<'_>, first: u8, judged: &mut Judged) -> Parts {
    let (topic, carries) = topic_name(cursor, judged);
    let mut variable_header: Vec<Node> = topic.into_iter().collect();
    if first & 0b0110 != 0 {
        variable_header.extend(cursor.number(Field::PacketId, 2));
    }
    let payload = cursor.take(usize::MAX);
    let nodes = carries.walk(cursor, payload.clone());
    judged.payload = Some((payload, carries));
    Parts { variable_header, payload: nodes.into_iter().collect() }
}

fn topic_name(cursor: &mut Cursor<'_>, judged: &mut Judged) -> (Option<Node>, Carries) {
    let Some((length, content)) = cursor.prefixed() else { return (None, Carries::Anything) };
    let Some(content) = content else {
        return (Node::parent(Field::TopicName, vec![length]), Carries::Anything);
    };
    let is_whole = length.value == Value::Number(content.len() as u64);
    let TopicWalk { mut parts, carries, refusal } = walk_topic(cursor, content, is_whole);
    judged.refusal = refusal;
    parts.insert(0, length);
    (Node::parent(Field::TopicName, parts), carries)
}
