//! The envelope of every answer, failures included: HTTP 200 and `{"errno","error","data"}`
//! (reference §1.9).

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::host::task::Stopped;

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

/// What went wrong. The texts are ours but for errno 10, whose text is the platform's own.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Failure {
    /// errno 1: the platform has stopped.
    #[error("internal server error: {0}")]
    Internal(#[from] Stopped),
    /// errno 5.
    #[error("request entity too large: a command has at most {0} bytes")]
    TooLarge(usize),
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
    #[error("entity data required: the body is the command")]
    EntityRequired,
    /// errno 10.
    #[error("device not online: {0}")]
    NotOnline(String),
}

impl Failure {
    fn errno(&self) -> u8 {
        match self {
            Self::Internal(_) => 1,
            Self::TooLarge(_) => 5,
            Self::InvalidParameter(_) => 6,
            Self::ParameterRequired(_) => 7,
            Self::NotFound(_) => 8,
            Self::EntityRequired => 9,
            Self::NotOnline(_) => 10,
        }
    }
}

impl From<QueryRejection> for Failure {
    fn from(rejection: QueryRejection) -> Self {
        Self::InvalidParameter(rejection.body_text())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let error = self.to_string();
        Json(Envelope::<()> { errno: self.errno(), error: &error, data: None }).into_response()
    }
}
