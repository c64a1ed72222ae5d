//! The packets in a pcapng or pcap file, up to where it breaks.
//!
//! ```text
//! pcapng   every block: type, u32 · length, u32 · content · length again, u32
//! pcap     header, 24 bytes; then every packet: seconds, fraction, captured, original, u32 each · bytes
//! ```
//!
//! The contents are read by `pcap-parser`. Blocks are stepped over here, so that one of a kind that is not needed
//! may hold anything.

use pcap_parser::pcapng::{
    EnhancedPacketBlock, InterfaceDescriptionBlock, parse_enhancedpacketblock_be,
    parse_enhancedpacketblock_le, parse_interfacedescriptionblock_be, parse_interfacedescriptionblock_le,
    parse_simplepacketblock_be, parse_simplepacketblock_le,
};
use pcap_parser::traits::PcapNGPacketBlock;
use pcap_parser::{PcapHeader, parse_pcap_frame, parse_pcap_frame_be, parse_pcap_header};
use time::OffsetDateTime;

use super::import::ImportProblem;

/// A packet as it was captured.
pub(super) struct Packet<'a> {
    /// When.
    pub at: OffsetDateTime,
    /// What its first bytes are, by the list of link-layer header types.
    pub link: i32,
    /// Its bytes, which may be fewer than were on the wire.
    pub data: &'a [u8],
}

/// Gives the packets of a file one by one.
///
/// Ends at the end of the file or where no further block can be found; [`problem`](Self::problem) then says which.
pub(super) struct Reader<'a> {
    file: &'a [u8],
    /// Where the next block begins.
    offset: usize,
    /// Blocks read.
    blocks: usize,
    kind: Kind,
    problem: Option<ImportProblem>,
}

enum Kind {
    Pcap(Option<PcapHeader>),
    Pcapng { big_endian: bool, interfaces: Vec<Interface>, last: OffsetDateTime },
}

/// Where the packets of a pcapng section come from.
#[derive(Clone, Copy)]
struct Interface {
    link: i32,
    /// Time stamps count these (pcapng, option `if_tsresol`).
    resolution: u8,
    /// Seconds to add to time stamps (option `if_tsoffset`).
    offset: i64,
}

/// The types of blocks that matter here.
const SECTION: u32 = 0x0A0D_0D0A;
const INTERFACE: u32 = 1;
const SIMPLE_PACKET: u32 = 3;
const ENHANCED_PACKET: u32 = 6;
/// What a section's bytes 8 to 11 are when it is written the big end first.
const BIG_ENDIAN: [u8; 4] = [0x1A, 0x2B, 0x3C, 0x4D];
const LITTLE_ENDIAN: [u8; 4] = [0x4D, 0x3C, 0x2B, 0x1A];
/// The largest packet that capturing programs write.
const LONGEST_PACKET: u32 = 262_144;

impl<'a> Reader<'a> {
    pub fn pcapng(file: &'a [u8]) -> Self {
        let kind =
            Kind::Pcapng { big_endian: false, interfaces: Vec::new(), last: OffsetDateTime::UNIX_EPOCH };
        Self { file, offset: 0, blocks: 0, kind, problem: None }
    }

    pub fn pcap(file: &'a [u8]) -> Self {
        Self { file, offset: 0, blocks: 0, kind: Kind::Pcap(None), problem: None }
    }

    /// What is wrong with what was read so far: the first thing.
    pub fn problem(self) -> Option<ImportProblem> {
        self.problem
    }

    /// The next packet.
    pub fn poll_packet(&mut self) -> Option<Packet<'a>> {
        loop {
            let rest = self.file.get(self.offset..).filter(|rest| !rest.is_empty())?;
            let (length, found) = match &mut self.kind {
                Kind::Pcap(header) => read_pcap(rest, header),
                Kind::Pcapng { big_endian, interfaces, last } => {
                    read_pcapng(rest, big_endian, interfaces, last)
                }
            };
            self.blocks += 1;
            let (block, offset) = (self.blocks, self.offset);
            // Without a length there is no next block.
            self.offset = length.map_or(self.file.len(), |length| self.offset + length);
            match found {
                Found::Packet(packet) => return Some(packet),
                Found::Nothing => {}
                Found::Cut => self.note(ImportProblem::Cut { block, offset }),
                Found::Damage => self.note(ImportProblem::Damaged { block, offset }),
            }
        }
    }

    fn note(&mut self, problem: ImportProblem) {
        self.problem.get_or_insert(problem);
    }
}

enum Found<'a> {
    Packet(Packet<'a>),
    /// A good block without a packet.
    Nothing,
    /// It ends too early.
    Cut,
    Damage,
}

