//! Which call is answered where, and who may call.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use simulator::MAX_COMMAND_BODY;

use crate::guard::Guard;
use crate::host::Handle;

use super::answer::Failure;
use super::{command, data_point};

/// The HTTP API of the platform behind `host`.
pub fn routes(host: Handle, guard: Guard) -> Router {
    Router::new()
        .route("/cmds", post(command::send))
        .route("/cmds/{uuid}", get(command::status))
        .route("/cmds/{uuid}/resp", get(command::answer))
        .route("/devices/{id}/datapoints", get(data_point::read))
        .fallback(no_such_call)
        .method_not_allowed_fallback(no_such_call)
        .layer(DefaultBodyLimit::max(MAX_COMMAND_BODY))
        .layer(middleware::from_fn_with_state(Arc::new(guard), require_script))
        .with_state(host)
}

/// Scripts send no Origin. A web page does with everything that changes something here, and needs to be
/// let in, or any page could command the devices of whoever looks at it.
async fn require_script(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let host = match guard.admit_host(request.uri(), request.headers()) {
        Ok(host) => host,
        Err(refused) => return (StatusCode::MISDIRECTED_REQUEST, format!("{refused}\n")).into_response(),
    };
    if request.headers().contains_key(header::ORIGIN)
        && let Err(refused) = guard.admit_origin(request.headers(), &host)
    {
        return (StatusCode::FORBIDDEN, format!("{refused}\n")).into_response();
    }
    next.run(request).await
}

async fn no_such_call(method: Method, uri: Uri) -> Failure {
    Failure::NotFound(format!("{method} {} is not available in this version", uri.path()))
}
