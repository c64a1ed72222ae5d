//! The commands a device was sent: `GET /cmds/history/{device_id}` (reference §1.9), newest first.

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use data_encoding::HEXLOWER;
use onenet::Timestamp;
use serde::Serialize;
use simulator::Command;
use time::UtcDateTime;

use super::answer::{Failure, success};
use super::caller::{Api, Caller};
use super::paging::Page;
use super::request::{Named, Parameters};
use super::span::Span;

const MAX_PER_PAGE: usize = 100;

#[derive(Serialize)]
struct History {
    total_count: usize,
    page: usize,
    per_page: usize,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    cmd_uuid: String,
    device_id: String,
    status: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    expire_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    send_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confirm_time: Option<String>,
    /// What it said, in hex.
    body: String,
    /// What the device answered, in hex.
    #[serde(skip_serializing_if = "Option::is_none")]
    confirm_body: Option<String>,
}

/// The commands made between `start` and `end`. The documents demand `start`.
pub(super) async fn read(
    State(api): State<Api>,
    caller: Caller,
    Named(device_id): Named,
    parameters: Parameters,
) -> Result<Response, Failure> {
    parameters.required("start")?;
    let span = Span::read(&parameters, Timestamp::from_utc(UtcDateTime::now()))?;
    let page = Page::read(&parameters, MAX_PER_PAGE)?;

    let (total_count, commands) = api
        .ask(move |platform, _| {
            caller.device(platform, &device_id)?;
            let all: Vec<&Command> = platform
                .commands_of(&device_id)
                .rev()
                .filter(|command| span.contains(command.created_at))
                .collect();
            let total_count = all.len();
            let commands: Vec<Command> = page.of(all).into_iter().cloned().collect();
            Ok((total_count, commands))
        })
        .await?;

    let bytes: usize = commands.iter().map(|c| c.body.len() + c.answer.as_ref().map_or(0, Bytes::len)).sum();
    Failure::limit_answer(2 * bytes, "ask for a smaller per_page")?;
    let items = commands.iter().map(item).collect();
    Ok(success(History { total_count, page: page.number, per_page: page.size, items }))
}

fn item(command: &Command) -> Item {
    Item {
        cmd_uuid: command.id.as_str().to_owned(),
        device_id: command.device_id.clone(),
        status: command.state.number(),
        expire_time: command.expires_at.map(Timestamp::to_document_text),
        send_time: command.sent_at.map(Timestamp::to_document_text),
        confirm_time: command.answered_at.map(Timestamp::to_document_text),
        body: HEXLOWER.encode(&command.body),
        confirm_body: command.answer.as_ref().map(|answer| HEXLOWER.encode(answer)),
    }
}
