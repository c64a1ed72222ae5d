//! A frame in one line, for a list of many. Reads no more of it than the line needs; judges only what can be
//! told at a glance.

use dissect::{Head, PacketType, RemainingLength};
use onenet::legacy::Payload;
use onenet::studio::carries_token;
use onenet::sys::Address;

use super::value;
use crate::feed::Said;
use crate::locale::Words;
use crate::widgets::beginning;

/// The packet's name and what is said by it: `PUBLISH $dp wendu = 27.5`. Never shows a password or a token.
pub fn summary(frame: &[u8], words: &Words) -> String {
    let head = Head::read(frame);
    let said = gist_of(frame, &head, words);
    match head.packet_type {
        Some(packet_type) if said.is_empty() => packet_type.name().to_owned(),
        Some(packet_type) => format!("{} {said}", packet_type.name()),
        None => said,
    }
}

/// The same without the packet's name, for a list that has a column for it. Empty where the name says all.
pub fn gist(frame: &[u8], words: &Words) -> String {
    gist_of(frame, &Head::read(frame), words)
}

/// Characters of a topic, a client id or a text.
const TEXT: usize = 64;
/// Data points that are told.
const POINTS: usize = 3;
/// Payloads of `$dp` over this many bytes are not decoded.
const DECODED: usize = 4_096;

fn gist_of(frame: &[u8], head: &Head<'_>, words: &Words) -> String {
    let words_of = &words.inspector;
    let Some(packet_type) = head.packet_type else { return words_of.no_frame.to_owned() };
    match RemainingLength::read(frame).map(RemainingLength::frame_length) {
        None => return (words_of.incomplete)(None),
        Some(length) if length > frame.len() => return (words_of.incomplete)(Some(length - frame.len())),
        Some(length) if length < frame.len() => return (words_of.surplus)(frame.len() - length),
        Some(_) => {}
    }
    let packet_id = || head.packet_id.map(|id| (words.packet_id)(id));
    let said = match packet_type {
        PacketType::Connect => login(head.payload, words),
        PacketType::Connack => connack(head.payload, words),
        PacketType::Publish => head.topic.map(|topic| publish(topic, head, words)),
        PacketType::Subscribe => head.topic.map(|topic| subscribe(topic, head.payload, words)),
        PacketType::Unsubscribe => head.topic.map(|topic| value::text(topic.as_bytes(), words, TEXT)),
        PacketType::Suback => suback(head.payload, words),
        PacketType::Puback
        | PacketType::Pubrec
        | PacketType::Pubrel
        | PacketType::Pubcomp
        | PacketType::Unsuback => packet_id(),
        PacketType::Pingreq | PacketType::Pingresp | PacketType::Disconnect => Some(String::new()),
    };
    said.unwrap_or_else(|| words_of.unreadable.to_owned())
}

/// Client id and keep alive of a CONNECT (MQTT 3.1.1 §3.1).
fn login(body: &[u8], words: &Words) -> Option<String> {
    let (_, body) = prefixed(body)?;
    // Level and flags.
    let (keep_alive, body) = body.get(2..)?.split_first_chunk()?;
    let (client_id, _) = prefixed(body)?;
    let client_id = std::str::from_utf8(client_id).ok()?;
    // With a wrong length, what follows would be taken for a part of the id: the password too.
    if client_id.contains(char::is_control) {
        return None;
    }
    Some((words.inspector.login)(&beginning(client_id, TEXT), u16::from_be_bytes(*keep_alive)))
}

fn connack(body: &[u8], words: &Words) -> Option<String> {
    let &[flags, code] = body else { return None };
    let said = (words.inspector.connack_code)(code);
    Some(match flags & 1 {
        0 => said,
        _ => format!("{said} · {}", words.inspector.session_present),
    })
}

fn suback(codes: &[u8], words: &Words) -> Option<String> {
    let told: Vec<String> =
        codes.iter().take(POINTS).map(|code| (words.inspector.suback_code)(*code)).collect();
    let rest = codes.len().saturating_sub(POINTS);
    (!told.is_empty()).then(|| with_rest(told.join(" · "), rest))
}

