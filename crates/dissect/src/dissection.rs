//! One frame taken apart, and what is wrong with it.

use std::fmt;
use std::ops::Range;

use frame::FrameProblem;
use onenet::legacy::DecodeProblem;
use onenet::{studio, suite, sys};

use crate::cut;
use crate::field::Field;
use crate::head::{Head, PacketType};
use crate::node::{Node, Value};
use crate::packet;
use crate::verdict;

/// One frame taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Dissection {
    /// What packet its first byte says it is; `None` for the reserved types and for no bytes at all.
    pub packet_type: Option<PacketType>,
    /// The tree; its span is the whole of the bytes.
    pub root: Node,
    /// What is wrong, if anything is.
    pub fault: Option<Fault>,
    /// Whether it is a message that binds a sub-device with its token, by the end of its topic.
    binds: bool,
}

/// The first thing that is wrong with a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Bytes before the first wrong one. Where bytes are missing, all of them.
    pub offset: usize,
    /// What is wrong there.
    pub problem: Problem,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { offset, problem } = self;
        match problem {
            // These say where.
            Problem::Topic(_) | Problem::StudioTopic(_) => {
                write!(f, "{problem} (byte {offset} of the frame)")
            }
            Problem::Incomplete { .. }
            | Problem::Surplus { .. }
            | Problem::Frame(_)
            | Problem::Payload(_)
            | Problem::Suite { .. }
            | Problem::Studio { .. } => write!(f, "{problem} at byte {offset} of the frame"),
        }
    }
}

/// What can be wrong with a frame: what was found, and what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The frame ends before the length that it announces; `None` where not even that has arrived.
    Incomplete {
        /// How many bytes are missing.
        missing: Option<usize>,
    },
    /// More bytes than the frame has: another one follows.
    Surplus {
        /// How many.
        surplus: usize,
    },
    /// It breaks MQTT 3.1.1: whoever receives it must close the connection (§4.8).
    Frame(FrameProblem),
    /// It is good MQTT, but its payload is none that `$dp` takes: the platform closes the connection.
    Payload(DecodeProblem),
    /// A topic or a filter under `$sys` or `$subdev` that no platform takes: of a PUBLISH, the platform closes the
    /// connection; a filter it refuses. Offsets in it count from the beginning of the frame.
    Topic(sys::TopicError),
    /// A topic that begins as those of the studio do, and is none. Offsets in it count from the beginning of the
    /// frame.
    StudioTopic(studio::TopicError),
    /// Not the message that a topic of the suite wants.
    Suite {
        /// What is wrong.
        problem: suite::Problem,
        /// With what the platform rejects it; `None` where that is not said, and for what it sends itself.
        code: Option<suite::Code>,
    },
    /// Not the message that a topic of the studio wants.
    Studio {
        /// What is wrong.
        problem: studio::DecodeProblem,
        /// What the platform's device log calls it; `None` for what it sends itself.
        code: Option<studio::Code>,
    },
}

impl Problem {
    /// The number and the text with which the platform refuses it, where it is known to have such.
    pub fn code(&self) -> Option<(i64, &'static str)> {
        match self {
            Self::Suite { code, .. } => code.and_then(|code| Some((code.number().into(), code.text()?))),
            Self::Studio { code, .. } => code.and_then(|code| Some((code.0, code.text()?))),
            Self::Incomplete { .. }
            | Self::Surplus { .. }
            | Self::Frame(_)
            | Self::Payload(_)
            | Self::Topic(_)
            | Self::StudioTopic(_) => None,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Incomplete { missing: Some(missing) } => write!(f, "{missing} bytes are missing"),
            Self::Incomplete { missing: None } => f.write_str("the remaining length is missing"),
            Self::Surplus { surplus } => write!(f, "{surplus} bytes follow the frame"),
            Self::Frame(problem) => problem.fmt(f),
            Self::Payload(problem) => problem.fmt(f),
            Self::Topic(error) => error.fmt(f),
            Self::StudioTopic(error) => error.fmt(f),
            Self::Suite { problem, .. } => problem.fmt(f),
            Self::Studio { problem, .. } => problem.fmt(f),
        }?;
        match self.code() {
            Some((number, text)) => write!(f, " ({number} {text})"),
            None => Ok(()),
        }
    }
}

