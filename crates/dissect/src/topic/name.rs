//! The topic of a PUBLISH: its parts, and which payload it announces.

use std::ops::Range;

use onenet::sys::{Address, TopicError, Tree};
use onenet::{studio, suite};

use super::function::Function;
use super::levels::{self, is_in_tree};
use super::{Refusal, behind};
use crate::cursor::Cursor;
use crate::dissection::Problem;
use crate::field::Field;
use crate::node::{Node, Value};
use crate::payload::Carries;

/// A topic taken apart.
pub(crate) struct TopicWalk {
    /// Its nodes; together all of its bytes.
    pub(crate) parts: Vec<Node>,
    /// What its messages are.
    pub(crate) carries: Carries,
    /// Why no platform has it.
    pub(crate) refusal: Option<Refusal>,
}

/// Walks over a topic. Only one that is there as a whole is judged.
pub(crate) fn walk_topic(cursor: &mut Cursor<'_>, content: Range<usize>, is_whole: bool) -> TopicWalk {
    if let Some((prefix, carries)) = legacy_prefix(cursor.bytes(&content)) {
        let id = content.start + prefix..content.end;
        let value = cursor.text_value(&id);
        let prefix = Node::leaf(Field::TopicPrefix, content.start..id.start, Value::Text);
        return TopicWalk {
            parts: vec![prefix, Node::leaf(Field::CommandId, id, value)],
            carries,
            refusal: None,
        };
    }
    let text = std::str::from_utf8(cursor.bytes(&content)).ok().filter(|text| is_in_tree(text));
    let Some(text) = text else {
        let carries = if cursor.bytes(&content) == b"$dp" { Carries::DataPoints } else { Carries::Anything };
        return TopicWalk { parts: vec![cursor.text_leaf(content)], carries, refusal: None };
    };
    let (known, carries, refusal) = match read(text) {
        Ok(topic) => (Some(topic.function()), topic.carries(), None),
        Err(refusal) => (None, Carries::Anything, Some(refusal)),
    };
    let start = content.start;
    let parts = levels::walk(cursor, content, known);
    let refusal = refusal.filter(|_| is_whole).map(|refusal| behind(refusal, start));
    TopicWalk { parts, carries, refusal }
}

/// The bytes that say what a message of the legacy platform is, where an id stands behind them.
fn legacy_prefix(topic: &[u8]) -> Option<(usize, Carries)> {
    const COMMAND: &[u8] = b"$creq/";
    const ANSWER: &[u8] = b"$crsp/";
    if topic.starts_with(COMMAND) {
        Some((COMMAND.len(), Carries::Command))
    } else if topic.starts_with(ANSWER) {
        Some((ANSWER.len(), Carries::Answer))
    } else {
        None
    }
}

/// A topic of a platform with tokens.
enum Topic {
    Suite(suite::Topic),
    Studio(studio::Topic),
}

impl Topic {
    fn function(&self) -> Function {
        match self {
            Self::Suite(topic) => Function::of_suite(topic),
            Self::Studio(topic) => Function::of_studio(topic),
        }
    }

    fn carries(self) -> Carries {
        match self {
            Self::Suite(topic) => Carries::Suite(topic),
            Self::Studio(topic) => Carries::Studio(topic),
        }
    }
}

/// Reads a topic as one of either platform: they share none. Where neither has it, the one that knows more of it
/// says what is wrong.
fn read(topic: &str) -> Result<Topic, Refusal> {
    let wrong = |error: TopicError| (error.offset(), Problem::Topic(error));
    let address = Address::parse(topic).map_err(wrong)?;
    let suite = match suite::Topic::of(&address) {
        Ok(topic) => return Ok(Topic::Suite(topic)),
        Err(error) => wrong(error),
    };
    if address.tree == Tree::Subdev {
        return Err(suite);
    }
    let (rest, start) = (address.rest(), address.rest_offset());
    match studio::Topic::parse(rest) {
        Ok(topic) => Ok(Topic::Studio(topic)),
        Err(error) => {
            let studio = behind((offset_of(&error, rest), Problem::StudioTopic(error)), start);
            Err(if studio.0 > suite.0 { studio } else { suite })
        }
    }
}

/// Where a topic leaves those that the studio has.
fn offset_of(error: &studio::TopicError, rest: &str) -> usize {
    match error {
        studio::TopicError::ReplySpelling { right } => {
            rest.bytes().zip(right.bytes()).take_while(|(is, should)| is == should).count()
        }
        studio::TopicError::Level { offset, .. } | studio::TopicError::Unknown { offset } => *offset,
    }
}
