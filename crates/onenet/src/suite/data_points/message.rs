//! The content of `dp/post/json`.

use std::collections::BTreeMap;

use super::super::code::Code;
use super::super::document::Document;
use super::super::error::{DecodeError, Problem};
use super::id::MessageId;
use super::stream::StreamName;
use super::value;
use crate::data_point::Value;

/// A value of a data stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The data stream.
    pub stream: StreamName,
    /// Its time in Unix seconds, 0 or more; without one, the time of arrival.
    pub at: Option<i64>,
    /// What was measured.
    pub value: Value,
}

/// `{"id":123,"dp":{"temperature":[{"v":30,"t":1552289676}]}}`: good by construction, and exactly as it was
/// written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataPoints {
    body: String,
    id: MessageId,
    points: Vec<Point>,
}

/// A data point that cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("data point {point}: {problem}")]
pub struct DataPointsError {
    /// Its place, counted from 0.
    pub point: usize,
    /// What is wrong with it.
    pub problem: Problem,
}

/// The times that are taken. No document has a limit but that they are whole numbers.
const SECONDS: (i64, i64) = (0, i64::MAX);

impl DataPoints {
    /// Writes data points in compact JSON, those of one data stream together.
    ///
    /// # Errors
    ///
    /// The first of them with a time or a value that the platform does not take.
    pub fn new(id: MessageId, points: &[Point]) -> Result<Self, DataPointsError> {
        let mut places = BTreeMap::new();
        let mut streams: Vec<(&StreamName, Vec<&Point>)> = Vec::new();
        for (index, point) in points.iter().enumerate() {
            check_point(point).map_err(|problem| DataPointsError { point: index, problem })?;
            let place = *places.entry(&point.stream).or_insert(streams.len());
            if place == streams.len() {
                streams.push((&point.stream, Vec::new()));
            }
            streams[place].1.push(point);
        }
        let members: Vec<String> = streams.iter().map(|(stream, points)| member(stream, points)).collect();
        let body = format!(r#"{{"id":{id},"dp":{{{}}}}}"#, members.join(","));
        let points = streams.into_iter().flat_map(|(_, points)| points).cloned().collect();
        Ok(Self { body, id, points })
    }

    /// Reads the payload of `dp/post/json`. Members that no document names are passed over.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks; the platform rejects it with code 98.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        read(bytes).map_err(|error| error.rejected(Code::IllegalData))
    }

    /// The id of data points that may be wrong in everything else; `None` where it cannot be read. With this one
    /// the platform rejects them.
    pub fn read_id(bytes: &[u8]) -> Option<MessageId> {
        let document = Document::decode(bytes).ok()?;
        MessageId::read(&document, document.required(document.root, "id").ok()?).ok()
    }

    /// The bytes to publish.
    pub fn encode(&self) -> Vec<u8> {
        self.body.clone().into_bytes()
    }

    /// The JSON as it was written.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// What ties them to the reply.
    pub fn id(&self) -> MessageId {
        self.id
    }

    /// The data points, in the order of the text.
    pub fn points(&self) -> &[Point] {
        &self.points
    }
}

fn read(bytes: &[u8]) -> Result<DataPoints, DecodeError> {
    let document = Document::decode(bytes)?;
    let id = MessageId::read(&document, document.required(document.root, "id")?)?;
    let mut points = Vec::new();
    for (name, elements) in document.members(document.required(document.root, "dp")?)?.iter() {
        let stream = StreamName::parse(name).map_err(|error| document.wrong(elements, error.into()))?;
        for point in document.elements(elements)? {
            let value = document.required(point, "v")?;
            value::check(&document, value)?;
            let at = document.members(point)?.get("t");
            let at = at.map(|at| document.number(at, "t", SECONDS)).transpose()?;
            points.push(Point { stream: stream.clone(), at, value: Value::from_raw(value) });
        }
    }
    Ok(DataPoints { body: document.source.to_owned(), id, points })
}

fn check_point(point: &Point) -> Result<(), Problem> {
    let (least, most) = SECONDS;
    if point.at.is_some_and(|at| !(least..=most).contains(&at)) {
        return Err(Problem::NotInRange { member: "t", least, most });
    }
    let document = Document::decode(point.value.as_json().as_bytes()).map_err(|error| error.problem)?;
    value::check(&document, document.root).map_err(|error| error.problem)
}

