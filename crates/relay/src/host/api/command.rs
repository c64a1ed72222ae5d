//! Commands to devices: `POST /cmds`, `GET /cmds/{uuid}`, `GET /cmds/{uuid}/resp` (reference §1.8, §1.9).

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use simulator::{CommandError, CommandState, MAX_COMMAND_BODY};
use uuid::Uuid;

use crate::host::Handle;

use super::answer::{Failure, success};

/// The longest `timeout`, in seconds: 31 days.
const MAX_TIMEOUT: u32 = 2_678_400;

/// The parameters of `POST /cmds`, as texts: what is wrong with one must be said in the API's own form.
#[derive(Debug, Deserialize)]
pub(super) struct SendQuery {
    device_id: Option<String>,
    qos: Option<String>,
    timeout: Option<String>,
}

#[derive(Serialize)]
struct Sent {
    cmd_uuid: String,
}

#[derive(Serialize)]
struct Status {
    status: u8,
    desc: &'static str,
}

/// Sends a command to a device that is online. `qos` and `timeout` are checked; nothing is kept for a
/// device that is not online, whatever the timeout.
pub(super) async fn send(
    State(host): State<Handle>,
    query: Result<Query<SendQuery>, QueryRejection>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Failure> {
    let Query(SendQuery { device_id, qos, timeout }) = query?;
    let device_id = device_id.filter(|id| !id.is_empty()).ok_or(Failure::ParameterRequired("device_id"))?;
    if qos.is_some_and(|qos| qos != "0" && qos != "1") {
        return Err(Failure::InvalidParameter("qos is 0 or 1".to_owned()));
    }
    let is_timeout = |text: String| text.parse().is_ok_and(|seconds: u32| seconds <= MAX_TIMEOUT);
    if timeout.is_some_and(|text| !is_timeout(text)) {
        return Err(Failure::InvalidParameter(format!("timeout is 0 to {MAX_TIMEOUT} seconds")));
    }
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge(MAX_COMMAND_BODY),
        _ => Failure::EntityRequired,
    })?;
    if body.is_empty() {
        return Err(Failure::EntityRequired);
    }

    let cmd_uuid = Uuid::new_v4().to_string();
    let id = cmd_uuid.clone();
    host.ask(move |platform, now| platform.send_command(&device_id, &id, body, now)).await?.map_err(
        |error| match error {
            CommandError::UnknownDevice(id) => Failure::NotFound(format!("device {id}")),
            CommandError::NotOnline(id) => Failure::NotOnline(id),
            CommandError::BodyTooLong { .. } => Failure::TooLarge(MAX_COMMAND_BODY),
            CommandError::Id(_) | CommandError::IdUsed => Failure::InvalidParameter(error.to_string()),
        },
    )?;
    Ok(success(Sent { cmd_uuid }))
}

/// How far a command has come.
pub(super) async fn status(
    State(host): State<Handle>,
    Path(uuid): Path<String>,
) -> Result<Response, Failure> {
    let (state, _) = find(&host, uuid).await?;
    Ok(success(Status { status: state.number(), desc: describe(state) }))
}

/// The device's answer, byte for byte, once there is one.
pub(super) async fn answer(
    State(host): State<Handle>,
    Path(uuid): Path<String>,
) -> Result<Response, Failure> {
    let (state, answer) = find(&host, uuid).await?;
    let missing = || {
        let (status, desc) = (state.number(), describe(state));
        Failure::NotFound(format!("no answer yet, the command is in state {status}, {desc}"))
    };
    Ok(answer.ok_or_else(missing)?.into_response())
}

async fn find(host: &Handle, uuid: String) -> Result<(CommandState, Option<Bytes>), Failure> {
    let missing = format!("command {uuid}");
    host.ask(move |platform, _| {
        platform.command(&uuid).map(|command| (command.state, command.answer.clone()))
    })
    .await?
    .ok_or(Failure::NotFound(missing))
}

fn describe(state: CommandState) -> &'static str {
    match state {
        CommandState::Created => "command created",
        CommandState::Sent => "Command Sent",
        CommandState::Answered => "Command Response Received",
    }
}
