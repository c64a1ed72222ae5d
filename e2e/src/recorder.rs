//! A server that lets everybody in, acknowledges every message and keeps the frames it was sent.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Result, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::wait::eventually;

/// Login accepted, no session kept.
const CONNACK: [u8; 4] = [0x20, 0x02, 0x00, 0x00];

/// A command, as OneNET sends one whenever it likes: `opendoor` on `$creq/7`, QoS 0.
const COMMAND: &[u8] = b"\x30\x11\x00\x07$creq/7opendoor";

/// A listener on loopback. Dropping it ends it and its connections.
#[must_use = "dropping it ends the listener"]
pub struct Recorder {
    /// Where it listens.
    pub address: SocketAddr,
    frames: Frames,
    task: JoinHandle<()>,
}

type Frames = Arc<Mutex<Vec<Vec<u8>>>>;

impl Recorder {
    /// Starts it on a free port. It speaks with one client after the other: CONNACK 0 to CONNECT, PUBACK to
    /// PUBLISH at QoS 1, and behind every PUBLISH a command `opendoor`.
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let frames = Frames::default();
        let kept = Arc::clone(&frames);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A client that goes away has said what it had to say.
                let _ = converse(stream, &kept).await;
            }
        });
        Ok(Self { address, frames, task })
    }

    /// The frames so far, in the order in which they came.
    pub fn frames(&self) -> Vec<Vec<u8>> {
        self.frames.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits for so many frames.
    pub async fn wait_for(&self, count: usize) -> Result<Vec<Vec<u8>>> {
        eventually(&format!("{count} frames are recorded"), async || {
            let frames = self.frames();
            ensure!(frames.len() >= count, "there are {frames:02x?}");
            Ok(frames)
        })
        .await
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn converse(mut stream: TcpStream, frames: &Frames) -> Result<()> {
    loop {
        let frame = read_frame(&mut stream).await?;
        let answer = answer(&frame);
        frames.lock().unwrap_or_else(PoisonError::into_inner).push(frame);
        stream.write_all(&answer).await?;
    }
}

fn answer(frame: &[u8]) -> Vec<u8> {
    match frame[0] >> 4 {
        1 => CONNACK.to_vec(),
        3 => {
            let acknowledgement = packet_id_of(frame).map(|[high, low]| [0x40, 0x02, high, low]);
            [acknowledgement.as_ref().map_or(&[][..], |bytes| bytes), COMMAND].concat()
        }
        12 => vec![0xD0, 0x00],
        _ => Vec::new(),
    }
}

/// The two bytes after the topic; none at QoS 0.
fn packet_id_of(publish: &[u8]) -> Option<[u8; 2]> {
    if publish[0] & 0x06 == 0 {
        return None;
    }
    let start = 1 + publish[1..].iter().position(|byte| byte & 0x80 == 0)? + 1;
    let topic = usize::from(u16::from_be_bytes([*publish.get(start)?, *publish.get(start + 1)?]));
    publish.get(start + 2 + topic..)?.first_chunk().copied()
}

/// One whole frame; its first byte is always there.
async fn read_frame(stream: &mut TcpStream) -> Result<Vec<u8>> {
    let mut frame = vec![stream.read_u8().await?];
    let mut remaining: usize = 0;
    for shift in [0, 7, 14, 21] {
        let byte = stream.read_u8().await?;
        frame.push(byte);
        remaining |= usize::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    let header = frame.len();
    frame.resize(header + remaining, 0);
    stream.read_exact(&mut frame[header..]).await?;
    Ok(frame)
}
