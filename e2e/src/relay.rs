//! The relay, as a user starts it.

use std::net::SocketAddr;
use std::process::Command;

use anyhow::{Context, Result};

use crate::{Program, place};

/// A running `onenet-relay` that listens for HTTP on a free port of loopback.
pub struct Relay {
    /// Its HTTP listener.
    pub http: SocketAddr,
    /// The simulated platform's MQTT port, if asked for.
    pub simulator: Option<SocketAddr>,
    /// The simulated platform's HTTP API, if asked for.
    pub simulator_api: Option<SocketAddr>,
    /// The process.
    pub program: Program,
}

impl Relay {
    /// Starts it with `--listen 127.0.0.1:0` and `arguments`; returns when all of it listens.
    pub async fn start<S: AsRef<str>>(arguments: &[S]) -> Result<Self> {
        Self::start_at(SocketAddr::from(([127, 0, 0, 1], 0)), arguments).await
    }

    /// The same, at an address of loopback.
    pub async fn start_at<S: AsRef<str>>(address: SocketAddr, arguments: &[S]) -> Result<Self> {
        let arguments: Vec<&str> = arguments.iter().map(AsRef::as_ref).collect();
        let mut command = Command::new(place::relay()?);
        command.args(["--listen", &address.to_string()]).args(&arguments);
        let mut program = Program::start(command)?;

        let http = parse(&program.wait_for_line("listening http://").await?)?;
        let mut simulator = None;
        if arguments.contains(&"--simulate") {
            simulator = Some(parse(&program.wait_for_line("listening simulator ").await?)?);
        }
        let mut simulator_api = None;
        if arguments.contains(&"--simulate-api") {
            simulator_api = Some(parse(&program.wait_for_line("listening simulator-api http://").await?)?);
        }
        Ok(Self { http, simulator, simulator_api, program })
    }

    /// Where a WebSocket client finds an upstream.
    pub fn web_socket(&self, upstream: &str) -> String {
        format!("ws://{}/mqtt/{upstream}", self.http)
    }

    /// An address of the simulated platform's HTTP API. It must have been asked for.
    pub fn api(&self, path: &str) -> Result<String> {
        let api = self.simulator_api.context("start the relay with --simulate-api 127.0.0.1:0")?;
        Ok(format!("http://{api}{path}"))
    }
}

fn parse(text: &str) -> Result<SocketAddr> {
    text.trim_end_matches('/').parse().with_context(|| format!("the relay listens on no address: {text}"))
}
