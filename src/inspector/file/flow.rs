//! The segments of a file, sorted by the connections that they belong to.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::link::{Endpoint, Segment};

/// One TCP connection: both sides, the one that was seen first before the other.
pub(super) struct Flow<'a> {
    pub sides: [Side<'a>; 2],
}

/// What one side of a connection said.
pub(super) struct Side<'a> {
    pub endpoint: Endpoint,
    /// It opened the connection: it sent SYN without ACK.
    pub opened: bool,
    /// The number of its first byte, if the connection's beginning was captured.
    pub start: Option<u32>,
    /// What it said, in the order in which it was captured.
    pub parts: Vec<Part<'a>>,
}

/// The bytes of one segment.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    /// When it was captured.
    pub at: OffsetDateTime,
    /// Which packet of the file it is.
    pub packet: usize,
    /// The number of its first byte.
    pub sequence: u32,
    /// At least one byte.
    pub data: &'a [u8],
}

/// Connections in the making.
#[derive(Default)]
pub(super) struct Flows<'a> {
    flows: Vec<Flow<'a>>,
    /// The newest flow between two endpoints, the lesser one first.
    newest: BTreeMap<(Endpoint, Endpoint), usize>,
}

impl<'a> Flows<'a> {
    /// Puts a segment where it belongs.
    pub fn handle_segment(&mut self, segment: Segment<'a>, at: OffsetDateTime, packet: usize) {
        let Segment { source, destination, sequence, syn, ack, data } = segment;
        let key = if source <= destination { (source, destination) } else { (destination, source) };
        let opens = syn && !ack;
        let known = self.newest.get(&key).copied();
        let known =
            known.filter(|index| !(opens && self.flows[*index].side(source).is_followed_by(sequence)));
        let index = known.unwrap_or(self.flows.len());
        if index == self.flows.len() {
            self.newest.insert(key, index);
            self.flows.push(Flow { sides: [Side::new(source), Side::new(destination)] });
        }
        let side = self.flows[index].side(source);
        // SYN has a number of its own, before the first byte.
        let first = if syn { sequence.wrapping_add(1) } else { sequence };
        if syn {
            side.start = Some(first);
            side.opened |= opens;
        }
        if !data.is_empty() {
            side.parts.push(Part { at, packet, sequence: first, data });
        }
    }

    /// The connections, in the order in which they were first seen.
    pub fn finish(self) -> Vec<Flow<'a>> {
        self.flows
    }
}

impl<'a> Flow<'a> {
    fn side(&mut self, endpoint: Endpoint) -> &mut Side<'a> {
        let [one, other] = &mut self.sides;
        if one.endpoint == endpoint { one } else { other }
    }
}

impl Side<'_> {
    fn new(endpoint: Endpoint) -> Self {
        Self { endpoint, opened: false, start: None, parts: Vec::new() }
    }

    /// Whether SYN with this number begins another connection from the same endpoint, rather than being the late
    /// or repeated SYN of this one.
    fn is_followed_by(&self, sequence: u32) -> bool {
        let start = sequence.wrapping_add(1);
        match self.start {
            Some(own) => own != start,
            None => !self.parts.is_empty() && self.parts.iter().all(|part| part.sequence != start),
        }
    }
}
