//! A real broker, and its own clients.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;
use tokio::net::TcpStream;

use crate::wait::eventually;
use crate::{Program, place};

/// Tells the subscribers of one test run apart.
static SUBSCRIBERS: AtomicU32 = AtomicU32::new(1);

/// A running mosquitto that lets everybody in.
pub struct Mosquitto {
    /// Its MQTT port.
    pub tcp: SocketAddr,
    /// Its own WebSocket port.
    pub web_socket: SocketAddr,
    /// The process.
    pub program: Program,
    _folder: TempDir,
}

impl Mosquitto {
    /// Starts it on two free ports; returns when both listen.
    pub async fn start() -> Result<Self> {
        // It cannot choose ports itself, and a port found free may be taken before it gets there.
        let mut attempt = Self::start_on(free_ports()?).await;
        for _ in 0..2 {
            match attempt {
                Ok(started) => return Ok(started),
                Err(_) => attempt = Self::start_on(free_ports()?).await,
            }
        }
        attempt
    }

    async fn start_on([tcp, web_socket]: [SocketAddr; 2]) -> Result<Self> {
        let folder = TempDir::new()?;
        let config = folder.path().join("mosquitto.conf");
        let text = format!(
            "allow_anonymous true\n\
             persistence false\n\
             log_dest stderr\n\
             log_type all\n\
             # Nothing is dropped silently when a reader lags.\n\
             max_queued_messages 0\n\
             max_queued_bytes 0\n\
             listener {} 127.0.0.1\n\
             listener {} 127.0.0.1\n\
             protocol websockets\n",
            tcp.port(),
            web_socket.port(),
        );
        fs::write(&config, text).with_context(|| format!("cannot write {}", config.display()))?;
        let mut command = Command::new(place::program("mosquitto")?);
        command.arg("-c").arg(&config);
        let mut program = Program::start(command)?;
        program.wait_for("mosquitto runs", |line| line.ends_with(" running").then_some(())).await?;
        for address in [tcp, web_socket] {
            eventually("mosquitto listens", async || Ok(TcpStream::connect(address).await?)).await?;
        }
        // Otherwise it was somebody else who answered.
        ensure!(program.is_running(), "mosquitto ended:\n{}", program.lines().join("\n"));
        Ok(Self { tcp, web_socket, program, _folder: folder })
    }

    /// Its address as the relay's `--upstream` wants it.
    pub fn upstream(&self) -> String {
        format!("tcp://{}", self.tcp)
    }

    /// Starts `mosquitto_sub`, which writes every message as a line `topic payload`; returns when it is
    /// subscribed.
    pub async fn subscribe(&mut self, topic: &str) -> Result<Program> {
        // Its own word for it stays in a buffer; the broker's log names the client.
        let client_id = format!("subscriber-{}", SUBSCRIBERS.fetch_add(1, Ordering::Relaxed));
        let mut command = self.client("mosquitto_sub")?;
        command.args(["-i", &client_id, "-q", "1", "-F", "%t %p", "-t", topic]);
        let program = Program::start(command)?;
        self.wait_for_subscription(&client_id).await?;
        Ok(program)
    }

    /// Waits until a client has subscribed to something.
    pub async fn wait_for_subscription(&mut self, client_id: &str) -> Result<()> {
        let line = format!("Sending SUBACK to {client_id}");
        self.program.wait_for(&line, |found| found.ends_with(&line).then_some(())).await
    }

    /// Publishes one message at QoS 1 with `mosquitto_pub`; returns when it is acknowledged.
    pub async fn publish(&self, topic: &str, payload: &str) -> Result<()> {
        let mut command = self.client("mosquitto_pub")?;
        command.args(["-q", "1", "-t", topic, "-m", payload]);
        Program::start(command)?.wait_for_success().await
    }

    fn client(&self, name: &str) -> Result<Command> {
        let mut command = Command::new(place::program(name)?);
        command.args(["-V", "mqttv311", "-h", "127.0.0.1", "-p"]).arg(self.tcp.port().to_string());
        Ok(command)
    }
}

fn free_ports() -> Result<[SocketAddr; 2]> {
    // Both held at once, so that they differ.
    let listeners = [(); 2].map(|()| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)));
    let [one, other] = listeners;
    Ok([one?.local_addr()?, other?.local_addr()?])
}
