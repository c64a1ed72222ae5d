//! What is typed to upload, and what it becomes.

use bytes::Bytes;
use onenet::legacy::{DecodeError, Payload, PayloadType};
use onenet::{DataPoint, StreamId, Timestamp, Value};
use session::{Qos, TopicProblem};

/// The texts of the form, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadForm {
    /// What is being sent.
    pub content: Content,
    /// How sure its arrival must be.
    pub qos: Qos,
    /// How data points are written, for `Point` and `Body`.
    pub payload_type: PayloadType,
    /// The data stream, for `Point`.
    pub stream: String,
    /// Its value, for `Point`: JSON, or text that becomes a JSON string.
    pub value: String,
    /// Its time, for `Point`; empty for now.
    pub at: String,
    /// The JSON after the length, for `Body`.
    pub body: String,
    /// The topic name, for `Message`.
    pub topic: String,
    /// The payload as text, for `Message`.
    pub text: String,
}

/// What an upload is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// One data point to `$dp`, from fields.
    Point,
    /// A JSON body to `$dp`, byte for byte.
    Body,
    /// Any text to any topic.
    Message,
}

impl Content {
    /// A text that names it in a list of choices.
    pub fn key(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Body => "body",
            Self::Message => "message",
        }
    }

    /// The content that a text names; a data point where it names none.
    pub fn from_key(key: &str) -> Self {
        match key {
            "body" => Self::Body,
            "message" => Self::Message,
            _ => Self::Point,
        }
    }
}

/// The body of the script that most beginners copy.
const SCRIPT_BODY: &str =
    r#"{"datastreams":[{"id":"wendu","datapoints":[{"at":"2016-08-15T14:47:00","value":55}]}]}"#;

impl Default for UploadForm {
    /// What that script uploads, but now.
    fn default() -> Self {
        Self {
            content: Content::Point,
            qos: Qos::AtLeastOnce,
            payload_type: PayloadType::FullJson,
            stream: "wendu".to_owned(),
            value: "55".to_owned(),
            at: String::new(),
            body: SCRIPT_BODY.to_owned(),
            topic: String::new(),
            text: String::new(),
        }
    }
}

/// A message ready to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Where it goes: `$dp`, `$crsp/…` or a user topic.
    pub topic: String,
    /// Its bytes.
    pub payload: Bytes,
    /// How sure its arrival must be.
    pub qos: Qos,
    /// What it says, for people.
    pub summary: String,
}

