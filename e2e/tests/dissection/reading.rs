//! Our dissection in tshark's words, to be laid beside tshark's own.

use std::collections::BTreeSet;
use std::fmt;

use anyhow::{Context, Result, ensure};
use dissect::{Dissection, Field, Node, PacketType, Value, dissect};
use e2e::tshark::{TsharkField, TsharkFrame};

use crate::hex;

/// What tshark calls a field is for us …
#[derive(Clone, Copy)]
enum Ours {
    /// a byte that holds several things, as it is.
    Byte(Field),
    /// a number.
    Number(Field),
    /// some bits of a byte.
    Bits(Field),
    /// some bits of a byte, which tshark takes for the whole of it.
    BitsAsByte(Field),
    /// the length in front of a text or of bytes.
    Length(&'static [Field]),
    /// the text or the bytes behind their length.
    Content(&'static [Field]),
    /// the payload of a PUBLISH, whatever it holds.
    Message,
}

/// Every field that tshark has for MQTT 3.1.1.
const TABLE: [(&str, Ours); 39] = [
    ("mqtt.hdrflags", Ours::Byte(Field::FirstByte)),
    ("mqtt.msgtype", Ours::Bits(Field::PacketType)),
    ("mqtt.hdr_reserved", Ours::Bits(Field::ReservedFlags)),
    ("mqtt.dupflag", Ours::Bits(Field::Dup)),
    ("mqtt.qos", Ours::Bits(Field::Qos)),
    ("mqtt.retain", Ours::Bits(Field::Retain)),
    ("mqtt.len", Ours::Number(Field::RemainingLength)),
    ("mqtt.msgid", Ours::Number(Field::PacketId)),
    ("mqtt.proto_len", Ours::Length(&[Field::ProtocolName])),
    ("mqtt.protoname", Ours::Content(&[Field::ProtocolName])),
    ("mqtt.ver", Ours::Number(Field::ProtocolLevel)),
    ("mqtt.conflags", Ours::Byte(Field::ConnectFlags)),
    ("mqtt.conflag.uname", Ours::Bits(Field::UserNameFlag)),
    ("mqtt.conflag.passwd", Ours::Bits(Field::PasswordFlag)),
    ("mqtt.conflag.retain", Ours::Bits(Field::WillRetain)),
    ("mqtt.conflag.qos", Ours::Bits(Field::WillQos)),
    ("mqtt.conflag.willflag", Ours::Bits(Field::WillFlag)),
    ("mqtt.conflag.cleansess", Ours::Bits(Field::CleanSession)),
    ("mqtt.conflag.reserved", Ours::Bits(Field::ReservedConnectFlag)),
    ("mqtt.kalive", Ours::Number(Field::KeepAlive)),
    ("mqtt.clientid_len", Ours::Length(&[Field::ClientId])),
    ("mqtt.clientid", Ours::Content(&[Field::ClientId])),
    ("mqtt.willtopic_len", Ours::Length(&[Field::WillTopic])),
    ("mqtt.willtopic", Ours::Content(&[Field::WillTopic])),
    ("mqtt.willmsg_len", Ours::Length(&[Field::WillMessage])),
    ("mqtt.willmsg", Ours::Content(&[Field::WillMessage])),
    ("mqtt.username_len", Ours::Length(&[Field::UserName])),
    ("mqtt.username", Ours::Content(&[Field::UserName])),
    ("mqtt.passwd_len", Ours::Length(&[Field::Password])),
    ("mqtt.passwd", Ours::Content(&[Field::Password])),
    ("mqtt.conack.flags", Ours::Byte(Field::AcknowledgeFlags)),
    ("mqtt.conack.flags.reserved", Ours::Bits(Field::ReservedAcknowledgeFlags)),
    ("mqtt.conack.flags.sp", Ours::Bits(Field::SessionPresent)),
    ("mqtt.conack.val", Ours::Number(Field::ConnackCode)),
    ("mqtt.topic_len", Ours::Length(&[Field::TopicName, Field::TopicFilter])),
    ("mqtt.topic", Ours::Content(&[Field::TopicName, Field::TopicFilter])),
    ("mqtt.sub.qos", Ours::BitsAsByte(Field::RequestedQos)),
    ("mqtt.suback.qos", Ours::Number(Field::SubackCode)),
    ("mqtt.msg", Ours::Message),
];

/// The fields that are compared, by tshark's names.
pub fn known() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|(name, _)| *name)
}

