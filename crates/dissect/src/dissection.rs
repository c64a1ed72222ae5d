//! One frame taken apart, and what is wrong with it.

use std::fmt;
use std::ops::Range;

use frame::FrameProblem;
use onenet::legacy::DecodeProblem;

use crate::cut;
use crate::field::Field;
use crate::head::PacketType;
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
}

/// The first thing that is wrong with a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Bytes before the first wrong one. Where bytes are missing, all of them.
    pub offset: usize,
    /// What is wrong there.
    pub problem: Problem,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {} of the frame", self.problem, self.offset)
    }
}

/// What can be wrong with a frame: what was found, and what was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Incomplete { missing: Some(missing) } => write!(f, "{missing} bytes are missing"),
            Self::Incomplete { missing: None } => f.write_str("the remaining length is missing"),
            Self::Surplus { surplus } => write!(f, "{surplus} bytes follow the frame"),
            Self::Frame(problem) => problem.fmt(f),
            Self::Payload(problem) => problem.fmt(f),
        }
    }
}

impl Dissection {
    /// The leaves, in the order of their bytes.
    pub fn leaves(&self) -> impl Iterator<Item = &Node> {
        self.root.leaves()
    }

    /// The bytes that must not be shown or exported unless the person says so, in order: the password of a CONNECT.
    /// Of one that is broken, everything behind its variable header: behind a wrong length, nobody can tell which
    /// bytes are the password.
    pub fn secrets(&self) -> Vec<Range<usize>> {
        if self.packet_type != Some(PacketType::Connect) {
            return Vec::new();
        }
        let payload = self.root.children.iter().find(|part| part.field == Field::Payload);
        match (payload, self.fault) {
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

    /// Bytes of a CONNECT in front of its payload, as far as its protocol name can be read: level, flags and keep
    /// alive follow it, four bytes that hold nothing secret even where they are wrong.
    fn before_payload(&self) -> usize {
        let header = self.root.children.iter().find(|part| part.field == Field::VariableHeader);
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
    let end = fault.map_or(frame.len(), |fault| fault.offset);
    cut::cut(&mut root, frame, end);
    Dissection { packet_type, root, fault }
}