impl Upload {
    /// The answer to a command, published where the platform expects it (reference §1.8).
    pub fn answer(command_id: &str, text: &str) -> Self {
        Self {
            topic: format!("$crsp/{command_id}"),
            payload: Bytes::copy_from_slice(text.as_bytes()),
            qos: Qos::AtLeastOnce,
            summary: text.to_owned(),
        }
    }
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadField {
    /// The data stream.
    Stream,
    /// The value.
    Value,
    /// The time.
    At,
    /// The JSON body.
    Body,
    /// The topic name.
    Topic,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadProblem {
    /// Nothing typed where something is needed.
    Empty,
    /// Not a time that OneNET writes (reference §1.6).
    Time,
    /// Longer than its two-byte length can say.
    TooLong {
        /// The body's length in bytes.
        length: usize,
    },
    /// The body is none that the platform takes. Offsets count from its beginning.
    Body(DecodeError),
    /// The topic cannot be published to.
    Topic(TopicProblem),
}

impl UploadForm {
    /// What the form asks for, at the time `now`.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, each with its field.
    pub fn parse(&self, now: Timestamp) -> Result<Upload, Vec<(UploadField, UploadProblem)>> {
        match self.content {
            Content::Point => self.parse_point(now),
            Content::Body => match Payload::parse_body(self.payload_type, &self.body) {
                Ok(payload) => Ok(self.data_points(&payload)),
                Err(error) => Err(vec![(UploadField::Body, UploadProblem::Body(error))]),
            },
            Content::Message => match session::check_topic(&self.topic) {
                Ok(()) => Ok(Upload {
                    topic: self.topic.clone(),
                    payload: Bytes::copy_from_slice(self.text.as_bytes()),
                    qos: self.qos,
                    summary: self.text.clone(),
                }),
                Err(problem) => Err(vec![(UploadField::Topic, UploadProblem::Topic(problem))]),
            },
        }
    }

    fn parse_point(&self, now: Timestamp) -> Result<Upload, Vec<(UploadField, UploadProblem)>> {
        let stream = StreamId::parse(&self.stream).map_err(|_| (UploadField::Stream, UploadProblem::Empty));
        let value = match self.value.as_str() {
            "" => Err((UploadField::Value, UploadProblem::Empty)),
            text => Ok(Value::from_text(text)),
        };
        let at = match self.at.trim() {
            "" => Ok(now.to_upload_text()),
            text if Timestamp::parse(text).is_some() => Ok(text.to_owned()),
            _ => Err((UploadField::At, UploadProblem::Time)),
        };
        let (stream, value, at) = match (stream, value, at) {
            (Ok(stream), Ok(value), Ok(at)) => (stream, value, at),
            (stream, value, at) => {
                return Err([stream.err(), value.err(), at.err()].into_iter().flatten().collect());
            }
        };
        let points = [DataPoint { stream, at: Some(at), value }];
        let payload = match self.payload_type {
            PayloadType::FullJson => Payload::full_json(&points),
            PayloadType::SimpleJson => Payload::simple_json(&points),
        };
        payload
            .map(|payload| self.data_points(&payload))
            .map_err(|error| vec![(UploadField::Value, UploadProblem::TooLong { length: error.length })])
    }

    fn data_points(&self, payload: &Payload) -> Upload {
        let points: Vec<String> =
            payload.points().iter().map(|point| format!("{} = {}", point.stream, point.value)).collect();
        Upload {
            topic: "$dp".to_owned(),
            payload: Bytes::from(payload.encode()),
            qos: self.qos,
            summary: points.join(", "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        Timestamp::parse("2016-08-15T14:47:00").unwrap()
    }

    #[test]
    fn the_demo_is_the_scripts_upload() {
        let upload = UploadForm::default().parse(now()).unwrap();
        assert_eq!(upload.topic, "$dp");
        assert_eq!(upload.payload, [b"\x01\x00\x57", SCRIPT_BODY.as_bytes()].concat());
        assert_eq!(upload.summary, "wendu = 55");
        let body = UploadForm { content: Content::Body, ..UploadForm::default() };
        assert_eq!(body.parse(now()), Ok(upload));
    }

    #[test]
    fn keeps_a_body_byte_for_byte() {
        let body = " {\"a\" : 1.50}\n";
        let payload_type = PayloadType::SimpleJson;
        let form = UploadForm {
            content: Content::Body,
            payload_type,
            body: body.to_owned(),
            ..UploadForm::default()
        };
        assert_eq!(&form.parse(now()).unwrap().payload[3..], body.as_bytes());
    }

    #[test]
    fn names_every_wrong_field_at_once() {
        let form = UploadForm {
            stream: String::new(),
            value: String::new(),
            at: "yesterday".to_owned(),
            ..UploadForm::default()
        };
        assert_eq!(
            form.parse(now()).unwrap_err(),
            [
                (UploadField::Stream, UploadProblem::Empty),
                (UploadField::Value, UploadProblem::Empty),
                (UploadField::At, UploadProblem::Time)
            ]
        );
    }

    #[test]
    fn names_the_place_of_broken_json() {
        let form =
            UploadForm { content: Content::Body, body: "{\n \"a\": }".to_owned(), ..UploadForm::default() };
        let [(UploadField::Body, UploadProblem::Body(error))] = form.parse(now()).unwrap_err()[..] else {
            panic!("one problem, at the body");
        };
        assert_eq!(error.to_string(), "body is not JSON (line 2, column 7) at byte 8");
    }

    #[test]
    fn a_message_needs_a_topic_to_publish_to() {
        let problem = |topic: &str| {
            let form =
                UploadForm { content: Content::Message, topic: topic.to_owned(), ..UploadForm::default() };
            form.parse(now()).map(|upload| upload.topic)
        };
        assert_eq!(problem(""), Err(vec![(UploadField::Topic, UploadProblem::Topic(TopicProblem::Empty))]));
        assert_eq!(
            problem("a/+"),
            Err(vec![(UploadField::Topic, UploadProblem::Topic(TopicProblem::Wildcard))])
        );
        assert_eq!(problem("room/1"), Ok("room/1".to_owned()));
    }
}
