//! A message ready to be published.

use bytes::Bytes;
use onenet::DataPoint;
use onenet::legacy::Payload;
use onenet::rules::legacy::Publication;
use onenet::rules::{Finding, Readings, legacy};
use onenet::suite::DataPoints;
use onenet::{studio, suite};
use session::{Message, Qos};

use crate::feed::Reading;

/// A message ready to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Where it goes: `$dp`, `$crsp/…`, a topic in the tree of the device (`$sys/…`) or a user topic.
    pub topic: String,
    /// Its bytes.
    pub payload: Bytes,
    /// How sure its arrival must be.
    pub qos: Qos,
    /// What it says, for people.
    pub summary: String,
}

/// Characters of a summary; the bytes are shown elsewhere.
const SUMMARY: usize = 200;

impl Upload {
    /// Data points to `$dp` (reference §1.6).
    pub fn data_points(payload: &Payload, qos: Qos) -> Self {
        let summary = match payload {
            Payload::Binary(binary) => format!("{} = [{} B]", binary.stream(), binary.bytes().len()),
            Payload::Json(_) | Payload::Text(_) | Payload::TimedText { .. } | Payload::Floats(_) => {
                let told = |point: &DataPoint| format!("{} = {}", point.stream, point.value);
                payload.points().iter().map(told).collect::<Vec<_>>().join(", ")
            }
        };
        Self {
            topic: "$dp".to_owned(),
            payload: Bytes::from(payload.encode()),
            qos,
            summary: shortened(&summary),
        }
    }

    /// A message of a platform with tokens, whose topic says what it is.
    pub fn told(topic: String, payload: Vec<u8>, qos: Qos) -> Self {
        let summary = summary(&topic, &Reading::of(&topic, &payload).gist());
        Self { topic, payload: Bytes::from(payload), qos, summary }
    }

    /// What ties it to its reply, as digits: that of data points of the suite and of every message of a thing
    /// model.
    pub fn id(&self) -> Option<String> {
        let address = onenet::sys::Address::parse(&self.topic).ok()?;
        match suite::Topic::of(&address) {
            Ok(suite::Topic::DataPoints) => DataPoints::read_id(&self.payload).map(|id| id.to_string()),
            Ok(_) => None,
            // The id of a reply is the platform's.
            Err(_) => match studio::Topic::parse(address.rest()) {
                Ok(studio::Topic::Request(_)) => {
                    studio::Message::id_of(&self.payload).map(|id| id.to_string())
                }
                Ok(_) | Err(_) => None,
            },
        }
    }

    /// The rules of the legacy platform that it breaks, though it can be sent.
    pub fn findings(&self, readings: &Readings) -> Vec<Finding> {
        let (topic, payload, qos) = (self.topic.as_str(), &self.payload[..], self.qos.bits());
        legacy::check_publish(&Publication { topic, payload, qos, retain: false }, readings)
    }

    /// The answer to a command, published where the platform expects it (reference §1.8).
    pub fn answer(command_id: &str, text: &str) -> Self {
        Self::message(format!("$crsp/{command_id}"), text.to_owned())
    }

    /// A text to a topic, at QoS 1.
    pub fn message(topic: String, text: String) -> Self {
        let summary = summary(&topic, &text);
        Self { topic, payload: Bytes::from(text), qos: Qos::AtLeastOnce, summary }
    }

    /// Any bytes to a topic, typed as `text`.
    pub fn bytes(topic: &str, payload: Vec<u8>, qos: Qos, text: &str) -> Self {
        Self { topic: topic.to_owned(), payload: Bytes::from(payload), qos, summary: summary(topic, text) }
    }
}

impl Upload {
    /// One at QoS 2 that the platform has taken: nothing is left of it but its packet identifier.
    pub fn taken() -> Self {
        Self { topic: String::new(), payload: Bytes::new(), qos: Qos::ExactlyOnce, summary: String::new() }
    }

    /// A message that was an upload once: all that is left of it.
    pub fn of(message: &Message) -> Self {
        if message.topic.starts_with("$sys/") {
            return Self::told(message.topic.clone(), message.payload.to_vec(), message.qos);
        }
        let said = (message.topic == "$dp").then(|| Payload::decode(&message.payload).ok()).flatten();
        match said {
            Some(payload) => Self::data_points(&payload, message.qos),
            None => {
                let text =
                    String::from_utf8_lossy(&message.payload[..message.payload.len().min(SUMMARY * 4)]);
                let summary = summary(&message.topic, &text);
                Self {
                    topic: message.topic.clone(),
                    payload: message.payload.clone(),
                    qos: message.qos,
                    summary,
                }
            }
        }
    }
}

impl From<&Upload> for Message {
    /// What is published. Nothing is retained: `$dp` does not allow it (reference §1.4).
    fn from(upload: &Upload) -> Self {
        Self { topic: upload.topic.clone(), payload: upload.payload.clone(), qos: upload.qos, retain: false }
    }
}

/// What it says, unless that may be a secret.
fn summary(topic: &str, text: &str) -> String {
    if studio::carries_token(topic) { "••••••••".to_owned() } else { shortened(text) }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SUMMARY) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