fn member(stream: &StreamName, points: &[&Point]) -> String {
    let points: Vec<String> = points
        .iter()
        .map(|point| match point.at {
            Some(at) => format!(r#"{{"v":{},"t":{at}}}"#, point.value),
            None => format!(r#"{{"v":{}}}"#, point.value),
        })
        .collect();
    // A name needs no escapes.
    format!(r#""{stream}":[{}]"#, points.join(","))
}

#[cfg(test)]
mod tests {
    use super::super::id::MessageIdError;
    use super::*;

    fn point(stream: &str, json: &str, at: Option<i64>) -> Point {
        Point { stream: StreamName::parse(stream).unwrap(), at, value: Value::parse(json).unwrap() }
    }

    #[test]
    fn writes_data_points_stream_by_stream() {
        let points =
            [point("a", "127.10", None), point("b", "{}", Some(1_552_289_676)), point("a", "2", Some(0))];
        let message = DataPoints::new(MessageId::new(123).unwrap(), &points).unwrap();
        let text = r#"{"id":123,"dp":{"a":[{"v":127.10},{"v":2,"t":0}],"b":[{"v":{},"t":1552289676}]}}"#;
        assert_eq!(message.body(), text);
        assert_eq!(DataPoints::decode(text.as_bytes()), Ok(message));
    }

    #[test]
    fn rejects_each_mistake_at_its_place_with_98() {
        for (text, problem) in [
            ("", "payload is not JSON (line 1, column 1): found the end at byte 0"),
            (
                "{\"id\":1,\"dp\":{\"a\":[{\"v\":1}}}",
                "payload is not JSON (line 1, column 27): found '}' at byte 26",
            ),
            ("1", "expected an object, found a number at byte 0"),
            (r#"{"dp":{}}"#, "member \"id\" is missing at byte 0"),
            (r#"{"id":"1","dp":{}}"#, "\"id\" is no whole number from 0 to 2147483647 at byte 6"),
            (r#"{"id":1.0,"dp":{}}"#, "\"id\" is no whole number from 0 to 2147483647 at byte 6"),
            (r#"{"id":2147483648,"dp":{}}"#, "\"id\" is no whole number from 0 to 2147483647 at byte 6"),
            (r#"{"id":1}"#, "member \"dp\" is missing at byte 0"),
            (r#"{"id":1,"dp":[]}"#, "expected an object, found an array at byte 13"),
            (r#"{"id":1,"dp":{"a":1}}"#, "expected an array, found a number at byte 18"),
            (r#"{"id":1,"dp":{"a":[1]}}"#, "expected an object, found a number at byte 19"),
            (r#"{"id":1,"dp":{"a":[{}]}}"#, "member \"v\" is missing at byte 19"),
            (
                r#"{"id":1,"dp":{"a":[{"v":1,"t":"x"}]}}"#,
                "\"t\" is no whole number from 0 to 9223372036854775807 at byte 30",
            ),
            (
                r#"{"id":1,"dp":{"a-b":[]}}"#,
                "name of data stream has '-' as byte 1, expected letters, digits, _ and . at byte 20",
            ),
            (
                r#"{"id":1,"dp":{"a":[{"v":[[[[[[]]]]]]}]}}"#,
                "value has more than 5 levels of objects and arrays at byte 29",
            ),
            (
                r#"{"id":1,"dp":{"a":[{"v":{"x y":1}}]}}"#,
                "name in a value has ' ', expected letters, digits, _ and . at byte 31",
            ),
        ] {
            let error = DataPoints::decode(text.as_bytes()).unwrap_err();
            assert_eq!(
                (error.to_string().as_str(), error.code),
                (problem, Some(Code::IllegalData)),
                "{text}"
            );
        }
        assert!(DataPoints::decode(b"{\"id\":1,\"dp\":{\"a\":[{\"v\":[[[[[1]]]]]}]}}").is_ok());
        let error = DataPoints::decode(b"{\"id\":\xFF").unwrap_err();
        assert_eq!(error.to_string(), "found byte 0xff, expected UTF-8 at byte 6");
    }

    #[test]
    fn tells_the_id_of_what_is_rejected_where_it_can() {
        let id = |bytes: &[u8]| DataPoints::read_id(bytes).map(MessageId::number);
        assert_eq!(id(br#"{"id":7,"dp":1}"#), Some(7));
        assert_eq!(id(br#"{"id":-7,"dp":{}}"#), None);
        assert_eq!(id(br#"{"id":7"#), None);
    }

    #[test]
    fn refuses_to_write_what_would_be_rejected() {
        let id = MessageId::new(1).unwrap();
        let long = format!("{{\"{}\":1}}", "k".repeat(31));
        let error = DataPoints::new(id, &[point("a", "1", None), point("a", &long, None)]).unwrap_err();
        assert_eq!(error.to_string(), "data point 1: name in a value has 31 bytes, the limit is 30");
        let error = DataPoints::new(id, &[point("a", "1", Some(-1))]).unwrap_err();
        assert!(error.to_string().starts_with("data point 0: \"t\" is no whole number"), "{error}");
        assert_eq!(MessageId::new(1 << 31), Err(MessageIdError));
    }
}
