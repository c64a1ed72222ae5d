//! What an upload to `$dp` carries (reference §1.6).
//!
//! Payload types 1 and 3, the two that are JSON without further framing:
//!
//! ```text
//! byte   0        1        2        3 …
//!      ┌────────┬─────────────────┬────────
//!      │ type   │ length, u16 BE  │ JSON …
//!      └────────┴─────────────────┴────────
//! type 1   {"datastreams":[{"id":"wendu","datapoints":[{"at":"2016-08-15T14:47:00","value":55}]}]}
//! type 3   {"temperature":22.5}
//! ```

use super::body::read_points;
use super::error::{DecodeError, DecodeProblem, PayloadTooLong};
use crate::data_point::{DataPoint, Value};

/// How the data points of a payload are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayloadType {
    /// Type 1, `kTypeFullJson`: data streams with their data points, each with or without a time.
    FullJson,
    /// Type 3, `kTypeSimpleJsonWithoutTime`: one value a data stream.
    SimpleJson,
}

/// Every payload type that [`Payload`] reads and writes, in the order of their bytes.
pub const READABLE_TYPES: [PayloadType; 2] = [PayloadType::FullJson, PayloadType::SimpleJson];

impl PayloadType {
    /// Bits 5–0 of the first byte.
    pub fn number(self) -> u8 {
        match self {
            Self::FullJson => 1,
            Self::SimpleJson => 3,
        }
    }

    fn from_number(number: u8) -> Option<Self> {
        READABLE_TYPES.into_iter().find(|payload_type| payload_type.number() == number)
    }
}

/// The content of an upload: good by construction, and exactly as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payload {
    payload_type: PayloadType,
    body: String,
    points: Vec<DataPoint>,
}

impl Payload {
    /// Writes data points as type 1, in compact JSON, neighbours of one data stream together.
    ///
    /// # Errors
    ///
    /// The body would not fit its two-byte length.
    pub fn full_json(points: &[DataPoint]) -> Result<Self, PayloadTooLong> {
        let streams: Vec<String> = points
            .chunk_by(|a, b| a.stream == b.stream)
            .map(|chunk| {
                let points: Vec<String> = chunk.iter().map(full_json_point).collect();
                format!(r#"{{"id":{},"datapoints":[{}]}}"#, quote(chunk[0].stream.as_str()), points.join(","))
            })
            .collect();
        let body = format!(r#"{{"datastreams":[{}]}}"#, streams.join(","));
        Self::new(PayloadType::FullJson, body, points.to_vec())
    }

    /// Writes data points as type 3, in compact JSON. The type has no room for times: they are left out.
    ///
    /// # Errors
    ///
    /// The body would not fit its two-byte length.
    pub fn simple_json(points: &[DataPoint]) -> Result<Self, PayloadTooLong> {
        let members: Vec<String> =
            points.iter().map(|point| format!("{}:{}", quote(point.stream.as_str()), point.value)).collect();
        let body = format!("{{{}}}", members.join(","));
        let points = points.iter().cloned().map(|point| DataPoint { at: None, ..point }).collect();
        Self::new(PayloadType::SimpleJson, body, points)
    }

    /// Takes a body as somebody wrote it, byte for byte.
    ///
    /// # Errors
    ///
    /// The first rule of the payload type that it breaks. Offsets count from the beginning of the body.
    pub fn parse_body(payload_type: PayloadType, body: &str) -> Result<Self, DecodeError> {
        let points = read_points(payload_type, body)?;
        Self::new(payload_type, body.to_owned(), points).map_err(|PayloadTooLong { length }| {
            DecodeError::new(MAX_BODY, DecodeProblem::TooLong { length })
        })
    }

    /// Reads the payload of a PUBLISH to `$dp`.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks. Offsets count from the type byte.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let &[first, ref rest @ ..] = bytes else {
            return Err(DecodeError::new(0, DecodeProblem::Empty));
        };
        if first & RESERVED_BIT != 0 {
            return Err(DecodeError::new(0, DecodeProblem::ReservedBit(first)));
        }
        // Bit 7 announces a time in types 6 and 7; in the others it has no meaning and is ignored.
        let number = first & TYPE_BITS;
        let Some(payload_type) = PayloadType::from_number(number) else {
            let problem = match number {
                2 | 4..=7 => DecodeProblem::UnreadType(number),
                _ => DecodeProblem::UnknownType(number),
            };
            return Err(DecodeError::new(0, problem));
        };
        let &[high, low, ref body @ ..] = rest else {
            return Err(DecodeError::new(bytes.len(), DecodeProblem::Truncated));
        };
        let announced = usize::from(u16::from_be_bytes([high, low]));
        if announced != body.len() {
            let problem = DecodeProblem::Length { announced, found: body.len() };
            return Err(DecodeError::new(1, problem));
        }
        let text = std::str::from_utf8(body)
            .map_err(|error| DecodeError::new(HEADER + error.valid_up_to(), DecodeProblem::NotUtf8))?;
        let points = read_points(payload_type, text)
            .map_err(|error| DecodeError { offset: HEADER + error.offset, ..error })?;
        Ok(Self { payload_type, body: text.to_owned(), points })
    }

