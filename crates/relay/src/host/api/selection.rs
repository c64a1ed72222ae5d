//! Which data points one `GET /devices/{id}/datapoints` gives, and where the next one goes on.
//!
//! Data streams come one after the other, `limit` counts the data points of the whole answer. The documents
//! sort ascending where they ask for a time, and tell of the newest where no time is given: so does this.

use std::hash::{DefaultHasher, Hash, Hasher};

use onenet::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;
use simulator::{Device, Point, Stream};

use super::answer::{Failure, as_written};
use super::request::Parameters;
use super::span::Span;
use super::stream::named;

const DEFAULT_LIMIT: usize = 100;
const MAX_LIMIT: usize = 6_000;

/// What is asked for.
pub(super) struct Selection {
    names: Option<Vec<String>>,
    span: Span,
    sort: Sort,
    limit: usize,
    cursor: Option<Cursor>,
}

/// By the time they name; of equal times by arrival.
#[derive(Clone, Copy, PartialEq)]
enum Sort {
    Ascending,
    Descending,
}

/// What is given.
#[derive(Serialize)]
pub(super) struct Found {
    count: usize,
    /// Only where there is more.
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
    datastreams: Vec<FoundStream>,
}

#[derive(Serialize)]
struct FoundStream {
    id: String,
    datapoints: Vec<FoundPoint>,
}

#[derive(Serialize)]
struct FoundPoint {
    at: String,
    value: Box<RawValue>,
}

impl Selection {
    pub(super) fn read(parameters: &Parameters, now: Timestamp) -> Result<Self, Failure> {
        let span = Span::read(parameters, now)?;
        let sort = match parameters.text("sort") {
            None if span.is_everything() => Sort::Descending,
            None | Some("ASC") => Sort::Ascending,
            Some("DESC") => Sort::Descending,
            Some(other) => return Err(Failure::parameter("sort", other, "ASC or DESC")),
        };
        Ok(Self {
            names: parameters.list("datastream_id"),
            span,
            sort,
            limit: parameters.number("limit", 1..=MAX_LIMIT)?.unwrap_or(DEFAULT_LIMIT),
            cursor: parameters.text("cursor").map(Cursor::parse).transpose()?,
        })
    }

    pub(super) fn select(&self, device: &Device) -> Result<Found, Failure> {
        let streams = named(device, self.names.as_deref());
        let (mut place, mut behind) = (0, None);
        if let Some(cursor) = self.cursor {
            place = streams.iter().position(|(id, _)| name_hash(id) == cursor.stream).ok_or_else(stale)?;
            behind = Some(cursor.number);
        }

        let mut found = Found { count: 0, cursor: None, datastreams: Vec::new() };
        let mut last = None;
        for (id, stream) in &streams[place..] {
            let mut points = self.sorted(stream);
            if let Some(number) = behind.take() {
                let given = points.iter().position(|(n, _)| *n == number).ok_or_else(stale)?;
                points.drain(..=given);
            }
            let room = self.limit - found.count;
            let is_cut = points.len() > room;
            points.truncate(room);
            if let Some((number, _)) = points.last() {
                last = Some(Cursor { number: *number, stream: name_hash(id) });
                found.count += points.len();
                let datapoints = points.iter().filter_map(|(_, point)| found_point(point)).collect();
                found.datastreams.push(FoundStream { id: (*id).to_owned(), datapoints });
            }
            if is_cut {
                found.cursor = last.map(|cursor| cursor.write(device.id()));
                break;
            }
        }
        Ok(found)
    }

    /// The data points in the span, each with its number: how many its stream had before.
    fn sorted<'a>(&self, stream: &'a Stream) -> Vec<(u64, &'a Point)> {
        let numbered = (stream.evicted()..).zip(stream.points());
        let mut points: Vec<(u64, &Point)> =
            numbered.filter(|(_, point)| self.span.contains(point.at)).collect();
        points.sort_by_key(|(_, point)| point.at);
        if self.sort == Sort::Descending {
            points.reverse();
        }
        points
    }
}

/// The last data point that was given. It reads like the platform's own, `83900_8029377_1498708525203`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cursor {
    /// Its number in its data stream.
    number: u64,
    /// The name of its data stream, as a hash: names may be long, addresses may not.
    stream: u64,
}

impl Cursor {
    fn parse(text: &str) -> Result<Self, Failure> {
        let read = || {
            let (number, rest) = text.split_once('_')?;
            let (_, stream) = rest.rsplit_once('_')?;
            Some(Self { number: number.parse().ok()?, stream: stream.parse().ok()? })
        };
        read().ok_or_else(|| Failure::parameter("cursor", text, "one that an earlier answer gave"))
    }

    fn write(self, device_id: &str) -> String {
        format!("{}_{device_id}_{}", self.number, self.stream)
    }
}

fn name_hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

fn stale() -> Failure {
    Failure::InvalidParameter(
        "cursor: its data point is forgotten or not asked for, expected the same parameters as before; \
         start again without cursor"
            .to_owned(),
    )
}

fn found_point(point: &Point) -> Option<FoundPoint> {
    Some(FoundPoint { at: point.at.to_string(), value: as_written(&point.value)? })
}