/// What we and tshark read differently in a frame, in words; `None` where it is nothing.
pub fn disagreement(frame: &[u8], theirs: &TsharkFrame) -> Option<String> {
    let dissection = dissect(frame);
    let both = ours(frame, &dissection).and_then(|ours| Ok((ours, of_tshark(frame, theirs)?)));
    let said = match (&dissection.fault, both) {
        (Some(fault), _) => format!("a fault: {fault}"),
        (None, Err(reason)) => format!("{reason:#}"),
        (None, Ok((ours, theirs))) if ours == theirs => return None,
        (None, Ok((ours, theirs))) => differences(&ours, &theirs),
    };
    Some(format!("{}\n{said}", hex(frame)))
}

/// One field. Ordered as it lies in the frame.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Reading {
    /// Bytes of the frame before it.
    offset: usize,
    /// How many bytes it has.
    length: usize,
    /// Which bits of its byte it is; `None` where it is whole bytes.
    mask: Option<u8>,
    /// tshark's name for it.
    name: String,
    said: Said,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Said {
    Number(u64),
    Bytes(Vec<u8>),
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{} {}", self.offset, self.offset + self.length, self.name)?;
        if let Some(mask) = self.mask {
            write!(f, " {mask:#010b}")?;
        }
        match &self.said {
            Said::Number(number) => write!(f, " = {number}"),
            Said::Bytes(bytes) => write!(f, " = {}", hex(bytes)),
        }
    }
}