    /// The bytes to publish to `$dp`.
    pub fn encode(&self) -> Vec<u8> {
        let length = u16::try_from(self.body.len()).expect("`new` and `decode` let nothing longer in");
        let mut bytes = vec![self.payload_type.number()];
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(self.body.as_bytes());
        bytes
    }

    /// How its data points are written.
    pub fn payload_type(&self) -> PayloadType {
        self.payload_type
    }

    /// The JSON after the length, as it was written.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// What it uploads, in the order of the text.
    pub fn points(&self) -> &[DataPoint] {
        &self.points
    }

    fn new(payload_type: PayloadType, body: String, points: Vec<DataPoint>) -> Result<Self, PayloadTooLong> {
        if body.len() > MAX_BODY {
            return Err(PayloadTooLong { length: body.len() });
        }
        Ok(Self { payload_type, body, points })
    }
}

/// Bytes before the body: type and length.
const HEADER: usize = 3;
/// The longest body that two bytes can measure.
pub(super) const MAX_BODY: usize = 65_535;
const RESERVED_BIT: u8 = 0x40;
const TYPE_BITS: u8 = 0x3F;

fn full_json_point(point: &DataPoint) -> String {
    match &point.at {
        Some(at) => format!(r#"{{"at":{},"value":{}}}"#, quote(at), point.value),
        None => format!(r#"{{"value":{}}}"#, point.value),
    }
}

fn quote(text: &str) -> Value {
    Value::string(text)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;
    use crate::data_point::StreamId;

    /// The upload of the script that most beginners copy.
    const WENDU: &str =
        r#"{"datastreams":[{"id":"wendu","datapoints":[{"at":"2016-08-15T14:47:00","value":55}]}]}"#;

    fn point(stream: &str, at: Option<&str>, value: &str) -> DataPoint {
        DataPoint {
            stream: StreamId::parse(stream).unwrap(),
            at: at.map(str::to_owned),
            value: Value::parse(value).unwrap(),
        }
    }

    fn payload(first: u8, body: &[u8]) -> Vec<u8> {
        let mut bytes = vec![first];
        bytes.extend_from_slice(&(body.len() as u16).to_be_bytes());
        bytes.extend_from_slice(body);
        bytes
    }

    #[track_caller]
    fn check_refusal(bytes: &[u8], reason: Expect) {
        reason.assert_eq(&Payload::decode(bytes).unwrap_err().to_string());
    }

    #[test]
    fn writes_the_scripts_upload_byte_for_byte() {
        let points = [point("wendu", Some("2016-08-15T14:47:00"), "55")];
        let built = Payload::full_json(&points).unwrap();
        assert_eq!(built.encode(), [b"\x01\x00\x57", WENDU.as_bytes()].concat());
        assert_eq!(Payload::decode(&built.encode()), Ok(built.clone()));
        assert_eq!(Payload::parse_body(PayloadType::FullJson, WENDU), Ok(built));
    }

    #[test]
    fn writes_the_sdks_simple_json_byte_for_byte() {
        let built = Payload::simple_json(&[point("temperature", None, "22.5")]).unwrap();
        assert_eq!(built.encode(), b"\x03\x00\x14{\"temperature\":22.5}");
        assert_eq!(Payload::decode(&built.encode()), Ok(built));
    }

    #[test]
    fn groups_neighbours_of_one_data_stream() {
        let points = [point("a", None, "1"), point("a", None, "2"), point("b", None, "\"x\"")];
        expect![[r#"{"datastreams":[{"id":"a","datapoints":[{"value":1},{"value":2}]},{"id":"b","datapoints":[{"value":"x"}]}]}"#]]
            .assert_eq(Payload::full_json(&points).unwrap().body());
    }

    #[test]
    fn keeps_the_body_as_it_was_written() {
        let body = "{ \"a\" : 127.10,\n \"b\": 12345678901234567890123 }";
        let read = Payload::decode(&payload(3, body.as_bytes())).unwrap();
        assert_eq!(read.body(), body);
        assert_eq!(read.points(), [point("a", None, "127.10"), point("b", None, "12345678901234567890123")]);
    }

    #[test]
    fn ignores_bit_7_where_it_has_no_meaning() {
        assert!(Payload::decode(&payload(0x81, WENDU.as_bytes())).is_ok());
    }

    #[test]
    fn refuses_broken_framing_with_the_offset() {
        check_refusal(b"", expect!["payload is empty at byte 0"]);
        check_refusal(b"\x41\x00\x02{}", expect!["reserved bit 6 is set in type byte 0x41 at byte 0"]);
        check_refusal(b"\x17\x00\x02{}", expect!["payload type 23 is unknown at byte 0"]);
        check_refusal(b"\x00\x00\x02{}", expect!["payload type 0 is unknown at byte 0"]);
        check_refusal(b"\x07\x00\x00", expect!["payload type 7 cannot be read here at byte 0"]);
        check_refusal(b"\x01\x00", expect!["payload ends inside its length at byte 2"]);
        check_refusal(b"\x01\x00\x03{}", expect!["length field says 3 bytes, 2 follow at byte 1"]);
        check_refusal(b"\x03\x00\x03{\"\xFF", expect!["body is not UTF-8 at byte 5"]);
    }

    #[test]
    fn refuses_broken_json_with_the_offset() {
        let check =
            |first, body: &str, reason: Expect| check_refusal(&payload(first, body.as_bytes()), reason);

        check(1, "", expect!["body is not JSON (line 1, column 0) at byte 3"]);
        check(1, "{\"a\":\n tru}", expect!["body is not JSON (line 2, column 5) at byte 13"]);
        check(1, "{} x", expect!["body is not JSON (line 1, column 4) at byte 6"]);
        check(1, "[]", expect!["not a JSON object at byte 3"]);
        check(1, "{}", expect![[r#"member "datastreams" is missing at byte 3"#]]);
        check(1, r#"{"datastreams":{}}"#, expect![[r#""datastreams" is not an array at byte 18"#]]);
        check(1, r#"{"datastreams":[[]]}"#, expect!["not a JSON object at byte 19"]);
        check(1, r#"{"datastreams":[{}]}"#, expect![[r#"member "id" is missing at byte 19"#]]);
        check(1, r#"{"datastreams":[{"id":5}]}"#, expect![[r#""id" is not a string at byte 25"#]]);
        check(1, r#"{"datastreams":[{"id":""}]}"#, expect!["data stream id is empty at byte 25"]);
        check(
            1,
            r#"{"datastreams":[{"id":"a"}]}"#,
            expect![[r#"member "datapoints" is missing at byte 19"#]],
        );
        check(
            1,
            r#"{"datastreams":[{"id":"a","datapoints":5}]}"#,
            expect![[r#""datapoints" is not an array at byte 42"#]],
        );
        check(
            1,
            r#"{"datastreams":[{"id":"a","datapoints":[{"at":"x"}]}]}"#,
            expect![[r#"member "value" is missing at byte 43"#]],
        );
        check(3, "[1]", expect!["not a JSON object at byte 3"]);
        check(3, r#"{"":1}"#, expect!["data stream id is empty at byte 7"]);
    }

    #[test]
    fn refuses_a_body_that_two_bytes_cannot_measure() {
        let long = Value::string(&"x".repeat(65_536));
        let points = [DataPoint { value: long, ..point("a", None, "0") }];
        assert_eq!(Payload::simple_json(&points), Err(PayloadTooLong { length: 65_544 }));
        let body = format!("{{\"a\":\"{}\"}}", "x".repeat(65_536));
        let problem = DecodeProblem::TooLong { length: 65_544 };
        assert_eq!(
            Payload::parse_body(PayloadType::SimpleJson, &body),
            Err(DecodeError { offset: 65_535, problem })
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused_inside_the_payload(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            match Payload::decode(&bytes) {
                Ok(payload) => prop_assert_eq!(&payload.encode()[1..], &bytes[1..]),
                Err(error) => prop_assert!(error.offset <= bytes.len()),
            }
        }

        #[test]
        fn any_damage_to_a_good_payload_is_read_or_refused(at in 0usize..90, to in any::<u8>(), keep in 0usize..91) {
            let mut bytes = payload(1, WENDU.as_bytes());
            bytes[at] = to;
            bytes.truncate(keep);
            if let Err(error) = Payload::decode(&bytes) {
                prop_assert!(error.offset <= bytes.len());
            }
        }

        #[test]
        fn reads_back_what_it_writes(id in "\\PC{1,8}", at in prop::option::of("\\PC{0,8}"), value in "\\PC{0,8}") {
            let points = [DataPoint { stream: StreamId::parse(&id).unwrap(), at, value: Value::from_text(&value) }];
            let written = Payload::full_json(&points).unwrap();
            prop_assert_eq!(Payload::decode(&written.encode()), Ok(written));
        }
    }
}
