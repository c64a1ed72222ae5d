//! The packet identifier that the session will give next, told from the frames that it has sent.

use std::collections::BTreeMap;
use std::rc::Rc;

use dissect::{Head, PacketType};

use crate::inspector::capture::pairing::requested_by;
use crate::inspector::capture::{Captured, Direction};

/// The identifiers that the session gave on one connection. Outlives the frames that told them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct PacketIds {
    connection: u32,
    last: u16,
    /// What waits for its acknowledgement.
    waiting: Rc<BTreeMap<u16, PacketType>>,
}

impl PacketIds {
    /// The next after the last one that does not wait, as the session counts them; 1 before any.
    pub(super) fn next(&self) -> u16 {
        let after = |id: &u16| Some(id.checked_add(1).unwrap_or(1));
        let ids = std::iter::successors(after(&self.last), after).take(usize::from(u16::MAX));
        // With none free the session sends nothing: any will do.
        ids.into_iter().find(|id| !self.waiting.contains_key(id)).unwrap_or(1)
    }

    /// Notes what a frame gives or settles.
    pub(super) fn note(&mut self, frame: &Captured) {
        let head = Head::read(&frame.bytes);
        let Some(packet_type) = head.packet_type else { return };
        match frame.direction {
            // The session knows nothing of the identifiers that a person writes.
            Direction::Sent if frame.composed => {}
            Direction::Sent if packet_type == PacketType::Connect => {
                *self = Self { connection: frame.connection, ..Self::default() };
            }
            Direction::Sent => self.give(frame, packet_type, head.packet_id),
            Direction::Received => self.settle(frame, packet_type, head.packet_id),
        }
    }

    fn give(&mut self, frame: &Captured, packet_type: PacketType, packet_id: Option<u16>) {
        let gives =
            matches!(packet_type, PacketType::Publish | PacketType::Subscribe | PacketType::Unsubscribe);
        if let (true, Some(id), true) = (gives, packet_id, frame.connection == self.connection) {
            self.last = id;
            Rc::make_mut(&mut self.waiting).insert(id, packet_type);
        }
    }

    fn settle(&mut self, frame: &Captured, packet_type: PacketType, packet_id: Option<u16>) {
        let (Some(id), true) = (packet_id, frame.connection == self.connection) else { return };
        let settled = requested_by(packet_type);
        if settled.is_some() && self.waiting.get(&id).copied() == settled {
            Rc::make_mut(&mut self.waiting).remove(&id);
        }
    }
}