/// The block at the beginning of `rest`, and its length where it has one.
fn read_pcapng<'a>(
    rest: &'a [u8],
    big_endian: &mut bool,
    interfaces: &mut Vec<Interface>,
    last: &mut OffsetDateTime,
) -> (Option<usize>, Found<'a>) {
    let Some((head, _)) = rest.split_first_chunk::<12>() else { return (None, Found::Cut) };
    let [a, b, c, d, e, f, g, h, magic @ ..] = *head;
    let new_section = [a, b, c, d] == SECTION.to_be_bytes();
    if new_section {
        *big_endian = match magic {
            BIG_ENDIAN => true,
            LITTLE_ENDIAN => false,
            _ => return (None, Found::Damage),
        };
        interfaces.clear();
    }
    let number = |bytes: [u8; 4]| {
        if *big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }
    };
    let length = number([e, f, g, h]);
    if length < 12 || !length.is_multiple_of(4) {
        return (None, Found::Damage);
    }
    let Some(block) = usize::try_from(length).ok().and_then(|length| rest.get(..length)) else {
        return (None, Found::Cut);
    };
    if block.last_chunk().copied().map(number) != Some(length) {
        return (None, Found::Damage);
    }
    let length = Some(block.len());
    let found = match number([a, b, c, d]) {
        INTERFACE => read_interface(block, *big_endian).map(|interface| {
            interfaces.push(interface);
            Found::Nothing
        }),
        ENHANCED_PACKET => read_enhanced(block, *big_endian, interfaces).map(|packet| {
            *last = packet.at;
            Found::Packet(packet)
        }),
        // It has no time: it came after the packet before it.
        SIMPLE_PACKET => read_simple(block, *big_endian, interfaces, *last).map(Found::Packet),
        _ => Some(Found::Nothing),
    };
    (length, found.unwrap_or(Found::Damage))
}

fn read_interface(block: &[u8], big_endian: bool) -> Option<Interface> {
    let parse =
        if big_endian { parse_interfacedescriptionblock_be } else { parse_interfacedescriptionblock_le };
    let (_, InterfaceDescriptionBlock { linktype, if_tsresol, if_tsoffset, .. }) = parse(block).ok()?;
    // The parser reads this one option the little end first, always.
    let offset = if big_endian { if_tsoffset.swap_bytes() } else { if_tsoffset };
    Some(Interface { link: linktype.0, resolution: if_tsresol, offset })
}

fn read_enhanced<'a>(block: &'a [u8], big_endian: bool, interfaces: &[Interface]) -> Option<Packet<'a>> {
    let parse = if big_endian { parse_enhancedpacketblock_be } else { parse_enhancedpacketblock_le };
    let (_, EnhancedPacketBlock { if_id, ts_high, ts_low, caplen, data, .. }) = parse(block).ok()?;
    let interface = interfaces.get(usize::try_from(if_id).ok()?)?;
    let count = u64::from(ts_high) << 32 | u64::from(ts_low);
    let data = data.get(..usize::try_from(caplen).ok()?)?;
    Some(Packet { at: interface.time(count), link: interface.link, data })
}

fn read_simple<'a>(
    block: &'a [u8],
    big_endian: bool,
    interfaces: &[Interface],
    at: OffsetDateTime,
) -> Option<Packet<'a>> {
    let parse = if big_endian { parse_simplepacketblock_be } else { parse_simplepacketblock_le };
    let (_, packet) = parse(block).ok()?;
    let length = packet.packet_data().len();
    Some(Packet { at, link: interfaces.first()?.link, data: packet.data.get(..length)? })
}

impl Interface {
    /// The time that a time stamp says: its count of 10⁻ⁿ or 2⁻ⁿ seconds.
    fn time(self, count: u64) -> OffsetDateTime {
        let exponent = u32::from(self.resolution & 0x7F);
        let count = i128::from(count);
        let nanos = if self.resolution & 0x80 != 0 {
            // Beyond 2⁶³ parts of a second every count is less than a nanosecond.
            (count * 1_000_000_000) >> exponent.min(127)
        } else if exponent <= 9 {
            count * 10_i128.pow(9 - exponent)
        } else {
            count / 10_i128.pow((exponent - 9).min(30))
        };
        wall_clock(nanos + i128::from(self.offset) * 1_000_000_000)
    }
}

/// The header or the packet at the beginning of `rest`, and its length where it has one.
fn read_pcap<'a>(rest: &'a [u8], header: &mut Option<PcapHeader>) -> (Option<usize>, Found<'a>) {
    let Some(header) = header else {
        let Ok((behind, read)) = parse_pcap_header(rest) else { return (None, Found::Cut) };
        *header = Some(read);
        return (Some(rest.len() - behind.len()), Found::Nothing);
    };
    let parse = if header.is_bigendian() { parse_pcap_frame_be } else { parse_pcap_frame };
    let Ok((behind, packet)) = parse(rest) else {
        let claimed = rest.get(8..12).and_then(|bytes| <[u8; 4]>::try_from(bytes).ok()).map(|bytes| {
            if header.is_bigendian() { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }
        });
        let damaged = claimed.is_some_and(|claimed| claimed > header.snaplen.max(LONGEST_PACKET));
        return (None, if damaged { Found::Damage } else { Found::Cut });
    };
    let unit = if header.is_nanosecond_precision() { 1 } else { 1_000 };
    let nanos = i128::from(packet.ts_sec) * 1_000_000_000 + i128::from(packet.ts_usec) * unit;
    // The upper bits say whether a checksum follows each Ethernet frame.
    let link = header.network.0 & 0xFFFF;
    let found = Found::Packet(Packet { at: wall_clock(nanos), link, data: packet.data });
    (Some(rest.len() - behind.len()), found)
}

/// A time after 1970; 1970 where the calendar does not reach.
fn wall_clock(nanos: i128) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(nanos).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}
