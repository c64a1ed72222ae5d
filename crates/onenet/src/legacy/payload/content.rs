//! A whole payload: the type byte, and what it announces.

use super::super::error::{DecodeError, DecodeProblem, PayloadPart, PayloadTooLong};
use super::binary::{Binary, BinaryError};
use super::cursor::Cursor;
use super::field::{Delimiters, TextError, TextField};
use super::float::{FloatReading, FloatRun, Floats, FloatsError};
use super::json::{Form, Json, TimedSimpleJsonError};
use super::kind::PayloadType;
use super::short_time::ShortTime;
use super::text::Text;
use crate::data_point::{DataPoint, StreamId, Value};

/// The content of an upload: good by construction, and exactly as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// Types 1, 3 and 4: JSON.
    Json(Json),
    /// Type 2: one data point of bytes.
    Binary(Binary),
    /// Type 5: delimited text.
    Text(Text),
    /// Type 6: delimited text behind a time.
    TimedText {
        /// The time of fields that have none of their own; without it, the time of arrival.
        time: Option<ShortTime>,
        /// The text.
        text: Text,
    },
    /// Type 7: floats.
    Floats(Floats),
}

impl Payload {
    /// Writes data points as type 1, in compact JSON, neighbours of one data stream together.
    ///
    /// # Errors
    ///
    /// The body would not fit its two-byte length.
    pub fn full_json(points: &[DataPoint]) -> Result<Self, PayloadTooLong> {
        Json::full(points).map(Self::Json)
    }

    /// Writes a data point of bytes as type 2; `desc` is a JSON string or object.
    ///
    /// # Errors
    ///
    /// Header or binary too long, or a description that is neither.
    pub fn binary(
        stream: &StreamId,
        at: Option<&str>,
        desc: Option<&Value>,
        bytes: Vec<u8>,
    ) -> Result<Self, BinaryError> {
        Binary::new(stream, at, desc, bytes).map(Self::Binary)
    }

    /// Writes data points as type 3, in compact JSON. The type has no room for times: they are left out. Nor
    /// for two values of one data stream: they are written, but readers of JSON keep one.
    ///
    /// # Errors
    ///
    /// The body would not fit its two-byte length.
    pub fn simple_json(points: &[DataPoint]) -> Result<Self, PayloadTooLong> {
        Json::simple(points).map(Self::Json)
    }

    /// Writes data points as type 4, in compact JSON, those of one data stream together. Each needs a time.
    ///
    /// # Errors
    ///
    /// A data point without a time or with one that it shares, or a body too long.
    pub fn timed_simple_json(points: &[DataPoint]) -> Result<Self, TimedSimpleJsonError> {
        Json::timed_simple(points).map(Self::Json)
    }

    /// Writes fields as type 5.
    ///
    /// # Errors
    ///
    /// A field that cannot be said with these separators, or a text too long.
    pub fn text(delimiters: Delimiters, fields: &[TextField]) -> Result<Self, TextError> {
        Text::new(delimiters, fields).map(Self::Text)
    }

    /// Writes fields as type 6, `time` being the time of those that have none.
    ///
    /// # Errors
    ///
    /// A field that cannot be said with these separators, or a text too long.
    pub fn timed_text(
        time: Option<ShortTime>,
        delimiters: Delimiters,
        fields: &[TextField],
    ) -> Result<Self, TextError> {
        Text::new(delimiters, fields).map(|text| Self::TimedText { time, text })
    }

    /// Writes floats as type 7, all of them of `time` or else of their arrival.
    ///
    /// # Errors
    ///
    /// No float at all, or more than the platform takes.
    pub fn floats(time: Option<ShortTime>, runs: Vec<FloatRun>) -> Result<Self, FloatsError> {
        Floats::new(time, runs).map(Self::Floats)
    }

    /// Takes a body as somebody wrote it, byte for byte. A type 6 gets no time.
    ///
    /// # Errors
    ///
    /// The first rule of the payload type that it breaks. Offsets count from the beginning of the body.
    pub fn parse_body(payload_type: PayloadType, body: &str) -> Result<Self, DecodeError> {
        match payload_type {
            PayloadType::FullJson => Json::parse(Form::Full, body).map(Self::Json),
            PayloadType::SimpleJson => Json::parse(Form::Simple, body).map(Self::Json),
            PayloadType::TimedSimpleJson => Json::parse(Form::TimedSimple, body).map(Self::Json),
            PayloadType::Text => Text::parse(body).map(Self::Text),
            PayloadType::TimedText => Text::parse(body).map(|text| Self::TimedText { time: None, text }),
            PayloadType::Binary | PayloadType::Floats => {
                Err(DecodeError::new(0, DecodeProblem::NoBody(payload_type)))
            }
        }
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
        let payload_type = read_type(first).map_err(|problem| DecodeError::new(0, problem))?;
        let mut cursor = Cursor::behind_type(rest);
        match payload_type {
            PayloadType::Binary => Binary::decode(cursor).map(Self::Binary),
            PayloadType::TimedText => {
                let time = read_time(first, &mut cursor)?;
                let text = decode_body(&mut cursor, Text::parse)?;
                Ok(Self::TimedText { time, text })
            }
            PayloadType::Floats => {
                let time = read_time(first, &mut cursor)?;
                Floats::decode(time, cursor).map(Self::Floats)
            }
            PayloadType::FullJson
            | PayloadType::SimpleJson
            | PayloadType::TimedSimpleJson
            | PayloadType::Text => decode_body(&mut cursor, |body| Self::parse_body(payload_type, body)),
        }
    }

