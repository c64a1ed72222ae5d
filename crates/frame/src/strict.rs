//! The rules of MQTT 3.1.1 about a single frame that `mqttbytes` does not enforce, and the offsets of
//! those that it does.

use mqttbytes::v4::Packet;

use crate::error::{FrameError, FrameProblem};

/// The rules that the first byte alone can break: type and flags (§2.2.1, §2.2.2).
pub(crate) fn check_first_byte(first: u8) -> Result<(), FrameError> {
    let (packet_type, found) = (first >> 4, first & 0x0F);
    let expected = match packet_type {
        0 | 15 => return wrong(0, FrameProblem::ReservedType(packet_type)),
        3 => {
            return match (found & 0b0110, found & 0b1000) {
                (0b0110, _) => wrong(0, FrameProblem::Qos3),
                (0, 0b1000) => wrong(0, FrameProblem::DupAtQos0),
                _ => Ok(()),
            };
        }
        6 | 8 | 10 => 0b0010,
        _ => 0,
    };
    if found == expected { Ok(()) } else { wrong(0, FrameProblem::Flags { expected, found }) }
}

/// The rules about lengths and bits that a parsed packet no longer shows.
pub(crate) fn check_bytes(bytes: &[u8]) -> Result<(), FrameError> {
    let start = header_length(bytes);
    let body = &bytes[start..];
    let only = |expected: usize| {
        let found = body.len();
        if found == expected { Ok(()) } else { wrong(1, FrameProblem::Length { expected, found }) }
    };
    match bytes[0] >> 4 {
        1 => check_connect_flags(start, body),
        2 => {
            only(2)?;
            if body[0] > 1 { wrong(start, FrameProblem::ConnackFlags(body[0])) } else { Ok(()) }
        }
        4..=7 | 11 => {
            only(2)?;
            if body == [0, 0] { wrong(start, FrameProblem::PacketIdZero) } else { Ok(()) }
        }
        8 => check_requested_qos(start, body),
        12..=14 => only(0),
        _ => Ok(()),
    }
}

/// Name and flags of a CONNECT (§3.1.2): a body too short for them is left to the parser.
fn check_connect_flags(start: usize, body: &[u8]) -> Result<(), FrameError> {
    if body.len() < 8 || !body.starts_with(b"\x00\x04MQTT") {
        return Ok(());
    }
    // The level first: another version may give the flags another meaning.
    if body[6] != 4 {
        return wrong(start + 6, FrameProblem::ProtocolLevel(body[6]));
    }
    let flags = body[7];
    if flags & 0x01 != 0 {
        return wrong(start + 7, FrameProblem::ReservedConnectFlag);
    }
    if flags & 0x18 == 0x18 || (flags & 0x04 == 0 && flags & 0x38 != 0) {
        return wrong(start + 7, FrameProblem::WillFlags);
    }
    if flags & 0xC0 == 0x40 {
        return wrong(start + 7, FrameProblem::PasswordWithoutUserName);
    }
    Ok(())
}

/// Every requested QoS of a SUBSCRIBE (§3.8.3): a body too short is left to the parser.
fn check_requested_qos(start: usize, body: &[u8]) -> Result<(), FrameError> {
    let mut at = 2;
    while let Some([high, low]) = body.get(at..at + 2) {
        at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
        match body.get(at) {
            Some(&qos) if qos > 2 => return wrong(start + at, FrameProblem::RequestedQos(qos)),
            _ => at += 1,
        }
    }
    Ok(())
}

