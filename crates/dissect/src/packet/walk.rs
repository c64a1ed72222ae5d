//! From the first byte of a frame to the last, whatever it is.

use std::ops::Range;

use frame::FrameProblem;

use super::{acknowledgement, connect, fixed_header, publish, subscribe};
use crate::cursor::{Cursor, Obstacle};
use crate::field::Field;
use crate::head::PacketType;
use crate::node::Node;
use crate::payload::Carries;
use crate::topic::Refusal;

/// What a walk over a frame found. Nobody has judged it yet.
pub(crate) struct Walk {
    /// What packet it is; `None` for the reserved types and for no bytes at all.
    pub(crate) packet_type: Option<PacketType>,
    /// The parts of the frame, as far as it goes.
    pub(crate) parts: Vec<Node>,
    /// Where the frame says that it ends; `None` where its remaining length is not there or too long.
    pub(crate) announced_end: Option<usize>,
    /// What OneNET may take badly.
    pub(crate) judged: Judged,
    /// The first thing that could not be walked over.
    pub(crate) obstacle: Option<Obstacle>,
}

/// What of a frame is to be judged where it is good MQTT.
#[derive(Default)]
pub(crate) struct Judged {
    /// Why no platform takes its topic or one of its filters: the first that it does not.
    pub(crate) refusal: Option<Refusal>,
    /// The payload of a PUBLISH, and what it should be.
    pub(crate) payload: Option<(Range<usize>, Carries)>,
}

/// What stands between the fixed header and the end.
pub(super) struct Parts {
    /// Nodes of the variable header.
    pub(super) variable_header: Vec<Node>,
    /// Nodes of the payload.
    pub(super) payload: Vec<Node>,
}

/// Walks over a frame. Any bytes will do.
pub(crate) fn walk(frame: &[u8]) -> Walk {
    let packet_type = frame.first().and_then(|first| PacketType::of_first_byte(*first));
    let mut cursor = Cursor::over(frame, 0..frame.len());
    let (header, remaining) = fixed_header::walk(&mut cursor);
    let mut walk = Walk {
        packet_type,
        parts: header.into_iter().collect(),
        announced_end: None,
        judged: Judged::default(),
        obstacle: None,
    };
    let (Some(packet_type), Some(remaining)) = (packet_type, remaining) else { return walk };
    cursor.ends_behind(remaining);
    walk.announced_end = Some(cursor.at() + remaining);

    let parts = match packet_type {
        PacketType::Connect => connect::walk(&mut cursor),
        PacketType::Publish => publish::walk(&mut cursor, frame[0], &mut walk.judged),
        PacketType::Subscribe => subscribe::walk_subscribe(&mut cursor, &mut walk.judged),
        PacketType::Unsubscribe => subscribe::walk_unsubscribe(&mut cursor),
        PacketType::Suback => subscribe::walk_suback(&mut cursor),
        PacketType::Connack => acknowledgement::walk_connack(&mut cursor),
        PacketType::Puback
        | PacketType::Pubrec
        | PacketType::Pubrel
        | PacketType::Pubcomp
        | PacketType::Unsuback => acknowledgement::walk_id(&mut cursor),
        PacketType::Pingreq | PacketType::Pingresp | PacketType::Disconnect => {
            expect_length(&mut cursor, 0);
            Parts { variable_header: Vec::new(), payload: Vec::new() }
        }
    };
    walk.parts.extend(Node::parent(Field::VariableHeader, parts.variable_header));
    walk.parts.extend(Node::parent(Field::Payload, parts.payload));
    walk.obstacle = cursor.obstacle();
    walk
}

/// Notes a remaining length other than the only one that the packet may have.
pub(super) fn expect_length(cursor: &mut Cursor<'_>, expected: usize) {
    let found = cursor.announced();
    if found != expected {
        cursor.note(1, FrameProblem::Length { expected, found });
    }
}
