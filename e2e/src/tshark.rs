//! Wireshark's opinion: recorded connections as tshark reads them, field by field; and what it says of a
//! capture file that somebody else wrote.

mod capture_file;

use std::fs;
use std::ops::Range;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use roxmltree::{Document, Node};
use tempfile::TempDir;

use crate::proxy::{End, Recording};
use crate::{Program, place};

pub use capture_file::{CaptureFile, MqttFrame};

/// One MQTT frame as tshark sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TsharkFrame {
    /// Which recording it belongs to, counted from 0.
    pub connection: usize,
    /// Who sent it.
    pub sender: End,
    /// How many bytes it has.
    pub length: usize,
    /// Its fields, those inside others behind them.
    pub fields: Vec<TsharkField>,
}

/// One field of a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TsharkField {
    /// Wireshark's name for it, such as `mqtt.topic`.
    pub name: String,
    /// Its bytes, as offsets from the beginning of the frame.
    pub span: Range<usize>,
    /// Which bits of its byte it is; `None` where it is whole bytes.
    pub mask: Option<u8>,
    /// Its value as a number, where it is one.
    pub number: Option<u64>,
    /// Its bytes; of some bits, their value.
    pub bytes: Vec<u8>,
}

/// Has tshark read what was recorded. The frames of one sender on one connection are in order.
pub async fn read(recordings: &[Recording]) -> Result<Vec<TsharkFrame>> {
    let folder = TempDir::new()?;
    let [capture, pdml] = ["recorded.pcap", "recorded.pdml"].map(|name| folder.path().join(name));
    let packets = Packets::of(recordings)?;
    fs::write(&capture, &packets.file)?;

    // A `Program` keeps both outputs as lines; here one of them is a document.
    let mut command = Command::new(place::program("sh")?);
    command.args(["-c", r#"exec "$0" -r "$1" -n -T pdml -J mqtt > "$2""#]);
    command.arg(place::program("tshark")?).args([&capture, &pdml]);
    // Nobody's own settings.
    command.env("WIRESHARK_CONFIG_DIR", folder.path());
    Program::start(command)?.wait_for_success().await?;
    parse(&pdml, &packets.senders)
}

/// What was recorded as a pcap file, a packet for each chunk.
pub fn capture(recordings: &[Recording]) -> Result<Vec<u8>> {
    Ok(Packets::of(recordings)?.file)
}

/// What was recorded as a capture file.
struct Packets {
    /// A pcap file: <https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-04.html>.
    file: Vec<u8>,
    /// Connection and sender of each of its packets.
    senders: Vec<(usize, End)>,
}

/// The port by which Wireshark knows MQTT.
const MQTT_PORT: u16 = 1883;
/// The port of the client on the first connection; the others follow.
const FIRST_CLIENT_PORT: u16 = 20_000;

impl Packets {
    /// A packet for each chunk.
    fn of(recordings: &[Recording]) -> Result<Self> {
        // magic (times in µs), version 2.4, two reserved words, longest packet, link type 228: IPv4
        let head = [0xA1B2_C3D4_u32, 0x0002_0004, 0, 0, 0x0004_0000, 228];
        let mut packets = Self { file: Vec::new(), senders: Vec::new() };
        packets.file.extend(head.iter().flat_map(|word| word.to_be_bytes()));
        for (connection, recording) in recordings.iter().enumerate() {
            let client_port = u16::try_from(connection)? + FIRST_CLIENT_PORT;
            // What each end has said so far, in bytes.
            let (mut client, mut broker) = (0, 0);
            for (sender, bytes) in &recording.chunks {
                let (ports, sent) = match sender {
                    End::Client => ([client_port, MQTT_PORT], [&mut client, &mut broker]),
                    End::Broker => ([MQTT_PORT, client_port], [&mut broker, &mut client]),
                };
                let [sequence, acknowledged] = sent;
                packets.push(ports, [*sequence, *acknowledged], bytes)?;
                *sequence += u32::try_from(bytes.len())?;
                packets.senders.push((connection, *sender));
            }
        }
        Ok(packets)
    }

    fn push(&mut self, ports: [u16; 2], numbers: [u32; 2], bytes: &[u8]) -> Result<()> {
        let length = u16::try_from(40 + bytes.len()).context("a chunk that no IPv4 packet holds")?;
        let number = u32::try_from(self.senders.len())?;
        // One packet a second; bytes captured, bytes there were.
        let record = [number, 0, u32::from(length), u32::from(length)];
        self.file.extend(record.iter().flat_map(|word| word.to_be_bytes()));

        // IPv4, 20 bytes, TCP inside; Wireshark takes a checksum of 0 for one that was not computed.
        self.file.extend([0x45, 0]);
        self.file.extend(length.to_be_bytes());
        self.file.extend([0, 0, 0, 0, 64, 6, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1]);

        // TCP, 20 bytes, flags PSH and ACK.
        self.file.extend(ports.iter().flat_map(|port| port.to_be_bytes()));
        self.file.extend(numbers.iter().flat_map(|number| (number + 1).to_be_bytes()));
        self.file.extend([0x50, 0x18, 0xFF, 0xFF, 0, 0, 0, 0]);
        self.file.extend(bytes);
        Ok(())
    }
}

/// Reads PDML, tshark's account of all that it sees as XML.
fn parse(pdml: &Path, senders: &[(usize, End)]) -> Result<Vec<TsharkFrame>> {
    let text = fs::read_to_string(pdml).context("tshark wrote no text")?;
    let document = Document::parse(&text).context("tshark wrote no XML")?;
    let mut frames = Vec::new();
    let packets = document.root_element().children().filter(|node| node.has_tag_name("packet"));
    for (index, packet) in packets.enumerate() {
        let (connection, sender) = *senders.get(index).context("tshark saw more packets than there are")?;
        for protocol in packet.children().filter(|node| node.has_tag_name("proto")) {
            match text_of(protocol, "name")? {
                "mqtt" => frames.push(frame(protocol, connection, sender)?),
                "geninfo" | "frame" | "ip" | "tcp" | "fake-field-wrapper" => {}
                other => bail!("packet {}: tshark sees `{other}`:\n{}", index + 1, excerpt(&text, packet)),
            }
        }
    }
    Ok(frames)
}

fn frame(protocol: Node<'_, '_>, connection: usize, sender: End) -> Result<TsharkFrame> {
    let start = size_of(protocol, "pos")?;
    let fields = protocol.descendants().filter(|node| node.has_tag_name("field"));
    Ok(TsharkFrame {
        connection,
        sender,
        length: size_of(protocol, "size")?,
        fields: fields.map(|node| field(node, start)).collect::<Result<_>>()?,
    })
}

fn field(node: Node<'_, '_>, frame_start: usize) -> Result<TsharkField> {
    let name = text_of(node, "name")?.to_owned();
    let position = size_of(node, "pos")?;
    let start = position.checked_sub(frame_start).with_context(|| format!("{name} is outside its frame"))?;
    Ok(TsharkField {
        span: start..start + size_of(node, "size")?,
        mask: node.attribute("showname").and_then(mask),
        number: node.attribute("show").and_then(number),
        bytes: bytes(node.attribute("value").unwrap_or_default())
            .with_context(|| format!("{name}: a value that is no hex"))?,
        name,
    })
}

/// `.... .01. = QoS Level: …` → 0x06
fn mask(shown: &str) -> Option<u8> {
    let (bits, _) = shown.split_once(" = ")?;
    let bits: String = bits.chars().filter(|character| *character != ' ').collect();
    let known = bits.len() == 8 && bits.chars().all(|character| ".01".contains(character));
    known.then(|| bits.chars().fold(0, |mask, bit| mask << 1 | u8::from(bit != '.')))
}

/// `308`, `0x10`, `True`
fn number(shown: &str) -> Option<u64> {
    match (shown, shown.strip_prefix("0x")) {
        ("True", _) => Some(1),
        ("False", _) => Some(0),
        (_, Some(hex)) => u64::from_str_radix(hex, 16).ok(),
        (_, None) => shown.parse().ok(),
    }
}

/// `c2`, and for the value of some bits also `3`.
fn bytes(hex: &str) -> Result<Vec<u8>> {
    ensure!(hex.is_ascii(), "not ASCII");
    let even = if hex.len().is_multiple_of(2) { hex.to_owned() } else { format!("0{hex}") };
    (0..even.len()).step_by(2).map(|at| Ok(u8::from_str_radix(&even[at..at + 2], 16)?)).collect()
}

fn text_of<'a>(node: Node<'a, '_>, attribute: &str) -> Result<&'a str> {
    node.attribute(attribute).with_context(|| format!("a {} without {attribute}", node.tag_name().name()))
}

fn size_of(node: Node<'_, '_>, attribute: &str) -> Result<usize> {
    let text = text_of(node, attribute)?;
    text.parse().with_context(|| format!("{attribute} is no size: {text}"))
}

/// The end of what tshark says about a packet, where it complains.
fn excerpt(text: &str, packet: Node<'_, '_>) -> String {
    let lines: Vec<&str> = text[packet.range()].lines().collect();
    lines[lines.len().saturating_sub(30)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_masks_numbers_and_bytes() {
        assert_eq!(mask(".... .01. = QoS Level: At least once delivery (1)"), Some(0x06));
        assert_eq!(mask("Topic: a = b"), None);
        assert_eq!(["41", "0x10", "True", "$dp"].map(number), [Some(41), Some(16), Some(1), None]);
        assert_eq!(bytes("3").unwrap(), [3]);
        assert_eq!(bytes("b402").unwrap(), [0xB4, 0x02]);
        assert!(bytes("温度").is_err());
    }
}
