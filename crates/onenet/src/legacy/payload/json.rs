//! Types 1, 3 and 4: data points as JSON (reference §1.6).

use std::collections::{BTreeMap, BTreeSet};

use super::super::error::{DecodeError, DecodeProblem, MAX_BODY, PayloadTooLong};
use super::document::Document;
use super::kind::PayloadType;
use crate::data_point::{DataPoint, StreamId, Value};

/// The content of a payload of type 1, 3 or 4: good by construction, and exactly as it was written.
///
/// ```text
/// byte   0        1        2        3 …
///      ┌────────┬─────────────────┬────────
///      │ type   │ length, u16 BE  │ JSON …
///      └────────┴─────────────────┴────────
/// type 1   {"datastreams":[{"id":"wendu","datapoints":[{"at":"2016-08-15T14:47:00","value":55}]}]}
/// type 3   {"temperature":22.5}
/// type 4   {"temperature":{"2015-03-22 22:31:12":22.5}}
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Json {
    form: Form,
    body: String,
    points: Vec<DataPoint>,
}

/// Which members the JSON has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Full,
    Simple,
    TimedSimple,
}

impl Json {
    pub(super) fn full(points: &[DataPoint]) -> Result<Self, PayloadTooLong> {
        let streams: Vec<String> = points
            .chunk_by(|a, b| a.stream == b.stream)
            .map(|chunk| {
                let points: Vec<String> = chunk.iter().map(full_point).collect();
                format!(r#"{{"id":{},"datapoints":[{}]}}"#, quote(chunk[0].stream.as_str()), points.join(","))
            })
            .collect();
        let body = format!(r#"{{"datastreams":[{}]}}"#, streams.join(","));
        Self::new(Form::Full, body, points.to_vec())
    }

    pub(super) fn simple(points: &[DataPoint]) -> Result<Self, PayloadTooLong> {
        let members: Vec<String> =
            points.iter().map(|point| member(point.stream.as_str(), point.value.as_json())).collect();
        let points = points.iter().cloned().map(|point| DataPoint { at: None, ..point }).collect();
        Self::new(Form::Simple, object(&members), points)
    }

    pub(super) fn timed_simple(points: &[DataPoint]) -> Result<Self, TimedSimpleJsonError> {
        let mut seen = BTreeSet::new();
        let mut places = BTreeMap::new();
        let mut streams: Vec<Stream<'_>> = Vec::new();
        for (index, point) in points.iter().enumerate() {
            let Some(at) = point.at.as_deref() else {
                return Err(TimedSimpleJsonError::NoTime { point: index });
            };
            if !seen.insert((&point.stream, at)) {
                return Err(TimedSimpleJsonError::Repeated { point: index });
            }
            let place = *places.entry(&point.stream).or_insert(streams.len());
            if place == streams.len() {
                streams.push(Stream { id: &point.stream, members: Vec::new(), points: Vec::new() });
            }
            streams[place].members.push(member(at, point.value.as_json()));
            streams[place].points.push(point.clone());
        }
        let members: Vec<String> =
            streams.iter().map(|stream| member(stream.id.as_str(), &object(&stream.members))).collect();
        let points = streams.into_iter().flat_map(|stream| stream.points).collect();
        Ok(Self::new(Form::TimedSimple, object(&members), points)?)
    }

    pub(super) fn parse(form: Form, body: &str) -> Result<Self, DecodeError> {
        // Before anything is read: what is too long is not worth the memory.
        if body.len() > MAX_BODY {
            return Err(DecodeError::new(MAX_BODY, DecodeProblem::TooLong { length: body.len() }));
        }
        let document = Document::parse(body)?;
        let points = match form {
            Form::Full => document.full_json(),
            Form::Simple => document.simple_json(),
            Form::TimedSimple => document.timed_simple_json(),
        }?;
        Ok(Self { form, body: body.to_owned(), points })
    }

    fn new(form: Form, body: String, points: Vec<DataPoint>) -> Result<Self, PayloadTooLong> {
        if body.len() > MAX_BODY {
            return Err(PayloadTooLong { length: body.len() });
        }
        Ok(Self { form, body, points })
    }

    /// Which of the three it is.
    pub fn payload_type(&self) -> PayloadType {
        match self.form {
            Form::Full => PayloadType::FullJson,
            Form::Simple => PayloadType::SimpleJson,
            Form::TimedSimple => PayloadType::TimedSimpleJson,
        }
    }

    /// The JSON after the length, as it was written.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// What it uploads, in the order of the text.
    pub fn points(&self) -> &[DataPoint] {
        &self.points
    }
}

/// Data points that type 4 cannot say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TimedSimpleJsonError {
    /// In type 4 the time is the name of the value: there is none without.
    #[error("data point {point} has no time")]
    NoTime {
        /// Its place, counted from 0.
        point: usize,
    },
    /// Same data stream and same time as an earlier one: one name twice in an object, of which readers of
    /// JSON keep one.
    #[error("data point {point} repeats the time of an earlier one")]
    Repeated {
        /// Its place, counted from 0.
        point: usize,
    },
    /// The body would not fit its two-byte length.
    #[error(transparent)]
    TooLong(#[from] PayloadTooLong),
}

/// The data points of one data stream, while they are written.
struct Stream<'a> {
    id: &'a StreamId,
    members: Vec<String>,
    points: Vec<DataPoint>,
}

fn full_point(point: &DataPoint) -> String {
    match &point.at {
        Some(at) => format!(r#"{{"at":{},"value":{}}}"#, quote(at), point.value),
        None => format!(r#"{{"value":{}}}"#, point.value),
    }
}

fn object(members: &[String]) -> String {
    format!("{{{}}}", members.join(","))
}

fn member(name: &str, json: &str) -> String {
    format!("{}:{json}", quote(name))
}

fn quote(text: &str) -> Value {
    Value::string(text)
}
