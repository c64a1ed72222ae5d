//! What is known of devices: `GET /devices/{id}`, `GET /devices/status` (reference §1.9).

use axum::extract::State;
use axum::response::Response;
use onenet::{Generation, Timestamp};
use serde::Serialize;
use serde_json::value::RawValue;
use simulator::{Device, Location, Platform};

use super::answer::{Failure, as_written, success};
use super::caller::{Api, Caller};
use super::request::{Named, Parameters};

/// The most devices in one call.
const MAX_DEVICES: usize = 1_000;

/// Everything but its data. What was never said of it is left out.
#[derive(Serialize)]
struct Detail {
    id: String,
    title: String,
    protocol: &'static str,
    online: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_info: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    create_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    desc: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    private: Option<bool>,
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<Box<RawValue>>,
    datastreams: Vec<StreamName>,
}

/// Longitude and latitude as they were written.
#[derive(Serialize)]
struct Place {
    lon: Box<RawValue>,
    lat: Box<RawValue>,
}

#[derive(Serialize)]
struct StreamName {
    id: String,
}

#[derive(Serialize)]
struct Statuses {
    total_count: usize,
    devices: Vec<Status>,
}

#[derive(Serialize)]
struct Status {
    id: String,
    title: String,
    online: bool,
}

/// Everything about one device.
pub(super) async fn detail(
    State(api): State<Api>,
    caller: Caller,
    Named(device_id): Named,
) -> Result<Response, Failure> {
    let found = api.ask(move |platform, _| Ok(describe(caller.device(platform, &device_id)?))).await?;
    Ok(success(found))
}

/// Which devices are online.
pub(super) async fn status(
    State(api): State<Api>,
    caller: Caller,
    parameters: Parameters,
) -> Result<Response, Failure> {
    let found = api
        .ask(move |platform, _| {
            let devices: Vec<Status> = asked_for(&parameters, &caller, platform)?
                .into_iter()
                .map(|device| Status {
                    id: device.id().to_owned(),
                    title: title(device),
                    online: device.online(),
                })
                .collect();
            Ok(Statuses { total_count: devices.len(), devices })
        })
        .await?;
    Ok(success(found))
}

/// The devices of `devIds`, or without it the first ones there are of the legacy platform. Those that are unknown or
/// another's are left out, as the platform does.
pub(super) fn asked_for<'a>(
    parameters: &Parameters,
    caller: &Caller,
    platform: &'a Platform,
) -> Result<Vec<&'a Device>, Failure> {
    let Some(ids) = parameters.list("devIds") else {
        let legacy = platform.devices().filter(|device| device.generation() == Generation::Legacy);
        let all = legacy.filter(|device| caller.may_use(device));
        return Ok(all.take(MAX_DEVICES).collect());
    };
    if ids.len() > MAX_DEVICES {
        return Err(Failure::TooManyDevices { found: ids.len(), limit: MAX_DEVICES });
    }
    let known = ids.iter().filter_map(|id| platform.device(id));
    Ok(known.filter(|device| caller.may_use(device)).collect())
}

/// What people call it; the id where nobody has given it a name.
pub(super) fn title(device: &Device) -> String {
    device.about().map_or(device.id(), |about| about.title.as_str()).to_owned()
}

fn describe(device: &Device) -> Detail {
    let about = device.about();
    Detail {
        id: device.id().to_owned(),
        title: title(device),
        protocol: "MQTT",
        online: device.online(),
        auth_info: device.auth_info().map(str::to_owned),
        create_time: device.created_at().map(Timestamp::to_document_text),
        desc: about.and_then(|about| about.desc.clone()),
        private: about.map(|about| about.private),
        tags: about.map(|about| about.tags.clone()).unwrap_or_default(),
        location: about.and_then(|about| about.location.as_ref()).and_then(place),
        other: about.and_then(|about| about.other.as_ref()).and_then(as_written),
        datastreams: device.streams().map(|(id, _)| StreamName { id: id.as_str().to_owned() }).collect(),
    }
}

fn place(location: &Location) -> Option<Place> {
    // Never `None`: both are JSON numbers since `registration` has read them.
    let number = |text: &str| RawValue::from_string(text.to_owned()).ok();
    Some(Place { lon: number(&location.lon)?, lat: number(&location.lat)? })
}
