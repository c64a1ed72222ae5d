//! Accept loops: a task for every connection, until the relay stops.

use std::io;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{debug, warn};

use crate::host::Handle;

/// The largest head of a request, in bytes.
const MAX_HEAD: usize = 16_384;

/// The pause after a failed accept. Such failures (no descriptors left) do not mend at once.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Serves HTTP on `listener`.
pub(super) async fn serve_http(
    listener: TcpListener,
    routes: Router,
    request_head: Duration,
    draining: CancellationToken,
    tracker: TaskTracker,
) {
    while let Some(stream) = accept(&listener, &draining).await {
        let (routes, draining) = (routes.clone(), draining.clone());
        tracker.spawn(async move {
            if let Err(error) = converse(stream, routes, request_head, draining).await {
                debug!(%error, "connection ended");
            }
        });
    }
}

/// Serves devices on `listener`.
pub(super) async fn serve_devices(listener: TcpListener, host: Handle, draining: CancellationToken) {
    while let Some(stream) = accept(&listener, &draining).await {
        host.serve(stream);
    }
}

/// The next connection, `None` when the relay stops.
async fn accept(listener: &TcpListener, draining: &CancellationToken) -> Option<TcpStream> {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = draining.cancelled() => return None,
        };
        match accepted.and_then(|(stream, _)| nodelay(stream)) {
            Ok(stream) => return Some(stream),
            Err(error) => {
                warn!(%error, "connection not accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

/// Frames are small and somebody waits for each of them.
fn nodelay(stream: TcpStream) -> io::Result<TcpStream> {
    stream.set_nodelay(true)?;
    Ok(stream)
}

async fn converse(
    stream: TcpStream,
    routes: Router,
    request_head: Duration,
    draining: CancellationToken,
) -> Result<(), hyper::Error> {
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(request_head)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(routes))
        .with_upgrades();
    let mut connection = pin!(connection);
    tokio::select! {
        ended = &mut connection => return ended,
        () = draining.cancelled() => connection.as_mut().graceful_shutdown(),
    }
    connection.await
}
