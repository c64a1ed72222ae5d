//! From fields to messages of the suite (reference §2.4).

use onenet::suite::{
    Answer, Code, CommandId, DataPoints, DataPointsError, ImageUpdate, Message, MessageId, Point, Problem,
    State, StreamName, StreamNameError, Topic,
};
use onenet::sys::{TopicError, Tree};
use onenet::{Timestamp, Value};

use super::content::Content;
use super::problem::{UploadField, UploadProblem};
use super::typed::{Row, UploadForm, collect};
use super::upload::Upload;

type Problems = Vec<(UploadField, UploadProblem)>;

/// The texts that only the suite needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuiteForm {
    /// The id of the command to answer.
    pub command_id: String,
    /// Desired state of the device image, a JSON object; empty for none.
    pub desired: String,
    /// Reported state, a JSON object; empty for none.
    pub reported: String,
}

impl Default for SuiteForm {
    /// The state of the documents' example.
    fn default() -> Self {
        Self { command_id: String::new(), desired: String::new(), reported: r#"{"color":"red"}"#.to_owned() }
    }
}

impl UploadForm {
    /// What the form asks the suite for.
    pub(super) fn suite_upload(&self) -> Result<Upload, Problems> {
        let (topic, message) = match self.content() {
            Content::CommandAnswer => self.command_answer()?,
            Content::ImageUpdate => (Topic::ImageUpdate, Message::ImageUpdate(self.image_update()?)),
            Content::ImageGet => (Topic::ImageGet, Message::Empty),
            // The others are of other protocols: the list of contents offers none of them.
            _ => (Topic::DataPoints, Message::DataPoints(self.suite_points()?)),
        };
        let device = self.sender.names().map_err(wrong_name)?;
        Ok(Upload::told(topic.write(Tree::Sys, &device), message.encode(), self.qos))
    }

    fn suite_points(&self) -> Result<DataPoints, Problems> {
        let id = self.id.trim().parse().ok().and_then(|id| MessageId::new(id).ok());
        let id = id.ok_or((UploadField::Id, UploadProblem::SuiteId));
        let points = collect(self.rows.iter().enumerate().map(|(index, row)| row.suite_point(index)));
        match (id, points) {
            (Ok(id), Ok(points)) => DataPoints::new(id, &points).map_err(refused_point),
            (id, points) => Err(id.err().into_iter().chain(points.err().into_iter().flatten()).collect()),
        }
    }

    fn command_answer(&self) -> Result<(Topic, Message), Problems> {
        let id = CommandId::parse(self.suite.command_id.trim()).map_err(|error| match error {
            TopicError::Incomplete { .. } => (UploadField::CommandId, UploadProblem::Empty),
            error => (UploadField::CommandId, UploadProblem::SysTopic(error)),
        });
        let bytes = self.encoding.decode(&self.text).map_err(UploadProblem::Encoding);
        let answer = bytes.and_then(|bytes| {
            Answer::new(bytes).map_err(|error| UploadProblem::Suite(error.problem, error.code))
        });
        match (id, answer.map_err(|problem| (UploadField::Text, problem))) {
            (Ok(id), Ok(answer)) => Ok((Topic::CommandResponse(id), Message::Answer(answer))),
            (id, answer) => Err(id.err().into_iter().chain(answer.err()).collect()),
        }
    }

    fn image_update(&self) -> Result<ImageUpdate, Problems> {
        let SuiteForm { desired, reported, .. } = &self.suite;
        match (state(desired), state(reported)) {
            (Ok(desired), Ok(reported)) => ImageUpdate::new(desired, reported)
                .map_err(|_| vec![(UploadField::Reported, UploadProblem::NoState)]),
            (desired, reported) => {
                let desired = desired.err().map(|problem| (UploadField::Desired, problem));
                let reported = reported.err().map(|problem| (UploadField::Reported, problem));
                Err(desired.into_iter().chain(reported).collect())
            }
        }
    }
}

/// A name of the login that cannot stand in a topic.
pub(super) fn wrong_name(name: crate::upload::WrongName) -> Problems {
    vec![(UploadField::Device, UploadProblem::Name(name))]
}

impl Row {
    fn suite_point(&self, index: usize) -> Result<Point, Problems> {
        let stream = StreamName::parse(self.stream.trim()).map_err(|error| match error {
            StreamNameError::Empty => (UploadField::Stream(index), UploadProblem::Empty),
            error => (UploadField::Stream(index), UploadProblem::StreamName(error)),
        });
        let value = self.required_value(index).map(Value::from_text);
        let at = self.millis(index);
        match (stream, value, at) {
            (Ok(stream), Ok(value), Ok(at)) => {
                // What is typed as a number is one of seconds already.
                let seconds = if is_number(&self.at) { at } else { at.map(|at| at.div_euclid(1_000)) };
                Ok(Point { stream, at: seconds, value })
            }
            (stream, value, at) => Err([stream.err(), value.err(), at.err()].into_iter().flatten().collect()),
        }
    }

    /// The time that is typed: in milliseconds since 1970, or as the number that it is; none where none is.
    pub(super) fn millis(&self, index: usize) -> Result<Option<i64>, (UploadField, UploadProblem)> {
        millis(&self.at).map_err(|problem| (UploadField::At(index), problem))
    }
}

/// A time: what a Beijing clock shows, as milliseconds since 1970, or a whole number as it is; none where nothing
/// is typed.
pub(super) fn millis(text: &str) -> Result<Option<i64>, UploadProblem> {
    let text = text.trim();
    let at = match text {
        "" => return Ok(None),
        _ if is_number(text) => text.parse().ok(),
        _ => Timestamp::parse(text).map(Timestamp::unix_millis).filter(|millis| *millis >= 0),
    };
    at.map(Some).ok_or(UploadProblem::Time)
}

fn is_number(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn refused_point(DataPointsError { point, problem }: DataPointsError) -> Problems {
    let field = match problem {
        Problem::NotInRange { .. } => UploadField::At(point),
        _ => UploadField::Value(point),
    };
    vec![(field, UploadProblem::Suite(problem, Some(Code::IllegalData)))]
}

/// Names and values of a state; none where nothing is typed.
fn state(text: &str) -> Result<Option<State>, UploadProblem> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    // Alone, lest it end the message around it and begin another.
    Value::parse(text).map_err(|error| UploadProblem::Suite(error.into(), Some(Code::IllegalJson)))?;
    // Read as the platform reads it.
    let update = format!(r#"{{"state":{{"desired":{text}}}}}"#);
    match ImageUpdate::decode(update.as_bytes()) {
        Ok(update) => Ok(update.desired().map(<[_]>::to_vec)),
        Err(error) => Err(UploadProblem::Suite(error.problem, error.code)),
    }
}

#[cfg(test)]
mod tests;
