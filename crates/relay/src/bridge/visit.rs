//! A visit from its 101 to its close: let in or refused, first byte, dial, bytes, farewell.

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::config::{Timing, Upstream};
use crate::host::Handle;
use crate::linger::linger;

use super::Ending;
use super::dial::dial;
use super::pump::{Count, pump};
use super::socket::{Heard, Socket};

/// The first byte of a CONNECT: packet type 1, flags 0 (MQTT 3.1.1 §3.1.1).
const CONNECT: u8 = 0x10;

/// Where a visit leads.
#[derive(Debug, Clone)]
pub enum Target {
    /// To a TCP address.
    Upstream(Upstream),
    /// To the platform inside this relay.
    Simulator(Handle),
}

/// What a visit needs to know.
#[derive(Debug, Clone)]
pub struct Visit {
    /// Where it leads, or why it is refused.
    pub target: Result<Target, Ending>,
    /// How long to wait for what.
    pub timing: Timing,
    /// Cancelled when the relay stops.
    pub draining: CancellationToken,
}

impl Visit {
    /// Serves a client whose request has been answered with 101.
    pub async fn run<S: AsyncRead + AsyncWrite + Unpin>(self, io: S) {
        let socket = Socket::new(io);
        match self.target {
            Err(ending) => {
                info!(%ending, "visit refused");
                socket.close(ending, self.timing.farewell).await;
            }
            Ok(Target::Simulator(ref host)) => {
                let pipe = host.connect();
                self.carry("simulator", socket, pipe, Bytes::new()).await;
            }
            Ok(Target::Upstream(ref upstream)) => self.dial_and_carry(upstream, socket).await,
        }
    }

    async fn dial_and_carry<S>(&self, upstream: &Upstream, mut socket: Socket<S>)
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let name = upstream.name.as_str();
        let first = match self.first_bytes(&mut socket).await {
            Ok(first) => first,
            Err(ending) => {
                info!(upstream = name, %ending, "visit refused");
                return socket.close(ending, self.timing.farewell).await;
            }
        };
        let dialled = tokio::select! {
            dialled = dial(&upstream.address, self.timing.dial) => dialled,
            () = self.draining.cancelled() => {
                return socket.close(Ending::Draining, self.timing.farewell).await;
            }
        };
        match dialled {
            Ok(stream) => self.carry(name, socket, stream, first).await,
            Err(error) => {
                let ending = Ending::from(&error);
                warn!(upstream = name, address = %upstream.address, ?error, %ending, "upstream not reached");
                socket.close(ending, self.timing.farewell).await;
            }
        }
    }

    /// The client's first bytes, if they begin as MQTT does.
    async fn first_bytes<S>(&self, socket: &mut Socket<S>) -> Result<Bytes, Ending>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let first = async {
            loop {
                match socket.hear(true).await {
                    Heard::Bytes(bytes) if bytes.first() == Some(&CONNECT) => return Ok(bytes),
                    Heard::Bytes(_) => return Err(Ending::NotMqtt),
                    Heard::Flushed => {}
                    Heard::Ended(ending) => return Err(ending),
                }
            }
        };
        tokio::select! {
            first = timeout(self.timing.first_byte, first) => first.unwrap_or(Err(Ending::NotMqtt)),
            () = self.draining.cancelled() => Err(Ending::Draining),
        }
    }

    async fn carry<S, U>(&self, name: &str, mut socket: Socket<S>, mut pipe: U, first: Bytes)
    where
        S: AsyncRead + AsyncWrite + Unpin,
        U: AsyncRead + AsyncWrite + Unpin,
    {
        info!(upstream = name, "visit begins");
        let (ending, Count { to_upstream, to_client }) =
            pump(&mut socket, &mut pipe, first, self.timing.ping, &self.draining).await;
        info!(upstream = name, %ending, to_upstream, to_client, "visit over");

        // Both at once: neither side waits for the other's manners.
        let farewell = self.timing.farewell;
        let _ = tokio::join!(socket.close(ending, farewell), timeout(farewell, linger(pipe)));
    }
}
