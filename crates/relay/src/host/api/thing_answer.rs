//! The two envelopes of calls about thing models: that of the studio and the newer one (reference §3.3).
//!
//! ```text
//! studio  {"requestId":…,"success":true,"data":…}    {"requestId":…,"success":false,"code":"308","msg":…}
//! newer   {"request_id":…,"code":0,"msg":"succ","data":…}      {"request_id":…,"code":308,"msg":…}
//! ```
//!
//! Which codes the real platforms have is not documented, but for 10403 of the newer one: those of the device log are
//! taken, and `errno` for what calls of all platforms have in common.

use axum::Json;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::value::RawValue;
use simulator::CallError;
use uuid::Uuid;

use super::answer::Failure;

/// The newer platform's code for a token that is none.
const AUTH_FAILED: i64 = 10_403;

/// Why a call about a thing model brought nothing.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum ThingFailure {
    /// Something that calls of all platforms have in common.
    #[error("{0}")]
    Common(#[from] Failure),
    /// Something with a code of the studio's device log, or one that the device has answered with.
    #[error("{msg}")]
    Code {
        /// The code.
        code: i64,
        /// What to do about it.
        msg: String,
    },
}

#[derive(Serialize)]
struct Studio<'a, T> {
    #[serde(rename = "requestId")]
    request_id: String,
    success: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    msg: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<T>,
}

#[derive(Serialize)]
struct Newer<'a, T> {
    request_id: String,
    code: i64,
    msg: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<T>,
}

/// An answer of the studio.
pub(super) fn studio(done: Result<Option<Box<RawValue>>, ThingFailure>) -> Response {
    let request_id = request_id();
    match done {
        Ok(data) => Json(Studio { request_id, success: true, code: None, msg: None, data }).into_response(),
        Err(failure) => {
            let (code, msg) = (Some(failure.code().to_string()), failure.to_string());
            let msg = Some(msg.as_str());
            Json(Studio::<()> { request_id, success: false, code, msg, data: None }).into_response()
        }
    }
}

/// An answer of the newer platform.
pub(super) fn new(done: Result<Option<impl Serialize>, ThingFailure>) -> Response {
    let request_id = request_id();
    match done {
        Ok(data) => Json(Newer { request_id, code: 0, msg: "succ", data }).into_response(),
        Err(failure) => {
            let (code, msg) = (failure.code(), failure.to_string());
            Json(Newer::<()> { request_id, code, msg: &msg, data: None }).into_response()
        }
    }
}

fn request_id() -> String {
    Uuid::new_v4().simple().to_string()
}

impl ThingFailure {
    fn code(&self) -> i64 {
        match self {
            Self::Common(Failure::AuthFailed(_) | Failure::TokenRequired | Failure::KeyRequired) => {
                AUTH_FAILED
            }
            Self::Common(failure) => failure.errno().into(),
            Self::Code { code, .. } => *code,
        }
    }
}

impl From<CallError> for ThingFailure {
    fn from(error: CallError) -> Self {
        match error.code() {
            Some(code) => Self::Code { code: code.0, msg: error.to_string() },
            None => Self::Common(Failure::InvalidParameter(error.to_string())),
        }
    }
}
