//! A capture file that somebody else wrote: what is in it, and whether anything about it is odd.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use super::bytes;
use crate::proxy::End;
use crate::{Program, Recording, place};

/// A capture file, opened with nobody's own settings.
pub struct CaptureFile {
    file: PathBuf,
    folder: TempDir,
}

/// One MQTT frame of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MqttFrame {
    /// Its TCP connection, counted from 0 in the order of first packets.
    pub connection: usize,
    /// Whether it goes to the server's port.
    pub sent: bool,
    /// Its packet type as the fixed header has it: 1 is CONNECT.
    pub packet_type: u8,
    /// What it announces as its remaining length, in bytes.
    pub remaining_length: usize,
}

/// Packets that carry something which is not MQTT.
const NOT_MQTT: &str = "tcp.len > 0 && !mqtt";
/// Packets about which there is anything to say: from notes upwards, since the beginning of a connection is told
/// as chat (`0x200000`).
const ODD: &str = "_ws.malformed || tcp.analysis.flags || _ws.expert.severity >= 0x400000";

impl CaptureFile {
    /// Puts the bytes of a capture file where tshark can read them.
    pub fn new(bytes: &[u8]) -> Result<Self> {
        let folder = TempDir::new()?;
        let file = folder.path().join("capture");
        fs::write(&file, bytes)?;
        Ok(Self { file, folder })
    }

    /// Every MQTT frame, in order.
    pub async fn frames(&self) -> Result<Vec<MqttFrame>> {
        let fields = ["tcp.stream", "tcp.dstport", "mqtt.msgtype", "mqtt.len"];
        let mut arguments = vec!["-n", "-Y", "mqtt", "-T", "fields"];
        arguments.extend(fields.iter().flat_map(|field| ["-e", field]));
        let text = self.tshark(&arguments).await?;
        let mut frames = Vec::new();
        for line in text.lines() {
            let columns: Vec<&str> = line.split('\t').collect();
            let &[connection, port, types, lengths] = columns.as_slice() else {
                anyhow::bail!("{} columns: {line}", columns.len())
            };
            // A packet may hold several frames.
            for (packet_type, length) in types.split(',').zip(lengths.split(',')) {
                frames.push(MqttFrame {
                    connection: connection.parse()?,
                    sent: port == "1883",
                    packet_type: packet_type.parse()?,
                    remaining_length: length.parse()?,
                });
            }
        }
        Ok(frames)
    }

    /// Fails if a packet is malformed, carries anything but MQTT, has a wrong checksum, or if the connections are
    /// not as TCP would have them.
    pub async fn is_faultless(&self) -> Result<()> {
        for filter in [NOT_MQTT, ODD] {
            // What is said of a packet is said after the whole file was seen.
            let checks = ["-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE"];
            let arguments = [&["-n", "-2", "-Y", filter][..], &checks].concat();
            let found = self.tshark(&arguments).await?;
            ensure!(found.is_empty(), "{filter}:\n{found}");
        }
        Ok(())
    }

    /// What was said on a connection, as *follow stream* puts it together.
    pub async fn follow(&self, connection: usize) -> Result<Recording> {
        let follow = format!("follow,tcp,raw,{connection}");
        let text = self.tshark(&["-n", "-q", "-z", &follow]).await?;
        let mut chunks = Vec::new();
        // Two lines name the ends, a line of equals signs comes last; what the server said is indented.
        for line in text.lines().skip_while(|line| !line.starts_with("Node 1:")).skip(1) {
            if line.starts_with('=') {
                break;
            }
            let (sender, hex) = line.strip_prefix('\t').map_or((End::Client, line), |hex| (End::Broker, hex));
            chunks.push((sender, bytes(hex)?));
        }
        Ok(Recording { chunks })
    }

    /// What capinfos says about the file as a whole.
    pub async fn about(&self) -> Result<String> {
        let mut command = Command::new(place::program("capinfos")?);
        command.arg(&self.file);
        let mut program = Program::start(command)?;
        program.wait_for_success().await?;
        Ok(program.lines().join("\n"))
    }

    async fn tshark(&self, arguments: &[&str]) -> Result<String> {
        let output = self.folder.path().join("output");
        // A `Program` keeps both outputs as lines; here tabs and one of them alone matter.
        let mut command = Command::new(place::program("sh")?);
        command.args(["-c", r#"output=$1; shift; exec "$@" > "$output""#, "sh"]).arg(&output);
        command.arg(place::program("tshark")?).arg("-r").arg(&self.file).args(arguments);
        command.env("WIRESHARK_CONFIG_DIR", self.folder.path());
        Program::start(command)?.wait_for_success().await?;
        read(&output)
    }
}

fn read(output: &Path) -> Result<String> {
    fs::read_to_string(output).context("tshark wrote no text")
}