impl Dissection {
    /// The leaves, in the order of their bytes.
    pub fn leaves(&self) -> impl Iterator<Item = &Node> {
        self.root.leaves()
    }

    /// The bytes that must not be shown or exported unless the person says so, in order: the password of a CONNECT,
    /// and the token of a sub-device that a gateway binds.
    ///
    /// Of a frame that is broken, everything behind its variable header: behind a wrong byte, nobody can tell which
    /// bytes are the secret.
    pub fn secrets(&self) -> Vec<Range<usize>> {
        match self.packet_type {
            Some(PacketType::Connect) => self.login_secrets(),
            Some(PacketType::Publish) => self.message_secrets(),
            _ => Vec::new(),
        }
    }

    fn login_secrets(&self) -> Vec<Range<usize>> {
        match (self.part(Field::Payload), &self.fault) {
            (Some(payload), None) => {
                let password = payload.children.iter().find(|part| part.field == Field::Password);
                password.and_then(content).into_iter().collect()
            }
            (Some(payload), Some(_)) => {
                let behind_header = payload.span.start..self.root.span.end;
                vec![behind_header]
            }
            (None, _) => {
                let open = self.before_payload();
                let undecoded = self.leaves().filter(|leaf| leaf.field == Field::Undecoded);
                let hidden = undecoded.map(|leaf| leaf.span.start.max(open)..leaf.span.end);
                hidden.filter(|hidden| !hidden.is_empty()).collect()
            }
        }
    }

    fn message_secrets(&self) -> Vec<Range<usize>> {
        if !self.binds {
            return Vec::new();
        }
        let tokens: Vec<Range<usize>> = self
            .leaves()
            .filter(|leaf| leaf.field == Field::SubToken)
            .map(|leaf| leaf.span.clone())
            .collect();
        // Where the fault is in front of it, all but the first byte.
        let start = self.part(Field::VariableHeader).map_or(1, |header| header.span.end);
        let behind_header = start..self.root.span.end;
        if self.fault.is_none() && !tokens.is_empty() {
            tokens
        } else {
            // It may be there and spelt with escapes, or in what was not taken apart.
            Some(behind_header).filter(|hidden| !hidden.is_empty()).into_iter().collect()
        }
    }

    fn part(&self, field: Field) -> Option<&Node> {
        self.root.children.iter().find(|part| part.field == field)
    }

    /// Bytes of a CONNECT in front of its payload, as far as its protocol name can be read: level, flags and keep
    /// alive follow it, four bytes that hold nothing secret even where they are wrong.
    fn before_payload(&self) -> usize {
        let header = self.part(Field::VariableHeader);
        let name =
            header.and_then(|header| header.children.iter().find(|part| part.field == Field::ProtocolName));
        name.map_or(1, |name| name.span.end + 4)
    }
}

/// What stands behind the length of a password.
fn content(password: &Node) -> Option<Range<usize>> {
    let content = password.children.iter().find(|part| part.field != Field::FieldLength)?;
    Some(content.span.clone())
}

/// Takes the bytes of one frame apart. Any bytes will do.
pub fn dissect(frame: &[u8]) -> Dissection {
    let walk = packet::walk(frame);
    let fault = verdict::judge(frame, &walk);
    let packet_type = walk.packet_type;
    let mut root = Node {
        field: Field::Frame,
        span: 0..frame.len(),
        value: Value::Parts,
        bits: Vec::new(),
        children: walk.parts,
    };
    let binds = packet_type == Some(PacketType::Publish) && Head::read(frame).may_hold_secrets();
    let end = fault.as_ref().map_or(frame.len(), |fault| fault.offset);
    cut::cut(&mut root, frame, end);
    Dissection { packet_type, root, fault, binds }
}
