//! Other people's MQTT clients, run by the scripts in `peers/`.

use std::ffi::OsStr;
use std::net::SocketAddr;
use std::process::Command;

use anyhow::Result;

use crate::{Program, place};

/// Ways to start a peer. The result is a [`Program`] whose lines the test waits for.
pub struct Peer;

impl Peer {
    /// The device of the script that every beginner copies: paho-mqtt, Python.
    pub fn paho_device<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Result<Program> {
        paho("paho_device.py", arguments)
    }

    /// The same device uploading payloads of any type, given as hex behind host and port.
    pub fn paho_uploads<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Result<Program> {
        paho("paho_uploads.py", arguments)
    }

    /// A device of the later platforms, which signs its token itself: arguments are in the script.
    pub fn paho_token_device<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Result<Program> {
        paho("paho_token_device.py", arguments)
    }

    /// A client of the same library over WebSocket.
    pub fn paho_web_socket<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Result<Program> {
        paho("paho_web_socket.py", arguments)
    }

    /// Everything that paho-mqtt can be made to say: arguments are in the script.
    pub fn paho_varied<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Result<Program> {
        paho("paho_varied.py", arguments)
    }

    /// What curl prints for a URL.
    pub async fn curl(url: &str) -> Result<String> {
        let mut command = Command::new(place::program("curl")?);
        command.args(["--silent", "--show-error", "--max-time", "10", url]);
        let mut program = Program::start(command)?;
        program.wait_for_success().await?;
        Ok(program.lines().join("\n"))
    }

    /// A client as web pages use it: MQTT.js, Node.js.
    pub fn mqtt_js<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Result<Program> {
        mqtt_js("mqtt_js_client.mjs", arguments)
    }

    /// Everything that MQTT.js can be made to say: arguments are in the script.
    pub fn mqtt_js_varied<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Result<Program> {
        mqtt_js("mqtt_js_varied.mjs", arguments)
    }

    /// `mosquitto_pub` or `mosquitto_sub`, speaking MQTT 3.1.1 to an address.
    pub fn mosquitto_client<S: AsRef<OsStr>>(
        name: &str,
        address: SocketAddr,
        arguments: impl IntoIterator<Item = S>,
    ) -> Result<Program> {
        let mut command = Command::new(place::program(name)?);
        command.args(["-V", "mqttv311", "-h", &address.ip().to_string()]);
        command.args(["-p", &address.port().to_string()]).args(arguments);
        Program::start(command)
    }
}

fn mqtt_js<S: AsRef<OsStr>>(script: &str, arguments: impl IntoIterator<Item = S>) -> Result<Program> {
    let mut command = Command::new(place::program("node")?);
    command.env("MQTT_JS_FOLDER", place::node_package("mqtt")?);
    command.arg(place::script(script)).args(arguments);
    Program::start(command)
}

fn paho<S: AsRef<OsStr>>(script: &str, arguments: impl IntoIterator<Item = S>) -> Result<Program> {
    let mut command = Command::new(place::program("python3")?);
    command.env("PYTHONPATH", place::python_package("paho-mqtt")?).env("PYTHONIOENCODING", "utf-8");
    command.arg("-u").arg(place::script(script)).args(arguments);
    Program::start(command)
}
