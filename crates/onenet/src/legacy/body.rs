//! The JSON inside a payload: its data points, or the first wrong place.

use serde_json::value::RawValue;

use super::error::{DecodeError, DecodeProblem};
use super::payload::PayloadType;
use crate::data_point::{DataPoint, StreamId, Value};
use crate::json::{self, Members};

/// What `body` uploads, in the order of the text. Offsets of errors count from its beginning.
pub(super) fn read_points(payload_type: PayloadType, body: &str) -> Result<Vec<DataPoint>, DecodeError> {
    let document: &RawValue = serde_json::from_str(body).map_err(|error| {
        let problem = DecodeProblem::NotJson { line: error.line(), column: error.column() };
        DecodeError::new(json::error_offset(body, &error), problem)
    })?;
    let reader = Reader { body };
    match payload_type {
        PayloadType::FullJson => reader.full_json(document),
        PayloadType::SimpleJson => reader.simple_json(document),
    }
}

/// Reads the parts of one document and says where the wrong one stands.
struct Reader<'a> {
    body: &'a str,
}

impl<'a> Reader<'a> {
    fn full_json(&self, document: &'a RawValue) -> Result<Vec<DataPoint>, DecodeError> {
        let mut points = Vec::new();
        let streams = self.required(document, "datastreams")?;
        for stream in self.elements(streams, "datastreams")? {
            let id = self.required(stream, "id")?;
            let Some(text) = json::string(id) else {
                return Err(self.wrong(id, DecodeProblem::NotAString { member: "id" }));
            };
            let id = StreamId::parse(&text).map_err(|_| self.wrong(id, DecodeProblem::EmptyStreamId))?;
            let datapoints = self.required(stream, "datapoints")?;
            for point in self.elements(datapoints, "datapoints")? {
                let value = self.required(point, "value")?;
                let at = Members::read(point).and_then(|members| members.get("at"));
                points.push(DataPoint {
                    stream: id.clone(),
                    // A time that is no string is kept too: nothing says that it is refused.
                    at: at.map(|at| json::string(at).unwrap_or_else(|| at.get().to_owned())),
                    value: Value::from_raw(value),
                });
            }
        }
        Ok(points)
    }

    fn simple_json(&self, document: &'a RawValue) -> Result<Vec<DataPoint>, DecodeError> {
        let members = self.members(document)?;
        members
            .iter()
            .map(|(name, value)| {
                let stream =
                    StreamId::parse(name).map_err(|_| self.wrong(value, DecodeProblem::EmptyStreamId))?;
                Ok(DataPoint { stream, at: None, value: Value::from_raw(value) })
            })
            .collect()
    }

    fn members(&self, raw: &'a RawValue) -> Result<Members<'a>, DecodeError> {
        Members::read(raw).ok_or_else(|| self.wrong(raw, DecodeProblem::NotAnObject))
    }

    fn required(&self, object: &'a RawValue, member: &'static str) -> Result<&'a RawValue, DecodeError> {
        self.members(object)?
            .get(member)
            .ok_or_else(|| self.wrong(object, DecodeProblem::MissingMember { member }))
    }

    fn elements(&self, raw: &'a RawValue, member: &'static str) -> Result<Vec<&'a RawValue>, DecodeError> {
        json::elements(raw).ok_or_else(|| self.wrong(raw, DecodeProblem::NotAnArray { member }))
    }

    fn wrong(&self, part: &RawValue, problem: DecodeProblem) -> DecodeError {
        DecodeError::new(json::offset(self.body, part), problem)
    }
}