fn subscribe(first: &str, mut filters: &[u8], words: &Words) -> String {
    let mut qos = None;
    let mut count = 0_usize;
    while let Some((_, behind)) = prefixed(filters) {
        let Some((asked, behind)) = behind.split_first() else { break };
        qos = qos.or(Some(*asked));
        count += 1;
        filters = behind;
    }
    let first = value::text(first.as_bytes(), words, TEXT);
    let qos = qos.map(|qos| format!(" QoS {qos}")).unwrap_or_default();
    match count {
        0 | 1 => format!("{first}{qos}"),
        count => format!("{first}{qos} {}", (words.inspector.more_filters)(count - 1)),
    }
}

fn publish(topic: &str, head: &Head<'_>, words: &Words) -> String {
    if let Some(told) = told(topic, head.payload, words) {
        return told;
    }
    let said = if topic == "$dp" && head.payload.len() <= DECODED {
        data_points(head.payload, words)
    } else if topic == "$dp" {
        (words.inspector.byte_count)(head.payload.len() as u64)
    } else {
        value::text(head.payload, words, TEXT)
    };
    format!("{} {said}", value::text(topic.as_bytes(), words, TEXT))
}

/// A message of a platform with tokens: its topic without the names of the device, which stand in every one, and
/// the values or what it says.
fn told(topic: &str, payload: &[u8], words: &Words) -> Option<String> {
    let address = Address::parse(topic).ok()?;
    let rest = value::text(address.rest().as_bytes(), words, TEXT);
    if payload.len() > DECODED {
        return Some(format!("{rest} {}", (words.inspector.byte_count)(payload.len() as u64)));
    }
    if carries_token(topic) {
        return Some(rest);
    }
    let said = Said::of(topic, payload)?;
    let points = said.points();
    let said = match points.is_empty() {
        false => values(&points),
        true if said.is_trouble() => (words.arrival.said)(&said),
        true => value::text(payload, words, TEXT),
    };
    Some(format!("{rest} {said}"))
}

fn data_points(payload: &[u8], words: &Words) -> String {
    let Ok(payload) = Payload::decode(payload) else { return words.inspector.unreadable.to_owned() };
    let points = payload.points();
    if points.is_empty() {
        return value::text(payload.body().unwrap_or_default().as_bytes(), words, TEXT);
    }
    values(&points)
}

fn values(points: &[onenet::DataPoint]) -> String {
    let point = |point: &onenet::DataPoint| {
        format!("{} = {}", beginning(point.stream.as_str(), 32), beginning(point.value.as_json(), 32))
    };
    let told: Vec<String> = points.iter().take(POINTS).map(point).collect();
    with_rest(told.join(", "), points.len().saturating_sub(POINTS))
}

fn with_rest(said: String, rest: usize) -> String {
    if rest == 0 { said } else { format!("{said} … +{rest}") }
}

