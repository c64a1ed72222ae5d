//! Data points of one device: `GET` and `POST /devices/{id}/datapoints` (reference §1.9).

use axum::extract::State;
use axum::response::Response;
use onenet::legacy::{DecodeError, DecodeProblem, Payload, PayloadType};
use onenet::{DataPoint, Timestamp};
use time::UtcDateTime;

use super::answer::{Failure, done, success};
use super::caller::{Api, Caller};
use super::request::{Entity, Named, Parameters};
use super::selection::Selection;

/// Stores what the body says, as if the device had uploaded it.
pub(super) async fn upload(
    State(api): State<Api>,
    caller: Caller,
    Named(device_id): Named,
    parameters: Parameters,
    entity: Entity,
) -> Result<Response, Failure> {
    let payload_type = match parameters.text("type") {
        None | Some("1") => PayloadType::FullJson,
        Some("3") => PayloadType::SimpleJson,
        Some("4") => PayloadType::TimedSimpleJson,
        Some("5") => PayloadType::Text,
        Some(other) => return Err(Failure::parameter("type", other, "1, 3, 4 or 5")),
    };
    let body = entity.required("the data points")?;
    let points = parse(payload_type, &body)?;
    api.ask(move |platform, now| {
        caller.device(platform, &device_id)?;
        platform.store(&device_id, &points, now).map_err(|error| Failure::NotFound(error.to_string()))
    })
    .await?;
    Ok(done())
}

/// What a device has stored: all its data streams, or those named.
pub(super) async fn read(
    State(api): State<Api>,
    caller: Caller,
    Named(device_id): Named,
    parameters: Parameters,
) -> Result<Response, Failure> {
    let selection = Selection::read(&parameters, Timestamp::from_utc(UtcDateTime::now()))?;
    let found = api.ask(move |platform, _| selection.select(caller.device(platform, &device_id)?)).await?;
    Ok(success(found))
}

fn parse(payload_type: PayloadType, body: &[u8]) -> Result<Vec<DataPoint>, Failure> {
    let text = str::from_utf8(body).map_err(|error| {
        Failure::InvalidParameter(format!("the body is not UTF-8 from byte {}", error.valid_up_to()))
    })?;
    let points = Payload::parse_body(payload_type, text).map_err(explain)?.points();
    // Only this type is documented over HTTP, and there a time must be one.
    let wrong = |point: &&DataPoint| point.at.is_some() && point.time().is_none();
    match points.iter().find(wrong).filter(|_| payload_type == PayloadType::FullJson) {
        Some(DataPoint { stream, at: Some(at), .. }) => {
            let name = format!("at of data stream {stream}");
            Err(Failure::parameter(&name, at, "YYYY-MM-DDThh:mm:ss"))
        }
        Some(DataPoint { at: None, .. }) | None => Ok(points),
    }
}

fn explain(error: DecodeError) -> Failure {
    let told = format!("the body: {error}");
    if let DecodeProblem::NotJson { .. } = error.problem {
        return Failure::InvalidJson(told);
    }
    Failure::InvalidParameter(told)
}
