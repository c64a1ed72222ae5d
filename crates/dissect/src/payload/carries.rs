//! Which payload a topic announces.

use std::ops::Range;

use super::{legacy, message};
use crate::cursor::Cursor;
use crate::field::Field;
use crate::node::Node;

/// What the messages of a topic are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Carries {
    /// Those of `$dp`: data points (reference §1.6).
    DataPoints,
    /// Those of `$creq/…`: a command (reference §1.8).
    Command,
    /// Those of `$crsp/…`: the answer to one (reference §1.8).
    Answer,
    /// Those of any other: whatever the sender likes.
    Anything,
}

impl Carries {
    /// What a topic announces, and how many of its bytes say so where the rest is an id.
    pub(crate) fn of_topic(topic: &[u8]) -> (Self, usize) {
        const COMMAND: &[u8] = b"$creq/";
        const ANSWER: &[u8] = b"$crsp/";
        if topic == b"$dp" {
            (Self::DataPoints, 0)
        } else if topic.starts_with(COMMAND) {
            (Self::Command, COMMAND.len())
        } else if topic.starts_with(ANSWER) {
            (Self::Answer, ANSWER.len())
        } else {
            (Self::Anything, 0)
        }
    }
}

/// Walks over a payload; nothing where it is empty.
pub(crate) fn walk(cursor: &Cursor<'_>, span: Range<usize>, carries: Carries) -> Option<Node> {
    match carries {
        Carries::DataPoints => legacy::walk(cursor.part(span)),
        Carries::Command => message::walk(Field::CommandBody, cursor.part(span)),
        Carries::Answer => message::walk(Field::CommandAnswer, cursor.part(span)),
        Carries::Anything => message::walk(Field::Message, cursor.part(span)),
    }
}
