//! Start to stop.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use simulator::Options;
use tokio::net::TcpListener;
use tokio::time::timeout;
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;
use tracing::warn;

use crate::config::Config;
use crate::guard::Guard;
use crate::host::{Handle, api};

use super::listen::{serve_devices, serve_http};
use super::routes::{Face, routes};

/// How long a stopping relay waits for its clients to take their close frames.
const STOP: Duration = Duration::from_millis(1_500);

/// A running relay. Dropping it stops it without farewell.
#[derive(Debug)]
#[must_use = "a relay stops when it is dropped"]
pub struct Relay {
    address: SocketAddr,
    simulator: Option<SocketAddr>,
    simulator_api: Option<SocketAddr>,
    draining: CancellationToken,
    _stop_on_drop: DropGuard,
    tracker: TaskTracker,
}

/// A listener that could not be opened.
#[derive(Debug, thiserror::Error)]
#[error("{flag} {address} cannot be listened on")]
pub struct StartError {
    flag: &'static str,
    address: SocketAddr,
    source: io::Error,
}

impl Relay {
    /// Opens every listener of `config` and serves them in the background.
    ///
    /// # Errors
    ///
    /// The first listener that cannot be opened; then none stays open.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        let (listener, address) = listen("--listen", config.listen).await?;
        let devices = match config.simulate {
            Some(address) => Some(listen("--simulate", address).await?),
            None => None,
        };
        let api = match config.simulate_api {
            Some(address) => Some(listen("--simulate-api", address).await?),
            None => None,
        };

        let draining = CancellationToken::new();
        let tracker = TaskTracker::new();
        let host = Handle::start(
            Options {
                devices: config.devices.clone(),
                sys_products: config.sys_products.clone(),
                sys_devices: config.sys_devices.clone(),
                rates: config.rates,
                readings: config.readings,
                ..Options::default()
            },
            tracker.clone(),
            draining.clone(),
        );
        let request_head = config.timing.request_head;

        let mut relay = Self {
            address,
            simulator: None,
            simulator_api: None,
            draining: draining.clone(),
            _stop_on_drop: draining.clone().drop_guard(),
            tracker: tracker.clone(),
        };
        if let Some((listener, address)) = devices {
            relay.simulator = Some(address);
            tracker.spawn(serve_devices(listener, host.clone(), draining.clone()));
        }
        if let Some((listener, address)) = api {
            relay.simulator_api = Some(address);
            let guard = Guard::new(&config, address);
            let (keys, tokens) = (config.devices.clone(), config.sys_devices.clone());
            let routes = api::routes(host.clone(), guard, keys, tokens);
            tracker.spawn(serve_http(listener, routes, request_head, draining.clone(), tracker.clone()));
        }
        let face = Face {
            guard: Guard::new(&config, address),
            upstreams: config.upstreams.clone(),
            host,
            timing: config.timing.clone(),
            draining: draining.clone(),
            tracker: tracker.clone(),
        };
        tracker.spawn(serve_http(listener, routes(face, &config), request_head, draining, tracker.clone()));
        Ok(relay)
    }

    /// Where page and WebSocket are served.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where the simulated platform takes devices over TCP.
    pub fn simulator(&self) -> Option<SocketAddr> {
        self.simulator
    }

    /// Where the simulated platform's HTTP API is served.
    pub fn simulator_api(&self) -> Option<SocketAddr> {
        self.simulator_api
    }

    /// Stops: takes no more connections, closes the visits with 1012 and gives them a moment to leave.
    pub async fn stop(self) {
        self.draining.cancel();
        self.tracker.close();
        if timeout(STOP, self.tracker.wait()).await.is_err() {
            warn!(connections = self.tracker.len(), "stopped before everybody had left");
        }
    }
}

async fn listen(flag: &'static str, address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let error = |source| StartError { flag, address, source };
    let listener = TcpListener::bind(address).await.map_err(error)?;
    let address = listener.local_addr().map_err(error)?;
    Ok((listener, address))
}
