//! Stored data points: `GET /devices/{id}/datapoints` (reference §1.9).
//!
//! The reference does not say how the platform sorts by default: newest first here, `sort=ASC` turns it
//! round. `limit` counts the data points of the whole answer.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use simulator::{Device, Point, Stream};

use crate::host::Handle;

use super::answer::{Failure, success};

const DEFAULT_LIMIT: usize = 100;
const MAX_LIMIT: usize = 6_000;

/// The parameters, as texts: what is wrong with one must be said in the API's own form.
#[derive(Debug, Deserialize)]
pub(super) struct ReadQuery {
    datastream_id: Option<String>,
    limit: Option<String>,
    sort: Option<String>,
    start: Option<String>,
    end: Option<String>,
    duration: Option<String>,
    cursor: Option<String>,
}

#[derive(Clone, Copy, PartialEq)]
enum Sort {
    Ascending,
    Descending,
}

#[derive(Serialize)]
struct Found {
    count: usize,
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
    /// The value as the device wrote it: `127.10` stays `127.10`.
    value: Box<RawValue>,
}

/// What a device has stored: all its data streams, or those named.
pub(super) async fn read(
    State(host): State<Handle>,
    Path(device_id): Path<String>,
    query: Result<Query<ReadQuery>, QueryRejection>,
) -> Result<Response, Failure> {
    let Query(query) = query?;
    let absent = [
        ("start", &query.start),
        ("end", &query.end),
        ("duration", &query.duration),
        ("cursor", &query.cursor),
    ];
    // Leaving them out of account would give a wrong answer.
    if let Some((name, _)) = absent.iter().find(|(_, value)| value.is_some()) {
        return Err(Failure::InvalidParameter(format!("{name} is not available in this version")));
    }
    let limit = match query.limit.as_deref().map(str::parse) {
        None => DEFAULT_LIMIT,
        Some(Ok(limit)) if (1..=MAX_LIMIT).contains(&limit) => limit,
        Some(_) => return Err(Failure::InvalidParameter(format!("limit is 1 to {MAX_LIMIT}"))),
    };
    let sort = match query.sort.as_deref() {
        None | Some("DESC") => Sort::Descending,
        Some("ASC") => Sort::Ascending,
        Some(_) => return Err(Failure::InvalidParameter("sort is ASC or DESC".to_owned())),
    };
    let names: Option<Vec<String>> =
        query.datastream_id.map(|names| names.split(',').map(str::to_owned).collect());

    let missing = format!("device {device_id}");
    let found = host
        .ask(move |platform, _| {
            let device = platform.device(&device_id)?;
            Some(select(device, names.as_deref(), limit, sort))
        })
        .await?;
    Ok(success(found.ok_or(Failure::NotFound(missing))?))
}

fn select(device: &Device, names: Option<&[String]>, limit: usize, sort: Sort) -> Found {
    let streams: Vec<(&str, &Stream)> = match names {
        Some(names) => names.iter().filter_map(|name| Some((name.as_str(), device.stream(name)?))).collect(),
        None => device.streams().map(|(id, stream)| (id.as_str(), stream)).collect(),
    };

    let mut found = Found { count: 0, datastreams: Vec::new() };
    for (id, stream) in streams {
        let datapoints: Vec<FoundPoint> = sorted(stream, sort)
            .into_iter()
            .take(limit - found.count)
            .filter_map(|point| {
                // Never fails: a stored value is JSON.
                let value = RawValue::from_string(point.value.as_json().to_owned()).ok()?;
                Some(FoundPoint { at: point.at.to_string(), value })
            })
            .collect();
        if datapoints.is_empty() {
            continue;
        }
        found.count += datapoints.len();
        found.datastreams.push(FoundStream { id: id.to_owned(), datapoints });
    }
    found
}

/// By the time they name; of equal times by arrival.
fn sorted(stream: &Stream, sort: Sort) -> Vec<&Point> {
    let mut points: Vec<&Point> = stream.points().collect();
    points.sort_by_key(|point| point.at);
    if sort == Sort::Descending {
        points.reverse();
    }
    points
}
