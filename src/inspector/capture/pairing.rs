//! Which request a frame answers (MQTT 3.1.1 §3, §4.3).

use dissect::{Head, PacketType};

use crate::inspector::capture::{Captured, Pair};

/// The request that `frame` answers: on the same connection the other way, the nearest of those before it,
/// `newest_first`, that has no answer yet.
pub(super) fn request<'a>(
    frame: &Captured,
    mut newest_first: impl Iterator<Item = &'a Captured>,
) -> Option<Pair> {
    let head = Head::read(&frame.bytes);
    let wanted = requested_by(head.packet_type?)?;
    if !dissect::split(&frame.bytes).rest.is_empty() {
        // What is left of an answer is none.
        return None;
    }
    let request = newest_first.find(|earlier| {
        earlier.connection == frame.connection
            && earlier.direction != frame.direction
            && earlier.bytes.first().is_some_and(|first| PacketType::of_first_byte(*first) == Some(wanted))
            && !is_answered(earlier)
            && answers(head.packet_id, &Head::read(&earlier.bytes))
    })?;
    Some(Pair { number: request.number, round_trip: frame.moment.saturating_sub(request.moment) })
}

/// What an acknowledgement acknowledges. QoS 2 is a chain: PUBLISH, PUBREC, PUBREL, PUBCOMP.
pub(super) fn requested_by(answer: PacketType) -> Option<PacketType> {
    match answer {
        PacketType::Connack => Some(PacketType::Connect),
        PacketType::Puback | PacketType::Pubrec => Some(PacketType::Publish),
        PacketType::Pubrel => Some(PacketType::Pubrec),
        PacketType::Pubcomp => Some(PacketType::Pubrel),
        PacketType::Suback => Some(PacketType::Subscribe),
        PacketType::Unsuback => Some(PacketType::Unsubscribe),
        PacketType::Pingresp => Some(PacketType::Pingreq),
        PacketType::Connect
        | PacketType::Publish
        | PacketType::Subscribe
        | PacketType::Unsubscribe
        | PacketType::Pingreq
        | PacketType::Disconnect => None,
    }
}

/// A PUBLISH at QoS 0 is the one request without an identifier whose answer has one, or lacks it by mistake.
fn answers(packet_id: Option<u16>, request: &Head<'_>) -> bool {
    request.packet_id == packet_id
        && (packet_id.is_some() || request.packet_type != Some(PacketType::Publish))
}

/// Whether its pair is a later frame. A link of the chain that answers an earlier one still waits itself.
fn is_answered(frame: &Captured) -> bool {
    frame.pair.is_some_and(|pair| pair.number > frame.number)
}
