//! The newest of every data stream: `GET /devices/{id}/datastreams`, `GET /devices/datapoints`
//! (reference §1.9).

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use serde_json::value::RawValue;
use simulator::{Device, Point, Stream};

use super::answer::{Failure, as_written, success};
use super::caller::{Api, Caller};
use super::device::{asked_for, title};
use super::request::{Named, Parameters};

#[derive(Serialize)]
struct Current {
    id: String,
    update_at: String,
    current_value: Box<RawValue>,
}

#[derive(Serialize)]
struct Latest {
    devices: Vec<LatestOfDevice>,
}

#[derive(Serialize)]
struct LatestOfDevice {
    id: String,
    title: String,
    datastreams: Vec<LatestPoint>,
}

#[derive(Serialize)]
struct LatestPoint {
    id: String,
    at: String,
    value: Box<RawValue>,
}

/// The data streams of a device, all of them or those of `datastream_ids`.
pub(super) async fn list(
    State(api): State<Api>,
    caller: Caller,
    Named(device_id): Named,
    parameters: Parameters,
) -> Result<Response, Failure> {
    let names = parameters.list("datastream_ids");
    let streams = api
        .ask(move |platform, _| {
            let device = caller.device(platform, &device_id)?;
            let streams = named(device, names.as_deref()).into_iter().filter_map(|(id, stream)| {
                let point = newest(stream)?;
                let current_value = as_written(&point.value)?;
                Some(Current { id: id.to_owned(), update_at: point.at.to_document_text(), current_value })
            });
            Ok(streams.collect::<Vec<Current>>())
        })
        .await?;
    Ok(success(streams))
}

/// The newest data points of several devices.
pub(super) async fn latest(
    State(api): State<Api>,
    caller: Caller,
    parameters: Parameters,
) -> Result<Response, Failure> {
    let found = api
        .ask(move |platform, _| {
            let (mut devices, mut bytes) = (Vec::new(), 0);
            for device in asked_for(&parameters, &caller, platform)? {
                let datastreams: Vec<LatestPoint> = device.streams().filter_map(latest_point).collect();
                bytes += datastreams.iter().map(|point| point.value.get().len()).sum::<usize>();
                Failure::limit_answer(bytes, "ask for fewer devIds")?;
                devices.push(LatestOfDevice {
                    id: device.id().to_owned(),
                    title: title(device),
                    datastreams,
                });
            }
            Ok(Latest { devices })
        })
        .await?;
    Ok(success(found))
}

/// The data streams of `names` that there are, or all of them by name.
pub(super) fn named<'a>(device: &'a Device, names: Option<&'a [String]>) -> Vec<(&'a str, &'a Stream)> {
    match names {
        Some(names) => names.iter().filter_map(|name| Some((name.as_str(), device.stream(name)?))).collect(),
        None => device.streams().map(|(id, stream)| (id.as_str(), stream)).collect(),
    }
}

fn latest_point((id, stream): (&onenet::StreamId, &Stream)) -> Option<LatestPoint> {
    let point = newest(stream)?;
    Some(LatestPoint {
        id: id.as_str().to_owned(),
        at: point.at.to_document_text(),
        value: as_written(&point.value)?,
    })
}

/// By the time they name; of equal times the last to arrive.
fn newest(stream: &Stream) -> Option<&Point> {
    stream.points().max_by_key(|point| point.at)
}
