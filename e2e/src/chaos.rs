//! A bad network: stands before a broker, passes bytes on in pieces of any size, and cuts every connection at a byte that
//! chance chooses. Listens on loopback and calls only the broker that it was told of.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use anyhow::Result;
use fastrand::Rng;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// No piece is larger, in bytes.
const LARGEST_PIECE: usize = 200;

/// A proxy on a free port of loopback. Dropping it closes every connection through it.
#[must_use = "dropping it ends the proxy"]
pub struct ChaosProxy {
    /// Where clients connect.
    pub address: SocketAddr,
    weather: Arc<Weather>,
    listening: JoinHandle<()>,
}

/// What all connections share.
#[derive(Default)]
struct Weather {
    is_calm: AtomicBool,
    cuts: AtomicU32,
}

impl ChaosProxy {
    /// Starts one before `broker`. A connection is cut when one of its directions, chosen by chance, has carried a
    /// number of bytes in `carried`. The same seed makes the same choices.
    pub async fn start(broker: SocketAddr, carried: Range<u64>, seed: u64) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let weather = Arc::<Weather>::default();
        let shared = Arc::clone(&weather);
        let listening = tokio::spawn(listen(listener, broker, carried, Rng::with_seed(seed), shared));
        Ok(Self { address, weather, listening })
    }

    /// From now on nothing is cut any more.
    pub fn calm(&self) {
        self.weather.is_calm.store(true, Ordering::Relaxed);
    }

    /// How many connections were cut.
    pub fn cuts(&self) -> u32 {
        self.weather.cuts.load(Ordering::Relaxed)
    }
}

impl Drop for ChaosProxy {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn listen(
    listener: TcpListener,
    broker: SocketAddr,
    carried: Range<u64>,
    mut rng: Rng,
    weather: Arc<Weather>,
) {
    // Owned here, so that the connections end with the listener.
    let mut connections = JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        let (rng, carried, weather) = (rng.fork(), carried.clone(), Arc::clone(&weather));
        connections.spawn(async move {
            // A connection that breaks is told to the other end by closing; whoever tests sees it there.
            let _ = carry(client, broker, carried, rng, &weather).await;
        });
    }
}

async fn carry(
    client: TcpStream,
    broker: SocketAddr,
    carried: Range<u64>,
    mut rng: Rng,
    weather: &Weather,
) -> io::Result<()> {
    let broker = TcpStream::connect(broker).await?;
    for stream in [&client, &broker] {
        stream.set_nodelay(true)?;
    }
    let (from_client, to_client) = client.into_split();
    let (from_broker, to_broker) = broker.into_split();
    let mut limits = [rng.u64(carried), u64::MAX];
    rng.shuffle(&mut limits);
    let up = copy(from_client, to_broker, limits[0], rng.fork(), weather);
    let down = copy(from_broker, to_client, limits[1], rng, weather);
    // What is still under way in the other direction is lost.
    tokio::select! {
        end = up => end,
        end = down => end,
    }
}

/// Passes on what comes, to its end or to the cut.
async fn copy(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut limit: u64,
    mut rng: Rng,
    weather: &Weather,
) -> io::Result<()> {
    let mut buffer = [0; LARGEST_PIECE];
    loop {
        let room = rng.usize(1..=LARGEST_PIECE);
        let length = from.read(&mut buffer[..room]).await?;
        if length == 0 {
            return Ok(());
        }
        let is_last = limit <= length as u64 && !weather.is_calm.load(Ordering::Relaxed);
        let length = if is_last { limit as usize } else { length };
        to.write_all(&buffer[..length]).await?;
        if is_last {
            weather.cuts.fetch_add(1, Ordering::Relaxed);
            return Ok(());
        }
        limit = limit.saturating_sub(length as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn cuts_a_connection_after_so_many_bytes_and_none_when_calm() -> Result<()> {
        let broker = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let proxy = ChaosProxy::start(broker.local_addr()?, 300..301, 1).await?;
        for is_calm in [false, true] {
            if is_calm {
                proxy.calm();
            }
            let mut client = TcpStream::connect(proxy.address).await?;
            let (mut called, _) = broker.accept().await?;
            client.write_all(&[7; 1_000]).await?;
            called.write_all(&[7; 1_000]).await?;
            if is_calm {
                let mut heard = [0; 1_000];
                client.read_exact(&mut heard).await?;
                called.read_exact(&mut heard).await?;
            } else {
                let (mut up, mut down) = (Vec::new(), Vec::new());
                // How the end shows depends on what was still under way.
                let _ = called.read_to_end(&mut up).await;
                let _ = client.read_to_end(&mut down).await;
                assert!(up.len() == 300 || down.len() == 300, "{} up, {} down", up.len(), down.len());
            }
        }
        assert_eq!(proxy.cuts(), 1);
        Ok(())
    }
}
