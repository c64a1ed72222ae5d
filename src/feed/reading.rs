//! What a received payload says. A view derived from the bytes; the bytes stay.

use onenet::legacy::{DecodeError, Payload, PayloadType, Topic};
use onenet::{DataPoint, StreamId, Value};

use crate::feed::said::{Ask, Said};

/// What could be read in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What it asks for, if it is a command, on `$creq/…` (reference §1.8) or one of a platform with tokens.
    pub ask: Option<Ask>,
    /// What it is where its topic says so.
    pub said: Option<Said>,
    /// The data points it holds, if it holds any.
    pub points: Vec<DataPoint>,
    /// The payload as text, or why it is none.
    pub text: Result<String, Unreadable>,
}

/// Why a payload is shown as hex.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It begins like a payload of `$dp` and is none.
    Payload(DecodeError),
    /// It is not UTF-8 from this byte on.
    NotText {
        /// Bytes before the wrong one.
        offset: usize,
    },
}

impl Reading {
    /// Reads a message.
    ///
    /// Nothing says what a payload on a user topic is, so it is read by its looks: a control character
    /// first means a type byte of `$dp` (reference §1.6); JSON of the bodies of types 1 and 3 holds data
    /// points; a bare JSON value on a user topic is a value of the stream named by the topic.
    pub fn of(topic: &str, payload: &[u8]) -> Self {
        if let Some(said) = Said::of(topic, payload) {
            let (ask, points) = (said.ask(topic), said.points());
            return Self { ask, said: Some(said), points, text: text(payload) };
        }
        let ask = match Topic::parse(topic) {
            Ok(Topic::CommandRequest(id)) => {
                let (id, reply) = (id.to_string(), format!("$crsp/{id}"));
                Some(Ask { id, reply, template: String::new() })
            }
            Ok(Topic::DataPoint | Topic::CommandResponse(_) | Topic::User(_)) | Err(_) => None,
        };
        let said = None;
        if payload.first().is_some_and(|first| is_type_byte(*first)) {
            return match Payload::decode(payload) {
                Ok(payload) => {
                    let text = payload.body().unwrap_or_default().to_owned();
                    Self { ask, said, points: payload.points(), text: Ok(text) }
                }
                Err(error) => Self { ask, said, points: Vec::new(), text: Err(Unreadable::Payload(error)) },
            };
        }
        let text = text(payload);
        let points = text.as_ref().map(|text| points(topic, text, ask.is_some())).unwrap_or_default();
        Self { ask, said, points, text }
    }

    /// The values in a line, or the text where there are none.
    pub fn gist(&self) -> String {
        match (&self.text, &self.points[..]) {
            (Ok(text), []) => text.clone(),
            (Err(_), []) => String::new(),
            (_, points) => {
                let told = |point: &DataPoint| format!("{} = {}", point.stream, point.value);
                points.iter().map(told).collect::<Vec<_>>().join(", ")
            }
        }
    }
}

fn text(payload: &[u8]) -> Result<String, Unreadable> {
    match std::str::from_utf8(payload) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(Unreadable::NotText { offset: error.valid_up_to() }),
    }
}

/// A control character that no text begins with; bit 7 is the time bit, with which no UTF-8 begins either.
fn is_type_byte(first: u8) -> bool {
    matches!(first & 0x7F, 0x01..=0x08 | 0x0E..=0x1F)
}

fn points(topic: &str, text: &str, is_command: bool) -> Vec<DataPoint> {
    for payload_type in [PayloadType::FullJson, PayloadType::SimpleJson] {
        if let Ok(payload) = Payload::parse_body(payload_type, text) {
            return payload.points();
        }
    }
    // A command's topic is a name for the command, not for a stream.
    match (StreamId::parse(topic), Value::parse(text)) {
        (Ok(stream), Ok(value)) if !is_command => vec![DataPoint { stream, at: None, value }],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(topic: &str, payload: &[u8]) -> (bool, Vec<String>, Result<String, Unreadable>) {
        let reading = Reading::of(topic, payload);
        let points = reading.points.iter().map(|point| format!("{}={}", point.stream, point.value)).collect();
        (reading.ask.is_some(), points, reading.text)
    }

    #[test]
    fn reads_commands() {
        assert_eq!(read("$creq/7", b"opendoor"), (true, vec![], Ok("opendoor".to_owned())));
        assert_eq!(read("$creq/7", b"123"), (true, vec![], Ok("123".to_owned())));
        let led = (true, vec!["led=1".to_owned()], Ok(r#"{"led":1}"#.to_owned()));
        assert_eq!(read("$creq/7", br#"{"led":1}"#), led);
    }

    #[test]
    fn reads_values_however_they_are_written() {
        let points = |topic, payload| read(topic, payload).1;
        assert_eq!(points("wendu", b"55.0"), ["wendu=55.0"]);
        assert_eq!(points("room", b"\x03\x00\x14{\"temperature\":22.5}"), ["temperature=22.5"]);
        assert_eq!(points("room", br#"{"t":22.50,"h":60}"#), ["t=22.50", "h=60"]);
        let full = br#"{"datastreams":[{"id":"wendu","datapoints":[{"value":55}]}]}"#;
        assert_eq!(points("room", full), ["wendu=55"]);
        assert!(points("room", b"good morning").is_empty());
        assert!(points("room", b"").is_empty());
    }

    #[test]
    fn says_why_it_cannot_read() {
        let unreadable = |payload| match read("room", payload).2 {
            Err(Unreadable::Payload(error)) => error.to_string(),
            Err(Unreadable::NotText { offset }) => format!("not text at {offset}"),
            Ok(text) => text,
        };
        assert_eq!(unreadable(b"\x01\x00\x09{}"), "length field says 9 bytes, 2 follow at byte 1");
        assert!(unreadable(b"\x17\x00\x00").contains("documented nowhere"));
        assert_eq!(unreadable(b"ab\xFF"), "not text at 2");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_said_to_be_unreadable(payload in prop::collection::vec(any::<u8>(), 0..40)) {
            match Reading::of("room", &payload).text {
                Err(Unreadable::NotText { offset }) => prop_assert!(offset < payload.len()),
                Err(Unreadable::Payload(error)) => prop_assert!(error.offset <= payload.len()),
                Ok(_) => {}
            }
        }
    }
}
