//! Frames as JSON Lines: one object a frame.
//!
//! ```json
//! {"number":1,"at":"2026-05-01T04:00:00.123Z","direction":"sent","connection":1,"type":"PINGREQ","hex":"c000"}
//! ```
//!
//! `type`, `topic` and `packet_id` are for whoever reads the file; reading it back they are told from the bytes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bytes::Bytes;
use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use serde_json::value::RawValue;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::export::Exported;
use super::import::{Import, ImportProblem, LineProblem, moment};
use crate::inspector::{Captured, Direction};

pub(super) fn write(frames: &mut dyn Iterator<Item = Exported<'_>>) -> Vec<u8> {
    let mut file = String::new();
    for exported in frames {
        let head = exported.head();
        let Exported { frame, bytes, masked } = &exported;
        let (at, direction) = (written_time(frame.at), direction_name(frame.direction));
        let _ = write!(
            file,
            r#"{{"number":{},"at":"{at}","direction":"{direction}","connection":{}"#,
            frame.number, frame.connection
        );
        if let Some(packet_type) = head.packet_type {
            let _ = write!(file, r#","type":"{}""#, packet_type.name());
        }
        if let Some(topic) = head.topic.and_then(|topic| serde_json::to_string(topic).ok()) {
            let _ = write!(file, r#","topic":{topic}"#);
        }
        if let Some(packet_id) = head.packet_id {
            let _ = write!(file, r#","packet_id":{packet_id}"#);
        }
        if *masked {
            file.push_str(r#","masked":true"#);
        }
        file.push_str(r#","hex":""#);
        HEXLOWER.encode_append(bytes, &mut file);
        file.push_str("\"}\n");
    }
    file.into_bytes()
}

/// Reads lines up to the first that is none of ours.
pub(super) fn read(text: &str) -> Import {
    let mut frames = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        match read_line(line) {
            Ok(frame) => frames.push(frame),
            Err(problem) => {
                return Import { frames, problem: Some(ImportProblem::Line { line: index + 1, problem }) };
            }
        }
    }
    Import { frames, problem: None }
}

fn read_line(line: &str) -> Result<Captured, LineProblem> {
    let members: BTreeMap<String, &RawValue> =
        serde_json::from_str(line).map_err(|error| LineProblem::NotJson { column: error.column() })?;
    let member = |name: &'static str| members.get(name).map(|value| value.get());
    let text = |name: &'static str| serde_json::from_str::<String>(member(name)?).ok();
    let hex = text("hex").and_then(|hex| HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).ok());
    let bytes = hex.ok_or(LineProblem::Member { name: "hex" })?;
    let at = text("at").and_then(|at| read_time(&at)).ok_or(LineProblem::Member { name: "at" })?;
    let direction = text("direction").and_then(|direction| read_direction(&direction));
    let direction = direction.ok_or(LineProblem::Member { name: "direction" })?;
    let connection = member("connection").and_then(|connection| connection.parse().ok());
    let connection = connection.ok_or(LineProblem::Member { name: "connection" })?;
    Ok(Captured::new(at, moment(at), direction, connection, Bytes::from(bytes)))
}

/// A time as RFC 3339 writes it, in UTC.
pub(super) fn written_time(at: OffsetDateTime) -> String {
    // Years beyond 9999 have no such form.
    at.to_offset(time::UtcOffset::UTC).format(&Rfc3339).unwrap_or_else(|_| "1970-01-01T00:00:00Z".to_owned())
}

pub(super) fn read_time(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok()
}

pub(super) fn direction_name(direction: Direction) -> &'static str {
    match direction {
        Direction::Sent => "sent",
        Direction::Received => "received",
    }
}

pub(super) fn read_direction(text: &str) -> Option<Direction> {
    [Direction::Sent, Direction::Received].into_iter().find(|direction| direction_name(*direction) == text)
}
