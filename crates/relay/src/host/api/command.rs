//! Commands to devices: `POST /cmds`, `GET /cmds/{uuid}`, `GET /cmds/{uuid}/resp` (reference §1.8, §1.9).

use std::time::Duration;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use simulator::{Command, CommandError, CommandOptions, CommandQos, CommandState, Platform};
use uuid::Uuid;

use super::answer::{Failure, success};
use super::caller::{Api, Caller};
use super::request::{Entity, Named, Parameters};

/// The longest `timeout`, in seconds: 31 days.
const MAX_TIMEOUT: u64 = 2_678_400;

#[derive(Serialize)]
struct Sent {
    cmd_uuid: String,
}

#[derive(Serialize)]
struct Status {
    status: u8,
    desc: &'static str,
}

/// Sends a command, or keeps it for `timeout` seconds until its device is online. With `qos` 1 it is sent
/// again at every login until it is answered.
pub(super) async fn send(
    State(api): State<Api>,
    caller: Caller,
    parameters: Parameters,
    entity: Entity,
) -> Result<Response, Failure> {
    let device_id = parameters.required("device_id")?.to_owned();
    let qos = match parameters.number("qos", 0..=1)?.unwrap_or(0) {
        0 => CommandQos::Once,
        _ => CommandQos::UntilAnswered,
    };
    let keep_for = Duration::from_secs(parameters.number("timeout", 0..=MAX_TIMEOUT)?.unwrap_or(0));
    let body = entity.required("the command")?;

    let cmd_uuid = Uuid::new_v4().to_string();
    let id = cmd_uuid.clone();
    api.ask(move |platform, now| {
        caller.device(platform, &device_id)?;
        let options = CommandOptions { qos, keep_for };
        platform.send_command(&device_id, &id, body, options, now).map_err(|error| match error {
            CommandError::UnknownDevice(id) => Failure::NotFound(format!("device {id}")),
            CommandError::NotOnline(id) => Failure::NotOnline(id),
            CommandError::BodyTooLong { .. } => Failure::TooLarge,
            CommandError::Id(_) | CommandError::IdUsed => Failure::InvalidParameter(error.to_string()),
        })
    })
    .await?;
    Ok(success(Sent { cmd_uuid }))
}

/// How far a command has come.
pub(super) async fn status(
    State(api): State<Api>,
    caller: Caller,
    Named(uuid): Named,
) -> Result<Response, Failure> {
    let state = api.ask(move |platform, _| Ok(find(&caller, platform, &uuid)?.state)).await?;
    Ok(success(Status { status: state.number(), desc: describe(state) }))
}

/// The device's answer, byte for byte, once there is one.
pub(super) async fn answer(
    State(api): State<Api>,
    caller: Caller,
    Named(uuid): Named,
) -> Result<Response, Failure> {
    let (state, answer) = api
        .ask(move |platform, _| {
            let command = find(&caller, platform, &uuid)?;
            Ok((command.state, command.answer.clone()))
        })
        .await?;
    let missing = || {
        let (status, desc) = (state.number(), describe(state));
        Failure::NotFound(format!("no answer yet, the command is in state {status}, {desc}"))
    };
    Ok(answer.ok_or_else(missing)?.into_response())
}

fn find<'a>(caller: &Caller, platform: &'a Platform, uuid: &str) -> Result<&'a Command, Failure> {
    let command = platform.command(uuid).ok_or_else(|| Failure::NotFound(format!("command {uuid}")))?;
    caller.device(platform, &command.device_id)?;
    Ok(command)
}

fn describe(state: CommandState) -> &'static str {
    match state {
        CommandState::Created => "command created",
        CommandState::Sent => "Command Sent",
        CommandState::Answered => "Command Response Received",
        // The documents have no such state; the number stays that of a command that was never sent.
        CommandState::Expired => "command expired",
    }
}