/// The rules about what a packet says. `bytes` is the frame that it was parsed from.
pub(crate) fn check_packet(bytes: &[u8], packet: &Packet) -> Result<(), FrameError> {
    let start = header_length(bytes);
    match packet {
        Packet::Connect(connect) => {
            let flags = bytes[start + 7];
            let mut end = start + 10;
            check_string(end + 2, &connect.client_id)?;
            end += 2 + connect.client_id.len();
            if let Some(will) = &connect.last_will {
                check_topic_name(end + 2, &will.topic)?;
                end += 2 + will.topic.len() + 2 + will.message.len();
            }
            let login = connect.login.as_ref();
            let texts = [(0x80, login.map(|l| &l.username)), (0x40, login.map(|l| &l.password))];
            for (flag, text) in texts {
                if flags & flag != 0 {
                    let text = text.map_or("", String::as_str);
                    // The password is binary data (§3.1.3.5): U+0000 is allowed there.
                    if flag == 0x80 {
                        check_string(end + 2, text)?;
                    }
                    end += 2 + text.len();
                }
            }
            check_end(start, end, bytes.len())
        }
        Packet::Publish(publish) => check_topic_name(start + 2, &publish.topic),
        Packet::Subscribe(subscribe) => {
            check_packet_id(start, subscribe.pkid)?;
            check_filters(start, subscribe.filters.iter().map(|filter| (filter.path.as_str(), 1)))
        }
        Packet::Unsubscribe(unsubscribe) => {
            check_packet_id(start, unsubscribe.pkid)?;
            check_filters(start, unsubscribe.topics.iter().map(|topic| (topic.as_str(), 0)))
        }
        Packet::SubAck(suback) => check_packet_id(start, suback.pkid),
        Packet::ConnAck(_)
        | Packet::PubAck(_)
        | Packet::PubRec(_)
        | Packet::PubRel(_)
        | Packet::PubComp(_)
        | Packet::UnsubAck(_)
        | Packet::PingReq
        | Packet::PingResp
        | Packet::Disconnect => Ok(()),
    }
}

/// Where and why `mqttbytes` refused a frame whose fixed header is good.
pub(crate) fn explain(bytes: &[u8], error: mqttbytes::Error) -> FrameError {
    use mqttbytes::Error as E;

    let start = header_length(bytes);
    let (offset, problem) = match error {
        E::InvalidProtocol => (start + 2, FrameProblem::ProtocolName),
        E::InvalidProtocolLevel(level) => (start + 6, FrameProblem::ProtocolLevel(level)),
        E::IncorrectPacketFormat => (start + 7, FrameProblem::WillFlags),
        E::InvalidConnectReturnCode(code) => (start + 1, FrameProblem::ReturnCode(code)),
        E::InvalidSubscribeReasonCode(code) => {
            // The codes are the tail after the packet identifier.
            let codes = bytes.get(start + 2..).unwrap_or_default();
            let at = codes.iter().position(|&found| found == code).unwrap_or(0);
            (start + 2 + at, FrameProblem::ReturnCode(code))
        }
        // What `mqttbytes` says of every string that is not UTF-8.
        E::TopicNotUtf8 => unreadable_field(bytes, start).unwrap_or((start, FrameProblem::NotUtf8)),
        E::BoundaryCrossed(length) => (start, FrameProblem::FieldTooLong(length)),
        // The identifier follows the topic, whose length the parser has already found good.
        E::PacketIdZero => {
            let length = usize::from(u16::from_be_bytes([bytes[start], bytes[start + 1]]));
            (start + 2 + length, FrameProblem::PacketIdZero)
        }
        _ => (bytes.len(), FrameProblem::Truncated),
    };
    FrameError { offset, problem }
}

/// Which field of a CONNECT is not UTF-8, and where; `None` for other packets.
fn unreadable_field(bytes: &[u8], start: usize) -> Option<(usize, FrameProblem)> {
    if bytes[0] >> 4 != 1 {
        return None;
    }
    let flags = *bytes.get(start + 7)?;
    let will = flags & 0x04 != 0;
    let fields = [
        (true, Field::Text),
        (will, Field::Text),
        (will, Field::Binary),
        (flags & 0x80 != 0, Field::Text),
        (flags & 0x40 != 0, Field::Password),
    ];
    let mut at = start + 10;
    for (_, field) in fields.into_iter().filter(|(is_there, _)| *is_there) {
        let length = usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
        let content = bytes.get(at + 2..at + 2 + length)?;
        at += 2;
        match (field, std::str::from_utf8(content)) {
            (Field::Binary, _) | (_, Ok(_)) => at += length,
            (Field::Text, Err(error)) => return Some((at + error.valid_up_to(), FrameProblem::NotUtf8)),
            (Field::Password, Err(_)) => return Some((at, FrameProblem::PasswordNotText)),
        }
    }
    None
}

