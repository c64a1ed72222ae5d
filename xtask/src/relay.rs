//! Building and starting `onenet-relay`.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::{place, run};

/// Builds the relay. Not optimised: a few hundred frames a second on this machine do not need it, and
/// it is there sooner.
pub fn build() -> Result<()> {
    run::run(&mut run::cargo(["build", "--quiet", "--package", "relay", "--bin", "onenet-relay"]))
        .context("the relay could not be built")
}

/// The built program.
pub fn program() -> PathBuf {
    place::target().join("debug").join(format!("onenet-relay{}", std::env::consts::EXE_SUFFIX))
}

/// Where a relay for one person listens: on loopback only.
pub struct Ports {
    /// The page and the WebSockets.
    pub http: u16,
    /// The simulated platform's MQTT port.
    pub simulate: u16,
    /// The simulated platform's HTTP API.
    pub api: u16,
}

impl Ports {
    /// The usual ports; another where one is taken, which is said.
    pub fn choose() -> Result<Self> {
        // All held until all are chosen, so that they differ.
        let [http, simulate, api] = [free(8080)?, free(6002)?, free(6080)?];
        let port = |listener: TcpListener| Ok::<u16, anyhow::Error>(listener.local_addr()?.port());
        Ok(Self { http: port(http)?, simulate: port(simulate)?, api: port(api)? })
    }
}

/// The command that starts a relay with the page from `page` and the simulated platform on ports.
pub fn command(ports: &Ports, page: &Path) -> Command {
    let loopback = |port: u16| SocketAddr::from((Ipv4Addr::LOCALHOST, port)).to_string();
    let mut command = run::program(program(), ["--listen", &loopback(ports.http)]);
    command.args(["--simulate", &loopback(ports.simulate), "--simulate-api", &loopback(ports.api)]);
    command.arg("--page").arg(page);
    command
}

fn free(wanted: u16) -> Result<TcpListener> {
    if let Ok(listener) = TcpListener::bind((Ipv4Addr::LOCALHOST, wanted)) {
        return Ok(listener);
    }
    let other = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port on loopback")?;
    let port = other.local_addr()?.port();
    println!("  port {wanted} is taken by another program, using {port} instead");
    Ok(other)
}
