//! What is served at which address of the relay's own listener.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use axum::{Json, Router};
use headers::{Connection, HeaderMapExt, Upgrade as UpgradeHeader};
use hyper_util::rt::TokioIo;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::debug;

use crate::bridge::{Ending, Target, Visit};
use crate::config::{Config, SIMULATOR, Timing, Upstream};
use crate::guard::{Guard, SUBPROTOCOL, Upgrade, UpgradeError, VERSION};
use crate::host::Handle;
use crate::page;

/// What the answers depend on.
pub(super) struct Face {
    pub(super) guard: Guard,
    pub(super) upstreams: Vec<Upstream>,
    pub(super) host: Handle,
    pub(super) timing: Timing,
    pub(super) draining: CancellationToken,
    pub(super) tracker: TaskTracker,
}

/// The relay's own listener: page, WebSocket, names of upstreams, health.
pub(super) fn routes(face: Face, config: &Config) -> Router {
    let face = Arc::new(face);
    Router::new()
        .route("/upstreams", get(upstreams))
        .merge(page::routes(config.page.as_deref()))
        .layer(middleware::from_fn_with_state(face.clone(), require_host))
        .layer(middleware::from_fn_with_state(face.clone(), receive_the_lost))
        // Judges host and origin itself, because its refusals are close frames.
        .route("/mqtt/{upstream}", any(visit))
        // Asked by balancers, which know us by address only.
        .route("/livez", get(|| async { "alive\n" }))
        .route("/readyz", get(ready))
        .with_state(face)
}

async fn require_host(State(face): State<Arc<Face>>, request: Request, next: Next) -> Response {
    match face.guard.admit_host(request.uri(), request.headers()) {
        Ok(_) => next.run(request).await,
        Err(refused) => (StatusCode::MISDIRECTED_REQUEST, format!("{refused}\n")).into_response(),
    }
}

/// The names a client can pick from, the platform inside first.
async fn upstreams(State(face): State<Arc<Face>>, request: Request) -> Response {
    let Ok(host) = face.guard.admit_host(request.uri(), request.headers()) else {
        return StatusCode::MISDIRECTED_REQUEST.into_response();
    };
    let names: Vec<&str> =
        [SIMULATOR].into_iter().chain(face.upstreams.iter().map(|upstream| upstream.name.as_str())).collect();

    let mut headers = HeaderMap::new();
    headers.insert(header::VARY, HeaderValue::from_static("origin"));
    // A page that asks for its own relay's names sends no Origin, so none is as good as our own here.
    if request.headers().contains_key(header::ORIGIN) {
        match face.guard.admit_origin(request.headers(), &host) {
            Ok(origin) => headers.extend(
                origin
                    .and_then(|origin| origin.as_str().parse().ok())
                    .map(|value: HeaderValue| (header::ACCESS_CONTROL_ALLOW_ORIGIN, value)),
            ),
            Err(refused) => return (StatusCode::FORBIDDEN, headers, format!("{refused}\n")).into_response(),
        }
    }
    (headers, Json(names)).into_response()
}

async fn ready(State(face): State<Arc<Face>>) -> Response {
    if face.draining.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "draining\n").into_response();
    }
    "ready\n".into_response()
}

/// Lets a WebSocket client that asks at an address without an upstream (`/`, `/mqtt`) read that from a close
/// frame: a browser shows a page no failed status.
async fn receive_the_lost(State(face): State<Arc<Face>>, request: Request, next: Next) -> Response {
    match Upgrade::parse(request.method(), request.version(), request.headers()) {
        Err(UpgradeError::Method | UpgradeError::NoUpgrade) => next.run(request).await,
        upgrade => face.receive("", upgrade, request),
    }
}

/// A request to an upstream by name.
async fn visit(
    State(face): State<Arc<Face>>,
    upstream: Result<Path<String>, axum::extract::rejection::PathRejection>,
    request: Request,
) -> Response {
    let upgrade = Upgrade::parse(request.method(), request.version(), request.headers());
    let name = upstream.as_ref().map_or("", |Path(name)| name.as_str());
    face.receive(name, upgrade, request)
}

impl Face {
    /// Answers a WebSocket request with 101, and then serves or refuses it where the client can read why.
    fn receive(&self, name: &str, upgrade: Result<Upgrade, UpgradeError>, mut request: Request) -> Response {
        let upgrade = match upgrade {
            Ok(upgrade) => upgrade,
            Err(error) => return no_upgrade(error),
        };
        let visit = Visit {
            target: self.target(name, &request),
            timing: self.timing.clone(),
            draining: self.draining.clone(),
        };

        let upgraded = hyper::upgrade::on(&mut request);
        self.tracker.spawn(async move {
            match upgraded.await {
                Ok(io) => visit.run(TokioIo::new(io)).await,
                Err(error) => debug!(%error, "client gone before its 101"),
            }
        });
        switching_protocols(upgrade)
    }

    /// Where a request leads, if its sender may go there.
    fn target(&self, name: &str, request: &Request) -> Result<Target, Ending> {
        let host =
            self.guard.admit_host(request.uri(), request.headers()).map_err(|_| Ending::HostRefused)?;
        self.guard.admit_origin(request.headers(), &host).map_err(|_| Ending::OriginRefused)?;
        if name == SIMULATOR {
            return Ok(Target::Simulator(self.host.clone()));
        }
        let known = self.upstreams.iter().find(|upstream| upstream.name.as_str() == name);
        known.cloned().map(Target::Upstream).ok_or(Ending::UnknownUpstream)
    }
}

fn switching_protocols(upgrade: Upgrade) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.typed_insert(Connection::upgrade());
    headers.typed_insert(UpgradeHeader::websocket());
    headers.typed_insert(upgrade.accept);
    if upgrade.offers_mqtt {
        headers.insert(header::SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(SUBPROTOCOL));
    }
    response
}

fn no_upgrade(error: UpgradeError) -> Response {
    let message = format!("{error}\n");
    match error {
        UpgradeError::Version => {
            let ours = [
                (header::CONNECTION, "upgrade"),
                (header::UPGRADE, "websocket"),
                (header::SEC_WEBSOCKET_VERSION, VERSION),
            ];
            (StatusCode::UPGRADE_REQUIRED, ours, message).into_response()
        }
        UpgradeError::Method | UpgradeError::NoUpgrade | UpgradeError::Key | UpgradeError::Subprotocol => {
            (StatusCode::BAD_REQUEST, message).into_response()
        }
    }
}