/// Bytes behind their two-byte length, and what follows them.
fn prefixed(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, behind) = bytes.split_first_chunk()?;
    behind.split_at_checked(usize::from(u16::from_be_bytes(*length)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::locale::{LANGUAGES, Language};

    const CONNECT: &[u8] = b"\x10\x18\x00\x04MQTT\x04\xC2\x00\x78\x00\x01d\x00\x01p\x00\x06secret";

    fn english(frame: &[u8]) -> String {
        summary(frame, Language::English.words())
    }

    #[test]
    fn says_each_packet_in_one_line() {
        assert_eq!(english(CONNECT), "CONNECT d, keep alive 120 s");
        assert_eq!(english(b"\x20\x02\x01\x00"), "CONNACK 0: accepted · session kept");
        assert_eq!(english(b"\x30\x17\x00\x03$dp\x03\x00\x0F{\"wendu\": 27.5}"), "PUBLISH $dp wendu = 27.5");
        assert_eq!(english(b"\x30\x10\x00\x07$creq/7opendoo"), "PUBLISH $creq/7 opendoo");
        assert_eq!(english(b"\x82\x08\x00\x0A\x00\x03a/b\x01"), "SUBSCRIBE a/b QoS 1");
        assert_eq!(english(b"\x82\x0A\x00\x0A\x00\x01a\x00\x00\x01b\x00"), "SUBSCRIBE a QoS 0 +1 more");
        assert_eq!(english(b"\x90\x04\x00\x0A\x00\x80"), "SUBACK 0: granted, QoS 0 · 0x80: refused");
        assert_eq!(english(b"\x40\x02\x00\x09"), "PUBACK packet id 9");
        assert_eq!(english(b"\xC0\x00"), "PINGREQ");
        assert_eq!(gist(b"\xC0\x00", Language::English.words()), "");
        let chinese = summary(CONNECT, Language::Chinese.words());
        assert_eq!(chinese, "CONNECT d，保活 120 秒");
    }

    #[test]
    fn messages_of_platforms_with_tokens_leave_the_names_out() {
        let line = |rest: &str, payload: &str| {
            let topic = format!("$sys/321016/lamp/{rest}");
            let mut frame = vec![0x30, (2 + topic.len() + payload.len()) as u8, 0, topic.len() as u8];
            frame.extend_from_slice(topic.as_bytes());
            frame.extend_from_slice(payload.as_bytes());
            english(&frame)
        };
        let posted = r#"{"id":"7","params":{"a":{"value":27.50}}}"#;
        assert_eq!(line("thing/property/post", posted), "PUBLISH thing/property/post a = 27.50");
        assert_eq!(
            line("dp/post/json/rejected", r#"{"id":-1,"err_code":98,"err_msg":"illegal data"}"#),
            "PUBLISH dp/post/json/rejected Data points were rejected whose id could not be read: 98 illegal data."
        );
        assert_eq!(line("dp/post/json/accepted", r#"{"id":7}"#), "PUBLISH dp/post/json/accepted {\"id\":7}");
    }

    #[test]
    fn many_points_are_counted() {
        let body = br#"{"a":1,"b":2,"c":3,"d":4,"e":5}"#;
        let mut frame = vec![0x30, 8 + body.len() as u8];
        frame.extend(b"\x00\x03$dp\x03\x00");
        frame.push(body.len() as u8);
        frame.extend(body);
        assert_eq!(english(&frame), "PUBLISH $dp a = 1, b = 2, c = 3 … +2");
    }

    #[test]
    fn broken_frames_say_so() {
        assert_eq!(english(b"\x40\x02\x00"), "PUBACK broken: 1 byte missing");
        assert_eq!(english(b"\x40"), "PUBACK broken: ends in the fixed header");
        assert_eq!(english(b"\xC0\x00\xC0\x00"), "PINGREQ broken: 2 bytes too many");
        assert_eq!(english(b"GET / HTTP/1.1"), "PUBACK broken: 57 bytes missing");
        assert_eq!(english(b"\x00\x00"), "not an MQTT packet");
        assert_eq!(english(b"\x30\x06\x00\x03$dp\x17"), "PUBLISH $dp broken: cannot be read");
        // A length that takes the password for a part of the client id.
        let mut swallowed = CONNECT.to_vec();
        swallowed[13] = 0x0C;
        assert_eq!(english(&swallowed), "CONNECT broken: cannot be read");
    }

    proptest! {
        #[test]
        fn any_bytes_have_a_line(frame in prop::collection::vec(any::<u8>(), 0..60)) {
            for language in LANGUAGES {
                let line = summary(&frame, language.words());
                prop_assert!(!line.is_empty() && !line.contains(char::is_control));
            }
        }

        #[test]
        fn no_cut_or_flipped_bit_shows_a_password(at in 0..26_usize, bit in 0..8, end in 0..=26_usize) {
            let mut frame = CONNECT.to_vec();
            frame[at] ^= 1_u8 << bit;
            // A bit of the first byte would make another packet of it.
            prop_assume!(frame[0] == 0x10);
            frame.truncate(end);
            prop_assert!(!english(&frame).contains("ecre"));
        }
    }
}
