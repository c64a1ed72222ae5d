//! Type 2: one data point of bytes (reference §1.6).

use data_encoding::BASE64;

use super::super::error::{DecodeError, DecodeProblem, JsonKind, MAX_BODY, PayloadPart};
use super::cursor::Cursor;
use super::document::{Document, Header};
use super::kind::PayloadType;
use crate::data_point::{DataPoint, StreamId, Value};

/// The content of a payload of type 2: good by construction, its header exactly as it was written.
///
/// ```text
/// byte   0        1        2        3 … 2+n     +0 … +3         +4 …
///      ┌────────┬─────────────────┬───────────┬───────────────┬──────────
///      │ type 2 │ n, u16 BE       │ header    │ length, u32 BE│ binary …
///      └────────┴─────────────────┴───────────┴───────────────┴──────────
/// header   {"ds_id":"image","at":"2015-03-22 22:31:12","desc":"front door"}
/// ```
///
/// The binary has at most 3 MB (§1.7; the text of 2015 says 4). Whether an MB is 10⁶ or 2²⁰ bytes is said
/// nowhere: up to 3 · 2²⁰ are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binary {
    header: String,
    stream: StreamId,
    at: Option<String>,
    desc: Option<Value>,
    bytes: Vec<u8>,
}

/// The most bytes of a binary.
const MAX_BINARY: usize = 3 * 1024 * 1024;

impl Binary {
    pub(super) fn new(
        stream: &StreamId,
        at: Option<&str>,
        desc: Option<&Value>,
        bytes: Vec<u8>,
    ) -> Result<Self, BinaryError> {
        let mut header = format!(r#"{{"ds_id":{}"#, Value::string(stream.as_str()));
        if let Some(at) = at {
            header.push_str(&format!(r#","at":{}"#, Value::string(at)));
        }
        if let Some(desc) = desc {
            match JsonKind::of(desc.as_json()) {
                JsonKind::String | JsonKind::Object => header.push_str(&format!(r#","desc":{desc}"#)),
                found @ (JsonKind::Array | JsonKind::Number | JsonKind::Bool | JsonKind::Null) => {
                    return Err(BinaryError::Desc { found });
                }
            }
        }
        header.push('}');
        if header.len() > MAX_BODY {
            return Err(BinaryError::HeaderTooLong { length: header.len() });
        }
        if bytes.len() > MAX_BINARY {
            return Err(BinaryError::TooLong { length: bytes.len() });
        }
        let (at, desc) = (at.map(str::to_owned), desc.cloned());
        Ok(Self { header, stream: stream.clone(), at, desc, bytes })
    }

    /// Takes a header as somebody wrote it, byte for byte.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks. Offsets count from the beginning of the header.
    pub fn parse(header: &str, bytes: Vec<u8>) -> Result<Self, DecodeError> {
        if header.len() > MAX_BODY {
            return Err(DecodeError::new(MAX_BODY, DecodeProblem::TooLong { length: header.len() }));
        }
        let Header { stream, at, desc } = Document::parse(header)?.header()?;
        check_length(bytes.len()).map_err(|problem| DecodeError::new(header.len(), problem))?;
        Ok(Self { header: header.to_owned(), stream, at, desc, bytes })
    }

    pub(super) fn decode(mut cursor: Cursor<'_>) -> Result<Self, DecodeError> {
        let length = u16::from_be_bytes(cursor.array(PayloadPart::HeaderLength)?);
        let header_start = cursor.offset();
        let header = cursor.text(PayloadPart::Header, usize::from(length))?;
        let Header { stream, at, desc } = Document::parse(header)
            .and_then(|document| document.header())
            .map_err(|error| error.behind(header_start))?;

        let length_start = cursor.offset();
        let announced = u32::from_be_bytes(cursor.array(PayloadPart::BinaryLength)?);
        let announced = usize::try_from(announced).unwrap_or(usize::MAX);
        let wrong = |problem| DecodeError::new(length_start, problem);
        check_length(announced).map_err(wrong)?;
        let bytes = cursor.rest();
        if announced != bytes.len() {
            return Err(wrong(DecodeProblem::BinaryLength { announced, found: bytes.len() }));
        }
        Ok(Self { header: header.to_owned(), stream, at, desc, bytes: bytes.to_vec() })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let header_length = u16::try_from(self.header.len()).expect("no constructor takes a longer header");
        let length = u32::try_from(self.bytes.len()).expect("no constructor takes a longer binary");
        let mut encoded = Vec::with_capacity(7 + self.header.len() + self.bytes.len());
        encoded.push(PayloadType::Binary.number());
        encoded.extend_from_slice(&header_length.to_be_bytes());
        encoded.extend_from_slice(self.header.as_bytes());
        encoded.extend_from_slice(&length.to_be_bytes());
        encoded.extend_from_slice(&self.bytes);
        encoded
    }

    /// The header JSON, as it was written.
    pub fn header(&self) -> &str {
        &self.header
    }

    /// The data stream, `ds_id`.
    pub fn stream(&self) -> &StreamId {
        &self.stream
    }

    /// Its time as it was written, `at`.
    pub fn at(&self) -> Option<&str> {
        self.at.as_deref()
    }

    /// Its description as it was written, `desc`: a string or an object, after the documents.
    pub fn desc(&self) -> Option<&Value> {
        self.desc.as_ref()
    }

    /// The binary.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The data point. Its value is the binary in standard Base64, as a JSON string: what the platform
    /// answers with is documented nowhere, and JSON has no bytes.
    pub fn point(&self) -> DataPoint {
        let value = Value::string(&BASE64.encode(&self.bytes));
        DataPoint { stream: self.stream.clone(), at: self.at.clone(), value }
    }
}

fn check_length(length: usize) -> Result<(), DecodeProblem> {
    if length > MAX_BINARY {
        return Err(DecodeProblem::BinaryTooLong { length, limit: MAX_BINARY });
    }
    Ok(())
}

/// A binary that type 2 cannot say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BinaryError {
    /// A description is a string or an object.
    #[error("description is {found}, expected a string or an object")]
    Desc {
        /// What it is instead.
        found: JsonKind,
    },
    /// The header would not fit its two-byte length.
    #[error("header has {length} bytes, the limit is {MAX_BODY}")]
    HeaderTooLong {
        /// Its length in bytes.
        length: usize,
    },
    /// The platform takes 3 MB.
    #[error("binary has {length} bytes, the limit is {MAX_BINARY}")]
    TooLong {
        /// Its length in bytes.
        length: usize,
    },
}
