//! Frames as pcapng: blocks around the packets of made-up connections.

use std::borrow::Cow;
use std::collections::BTreeMap;

use pcap_parser::{
    EnhancedPacketBlock, InterfaceDescriptionBlock, Linktype, OptionCode, PcapNGOption, SectionHeaderBlock,
    ToVec,
};
use time::OffsetDateTime;

use super::conversation::Conversation;
use super::export::Exported;
use super::format::Secrets;

const PROGRAM: &str = concat!("onenet-web ", env!("CARGO_PKG_VERSION"));
const HARDWARE: &str = "none (synthetic: frames of a web page)";
const DESCRIPTION: &str = "synthetic: the MQTT frames are real, IP and TCP around them are made up";
const MASKED: &str = "Synthetic capture. The MQTT frames were sent and received by a web page; addresses, ports, \
    handshakes and everything else of IP and TCP are made up. Passwords are replaced by asterisks.";
const SHOWN: &str = "Synthetic capture. The MQTT frames were sent and received by a web page; addresses, ports, \
    handshakes and everything else of IP and TCP are made up. It contains passwords.";
/// Sections whose length is told by where they end.
const UNKNOWN_LENGTH: i64 = -1;
/// No packet is longer: 65,535 bytes are an IPv4 packet.
const LONGEST_PACKET: u32 = 65_535;
/// Time stamps count 10⁻⁶ seconds.
const MICROSECONDS: u8 = 6;

/// Writes one section with one interface, and the packets of every connection in the order of their frames.
pub(super) fn write(frames: &mut dyn Iterator<Item = Exported<'_>>, secrets: Secrets) -> Vec<u8> {
    let comment = match secrets {
        Secrets::Masked => MASKED,
        Secrets::Shown => SHOWN,
    };
    let mut file = section(comment);
    file.append(&mut interface());
    let mut conversations: BTreeMap<u32, Conversation> = BTreeMap::new();
    for Exported { frame, bytes, .. } in frames {
        let connection = frame.connection;
        let conversation = conversations.entry(connection).or_insert_with(|| {
            let mut conversation = Conversation::new(connection);
            for packet in conversation.handshake() {
                file.append(&mut block(frame.at, &packet));
            }
            conversation
        });
        for packet in conversation.frame(frame.direction, &bytes) {
            file.append(&mut block(frame.at, &packet));
        }
    }
    file
}

// Block types, lengths and magic numbers are filled in by the blocks themselves.

fn section(comment: &str) -> Vec<u8> {
    written(SectionHeaderBlock {
        block_type: 0,
        block_len1: 0,
        bom: 0,
        major_version: 1,
        minor_version: 0,
        section_len: UNKNOWN_LENGTH,
        options: vec![
            option(OptionCode::Comment, comment),
            option(OptionCode::ShbHardware, HARDWARE),
            option(OptionCode::ShbOs, "a web browser"),
            option(OptionCode::ShbUserAppl, PROGRAM),
        ],
        block_len2: 0,
    })
}

fn interface() -> Vec<u8> {
    written(InterfaceDescriptionBlock {
        block_type: 0,
        block_len1: 0,
        linktype: Linktype::RAW,
        reserved: 0,
        snaplen: LONGEST_PACKET,
        options: vec![
            option(OptionCode::IfName, "synthetic"),
            option(OptionCode::IfDescription, DESCRIPTION),
        ],
        block_len2: 0,
        if_tsresol: MICROSECONDS,
        if_tsoffset: 0,
    })
}

fn block(at: OffsetDateTime, packet: &[u8]) -> Vec<u8> {
    // Nothing was captured before 1970.
    let micros = u64::try_from(at.unix_timestamp_nanos() / 1_000).unwrap_or_default();
    let length = packet.len() as u32;
    written(EnhancedPacketBlock {
        block_type: 0,
        block_len1: 0,
        if_id: 0,
        ts_high: (micros >> 32) as u32,
        ts_low: micros as u32,
        caplen: length,
        origlen: length,
        data: packet,
        options: Vec::new(),
        block_len2: 0,
    })
}

fn option(code: OptionCode, text: &str) -> PcapNGOption<'_> {
    PcapNGOption { code, len: text.len() as u16, value: Cow::Borrowed(text.as_bytes()) }
}

fn written(mut block: impl ToVec) -> Vec<u8> {
    block.to_vec().expect("a vector takes whatever is written into it")
}
