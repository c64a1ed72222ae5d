//! Commands to devices of the suite, answered before the call is (reference §2.4): `POST /v1/synccmds`, and
//! `POST /datapoint/synccmds` in the newer envelope.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64;
use serde::Serialize;
use serde_json::json;
use simulator::{CallError, CallState};
use uuid::Uuid;

use super::answer::Failure;
use super::caller::Api;
use super::request::{Entity, Parameters};
use super::thing_answer::{self, ThingFailure};
use super::token_key::TokenCaller;

/// How long the device may take, in seconds, where the call does not say.
const DEFAULT_TIMEOUT: u64 = 5;
/// The longest and the shortest time.
const TIMEOUTS: std::ops::RangeInclusive<u64> = 5..=30;

/// A command and its answer.
#[derive(Serialize)]
struct Answered {
    cmd_uuid: String,
    /// Base64.
    cmd_resp: String,
}

/// Why a command has no answer, in the numbers of the suite.
#[derive(Debug, thiserror::Error)]
enum SyncFailure {
    /// Something that calls of all platforms have in common.
    #[error("{0}")]
    Common(#[from] Failure),
    /// errno 12.
    #[error("device not found: {0}")]
    DeviceNotFound(String),
    /// errno 13.
    #[error("device not online: {0}")]
    NotOnline(String),
    /// errno 15.
    #[error("sync cmd timeout")]
    Timeout,
}

/// Sends the body to a device and waits for its answer.
pub(super) async fn send(
    State(api): State<Api>,
    caller: Result<TokenCaller, Failure>,
    parameters: Parameters,
    entity: Entity,
) -> Response {
    let (errno, error, data) = match command(&api, caller, &parameters, entity).await {
        Ok(answered) => (0, "success".to_owned(), Some(answered)),
        Err(failure) => (failure.errno(), failure.to_string(), None),
    };
    Json(match data {
        Some(data) => json!({ "errno": errno, "error": error, "data": data }),
        None => json!({ "errno": errno, "error": error }),
    })
    .into_response()
}

/// The same in the newer envelope.
pub(super) async fn send_new(
    State(api): State<Api>,
    caller: Result<TokenCaller, Failure>,
    parameters: Parameters,
    entity: Entity,
) -> Response {
    let answered = command(&api, caller, &parameters, entity).await;
    let done = answered.map(|answered| Some(json!(answered))).map_err(|failure| match failure {
        SyncFailure::Common(failure) => ThingFailure::Common(failure),
        SyncFailure::DeviceNotFound(id) => {
            ThingFailure::Code { code: 1107, msg: format!("device not found: {id}") }
        }
        SyncFailure::NotOnline(id) => {
            ThingFailure::Code { code: 308, msg: format!("device not online: {id}") }
        }
        SyncFailure::Timeout => ThingFailure::Code { code: 306, msg: "timeout".to_owned() },
    });
    thing_answer::new(done)
}

async fn command(
    api: &Api,
    caller: Result<TokenCaller, Failure>,
    parameters: &Parameters,
    entity: Entity,
) -> Result<Answered, SyncFailure> {
    let TokenCaller(caller) = caller?;
    let device_id = device_id(parameters)?;
    let timeout = parameters.number("timeout", TIMEOUTS)?.unwrap_or(DEFAULT_TIMEOUT);
    let body = entity.required("the command")?;
    let cmd_uuid = Uuid::new_v4().to_string();
    let id = cmd_uuid.clone();
    let asked = api.host.ask(move |platform, now| {
        if let Some(device) = platform.device(&device_id).filter(|device| !caller.may_use(device)) {
            let why = format!("this token is not of device {} or its product", device.id());
            return Err(SyncFailure::Common(Failure::AuthFailed(why)));
        }
        let sent = platform.call_command(&device_id, &id, body, Duration::from_secs(timeout), now);
        sent.map_err(|error| SyncFailure::of(error, device_id))
    });
    let call = asked.await.map_err(Failure::from)??;
    let settled = api.host.settled(call).await.map_err(Failure::from)?;
    match settled.map(|call| (call.state, call.answer)) {
        Some((CallState::Answered(_), Some(answer))) => {
            Ok(Answered { cmd_uuid, cmd_resp: BASE64.encode(&answer) })
        }
        Some(_) | None => Err(SyncFailure::Timeout),
    }
}

/// The device of a call: `device_id` as everywhere here, or both of its names.
fn device_id(parameters: &Parameters) -> Result<String, Failure> {
    match parameters.text("device_id") {
        Some(id) => Ok(id.to_owned()),
        None if parameters.text("product_id").is_none() => Err(Failure::ParameterRequired("device_id")),
        None => {
            let (product, name) = (parameters.required("product_id")?, parameters.required("device_name")?);
            Ok(format!("{product}/{name}"))
        }
    }
}

impl SyncFailure {
    fn of(error: CallError, device_id: String) -> Self {
        match error {
            CallError::UnknownDevice(id) => Self::DeviceNotFound(id),
            CallError::NotOnline(id) => Self::NotOnline(id),
            CallError::NotSubscribed { .. } | CallError::NotWritable => {
                Self::NotOnline(format!("{device_id}, {error}"))
            }
            CallError::TooLong { .. }
            | CallError::OtherPlatform { .. }
            | CallError::Id(_)
            | CallError::IdUsed
            | CallError::Problems(_)
            | CallError::Rate(_)
            | CallError::NoRoom => Self::Common(Failure::InvalidParameter(error.to_string())),
        }
    }

    fn errno(&self) -> u8 {
        match self {
            Self::Common(failure) => failure.errno(),
            Self::DeviceNotFound(_) => 12,
            Self::NotOnline(_) => 13,
            Self::Timeout => 15,
        }
    }
}
