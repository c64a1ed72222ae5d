//! What a field says, in words. Secrets are dots here too, so that no label or title can hold one.

use std::ops::Range;

use dissect::{Field, Node, Value};
use onenet::Timestamp;

use super::place::{Piece, Place};
use crate::locale::{Language, Words};

/// What stands in place of a secret, however long that is.
const DOTS: &str = "••••••••";

/// What a field says: a packet's name, a text, a number with its unit … Empty where that is only what its
/// parts say. Of a text at most `limit` characters.
///
/// `hidden` are the bytes that must not be shown.
pub fn value_text(
    piece: Piece<'_>,
    frame: &[u8],
    words: &Words,
    hidden: &[Range<usize>],
    limit: usize,
) -> String {
    let span = piece.span();
    if hidden.iter().any(|secret| secret.start < span.end && span.start < secret.end) {
        // What only holds a secret somewhere says nothing itself.
        return if says_nothing(piece) { String::new() } else { DOTS.to_owned() };
    }
    let words_of = &words.inspector;
    let bytes = frame.get(span).unwrap_or_default();
    match piece.value() {
        Value::Parts => parts_text(piece.node(), frame, words, limit),
        Value::Number(number) => number_text(piece.field(), *number, words),
        Value::Flag(is_set) => (words_of.flag)(*is_set).to_owned(),
        Value::Text | Value::Bytes if bytes.is_empty() => words_of.empty.to_owned(),
        Value::Text => text(bytes, words, limit),
        Value::Bytes => (words_of.byte_count)(bytes.len() as u64),
        Value::Name(name) => name.clone(),
        Value::ConnackCode(code) => (words_of.connack_code)(*code),
        Value::SubackCode(code) => (words_of.suback_code)(*code),
        Value::Qos(qos) => (words_of.qos)(*qos),
    }
}

/// What a place is called, as the names of the fields around it from the outside in, its own last. The frame
/// itself, which is around everything, and the brackets of JSON are named only where they are meant.
pub(super) fn names(place: &Place, root: &Node, language: Language) -> Vec<&'static str> {
    let skipped = usize::from(place.parent().is_some());
    let is_named =
        |around: &Place, field| around == place || !matches!(field, Field::JsonObject | Field::JsonArray);
    let around = place.from_root().skip(skipped).filter_map(|around| {
        let field = around.find(root)?.field();
        is_named(&around, field).then(|| about(field, language).name)
    });
    around.collect()
}

/// Whether a field is only how something is written: what that is, is said by the field around it.
pub(super) fn is_writing(field: Field) -> bool {
    matches!(
        field,
        Field::FieldLength
            | Field::Text
            | Field::Bytes
            | Field::Separator
            | Field::JsonPunctuation
            | Field::JsonObject
            | Field::JsonArray
            | Field::JsonName
            | Field::JsonString
            | Field::JsonNumber
            | Field::JsonLiteral
    )
}

/// What there is to say about a kind of field, in one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct About {
    /// What it is called.
    pub(super) name: &'static str,
    /// What it is for, in a few sentences.
    pub(super) explanation: &'static str,
    /// Where that is written.
    pub(super) clause: &'static str,
}

/// What there is to say about a kind of field.
pub(super) fn about(field: Field, language: Language) -> About {
    let about = field.about();
    let text = match language {
        Language::Chinese => about.chinese,
        Language::English => about.english,
    };
    About { name: text.name, explanation: text.explanation, clause: about.clause }
}

fn says_nothing(piece: Piece<'_>) -> bool {
    *piece.value() == Value::Parts && !has_length(piece.node()) && !is_written(piece.field())
}