fn differences(ours: &[Reading], theirs: &[Reading]) -> String {
    let all: BTreeSet<&Reading> = ours.iter().chain(theirs).collect();
    let line = |reading: &Reading| {
        let who = match (ours.contains(reading), theirs.contains(reading)) {
            (true, true) => "both  ",
            (true, false) => "we    ",
            (false, _) => "tshark",
        };
        format!("  {who} {reading}")
    };
    all.into_iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What tshark says, sorted. Fails for a field that the table lacks and for bytes that no field has.
fn of_tshark(frame: &[u8], theirs: &TsharkFrame) -> Result<Vec<Reading>> {
    ensure!(theirs.length == frame.len(), "tshark sees a frame of {} bytes", theirs.length);
    let mut readings = theirs.fields.iter().map(reading_of_tshark).collect::<Result<Vec<_>>>()?;
    readings.sort();
    let covered: BTreeSet<usize> = theirs.fields.iter().flat_map(|field| field.span.clone()).collect();
    let bare: Vec<usize> = (0..frame.len()).filter(|byte| !covered.contains(byte)).collect();
    ensure!(bare.is_empty(), "tshark has no field for the bytes {bare:?}");
    Ok(readings)
}

fn reading_of_tshark(field: &TsharkField) -> Result<Reading> {
    let TsharkField { name, span, mask, number, bytes } = field;
    let row = TABLE.iter().find(|(known, _)| known == name);
    let (_, ours) = row.with_context(|| format!("no row for tshark's {name} at {span:?}"))?;
    let said = match ours {
        Ours::Content(_) | Ours::Message => Said::Bytes(bytes.clone()),
        Ours::Byte(_) | Ours::Number(_) | Ours::Bits(_) | Ours::BitsAsByte(_) | Ours::Length(_) => {
            Said::Number(number.with_context(|| format!("tshark's {name} is no number"))?)
        }
    };
    Ok(Reading { offset: span.start, length: span.len(), mask: *mask, name: name.clone(), said })
}

/// What we say, sorted.
fn ours(frame: &[u8], dissection: &Dissection) -> Result<Vec<Reading>> {
    let mut readings = Vec::new();
    let mut waiting = vec![&dissection.root];
    while let Some(node) = waiting.pop() {
        for (name, ours) in TABLE {
            readings.extend(reading(frame, node, name, ours)?);
        }
        waiting.extend(&node.children);
    }
    readings.sort();
    Ok(readings)
}

/// What a node says about one of tshark's fields, if anything.
fn reading(frame: &[u8], node: &Node, name: &str, ours: Ours) -> Result<Option<Reading>> {
    let bytes = |start: usize, end: usize| (start..end, None, Said::Bytes(frame[start..end].to_vec()));
    let bits = |field| node.bits.iter().find(|bits| bits.field == field);
    let (span, mask, said) = match ours {
        Ours::Byte(field) if node.field == field => {
            (node.span.clone(), None, Said::Number(frame[node.span.start].into()))
        }
        Ours::Number(field) if node.field == field => (node.span.clone(), None, number(&node.value)?),
        Ours::Bits(field) => match bits(field) {
            Some(bits) => (node.span.clone(), Some(bits.mask), number(&bits.value)?),
            None => return Ok(None),
        },
        Ours::BitsAsByte(field) => match bits(field) {
            Some(bits) => (node.span.clone(), None, number(&bits.value)?),
            None => return Ok(None),
        },
        Ours::Length(fields) if fields.contains(&node.field) => {
            let length = length_of(node)?;
            (length.span.clone(), None, number(&length.value)?)
        }
        Ours::Content(fields) if fields.contains(&node.field) => {
            bytes(length_of(node)?.span.end, node.span.end)
        }
        Ours::Message if node.field == Field::Frame && frame[0] >> 4 == 3 => {
            // Where there is no payload, tshark has an empty field.
            let payload = node.children.iter().find(|part| part.field == Field::Payload);
            bytes(payload.map_or(frame.len(), |payload| payload.span.start), frame.len())
        }
        Ours::Byte(_) | Ours::Number(_) | Ours::Length(_) | Ours::Content(_) | Ours::Message => {
            return Ok(None);
        }
    };
    Ok(Some(Reading { offset: span.start, length: span.len(), mask, name: name.to_owned(), said }))
}

fn length_of(node: &Node) -> Result<&Node> {
    let first = node.children.first().filter(|first| first.field == Field::FieldLength);
    first.with_context(|| format!("{:?} at {:?} has no length", node.field, node.span))
}

/// The number behind what we say in words.
fn number(value: &Value) -> Result<Said> {
    let number = match value {
        Value::Number(number) => *number,
        Value::Flag(set) => (*set).into(),
        Value::ConnackCode(number) | Value::SubackCode(number) | Value::Qos(number) => (*number).into(),
        Value::Name(name) if name == "MQTT 3.1.1" => 4,
        Value::Name(name) => {
            let index = PacketType::ALL.iter().position(|packet_type| packet_type.name() == name);
            1 + index.with_context(|| format!("{name} is the name of no number"))? as u64
        }
        Value::Parts | Value::Text | Value::Bytes => anyhow::bail!("{value:?} is no number"),
    };
    Ok(Said::Number(number))
}

#[cfg(test)]
mod tests {
    use e2e::End;

    use super::*;

    #[test]
    fn notices_what_differs_what_is_unknown_and_what_is_left_out() {
        let field = |name: &str, start: usize, mask, number: u64| {
            let bytes = number.to_be_bytes().to_vec();
            TsharkField { name: name.to_owned(), span: start..start + 1, mask, number: Some(number), bytes }
        };
        let first_byte = [
            field("mqtt.hdrflags", 0, None, 0xC0),
            field("mqtt.msgtype", 0, Some(0xF0), 12),
            field("mqtt.hdr_reserved", 0, Some(0x0F), 0),
        ];
        let read = |behind: &[TsharkField]| {
            let fields = [first_byte.as_slice(), behind].concat();
            let theirs = TsharkFrame { connection: 0, sender: End::Client, length: 2, fields };
            disagreement(b"\xC0\x00", &theirs)
        };
        let length = field("mqtt.len", 1, None, 0);
        assert_eq!(read(&[length]), None);
        let told = read(&[field("mqtt.len", 1, None, 2)]).unwrap();
        assert!(told.contains("we     1..2 mqtt.len = 0"), "{told}");
        assert!(told.contains("tshark 1..2 mqtt.len = 2"), "{told}");
        assert!(read(&[field("mqtt.len", 1, Some(0x7F), 0)]).is_some());
        assert!(
            read(&[field("mqtt.novelty", 1, None, 0)]).unwrap().contains("no row for tshark's mqtt.novelty")
        );
        assert!(read(&[]).unwrap().contains("no field for the bytes [1]"));
    }
}