/// What a field of a CONNECT holds.
enum Field {
    Text,
    /// The will message.
    Binary,
    /// Binary in MQTT, text for whoever reads it here.
    Password,
}

fn check_packet_id(start: usize, id: u16) -> Result<(), FrameError> {
    if id == 0 { wrong(start, FrameProblem::PacketIdZero) } else { Ok(()) }
}

/// Filters as (text, bytes that follow it); they begin after the packet identifier.
fn check_filters<'a>(
    start: usize,
    filters: impl ExactSizeIterator<Item = (&'a str, usize)>,
) -> Result<(), FrameError> {
    if filters.len() == 0 {
        return wrong(start + 2, FrameProblem::NoFilter);
    }
    let mut at = start + 4;
    for (text, following) in filters {
        if text.is_empty() {
            return wrong(at, FrameProblem::EmptyTopic);
        }
        check_string(at, text)?;
        at += text.len() + following + 2;
    }
    Ok(())
}

fn check_topic_name(at: usize, topic: &str) -> Result<(), FrameError> {
    if topic.is_empty() {
        return wrong(at, FrameProblem::EmptyTopic);
    }
    if let Some(wildcard) = topic.find(['+', '#']) {
        return wrong(at + wildcard, FrameProblem::Wildcard);
    }
    check_string(at, topic)
}

fn check_string(at: usize, text: &str) -> Result<(), FrameError> {
    match text.find('\0') {
        Some(nul) => wrong(at + nul, FrameProblem::Nul),
        None => Ok(()),
    }
}

fn check_end(start: usize, end: usize, length: usize) -> Result<(), FrameError> {
    if end == length {
        return Ok(());
    }
    wrong(end, FrameProblem::Length { expected: end - start, found: length - start })
}

/// Bytes of the fixed header. Only called with whole frames, whose remaining length is known to end.
fn header_length(frame: &[u8]) -> usize {
    1 + frame.iter().skip(1).take_while(|byte| **byte & 0x80 != 0).count() + 1
}

fn wrong<T>(offset: usize, problem: FrameProblem) -> Result<T, FrameError> {
    Err(FrameError { offset, problem })
}