fn parts_text(node: &Node, frame: &[u8], words: &Words, limit: usize) -> String {
    let bits_text = |field: Field| {
        let bits = node.bits.iter().find(|bits| bits.field == field)?;
        Some(value_text(Piece::Bits { node, bits }, frame, words, &[], limit))
    };
    if has_length(node) {
        let start = node.children.first().map_or(node.span.start, |length| length.span.end);
        return text(frame.get(start..node.span.end).unwrap_or_default(), words, limit);
    }
    if is_written(node.field) {
        return text(frame.get(node.span.clone()).unwrap_or_default(), words, limit);
    }
    match node.field {
        Field::FirstByte => bits_text(Field::PacketType).unwrap_or_default(),
        Field::TypeByte => bits_text(Field::PayloadType).unwrap_or_default(),
        Field::RequestedQosByte => bits_text(Field::RequestedQos).unwrap_or_default(),
        Field::Subscription => {
            let filter = node.children.iter().find(|child| child.field == Field::TopicFilter);
            filter.map(|filter| parts_text(filter, frame, words, limit)).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// Whether it is a length and what is so long.
fn has_length(node: &Node) -> bool {
    node.children.first().is_some_and(|first| first.field == Field::FieldLength)
}

/// Whether its bytes are written text, though it has parts: they say themselves best.
fn is_written(field: Field) -> bool {
    matches!(
        field,
        Field::Message
            | Field::CommandBody
            | Field::CommandAnswer
            | Field::Body
            | Field::Header
            | Field::TextField
            | Field::DataStreams
            | Field::DataStream
            | Field::StreamId
            | Field::DataPoints
            | Field::DataPoint
            | Field::At
            | Field::PointValue
            | Field::Description
            | Field::JsonObject
            | Field::JsonMember
            | Field::JsonArray
    )
}

fn number_text(field: Field, number: u64, words: &Words) -> String {
    let words_of = &words.inspector;
    match field {
        Field::KeepAlive => (words_of.seconds)(number),
        Field::UnixSeconds | Field::TokenExpiry => moment_text(number, number, "", words),
        Field::UnixMillis => moment_text(number, number / 1_000, &format!(".{:03}", number % 1_000), words),
        Field::RemainingLength
        | Field::FieldLength
        | Field::BodyLength
        | Field::HeaderLength
        | Field::BinaryLength => (words_of.byte_count)(number),
        Field::PayloadType => {
            (words_of.payload_type)(number).map_or_else(|| number.to_string(), str::to_owned)
        }
        _ => number.to_string(),
    }
}

/// A number and the moment that it means, `seconds` since 1970 UTC and a fraction; the number alone where no calendar
/// goes so far.
fn moment_text(number: u64, seconds: u64, fraction: &str, words: &Words) -> String {
    let moment = Timestamp::from_unix_seconds(seconds);
    if moment.to_unix_seconds() != seconds {
        return number.to_string();
    }
    (words.inspector.moment)(number, &format!("{}{fraction}", moment.to_document_text()))
}

/// Bytes as text where they are UTF-8, otherwise how many they are.
pub(super) fn text(bytes: &[u8], words: &Words, limit: usize) -> String {
    if bytes.is_empty() {
        return words.inspector.empty.to_owned();
    }
    // A character has at most four bytes: what lies behind is not looked at.
    let looked_at = match bytes.get(..4 * limit + 4) {
        Some(start) => start,
        None => bytes,
    };
    let (good, is_text) = match std::str::from_utf8(looked_at) {
        Ok(text) => (text, true),
        // A character cut in two at the end is good.
        Err(error) => {
            let good = std::str::from_utf8(&looked_at[..error.valid_up_to()]).unwrap_or_default();
            (good, error.error_len().is_none() && looked_at.len() < bytes.len())
        }
    };
    if !is_text {
        return (words.inspector.byte_count)(bytes.len() as u64);
    }
    let mut text = printable(good);
    if let Some((end, _)) = text.char_indices().nth(limit) {
        text.truncate(end);
        text.push_str(" …");
    }
    text
}

/// Text whose control characters can be seen: `\n`, `\u{0}`.
fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() {
            printable.extend(character.escape_default());
        } else {
            printable.push(character);
        }
    }
    printable
}

#[cfg(test)]
mod tests {
    use dissect::dissect;

    use super::*;
    use crate::inspector::outline::{Openings, rows};

    /// Every row of a frame that has a value, as name and value in English.
    fn told(frame: &[u8], hidden: &[Range<usize>]) -> Vec<String> {
        let root = dissect(frame).root;
        let words = Language::English.words();
        let pieces = rows(&root, &Openings::default());
        let pieces = pieces.iter().filter_map(|row| row.place.find(&root));
        pieces
            .map(|piece| (piece.field(), value_text(piece, frame, words, hidden, 40)))
            .filter(|(_, value)| !value.is_empty())
            .map(|(field, value)| format!("{}: {value}", about(field, Language::English).name))
            .collect()
    }

    #[test]
    fn says_codes_numbers_and_flags_in_words() {
        let told = told(b"\x20\x02\x01\x04", &[]);
        assert!(told.contains(&"Packet type: CONNACK".to_owned()), "{told:?}");
        assert!(told.contains(&"Remaining length: 2 bytes".to_owned()), "{told:?}");
        let code = "4: wrong user name (product ID) or password (auth info or token)";
        assert!(told.iter().any(|line| line.ends_with(code)), "{told:?}");
        assert!(told.iter().any(|line| line.ends_with(": 1, set")), "{told:?}");
    }

    #[test]
    fn says_what_data_points_say() {
        let told = told(b"\x30\x18\x00\x03$dp\x03\x00\x10{\"wendu\": 27.50}", &[]);
        let has = |end: &str| assert!(told.iter().any(|line| line.ends_with(end)), "{end} not in {told:?}");
        has(": $dp");
        has(": 3: short JSON");
        has(": 16 bytes");
        has(": \"wendu\": 27.50");
    }

    /// What a field of a frame says, its secrets shown or hidden.
    fn said(frame: &[u8], field: Field, shows_secrets: bool) -> String {
        fn find(node: &Node, field: Field) -> Option<&Node> {
            if node.field == field {
                return Some(node);
            }
            node.children.iter().find_map(|child| find(child, field))
        }
        let dissection = dissect(frame);
        let hidden = if shows_secrets { Vec::new() } else { dissection.secrets() };
        let node = find(&dissection.root, field).expect("the frame has the field");
        value_text(Piece::Node(node), frame, Language::English.words(), &hidden, 40)
    }

    #[test]
    fn times_show_their_dates() {
        let said = |rest: &str, payload: &str, field| {
            let topic = format!("$sys/a/b/{rest}");
            let mut frame = vec![0x30, (2 + topic.len() + payload.len()) as u8, 0, topic.len() as u8];
            frame.extend_from_slice(topic.as_bytes());
            frame.extend_from_slice(payload.as_bytes());
            said(&frame, field, false)
        };
        let points = r#"{"id":1,"dp":{"a":[{"v":1,"t":1471243620}]}}"#;
        assert_eq!(
            said("dp/post/json", points, Field::UnixSeconds),
            "1471243620: 2016-08-15 14:47:00 (Beijing time)"
        );
        let property = |time: &str| {
            let payload = format!(r#"{{"id":"1","params":{{"a":{{"value":1,"time":{time}}}}}}}"#);
            said("thing/property/post", &payload, Field::UnixMillis)
        };
        assert_eq!(property("1524448722045"), "1524448722045: 2018-04-23 09:58:42.045 (Beijing time)");
        assert_eq!(property("18446744073709551615"), "18446744073709551615", "no calendar goes so far");
    }

    #[test]
    fn a_token_tells_when_it_expires_unless_it_is_hidden() {
        let frame = b"\x10\x1F\x00\x04MQTT\x04\xC2\x00\x78\x00\x01d\x00\x01p\x00\x0Det=1471243620";
        let date = "1471243620: 2016-08-15 14:47:00 (Beijing time)";
        assert_eq!(said(frame, Field::TokenExpiry, true), date);
        assert_eq!(said(frame, Field::TokenExpiry, false), DOTS);
    }

    #[test]
    fn a_secret_is_dots_wherever_it_would_stand() {
        let frame = b"\x10\x18\x00\x04MQTT\x04\xC2\x00\x78\x00\x01d\x00\x01p\x00\x06secret";
        let told_shown = told(frame, &[]);
        assert!(told_shown.contains(&"Password: secret".to_owned()), "{told_shown:?}");
        assert!(told_shown.contains(&"Keep alive: 120 s".to_owned()), "{told_shown:?}");
        let told_hidden = told(frame, &dissect(frame).secrets());
        assert!(told_hidden.contains(&format!("Password: {DOTS}")), "{told_hidden:?}");
        assert!(told_hidden.iter().all(|line| !line.contains("secret")), "{told_hidden:?}");
        // The group around it goes on saying nothing.
        assert!(told_hidden.iter().all(|line| !line.starts_with("Payload: ")), "{told_hidden:?}");
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let words = Language::English.words();
        assert_eq!(text("温度湿度".as_bytes(), words, 2), "温度 …");
        assert_eq!(text("温".repeat(99).as_bytes(), words, 3), "温温温 …");
        assert_eq!(text(b"a\nb\0", words, 9), r"a\nb\u{0}");
        assert_eq!(text(b"a\xFF", words, 9), "2 bytes");
        assert_eq!(text(b"", words, 9), "(empty)");
        assert_eq!(text("温".as_bytes().get(..2).unwrap_or_default(), words, 9), "2 bytes");
    }

    #[test]
    fn names_what_is_around() {
        let root = dissect(b"\x30\x05\x00\x03$dp").root;
        let names = |offset| names(&Place::of_byte(&root, offset), &root, Language::English).join(" › ");
        assert_eq!(names(5), "Variable header › Topic name › Text");
        assert_eq!(names(99), "Frame");
    }
}
