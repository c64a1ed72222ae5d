//! A real broker, and its own clients.

use std::fmt::Write;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tempfile::TempDir;
use tokio::net::TcpStream;

use crate::wait::eventually;
use crate::{Program, place};

/// Tells the subscribers of one test run apart.
static SUBSCRIBERS: AtomicU32 = AtomicU32::new(1);

/// How many messages it sends a client without their acknowledgements, by its own default.
const WINDOW: u16 = 20;

/// What a strict broker grants nobody.
pub const REFUSED_FILTER: &str = "closed/door";

/// A running mosquitto. Unless it is strict it lets everybody in.
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
        Self::start_with(None, WINDOW).await
    }

    /// The same, but it sends each client so many messages at QoS 1 and 2 without their acknowledgements. Only with
    /// one it keeps them in order: where the window is full, a new message may pass those that wait (2.0.11).
    pub async fn start_with_window(window: u16) -> Result<Self> {
        Self::start_with(None, window).await
    }

    /// The same, but it refuses every login with a user name, and [`REFUSED_FILTER`] to all.
    pub async fn start_strict() -> Result<Self> {
        Self::start_with(Some(&security_plugin()?), WINDOW).await
    }

    async fn start_with(plugin: Option<&Path>, window: u16) -> Result<Self> {
        // It cannot choose ports itself, and a port found free may be taken before it gets there.
        let mut attempt = Self::start_on(free_ports()?, plugin, window).await;
        for _ in 0..2 {
            match attempt {
                Ok(started) => return Ok(started),
                Err(_) => attempt = Self::start_on(free_ports()?, plugin, window).await,
            }
        }
        attempt
    }

    async fn start_on(
        [tcp, web_socket]: [SocketAddr; 2],
        plugin: Option<&Path>,
        window: u16,
    ) -> Result<Self> {
        let folder = TempDir::new()?;
        let config = folder.path().join("mosquitto.conf");
        let mut text = format!(
            "allow_anonymous true\n\
             persistence false\n\
             log_dest stderr\n\
             log_type all\n\
             # Nothing is dropped silently when a reader lags.\n\
             max_queued_messages 0\n\
             max_queued_bytes 0\n\
             max_inflight_messages {window}\n\
             listener {} 127.0.0.1\n\
             listener {} 127.0.0.1\n\
             protocol websockets\n",
            tcp.port(),
            web_socket.port(),
        );
        if let Some(plugin) = plugin {
            let rules = folder.path().join("strict.json");
            fs::write(&rules, strict_rules()).with_context(|| format!("cannot write {}", rules.display()))?;
            writeln!(text, "plugin {}\nplugin_opt_config_file {}", plugin.display(), rules.display())?;
        }
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

/// What a strict broker knows, for mosquitto's own plugin: no client by name, and one filter that those
/// without a name may not subscribe to.
fn strict_rules() -> String {
    let refused = json!({ "acltype": "subscribeLiteral", "topic": REFUSED_FILTER, "allow": false });
    let rules = json!({
        "defaultACLAccess": {
            "publishClientSend": true,
            "publishClientReceive": true,
            "subscribe": true,
            "unsubscribe": true,
        },
        "clients": [],
        "groups": [{ "groupname": "everybody", "roles": [{ "rolename": "visitor" }] }],
        "roles": [{ "rolename": "visitor", "acls": [refused] }],
        "anonymousGroup": "everybody",
    });
    rules.to_string()
}

/// mosquitto's own plugin for accounts, in the folder for libraries that this system has.
fn security_plugin() -> Result<PathBuf> {
    let name = "mosquitto_dynamic_security.so";
    let bases = ["/usr/lib", "/usr/lib64", "/usr/local/lib"].map(PathBuf::from);
    // Debian has a folder for each kind of machine.
    let kinds = fs::read_dir("/usr/lib").into_iter().flatten().flatten().map(|entry| entry.path());
    let found = bases.into_iter().chain(kinds).map(|folder| folder.join(name)).find(|file| file.is_file());
    found.with_context(|| format!("no {name} on this machine: run `cargo xtask setup`"))
}

fn free_ports() -> Result<[SocketAddr; 2]> {
    // Both held at once, so that they differ.
    let listeners = [(); 2].map(|()| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)));
    let [one, other] = listeners;
    Ok([one?.local_addr()?, other?.local_addr()?])
}