    /// The bytes to publish to `$dp`.
    pub fn encode(&self) -> Vec<u8> {
        let number = self.payload_type().number();
        match self {
            Self::Json(json) => encode_body(number, None, json.body()),
            Self::Binary(binary) => binary.encode(),
            Self::Text(text) => encode_body(number, None, text.body()),
            Self::TimedText { time, text } => encode_body(number, *time, text.body()),
            Self::Floats(floats) => [encode_head(number, floats.time()), floats.encode()].concat(),
        }
    }

    /// How its data points are written.
    pub fn payload_type(&self) -> PayloadType {
        match self {
            Self::Json(json) => json.payload_type(),
            Self::Binary(_) => PayloadType::Binary,
            Self::Text(_) => PayloadType::Text,
            Self::TimedText { .. } => PayloadType::TimedText,
            Self::Floats(_) => PayloadType::Floats,
        }
    }

    /// The text after the length, as it was written; `None` for types 2 and 7, which are more than a text.
    pub fn body(&self) -> Option<&str> {
        match self {
            Self::Json(json) => Some(json.body()),
            Self::Text(text) | Self::TimedText { text, .. } => Some(text.body()),
            Self::Binary(_) | Self::Floats(_) => None,
        }
    }

    /// What it uploads, in the order of the bytes. A type 7 is read in the default way.
    pub fn points(&self) -> Vec<DataPoint> {
        self.points_as(FloatReading::default())
    }

    /// What it uploads, in the order of the bytes, a type 7 being read in the way of `reading`.
    pub fn points_as(&self, reading: FloatReading) -> Vec<DataPoint> {
        match self {
            Self::Json(json) => json.points().to_vec(),
            Self::Binary(binary) => vec![binary.point()],
            Self::Text(text) => text.points(None),
            Self::TimedText { time, text } => text.points(*time),
            Self::Floats(floats) => floats.points(reading),
        }
    }
}

const TIME_BIT: u8 = 0x80;
const RESERVED_BIT: u8 = 0x40;
const TYPE_BITS: u8 = 0x3F;
/// What the much-copied script calls `TYPE_FLOAT`, as a number of bits 5–0.
const SCRIPT_FLOAT: u8 = 0x17;

fn read_type(first: u8) -> Result<PayloadType, DecodeProblem> {
    if first & RESERVED_BIT != 0 {
        return Err(DecodeProblem::ReservedBit(first));
    }
    let number = first & TYPE_BITS;
    PayloadType::from_number(number).ok_or(match number {
        SCRIPT_FLOAT => DecodeProblem::ScriptFloat(first),
        _ => DecodeProblem::UnknownType(number),
    })
}

/// The time of types 6 and 7. In the others bit 7 has no meaning, and nobody asks.
fn read_time(first: u8, cursor: &mut Cursor<'_>) -> Result<Option<ShortTime>, DecodeError> {
    if first & TIME_BIT == 0 {
        return Ok(None);
    }
    let start = cursor.offset();
    let bytes = cursor.array(PayloadPart::Time)?;
    match ShortTime::from_bytes(bytes) {
        Ok(time) => Ok(Some(time)),
        Err(error) => Err(DecodeError::new(start + error.part.offset(), error.into())),
    }
}

/// Reads the text behind a length, which must be all that is left, as `parse` does.
fn decode_body<T>(
    cursor: &mut Cursor<'_>,
    parse: impl FnOnce(&str) -> Result<T, DecodeError>,
) -> Result<T, DecodeError> {
    let body = cursor.body()?;
    let start = cursor.offset() - body.len();
    parse(body).map_err(|error| error.behind(start))
}

fn encode_body(number: u8, time: Option<ShortTime>, body: &str) -> Vec<u8> {
    let length = u16::try_from(body.len()).expect("no constructor takes a longer body");
    let mut encoded = encode_head(number, time);
    encoded.extend_from_slice(&length.to_be_bytes());
    encoded.extend_from_slice(body.as_bytes());
    encoded
}

fn encode_head(number: u8, time: Option<ShortTime>) -> Vec<u8> {
    match time {
        Some(time) => [&[number | TIME_BIT][..], &time.to_bytes()].concat(),
        None => vec![number],
    }
}
