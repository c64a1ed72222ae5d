//! The texts of the form, and the way to an upload.

use bytes::Bytes;
use onenet::legacy::{Payload, PayloadType};
use onenet::{Generation, Timestamp};
use session::Qos;

use super::content::Content;
use super::problem::{UploadField, UploadProblem};
use super::studio::StudioForm;
use super::suite::SuiteForm;
use super::upload::Upload;
use crate::feed::Said;
use crate::upload::encoding::{Encoding, EncodingProblem};
use crate::upload::sender::Sender;

/// The texts of the form, as typed. What one payload type does not need is kept for the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadForm {
    /// As whom it is sent: whoever is connected, otherwise whom the login form names.
    pub sender: Sender,
    /// What was chosen to be sent. What counts is [`UploadForm::content`].
    pub content: Content,
    /// How sure its arrival must be.
    pub qos: Qos,
    /// How data points are written, for `Points` and `Body`.
    pub payload_type: PayloadType,
    /// Data points, for types 1, 3, 4, 5 and 6 of the legacy platform and for suite and studio; never none.
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
    /// What ties the next message to its reply, on platforms with tokens.
    pub id: String,
    /// What only the suite needs.
    pub suite: SuiteForm,
    /// What only thing models need.
    pub studio: Box<StudioForm>,
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

/// The body of the script that most beginners copy.
const SCRIPT_BODY: &str =
    r#"{"datastreams":[{"id":"wendu","datapoints":[{"at":"2016-08-15T14:47:00","value":55}]}]}"#;

impl Default for UploadForm {
    /// What that script uploads, but now; for the other types what the documents' examples say.
    fn default() -> Self {
        Self {
            sender: Sender::default(),
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
            id: "1".to_owned(),
            suite: SuiteForm::default(),
            studio: Box::default(),
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
        match (self.content(), self.sender.generation) {
            (Content::Message, _) => self.message(),
            (_, Generation::Suite) => self.suite_upload(),
            (_, Generation::Studio) => self.studio_upload(),
            (Content::Body, Generation::Legacy) => self.text_body(),
            (_, Generation::Legacy) => Ok(Upload::data_points(&self.data_points(now)?, self.qos)),
        }
    }

    /// The same, when another one sends it.
    #[must_use]
    pub fn sent_by(&self, sender: Sender) -> Self {
        Self { sender, ..self.clone() }
    }

    /// What is being sent: what was chosen, or the first that the protocol has where it has no such thing.
    pub fn content(&self) -> Content {
        let all = Content::all(self.sender.generation);
        if all.contains(&self.content) { self.content } else { all[0] }
    }

    /// The id of the next message, where the last one is this: the number behind it (reference §2.4, §3.3).
    /// Nothing changes where the upload had another, or none.
    pub fn count(&mut self, upload: &Upload) {
        if upload.id().is_some_and(|id| id == self.id.trim()) {
            let next = self.id.trim().parse::<u64>().ok().map(|number| number + 1);
            let limit = match self.sender.generation {
                Generation::Legacy | Generation::Suite => LAST_SUITE_ID,
                Generation::Studio => LAST_STUDIO_ID,
            };
            self.id = next.filter(|next| *next <= limit).unwrap_or(1).to_string();
        }
    }

    fn text_body(&self) -> Result<Upload, Vec<(UploadField, UploadProblem)>> {
        if self.body.trim().is_empty() {
            return Err(vec![(UploadField::Body, UploadProblem::Empty)]);
        }
        match Payload::parse_body(self.body_type(), &self.body) {
            Ok(payload) => Ok(Upload::data_points(&payload, self.qos)),
            Err(error) => Err(vec![(UploadField::Body, UploadProblem::Body(error))]),
        }
    }

    fn message(&self) -> Result<Upload, Vec<(UploadField, UploadProblem)>> {
        let topic = session::check_topic(&self.topic).map_err(UploadProblem::Topic);
        let payload = self.encoding.decode(&self.text).map_err(|problem| self.wrong_text(problem));
        match (topic, payload) {
            (Ok(()), Ok(payload)) => Ok(Upload::bytes(&self.topic, payload, self.qos, &self.text)),
            (topic, payload) => {
                let topic = topic.err().map(|problem| (UploadField::Topic, problem));
                let payload = payload.err().map(|problem| (UploadField::Text, problem));
                Err(topic.into_iter().chain(payload).collect())
            }
        }
    }

    /// What is wrong with the text; what is no JSON gets the code that the platform has for it on that topic.
    fn wrong_text(&self, problem: EncodingProblem) -> UploadProblem {
        let EncodingProblem::Json { line, column } = problem else { return UploadProblem::Encoding(problem) };
        match Said::of(&self.topic, self.text.as_bytes()) {
            Some(Said::Suite(_, Err(error))) => UploadProblem::Suite(error.problem, error.code),
            Some(Said::Studio(_, Err(error))) => UploadProblem::Params((line, column), error.problem),
            Some(Said::Suite(_, Ok(_)) | Said::Studio(_, Ok(_))) | None => UploadProblem::Encoding(problem),
        }
    }

    /// The type of a `Body`: types 2 and 7 are no text, type 1 stands in for them.
    pub fn body_type(&self) -> PayloadType {
        if self.payload_type.has_body() { self.payload_type } else { PayloadType::FullJson }
    }
}

/// The largest id of the suite, which is a number of 32 bits with a sign.
const LAST_SUITE_ID: u64 = i32::MAX as u64;
/// The largest id of the studio: thirteen digits.
const LAST_STUDIO_ID: u64 = 9_999_999_999_999;

/// All values, or all problems.
pub(super) fn collect<T>(
    results: impl Iterator<Item = Result<T, Vec<(UploadField, UploadProblem)>>>,
) -> Result<Vec<T>, Vec<(UploadField, UploadProblem)>> {
    let (mut values, mut problems) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(value) => values.push(value),
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() { Ok(values) } else { Err(problems) }
}

#[cfg(test)]
mod tests;
