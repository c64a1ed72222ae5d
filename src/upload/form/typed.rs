//! The texts of the form, and the way to an upload.

use bytes::Bytes;
use onenet::Timestamp;
use onenet::legacy::{Payload, PayloadType};
use session::Qos;

use super::problem::{UploadField, UploadProblem};
use super::upload::Upload;
use crate::upload::encoding::Encoding;

/// The texts of the form, as typed. What one payload type does not need is kept for the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadForm {
    /// What is being sent.
    pub content: Content,
    /// How sure its arrival must be.
    pub qos: Qos,
    /// How data points are written, for `Points` and `Body`.
    pub payload_type: PayloadType,
    /// Data points, for types 1, 3, 4, 5 and 6; never none.
    pub rows: Vec<Row>,
    /// The separator inside a field, for types 5 and 6.
    pub inside: String,
    /// The separator between fields, for types 5 and 6.
    pub between: String,
    /// The time in front of types 6 and 7; empty for none.
    pub time: String,
    /// Runs of floats, for type 7; never none.
    pub runs: Vec<Run>,
    /// One data point of bytes, for type 2.
    pub binary: BinaryForm,
    /// The body, for `Body`.
    pub body: String,
    /// The topic name, for `Message`.
    pub topic: String,
    /// The payload, for `Message`.
    pub text: String,
    /// What that text is.
    pub encoding: Encoding,
}

/// One data point.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// The data stream; in types 5 and 6 it may be empty.
    pub stream: String,
    /// Its time. Empty means now in types 1 and 4, none in 5 and 6.
    pub at: String,
    /// Its value: JSON, or text that becomes a JSON string; in types 5 and 6 text.
    pub value: String,
}

/// A run of floats.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run {
    /// The number of its first data stream.
    pub number: String,
    /// The floats, with commas or white space between them.
    pub values: String,
}

/// A data point of bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BinaryForm {
    /// The data stream.
    pub stream: String,
    /// Its time; empty for none.
    pub at: String,
    /// Its description, a text or a JSON object; empty for none.
    pub description: String,
    /// The file with the bytes.
    pub file: Option<Picked>,
}

/// A file that was picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub bytes: Bytes,
}

/// What an upload is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Data points to `$dp`, from fields.
    Points,
    /// A text body to `$dp`, byte for byte.
    Body,
    /// Anything to any topic.
    Message,
}

/// Every content, in the order in which they are offered.
pub const CONTENTS: [Content; 3] = [Content::Points, Content::Body, Content::Message];

impl Content {
    /// A text that names it in a list of choices.
    pub fn key(self) -> &'static str {
        match self {
            Self::Points => "points",
            Self::Body => "body",
            Self::Message => "message",
        }
    }

    /// The content that a text names; data points where it names none.
    pub fn from_key(key: &str) -> Self {
        CONTENTS.into_iter().find(|content| content.key() == key).unwrap_or(Self::Points)
    }
}

/// The body of the script that most beginners copy.
const SCRIPT_BODY: &str =
    r#"{"datastreams":[{"id":"wendu","datapoints":[{"at":"2016-08-15T14:47:00","value":55}]}]}"#;

impl Default for UploadForm {
    /// What that script uploads, but now; for the other types what the documents' examples say.
    fn default() -> Self {
        Self {
            content: Content::Points,
            qos: Qos::AtLeastOnce,
            payload_type: PayloadType::FullJson,
            rows: vec![Row { stream: "wendu".to_owned(), at: String::new(), value: "55".to_owned() }],
            inside: ",".to_owned(),
            between: ";".to_owned(),
            time: String::new(),
            runs: vec![Run { number: "1".to_owned(), values: "34, -20.3".to_owned() }],
            binary: BinaryForm { stream: "image".to_owned(), ..BinaryForm::default() },
            body: SCRIPT_BODY.to_owned(),
            topic: String::new(),
            text: String::new(),
            encoding: Encoding::Text,
        }
    }
}

impl UploadForm {
    /// What the form asks for, at the time `now`.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, each with its field.
    pub fn parse(&self, now: Timestamp) -> Result<Upload, Vec<(UploadField, UploadProblem)>> {
        match self.content {
            Content::Points => {
                let payload = self.data_points(now)?;
                Ok(Upload::data_points(&payload, self.qos))
            }
            Content::Body if self.body.trim().is_empty() => {
                Err(vec![(UploadField::Body, UploadProblem::Empty)])
            }
            Content::Body => match Payload::parse_body(self.body_type(), &self.body) {
                Ok(payload) => Ok(Upload::data_points(&payload, self.qos)),
                Err(error) => Err(vec![(UploadField::Body, UploadProblem::Body(error))]),
            },
            Content::Message => {
                let topic = session::check_topic(&self.topic).map_err(UploadProblem::Topic);
                let payload = self.encoding.decode(&self.text).map_err(UploadProblem::Encoding);
                match (topic, payload) {
                    (Ok(()), Ok(payload)) => Ok(Upload::bytes(&self.topic, payload, self.qos, &self.text)),
                    (topic, payload) => {
                        let topic = topic.err().map(|problem| (UploadField::Topic, problem));
                        let payload = payload.err().map(|problem| (UploadField::Text, problem));
                        Err(topic.into_iter().chain(payload).collect())
                    }
                }
            }
        }
    }

    /// The type of a `Body`: types 2 and 7 are no text, type 1 stands in for them.
    pub fn body_type(&self) -> PayloadType {
        if self.payload_type.has_body() { self.payload_type } else { PayloadType::FullJson }
    }
}

#[cfg(test)]
mod tests;
