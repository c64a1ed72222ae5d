//! Which call is answered where, and which pages may call.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use simulator::{KnownDevice, SysDevice};

use crate::guard::Guard;
use crate::host::Handle;

use super::answer::Failure;
use super::caller::{Api, Keys};
use super::request::take_in;
use super::token_key::TokenKeys;
use super::{command, data_point, device, fault, history, registration, stream, sync_command, thing, topic};

/// The HTTP API of the platform behind `host`, where the keys of `devices` and tokens signed with those of
/// `sys_devices` are demanded if there are any.
pub fn routes(host: Handle, guard: Guard, devices: Vec<KnownDevice>, sys_devices: Vec<SysDevice>) -> Router {
    let others_known = !sys_devices.is_empty();
    let tokens = Arc::new(TokenKeys::new(sys_devices, &devices));
    let keys = Arc::new(Keys::new(devices, others_known));
    Router::new()
        .route("/devices", post(registration::create))
        .route("/register_de", post(registration::register))
        .route("/devices/{id}", get(device::detail))
        .route("/devices/status", get(device::status))
        .route("/devices/datapoints", get(stream::latest))
        .route("/devices/{id}/datapoints", get(data_point::read).post(data_point::upload))
        .route("/devices/{id}/datastreams", get(stream::list))
        .route("/cmds", post(command::send))
        .route("/cmds/{uuid}", get(command::status))
        .route("/cmds/{uuid}/resp", get(command::answer))
        .route("/cmds/history/{id}", get(history::read))
        .route("/mqtt", post(topic::publish))
        .route("/mqtt/topic", get(topic::list).post(topic::create))
        .route("/mqtt/device_topic/{id}", get(topic::of_device))
        .route("/mqtt/topic_device", get(topic::devices))
        .route("/v1/synccmds", post(sync_command::send))
        .route("/datapoint/synccmds", post(sync_command::send_new))
        .route("/application", any(thing::application))
        .route("/thingmodel/{call}", any(thing::thing_model))
        .route("/faults", get(fault::read).put(fault::set).delete(fault::clear))
        .route("/faults/strike", post(fault::strike))
        .fallback(no_such_call)
        .method_not_allowed_fallback(no_such_call)
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn(take_in))
        .layer(middleware::from_fn_with_state(Arc::new(guard), require_script))
        .with_state(Api { host, keys, tokens })
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
    Failure::NotFound(format!("{method} {} is no call of this API, see docs/http-api.md", uri.path()))
}
