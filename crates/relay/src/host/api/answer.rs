//! The envelope of every answer, failures included: HTTP 200 and `{"errno","error","data"}`
//! (reference §1.9).

use axum::Json;
use axum::response::{IntoResponse, Response};
use onenet::Value;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::host::task::Stopped;

use super::request::{BODY_PATIENCE, MAX_BODY};

/// The most bytes of device data in one answer. The real platform publishes no such number.
const MAX_ANSWER: usize = 16 * 1_024 * 1_024;

/// How much of what was typed is shown, in characters: enough to recognise it.
const SHOWN: usize = 60;

#[derive(Serialize)]
struct Envelope<'a, T> {
    errno: u8,
    error: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<T>,
}

/// An answer of the API's own form with `data`.
pub(super) fn success(data: impl Serialize) -> Response {
    Json(Envelope { errno: 0, error: "succ", data: Some(data) }).into_response()
}

/// An answer of the API's own form that says no more than that it is done.
pub(super) fn done() -> Response {
    Json(Envelope::<()> { errno: 0, error: "succ", data: None }).into_response()
}

/// A value as it was written: `127.10` stays `127.10`.
pub(super) fn as_written(value: &Value) -> Option<Box<RawValue>> {
    // Never `None`: a `Value` is JSON.
    RawValue::from_string(value.as_json().to_owned()).ok()
}

/// What went wrong, numbered after the platform's list. The texts are ours but for errno 10, whose text is
/// the platform's own: which parameter it is, what was found and what was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Failure {
    /// errno 1: the platform has stopped.
    #[error("internal server error: {0}")]
    Internal(#[from] Stopped),
    /// errno 2.
    #[error("api-key required: this platform knows keys, send the header api-key with the key of a --device")]
    KeyRequired,
    /// errno 2, of the platforms with tokens.
    #[error(
        "token required: this platform knows devices, send the header Authorization with a token of the product"
    )]
    TokenRequired,
    /// errno 3.
    #[error("auth failed: {0}")]
    AuthFailed(String),
    /// errno 4.
    #[error("invalid JSON: {0}")]
    InvalidJson(String),
    /// errno 5.
    #[error("request entity too large: expected at most {MAX_BODY} bytes")]
    TooLarge,
    /// errno 6.
    #[error("invalid parameter: {0}")]
    InvalidParameter(String),
    /// errno 7.
    #[error("parameter required: {0}")]
    ParameterRequired(&'static str),
    /// errno 8.
    #[error("not found: {0}")]
    NotFound(String),
    /// errno 9.
    #[error("entity data required: the body is {0}")]
    EntityRequired(&'static str),
    /// errno 10.
    #[error("device not online: {0}")]
    NotOnline(String),
    /// errno 12.
    #[error("already exists: {0}")]
    AlreadyExists(String),
    /// errno 13.
    #[error("system limit: {0}")]
    SystemLimit(String),
    /// errno 14.
    #[error("network latency: the body did not arrive within {} s", BODY_PATIENCE.as_secs())]
    Late,
    /// errno 19.
    #[error("device count limit: {0}")]
    DeviceCount(String),
    /// errno 20.
    #[error("too many devices at once: devIds has {found}, expected at most {limit}")]
    TooManyDevices {
        /// How many are asked for.
        found: usize,
        /// How many may be.
        limit: usize,
    },
}

impl Failure {
    /// errno 6, said the same way everywhere: the parameter, what it is, what it should be.
    pub(super) fn parameter(name: &str, found: &str, expected: &str) -> Self {
        let mut shown: String = found.chars().take(SHOWN).collect();
        if shown.len() < found.len() {
            shown.push('…');
        }
        Self::InvalidParameter(format!("{name} is {shown:?}, expected {expected}"))
    }

    /// errno 6 for a member of the body that is none; `known` lists those that are.
    pub(super) fn member(name: &str, known: &str) -> Self {
        let shown: String = name.chars().take(SHOWN).collect();
        Self::InvalidParameter(format!("{} is no member, expected some of {known}", shown.escape_debug()))
    }

    /// errno 13 where `bytes` of data are too many for one answer; `advice` says how to ask for less.
    pub(super) fn limit_answer(bytes: usize, advice: &str) -> Result<(), Self> {
        if bytes > MAX_ANSWER {
            return Err(Self::SystemLimit(format!("the answer has over {MAX_ANSWER} bytes, {advice}")));
        }
        Ok(())
    }

    /// Its number.
    pub(super) fn errno(&self) -> u8 {
        match self {
            Self::Internal(_) => 1,
            Self::KeyRequired | Self::TokenRequired => 2,
            Self::AuthFailed(_) => 3,
            Self::InvalidJson(_) => 4,
            Self::TooLarge => 5,
            Self::InvalidParameter(_) => 6,
            Self::ParameterRequired(_) => 7,
            Self::NotFound(_) => 8,
            Self::EntityRequired(_) => 9,
            Self::NotOnline(_) => 10,
            Self::AlreadyExists(_) => 12,
            Self::SystemLimit(_) => 13,
            Self::Late => 14,
            Self::DeviceCount(_) => 19,
            Self::TooManyDevices { .. } => 20,
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let error = self.to_string();
        Json(Envelope::<()> { errno: self.errno(), error: &error, data: None }).into_response()
    }
}
