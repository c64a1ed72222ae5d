//! Which payload a topic announces: who walks over it, and who judges it.

use std::ops::Range;

use onenet::legacy::Payload;
use onenet::{studio, suite, sys};

use super::role::Role;
use super::{legacy, message};
use crate::cursor::Cursor;
use crate::dissection::Problem;
use crate::field::Field;
use crate::node::Node;

/// What the messages of a topic are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Carries {
    /// Those of `$dp`: data points (reference §1.6).
    DataPoints,
    /// Those of `$creq/…`: a command (reference §1.8).
    Command,
    /// Those of `$crsp/…`: the answer to one (reference §1.8).
    Answer,
    /// Those of a topic of the suite (reference §2.4).
    Suite(suite::Topic),
    /// Those of a topic of the studio (reference §3.3).
    Studio(studio::Topic),
    /// Those of any other: whatever the sender likes.
    Anything,
}

impl Carries {
    /// Walks over a payload; nothing where it is empty.
    pub(crate) fn walk(&self, cursor: &Cursor<'_>, span: Range<usize>) -> Option<Node> {
        let cursor = cursor.part(span);
        match self {
            Self::DataPoints => legacy::walk(cursor),
            Self::Command => message::walk(Field::CommandBody, Role::Any, cursor),
            Self::Answer => message::walk(Field::CommandAnswer, Role::Any, cursor),
            Self::Suite(topic) => super::suite::walk(topic, cursor),
            Self::Studio(topic) => super::studio::walk(topic, cursor),
            Self::Anything => message::walk(Field::Message, Role::Any, cursor),
        }
    }

    /// What is wrong with a payload and where, as `onenet` says.
    pub(crate) fn judge(&self, payload: &[u8]) -> Option<(usize, Problem)> {
        match self {
            Self::DataPoints => {
                let error = Payload::decode(payload).err()?;
                Some((error.offset, Problem::Payload(error.problem)))
            }
            Self::Suite(topic) => {
                let error = suite::Message::decode(topic, payload).err()?;
                // What the platform says itself it does not reject.
                let code = error.code.filter(|_| topic.direction() == sys::Direction::Up);
                Some((error.offset, Problem::Suite { problem: error.problem, code }))
            }
            Self::Studio(topic) => {
                let error = studio::Message::decode(topic, payload).err()?;
                let code = (topic.direction() == studio::Direction::Up).then(|| error.code());
                Some((error.offset, Problem::Studio { problem: error.problem, code }))
            }
            Self::Command | Self::Answer | Self::Anything => None,
        }
    }
}
