//! A request and what answers it: which packets begin one, and what each of its frames waits for (MQTT 3.1.1 §3, §4.3).

use dissect::{Head, PacketType};

use crate::inspector::capture::Direction;

/// A request, its answer, and the steps between them, on one connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Exchange {
    /// The number of its first frame.
    pub(super) first: u64,
    /// The number of its newest frame.
    pub(super) last: u64,
    /// Which way the first went.
    pub(super) direction: Direction,
    pub(super) connection: u32,
    /// Whether it came to its end.
    pub(super) done: bool,
    /// The number after which its connection was over, plus one; stays where the end came all the same.
    pub(super) ended: Option<u64>,
    /// The bar that joins its frames, unless all were taken.
    pub(super) track: Option<u8>,
    /// The exchange that sent the same before.
    pub(super) origin: Option<u64>,
    /// The exchange that sent the same next.
    pub(super) again: Option<u64>,
}

impl Exchange {
    /// Whether something is still to come, and can.
    pub(super) fn is_open(&self) -> bool {
        !self.done && self.ended.is_none()
    }
}

/// What the other side owes for this frame; `None` where it owes nothing.
pub(super) fn due(head: &Head<'_>) -> Option<PacketType> {
    match head.packet_type? {
        PacketType::Connect => Some(PacketType::Connack),
        PacketType::Publish => match head.qos {
            1 => Some(PacketType::Puback),
            2 => Some(PacketType::Pubrec),
            _ => None,
        },
        PacketType::Pubrec => Some(PacketType::Pubrel),
        PacketType::Pubrel => Some(PacketType::Pubcomp),
        PacketType::Subscribe => Some(PacketType::Suback),
        PacketType::Unsubscribe => Some(PacketType::Unsuback),
        PacketType::Pingreq => Some(PacketType::Pingresp),
        PacketType::Connack
        | PacketType::Puback
        | PacketType::Pubcomp
        | PacketType::Suback
        | PacketType::Unsuback
        | PacketType::Pingresp
        | PacketType::Disconnect => None,
    }
}

/// Whether a frame that answers nothing begins an exchange. A PUBREL does where a session goes on with it on a new
/// connection (§4.4).
pub(super) fn begins(head: &Head<'_>) -> bool {
    due(head).is_some() && head.packet_type != Some(PacketType::Pubrec)
}

/// Whether the packet is an answer and nothing else.
pub(super) fn only_answers(packet_type: PacketType) -> bool {
    match packet_type {
        PacketType::Connack
        | PacketType::Puback
        | PacketType::Pubrec
        | PacketType::Pubcomp
        | PacketType::Suback
        | PacketType::Unsuback
        | PacketType::Pingresp => true,
        PacketType::Connect
        | PacketType::Publish
        | PacketType::Pubrel
        | PacketType::Subscribe
        | PacketType::Unsubscribe
        | PacketType::Pingreq
        | PacketType::Disconnect => false,
    }
}

/// Which of the four steps of QoS 2 this is.
pub(super) fn step(head: &Head<'_>) -> Option<u8> {
    match head.packet_type? {
        PacketType::Publish if head.qos == 2 => Some(1),
        PacketType::Pubrec => Some(2),
        PacketType::Pubrel => Some(3),
        PacketType::Pubcomp => Some(4),
        _ => None,
    }
}