#[cfg(test)]
mod tests {
    use crate::Frames;

    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], offset: usize, problem: FrameProblem) {
        let mut frames = Frames::new(1_000);
        frames.push(bytes);
        assert_eq!(frames.poll_frame(), Err(FrameError { offset, problem }), "{bytes:02x?}");
    }

    #[test]
    fn names_the_first_wrong_byte() {
        use FrameProblem::*;

        check(&[0x00], 0, ReservedType(0));
        check(&[0xF0], 0, ReservedType(15));
        check(&[0x80, 0x00], 0, Flags { expected: 2, found: 0 });
        check(&[0x36], 0, Qos3);
        check(&[0x38], 0, DupAtQos0);
        check(&[0x30, 0x80, 0x80, 0x80, 0x80], 1, RemainingLength);
        check(&[0xD0, 0x01, 0x00], 1, Length { expected: 0, found: 1 });
        check(&[0x20, 0x03, 0, 0, 0], 1, Length { expected: 2, found: 3 });
        check(&[0x20, 0x02, 0x02, 0], 2, ConnackFlags(2));
        check(&[0x20, 0x02, 0x00, 6], 3, ReturnCode(6));
        check(&[0x40, 0x02, 0, 0], 2, PacketIdZero);
        check(&[0x90, 0x04, 0, 1, 0, 3], 5, ReturnCode(3));
        check(&[0x30, 0x02, 0, 0], 4, EmptyTopic);
        check(&[0x30, 0x04, 0, 2, b'a', b'#'], 5, Wildcard);
        check(&[0x30, 0x04, 0, 2, b'a', 0], 5, Nul);
        check(&[0x30, 0x04, 0, 2, b'a', 0xFF], 2, NotUtf8);
        check(&[0x30, 0x03, 0, 9, b'a'], 2, FieldTooLong(9));
        check(&[0x32, 0x05, 0, 1, b'a', 0, 0], 5, PacketIdZero);
        check(&[0x30, 0x00], 2, Truncated);
        check(&[0x82, 0x02, 0, 1], 4, NoFilter);
        check(&[0x82, 0x06, 0, 1, 0, 1, b'a', 3], 7, RequestedQos(3));
        check(&[0x82, 0x05, 0, 1, 0, 0, 0], 6, EmptyTopic);
        check(&[0xA2, 0x02, 0, 1], 4, NoFilter);
    }

    #[test]
    fn names_the_wrong_byte_of_a_connect() {
        use FrameProblem::*;

        let connect = |level: u8, flags: u8, rest: &[u8]| {
            let mut bytes =
                vec![0x10, 10 + rest.len() as u8, 0, 4, b'M', b'Q', b'T', b'T', level, flags, 0, 60];
            bytes.extend_from_slice(rest);
            bytes
        };
        check(&connect(3, 0x02, &[0, 1, b'a']), 8, ProtocolLevel(3));
        check(&connect(5, 0x02, &[0, 1, b'a']), 8, ProtocolLevel(5));
        check(&connect(4, 0x03, &[0, 1, b'a']), 9, ReservedConnectFlag);
        check(&connect(4, 0x22, &[0, 1, b'a']), 9, WillFlags);
        check(&connect(4, 0x42, &[0, 1, b'a', 0, 0]), 9, PasswordWithoutUserName);
        check(&connect(4, 0x02, &[0, 1, b'a', 7]), 15, Length { expected: 13, found: 14 });
        check(&connect(4, 0x02, &[0, 1, 0]), 14, Nul);
        check(&connect(4, 0x02, &[0, 2, b'a', 0xFF]), 15, NotUtf8);
        check(&connect(4, 0x82, &[0, 1, b'a', 0, 1, 0xFF]), 17, NotUtf8);
    }

    #[test]
    fn a_will_has_a_topic_name_and_any_bytes() {
        use FrameProblem::*;

        let connect = |topic: &[u8], message: &[u8]| {
            let rest =
                [&[0, 1, b'a', 0, topic.len() as u8], topic, &[0, message.len() as u8], message].concat();
            [&[0x10, 10 + rest.len() as u8], &b"\x00\x04MQTT\x04\x06\x00\x3C"[..], &rest].concat()
        };
        check(&connect(b"", b""), 17, EmptyTopic);
        check(&connect(b"a/#", b"x"), 19, Wildcard);
        check(&connect(b"+", b"x"), 17, Wildcard);
        check(&connect(b"a\0", b"x"), 18, Nul);
        check(&connect(b"a\xFF", b"x"), 18, NotUtf8);
        let mut frames = Frames::new(1_000);
        frames.push(&connect(b"a", b"\0\xFF"));
        assert!(frames.poll_frame().unwrap().is_some());
    }

    #[test]
    fn says_that_a_password_is_not_text() {
        // With a will whose message is no text either.
        let connect = b"\x10\x1C\x00\x04MQTT\x04\xC6\x00\x3C\
            \x00\x01a\x00\x01b\x00\x02\xFF\xFE\x00\x01c\x00\x03y\xFFz";
        check(connect, 27, FrameProblem::PasswordNotText);
    }
}
