//! What must occur among the recorded frames, so that agreement on them means something.

use dissect::{Head, PacketType};
use e2e::End;

use crate::Frame;

/// What a frame can be an example of.
type Trait = (&'static str, fn(&Frame, &Head<'_>) -> bool);

const TRAITS: [Trait; 32] = [
    ("remaining length of one byte", |frame, _| length_bytes(frame) == 1),
    ("remaining length of two bytes", |frame, _| length_bytes(frame) == 2),
    ("remaining length of three bytes", |frame, _| length_bytes(frame) == 3),
    ("PUBLISH at QoS 0 from a client", |frame, head| published(frame, head, End::Client, 0)),
    ("PUBLISH at QoS 1 from a client", |frame, head| published(frame, head, End::Client, 1)),
    ("PUBLISH at QoS 2 from a client", |frame, head| published(frame, head, End::Client, 2)),
    ("PUBLISH at QoS 0 from a broker", |frame, head| published(frame, head, End::Broker, 0)),
    ("PUBLISH at QoS 1 from a broker", |frame, head| published(frame, head, End::Broker, 1)),
    ("PUBLISH at QoS 2 from a broker", |frame, head| published(frame, head, End::Broker, 2)),
    ("DUP from a client", |frame, head| frame.sender == End::Client && head.dup),
    ("DUP from a broker", |frame, head| frame.sender == End::Broker && head.dup),
    ("RETAIN from a client", |frame, head| frame.sender == End::Client && head.retain),
    ("RETAIN from a broker", |frame, head| frame.sender == End::Broker && head.retain),
    ("PUBLISH without payload", |_, head| {
        head.packet_type == Some(PacketType::Publish) && head.payload.is_empty()
    }),
    ("topic in Chinese", |_, head| head.topic.is_some_and(|topic| !topic.is_ascii())),
    ("data points to $dp", |frame, head| frame.sender == End::Client && head.topic == Some("$dp")),
    ("data points from $dp", |frame, head| frame.sender == End::Broker && head.topic == Some("$dp")),
    ("command", |_, head| head.topic.is_some_and(|topic| topic.starts_with("$creq/"))),
    ("clean session", |frame, head| connect(frame, head).is_some_and(|(flags, _)| flags & 0x02 != 0)),
    ("kept session", |frame, head| connect(frame, head).is_some_and(|(flags, _)| flags & 0x02 == 0)),
    ("will at QoS 1, retained", |frame, head| {
        connect(frame, head).is_some_and(|(flags, _)| flags & 0x3C == 0x2C)
    }),
    ("will at QoS 2", |frame, head| connect(frame, head).is_some_and(|(flags, _)| flags & 0x3C == 0x14)),
    ("login without name", |frame, head| connect(frame, head).is_some_and(|(flags, _)| flags & 0xC0 == 0)),
    ("name without password", |frame, head| {
        connect(frame, head).is_some_and(|(flags, _)| flags & 0xC0 == 0x80)
    }),
    ("name and password", |frame, head| connect(frame, head).is_some_and(|(flags, _)| flags & 0xC0 == 0xC0)),
    ("empty client id", |frame, head| connect(frame, head).is_some_and(|(_, id)| id == 0)),
    ("client id of over 255 bytes", |frame, head| connect(frame, head).is_some_and(|(_, id)| id > 255)),
    ("session that was kept", |_, head| acknowledged(head).is_some_and(|[flags, _]| flags == 1)),
    ("refused login", |_, head| acknowledged(head).is_some_and(|[_, code]| code != 0)),
    ("SUBSCRIBE with several filters", |_, head| {
        // Behind the first filter: its QoS, then another one.
        head.packet_type == Some(PacketType::Subscribe) && behind_first_filter(head) > 1
    }),
    ("UNSUBSCRIBE with several filters", |_, head| {
        head.packet_type == Some(PacketType::Unsubscribe) && behind_first_filter(head) > 0
    }),
    ("refused subscription", |_, head| {
        head.packet_type == Some(PacketType::Suback) && head.payload.contains(&0x80)
    }),
];

/// What none of the frames is an example of: packet types, and the above.
pub fn missing(frames: &[Frame]) -> Vec<&'static str> {
    let heads: Vec<(&Frame, Head<'_>)> =
        frames.iter().map(|frame| (frame, Head::read(&frame.bytes))).collect();
    let types = PacketType::ALL.into_iter();
    let types = types.filter(|wanted| !heads.iter().any(|(_, head)| head.packet_type == Some(*wanted)));
    let traits = TRAITS.iter().filter(|(_, holds)| !heads.iter().any(|(frame, head)| holds(frame, head)));
    types.map(PacketType::name).chain(traits.map(|(name, _)| *name)).collect()
}

fn length_bytes(frame: &Frame) -> usize {
    frame.bytes.iter().skip(1).take_while(|byte| **byte & 0x80 != 0).count() + 1
}

fn published(frame: &Frame, head: &Head<'_>, sender: End, qos: u8) -> bool {
    head.packet_type == Some(PacketType::Publish) && frame.sender == sender && head.qos == qos
}

/// Of a CONNECT: its flags, and the length of the client id.
fn connect(frame: &Frame, head: &Head<'_>) -> Option<(u8, u16)> {
    if head.packet_type != Some(PacketType::Connect) {
        return None;
    }
    // `00 04 M Q T T 04`, flags, keep alive, client id
    let header = frame.bytes.get(1 + length_bytes(frame)..)?;
    Some((*header.get(7)?, u16::from_be_bytes([*header.get(10)?, *header.get(11)?])))
}

/// Of a CONNACK: flags and return code.
fn acknowledged(head: &Head<'_>) -> Option<[u8; 2]> {
    let [flags, code] = head.payload else { return None };
    (head.packet_type == Some(PacketType::Connack)).then_some([*flags, *code])
}

/// Bytes behind the first filter of a SUBSCRIBE or UNSUBSCRIBE.
fn behind_first_filter(head: &Head<'_>) -> usize {
    let first = 2 + head.topic.map_or(0, str::len);
    head.payload.len().saturating_sub(first)
}
