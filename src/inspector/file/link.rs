//! From a captured packet to the segment of a TCP connection in it.

use std::net::IpAddr;

use etherparse::{IpNumber, LaxIpSlice, LenSource, TcpSlice};

use crate::inspector::Direction;

/// One side of a connection.
pub(super) type Endpoint = (IpAddr, u16);

/// What TCP says in one packet.
#[derive(Clone, Copy)]
pub(crate) struct Segment<'a> {
    /// Whoever sent it.
    pub(super) source: Endpoint,
    /// Whoever it is for.
    pub(super) destination: Endpoint,
    /// The number of its first byte.
    pub(super) sequence: u32,
    /// It begins a connection.
    pub(super) syn: bool,
    /// It acknowledges something.
    pub(super) ack: bool,
    /// Its bytes.
    pub data: &'a [u8],
}

/// The ports at which OneNET and other MQTT servers listen.
pub(super) const MQTT_PORTS: [u16; 2] = [1883, 6002];

/// The link-layer header type of Ethernet; the others are named where they are read.
const ETHERNET: i32 = 1;
/// Types of Ethernet frames: virtual networks, whose tag has four bytes.
const VLAN: [u16; 3] = [0x8100, 0x88A8, 0x9100];
/// Types of Ethernet frames: IPv4 and IPv6.
const IP: [u16; 2] = [0x0800, 0x86DD];

/// A packet of a link-layer header type that is not read here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UnknownLink;

/// The segment in a packet; `None` where it holds none.
pub(super) fn segment(link: i32, packet: &[u8]) -> Result<Option<Segment<'_>>, UnknownLink> {
    let ip = match link {
        // NULL and LOOP: four bytes of address family, which IP says again.
        0 | 108 => packet.get(4..),
        ETHERNET => behind_ether_type(packet, 12),
        // RAW, as it is numbered in files and by OpenBSD and others; IPV4 and IPV6.
        12 | 14 | 101 | 228 | 229 => Some(packet),
        // LINUX_SLL: the type of the frame is the last of 16 bytes.
        113 => behind_ether_type(packet, 14),
        // LINUX_SLL2: the type of the frame is the first of 20 bytes.
        276 => match number(packet, 0) {
            Some(ether_type) => packet.get(20..).and_then(|rest| behind_tags(ether_type, rest)),
            None => None,
        },
        _ => return Err(UnknownLink),
    };
    Ok(ip.and_then(segment_of_ip).map(|(segment, _)| segment))
}

/// The bytes of a TCP segment that has its headers before it, and which way it goes where its ports say so; `None`
/// where the bytes are not clearly such a packet.
///
/// Hex dumps of whole packets do not say what they begin with.
pub(crate) fn without_headers(packet: &[u8]) -> Option<(Segment<'_>, Option<Direction>)> {
    let is_ip = |ip: &[u8]| matches!(ip.first().map(|first| first >> 4), Some(4 | 6));
    let ip = Some(packet)
        .filter(|packet| is_ip(packet))
        .or_else(|| behind_ether_type(packet, 12).filter(|ip| is_ip(ip)))?;
    let (segment, length) = segment_of_ip(ip)?;
    if !matches!(length, LenSource::Ipv4HeaderTotalLen | LenSource::Ipv6HeaderPayloadLen) {
        return None;
    }
    let direction = if MQTT_PORTS.contains(&segment.destination.1) {
        Some(Direction::Sent)
    } else if MQTT_PORTS.contains(&segment.source.1) {
        Some(Direction::Received)
    } else {
        None
    };
    Some((segment, direction))
}

/// What comes behind a type of Ethernet at an offset, if it is IP.
fn behind_ether_type(packet: &[u8], offset: usize) -> Option<&[u8]> {
    behind_tags(number(packet, offset)?, packet.get(offset + 2..)?)
}

fn behind_tags(mut ether_type: u16, mut rest: &[u8]) -> Option<&[u8]> {
    while VLAN.contains(&ether_type) {
        ether_type = number(rest, 2)?;
        rest = rest.get(4..)?;
    }
    IP.contains(&ether_type).then_some(rest)
}

fn segment_of_ip(ip: &[u8]) -> Option<(Segment<'_>, LenSource)> {
    let (ip, _) = LaxIpSlice::from_slice(ip).ok()?;
    let payload = ip.payload().clone();
    if payload.ip_number != IpNumber::TCP || payload.fragmented {
        return None;
    }
    let tcp = TcpSlice::from_slice(payload.payload).ok()?;
    let segment = Segment {
        source: (ip.source_addr(), tcp.source_port()),
        destination: (ip.destination_addr(), tcp.destination_port()),
        sequence: tcp.sequence_number(),
        syn: tcp.syn(),
        ack: tcp.ack(),
        data: tcp.payload(),
    };
    Some((segment, payload.len_source))
}

fn number(bytes: &[u8], offset: usize) -> Option<u16> {
    let bytes = bytes.get(offset..)?.first_chunk()?;
    Some(u16::from_be_bytes(*bytes))
}
