//! The TCP connection that frames are put into, so that programs for captures can read them.
//!
//! ```text
//! device 192.0.2.1:49152+n ──► platform 198.51.100.1:1883
//!   SYN         seq 0
//!               ◄── SYN, ACK  seq 0, ack 1
//!   ACK         seq 1, ack 1
//!   PSH, ACK    seq 1 …  a frame
//! ```
//!
//! The addresses are those that RFC 5737 keeps for documents: nobody takes them for real ones.

use etherparse::{IpNumber, Ipv4Header, TcpHeader, TcpOptionElement};

use crate::inspector::Direction;

/// One connection and how far both sides are.
pub(super) struct Conversation {
    connection: u32,
    /// Sequence number of the device's next byte.
    device: u32,
    /// Sequence number of the platform's next byte.
    platform: u32,
}

/// The port at which Wireshark expects MQTT.
const PLATFORM_PORT: u16 = 1883;
/// The first of the ports that are given to clients (RFC 6335 §6).
const FIRST_DEVICE_PORT: u16 = 49_152;
/// How many of those there are.
const DEVICE_PORTS: u32 = 16_384;
/// What fits into one segment: what the loopback interface of Linux takes, so that few frames are cut.
const SEGMENT: usize = 65_495;
/// 2¹⁴ times the window: whoever uploads without an answer never fills it.
const WINDOW_SCALE: u8 = 14;

impl Conversation {
    pub fn new(connection: u32) -> Self {
        Self { connection, device: 0, platform: 0 }
    }

    /// The three packets with which a connection begins.
    pub fn handshake(&mut self) -> [Vec<u8>; 3] {
        let open = [
            TcpOptionElement::MaximumSegmentSize(SEGMENT as u16),
            TcpOptionElement::Noop,
            TcpOptionElement::WindowScale(WINDOW_SCALE),
        ];
        let mut header = self.header(Direction::Sent);
        (header.syn, header.ack, header.acknowledgment_number) = (true, false, 0);
        // Nine bytes of options, where forty may be.
        let _ = header.set_options(&open);
        let syn = self.packet(Direction::Sent, header, &[]);
        self.device = 1;
        let mut header = self.header(Direction::Received);
        header.syn = true;
        let _ = header.set_options(&open);
        let syn_ack = self.packet(Direction::Received, header, &[]);
        self.platform = 1;
        let header = self.header(Direction::Sent);
        [syn, syn_ack, self.packet(Direction::Sent, header, &[])]
    }

    /// The packets that carry a frame.
    pub fn frame<'a>(
        &'a mut self,
        direction: Direction,
        bytes: &'a [u8],
    ) -> impl Iterator<Item = Vec<u8>> + 'a {
        let count = bytes.len().div_ceil(SEGMENT);
        bytes.chunks(SEGMENT).enumerate().map(move |(index, data)| {
            let mut header = self.header(direction);
            header.psh = index + 1 == count;
            let packet = self.packet(direction, header, data);
            let next = match direction {
                Direction::Sent => &mut self.device,
                Direction::Received => &mut self.platform,
            };
            *next = next.wrapping_add(data.len() as u32);
            packet
        })
    }

    fn header(&self, direction: Direction) -> TcpHeader {
        let device_port = FIRST_DEVICE_PORT + (self.connection % DEVICE_PORTS) as u16;
        let (source, destination, sequence, acknowledged) = match direction {
            Direction::Sent => (device_port, PLATFORM_PORT, self.device, self.platform),
            Direction::Received => (PLATFORM_PORT, device_port, self.platform, self.device),
        };
        let mut header = TcpHeader::new(source, destination, sequence, u16::MAX);
        header.ack = true;
        header.acknowledgment_number = acknowledged;
        header
    }

    fn packet(&self, direction: Direction, mut tcp: TcpHeader, data: &[u8]) -> Vec<u8> {
        // When the ports have all been used the device gets another address: no connection is taken for an
        // earlier one.
        let device = [192, 0, 2, (1 + self.connection / DEVICE_PORTS % 254) as u8];
        let platform = [198, 51, 100, 1];
        let (source, destination) = match direction {
            Direction::Sent => (device, platform),
            Direction::Received => (platform, device),
        };
        let length = (tcp.header_len() + data.len()) as u16;
        let mut ip = Ipv4Header::new(length, 64, IpNumber::TCP, source, destination)
            .expect("a segment and its header are shorter than a packet");
        ip.header_checksum = ip.calc_header_checksum();
        tcp.checksum = tcp.calc_checksum_ipv4(&ip, data).expect("a segment is shorter than a packet");
        [ip.to_bytes().as_slice(), tcp.to_bytes().as_slice(), data].concat()
    }
}
