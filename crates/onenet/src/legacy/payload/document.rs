//! The JSON inside a payload: what it says, or the first wrong place. Offsets count from its beginning.

use serde_json::value::RawValue;

use super::super::error::{DecodeError, DecodeProblem, JsonKind};
use crate::data_point::{DataPoint, StreamId, Value};
use crate::json::{self, Members};

/// A JSON text whose parts are read one by one.
pub(super) struct Document<'a> {
    source: &'a str,
    root: &'a RawValue,
}

/// What the header of a binary (type 2) says.
pub(super) struct Header {
    /// `ds_id`.
    pub(super) stream: StreamId,
    /// `at`.
    pub(super) at: Option<String>,
    /// `desc`.
    pub(super) desc: Option<Value>,
}

impl<'a> Document<'a> {
    /// Takes a text that is one JSON value.
    pub(super) fn parse(source: &'a str) -> Result<Self, DecodeError> {
        let root = json::read(source).map_err(|json::NotJson { offset, line, column, found }| {
            DecodeError::new(offset, DecodeProblem::NotJson { line, column, found })
        })?;
        Ok(Self { source, root })
    }

    /// The data points of type 1: `{"datastreams":[{"id":…,"datapoints":[{"at":…,"value":…}]}]}`.
    pub(super) fn full_json(&self) -> Result<Vec<DataPoint>, DecodeError> {
        let mut points = Vec::new();
        let streams = self.required(self.root, "datastreams")?;
        for stream in self.elements(streams, "datastreams")? {
            let id = self.stream_id(stream, "id")?;
            let datapoints = self.required(stream, "datapoints")?;
            for point in self.elements(datapoints, "datapoints")? {
                let value = self.required(point, "value")?;
                points.push(DataPoint {
                    stream: id.clone(),
                    at: self.members(point)?.get("at").map(as_written),
                    value: Value::from_raw(value),
                });
            }
        }
        Ok(points)
    }

    /// The data points of type 3: `{"stream":value}`.
    pub(super) fn simple_json(&self) -> Result<Vec<DataPoint>, DecodeError> {
        let members = self.members(self.root)?;
        members
            .iter()
            .map(|(name, value)| {
                Ok(DataPoint { stream: self.name(name, value)?, at: None, value: Value::from_raw(value) })
            })
            .collect()
    }

    /// The data points of type 4: `{"stream":{"time":value}}`.
    pub(super) fn timed_simple_json(&self) -> Result<Vec<DataPoint>, DecodeError> {
        let mut points = Vec::new();
        for (name, times) in self.members(self.root)?.iter() {
            let stream = self.name(name, times)?;
            for (at, value) in self.members(times)?.iter() {
                let at = Some(at.to_owned());
                points.push(DataPoint { stream: stream.clone(), at, value: Value::from_raw(value) });
            }
        }
        Ok(points)
    }

    /// The header of type 2: `{"ds_id":…,"at":…,"desc":…}`.
    pub(super) fn header(&self) -> Result<Header, DecodeError> {
        let stream = self.stream_id(self.root, "ds_id")?;
        let members = self.members(self.root)?;
        let at = members.get("at").map(as_written);
        let desc = members.get("desc").map(Value::from_raw);
        Ok(Header { stream, at, desc })
    }

    fn stream_id(&self, object: &'a RawValue, member: &'static str) -> Result<StreamId, DecodeError> {
        let id = self.required(object, member)?;
        match json::string(id) {
            Some(text) => self.name(&text, id),
            None => Err(self.wrong(id, DecodeProblem::NotAString { member, found: JsonKind::of(id.get()) })),
        }
    }

    /// The stream called `text`, whose absence is shown at `place`.
    fn name(&self, text: &str, place: &RawValue) -> Result<StreamId, DecodeError> {
        StreamId::parse(text).map_err(|_| self.wrong(place, DecodeProblem::EmptyStreamId))
    }

    fn members(&self, raw: &'a RawValue) -> Result<Members<'a>, DecodeError> {
        Members::read(raw)
            .ok_or_else(|| self.wrong(raw, DecodeProblem::NotAnObject { found: JsonKind::of(raw.get()) }))
    }

    fn required(&self, object: &'a RawValue, member: &'static str) -> Result<&'a RawValue, DecodeError> {
        self.members(object)?
            .get(member)
            .ok_or_else(|| self.wrong(object, DecodeProblem::MissingMember { member }))
    }

    fn elements(&self, raw: &'a RawValue, member: &'static str) -> Result<Vec<&'a RawValue>, DecodeError> {
        json::elements(raw).ok_or_else(|| {
            self.wrong(raw, DecodeProblem::NotAnArray { member, found: JsonKind::of(raw.get()) })
        })
    }

    fn wrong(&self, part: &RawValue, problem: DecodeProblem) -> DecodeError {
        DecodeError::new(json::offset(self.source, part), problem)
    }
}

/// A time that is no string is kept too: nothing says that it is refused.
fn as_written(at: &RawValue) -> String {
    json::string(at).unwrap_or_else(|| at.get().to_owned())
}
