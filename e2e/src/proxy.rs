//! A wire tap: stands before a broker, passes every byte on untouched and keeps a copy.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Result, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::wait::eventually;

/// The two ends of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// Who opened it.
    Client,
    /// Who was called.
    Broker,
}

/// What was said on one connection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recording {
    /// Who said what, in the order in which it passed. Where a chunk begins and ends means nothing.
    pub chunks: Vec<(End, Vec<u8>)>,
}

impl Recording {
    /// Everything that one end has said.
    pub fn said_by(&self, end: End) -> Vec<u8> {
        let chunks = self.chunks.iter().filter(|(speaker, _)| *speaker == end);
        chunks.flat_map(|(_, bytes)| bytes).copied().collect()
    }
}

/// A recording of a connection that may still be open: then somebody else has a share in it.
type Tape = Arc<Mutex<Recording>>;

/// A proxy on a free port of loopback. Dropping it closes every connection through it.
#[must_use = "dropping it ends the proxy"]
pub struct RecordingProxy {
    /// Where clients connect.
    pub address: SocketAddr,
    tapes: Arc<Mutex<Vec<Tape>>>,
    listening: JoinHandle<()>,
}

impl RecordingProxy {
    /// Starts one before `broker`.
    pub async fn start(broker: SocketAddr) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let tapes: Arc<Mutex<Vec<Tape>>> = Arc::default();
        let listening = tokio::spawn(listen(listener, broker, Arc::clone(&tapes)));
        Ok(Self { address, tapes, listening })
    }

    /// What was said until now, in the order of the openings.
    pub fn so_far(&self) -> Vec<Recording> {
        let tapes = self.tapes.lock().unwrap_or_else(PoisonError::into_inner);
        tapes.iter().map(copy_of).collect()
    }

    /// Waits until every connection so far is closed; gives what was said, in the order of their openings.
    pub async fn recordings(&self) -> Result<Vec<Recording>> {
        eventually("every recorded connection is closed", async || {
            let tapes = self.tapes.lock().unwrap_or_else(PoisonError::into_inner);
            let open = tapes.iter().filter(|tape| Arc::strong_count(tape) > 1).count();
            ensure!(open == 0, "{open} of {} are open", tapes.len());
            Ok(tapes.iter().map(copy_of).collect())
        })
        .await
    }
}

impl Drop for RecordingProxy {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

fn copy_of(tape: &Tape) -> Recording {
    tape.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

async fn listen(listener: TcpListener, broker: SocketAddr, tapes: Arc<Mutex<Vec<Tape>>>) {
    // Owned here, so that the connections end with the listener.
    let mut connections = JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        let tape = Tape::default();
        tapes.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&tape));
        connections.spawn(async move {
            // A connection that breaks is told to the other end by closing; whoever tests sees it there.
            let _ = carry(client, broker, &tape).await;
        });
    }
}

async fn carry(client: TcpStream, broker: SocketAddr, tape: &Tape) -> io::Result<()> {
    let broker = TcpStream::connect(broker).await?;
    for stream in [&client, &broker] {
        stream.set_nodelay(true)?;
    }
    let (from_client, to_client) = client.into_split();
    let (from_broker, to_broker) = broker.into_split();
    let up = copy(from_client, to_broker, End::Client, tape);
    let down = copy(from_broker, to_client, End::Broker, tape);
    let (up, down) = tokio::join!(up, down);
    up.and(down)
}

/// Passes on what `speaker` says until it is silent for good; then the listener is told by closing.
async fn copy(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, speaker: End, tape: &Tape) -> io::Result<()> {
    let mut buffer = vec![0; 8 * 1024];
    loop {
        let length = from.read(&mut buffer).await?;
        if length == 0 {
            return to.shutdown().await;
        }
        // First the copy: whoever has heard something finds it recorded.
        let chunk = (speaker, buffer[..length].to_vec());
        tape.lock().unwrap_or_else(PoisonError::into_inner).chunks.push(chunk);
        to.write_all(&buffer[..length]).await?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn passes_on_and_keeps_what_both_ends_say() -> Result<()> {
        let broker = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let proxy = RecordingProxy::start(broker.local_addr()?).await?;
        let mut client = TcpStream::connect(proxy.address).await?;
        let (mut called, _) = broker.accept().await?;

        let mut heard = [0; 5];
        client.write_all(b"hello").await?;
        called.read_exact(&mut heard).await?;
        ensure!(&heard == b"hello");
        called.write_all(b"there").await?;
        client.read_exact(&mut heard).await?;
        ensure!(&heard == b"there");

        // Each end is told when the other one has gone.
        drop(client);
        ensure!(called.read(&mut heard).await? == 0);
        drop(called);
        let recordings = proxy.recordings().await?;
        let [recording] = recordings.as_slice() else { anyhow::bail!("{recordings:?}") };
        ensure!(recording.said_by(End::Client) == b"hello" && recording.said_by(End::Broker) == b"there");
        Ok(())
    }

    #[tokio::test]
    async fn ends_its_connections_when_it_is_dropped() -> Result<()> {
        let broker = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let proxy = RecordingProxy::start(broker.local_addr()?).await?;
        let mut client = TcpStream::connect(proxy.address).await?;
        let (mut called, _) = broker.accept().await?;
        drop(proxy);
        ensure!(client.read(&mut [0]).await? == 0);
        ensure!(called.read(&mut [0]).await? == 0);
        Ok(())
    }
}
