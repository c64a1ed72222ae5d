//! The packets of a file into frames: which connections are MQTT, who of both is the device, and what was said.

use std::collections::BTreeMap;

use bytes::Bytes;
use dissect::{RemainingLength, split};

use super::block::Reader;
use super::flow::{Flow, Flows, Side};
use super::import::{Import, ImportProblem, moment};
use super::link::{MQTT_PORTS, segment};
use super::stream::{Stream, stream};
use crate::inspector::{Captured, Direction};

/// Frames in the order of the packets with which they were whole, and those of one packet in theirs.
type Found = BTreeMap<(usize, usize), Captured>;

/// Reads every frame of every MQTT connection.
pub(super) fn read(mut reader: Reader<'_>) -> Import {
    let mut flows = Flows::default();
    let mut packets = 0;
    let mut unknown = None;
    while let Some(packet) = reader.poll_packet() {
        match segment(packet.link, packet.data) {
            Ok(Some(segment)) => flows.handle_segment(segment, packet.at, packets),
            Ok(None) => {}
            Err(_) => unknown = unknown.or(Some(ImportProblem::LinkType { number: packet.link })),
        }
        packets += 1;
    }
    let mut found = Found::new();
    let mut gap = None;
    let mut connection = 0;
    for flow in flows.finish() {
        let streams = flow.sides.each_ref().map(stream);
        let Some(device) = device(&flow, &streams) else { continue };
        connection += 1;
        for (index, stream) in streams.into_iter().enumerate() {
            let direction = if index == device { Direction::Sent } else { Direction::Received };
            if let Some(missing) = stream.missing {
                gap = gap.or(Some(ImportProblem::Gap { connection, direction, missing }));
            }
            frames(stream, direction, connection, &mut found);
        }
    }
    let nothing = found.is_empty().then_some(ImportProblem::NoMqtt { packets });
    let problem = reader.problem().or(unknown).or(gap).or(nothing);
    Import { frames: found.into_values().collect(), problem }
}

/// Which side is the device, if this connection is MQTT.
///
/// What is said counts more than who began, and that more than ports.
fn device(flow: &Flow<'_>, streams: &[Stream; 2]) -> Option<usize> {
    let side = |is: &dyn Fn(usize) -> bool| (0..2).find(|index| is(*index));
    let says = |is: fn(&[u8]) -> bool| side(&|index| is(&streams[index].bytes));
    let serves = |side: &Side<'_>| MQTT_PORTS.contains(&side.endpoint.1);
    let server = side(&|index| serves(&flow.sides[index]));
    let connects = says(begins_with_connect);
    let accepts = says(begins_with_connack);
    if connects.is_none() && accepts.is_none() && server.is_none() {
        return None;
    }
    connects
        .or(accepts.map(|platform| 1 - platform))
        .or(side(&|index| flow.sides[index].opened))
        .or(server.map(|platform| 1 - platform))
}

/// A remaining length, then `MQTT` or, in older versions, `MQIsdp`.
fn begins_with_connect(bytes: &[u8]) -> bool {
    let header = RemainingLength::read(bytes).map(RemainingLength::header_length);
    let name = header.and_then(|header| bytes.get(header..)).unwrap_or_default();
    bytes.first() == Some(&0x10) && (name.starts_with(b"\x00\x04MQTT") || name.starts_with(b"\x00\x06MQIsdp"))
}

fn begins_with_connack(bytes: &[u8]) -> bool {
    matches!(bytes, [0x20, 2, 0..=1, 0..=5, ..])
}

/// Cuts what one side said into frames; what is left when the file ends is one too.
fn frames(stream: Stream, direction: Direction, connection: u32, found: &mut Found) {
    let mut reached = stream.reached.into_iter().peekable();
    for range in split(&stream.bytes).pieces() {
        while reached.next_if(|reached| reached.length < range.end).is_some() {}
        // The last segment reaches to the end of the stream.
        let Some(reached) = reached.peek() else { break };
        let at = reached.at;
        // A copy of its own: who keeps a frame must not keep all that the side said.
        let bytes = Bytes::copy_from_slice(&stream.bytes[range]);
        let frame = Captured::new(at, moment(at), direction, connection, bytes);
        found.insert((reached.packet, found.len()), frame);
    }
}
