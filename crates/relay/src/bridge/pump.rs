//! Bytes both ways until one side ends. Each direction holds one chunk and asks for the next only when the
//! other side has taken it: a reader that stops stops its writer, and memory stays what it is.

use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::{Instant, MissedTickBehavior, interval_at};
use tokio_util::sync::CancellationToken;

use super::Ending;
use super::socket::{Heard, MAX_FRAME, Socket};

/// How many bytes went where.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) to_upstream: u64,
    pub(super) to_client: u64,
}

/// Carries bytes between `socket` and `upstream`, beginning with `pending` from the client.
///
/// At an end of the upstream everything it sent has been handed to the socket; at an end of the client
/// everything it sent has been handed to the upstream. Closing both is the caller's.
pub(super) async fn pump<S, U>(
    socket: &mut Socket<S>,
    upstream: &mut U,
    mut pending: Bytes,
    ping_every: Duration,
    draining: &CancellationToken,
) -> (Ending, Count)
where
    S: AsyncRead + AsyncWrite + Unpin,
    U: AsyncRead + AsyncWrite + Unpin,
{
    let (mut from_upstream, mut to_upstream) = tokio::io::split(upstream);
    let mut count = Count::default();
    let mut chunk = BytesMut::with_capacity(MAX_FRAME);
    let mut is_upstream_deaf = false;
    let mut unanswered = 0;
    let mut ping = interval_at(Instant::now() + ping_every, ping_every);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);

    loop {
        // Reclaims the chunk that the socket has sent: one allocation serves the whole visit.
        chunk.reserve(MAX_FRAME);

        tokio::select! {
            // 1. The client: read only when the upstream has taken its last bytes.
            heard = socket.hear(pending.is_empty()) => match heard {
                // What a deaf upstream cannot take is dropped; its last words are still to come.
                Heard::Bytes(bytes) if !is_upstream_deaf => pending = bytes,
                Heard::Bytes(_) | Heard::Flushed => {}
                Heard::Ended(ending) => return (ending, count),
            },
            // 2. The upstream takes.
            written = to_upstream.write(&pending), if !pending.is_empty() => match written {
                Ok(length) if length > 0 => {
                    pending.advance(length);
                    count.to_upstream += length as u64;
                }
                Ok(_) | Err(_) => {
                    is_upstream_deaf = true;
                    pending.clear();
                }
            },
            // 3. The upstream gives: read only when the client has taken its last bytes.
            read = from_upstream.read_buf(&mut chunk), if socket.is_flushed() => match read {
                // The platform inside ends its connections when the relay stops.
                Ok(0) if draining.is_cancelled() => return (Ending::Draining, count),
                Ok(0) => return (Ending::UpstreamEnded, count),
                Ok(length) => {
                    count.to_client += length as u64;
                    socket.send(chunk.split().freeze());
                }
                Err(_) => return (Ending::UpstreamError, count),
            },
            // 4. Is the client still there? While the upstream holds it back it cannot tell us.
            _ = ping.tick() => {
                let is_held_back = !pending.is_empty();
                unanswered = if socket.take_sign_of_life() || is_held_back { 0 } else { unanswered + 1 };
                if unanswered == 2 {
                    return (Ending::ClientSilent, count);
                }
                socket.ping();
            }
            // 5. The relay stops.
            () = draining.cancelled() => return (Ending::Draining, count),
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::{SinkExt, StreamExt};
    use proptest::prelude::*;
    use tokio::io::{DuplexStream, duplex};
    use tokio_websockets::{ClientBuilder, Message, WebSocketStream};

    use super::*;

    const PING: Duration = Duration::from_secs(25);

    /// A client's end, the pump's two ends and an upstream's end, with so little room on the way that every
    /// wait is met.
    fn ends(
        room: usize,
    ) -> (WebSocketStream<DuplexStream>, Socket<DuplexStream>, DuplexStream, DuplexStream) {
        let (client, near) = duplex(room);
        let (far, upstream) = duplex(room);
        (ClientBuilder::new().take_over(client), Socket::new(near), far, upstream)
    }

    fn cut(bytes: &[u8], cuts: &[usize]) -> Vec<Vec<u8>> {
        let mut rest = bytes;
        let mut pieces = Vec::new();
        for cut in cuts {
            let (piece, behind) = rest.split_at((*cut).min(rest.len()));
            pieces.push(piece.to_vec());
            rest = behind;
        }
        pieces.push(rest.to_vec());
        pieces
    }

    async fn carry(room: usize, up: Vec<Vec<u8>>, down: Vec<Vec<u8>>) -> (Ending, Vec<u8>, Vec<u8>) {
        let (client, mut socket, mut far, upstream) = ends(room);
        let draining = CancellationToken::new();
        let (mut say, mut hear) = client.split();
        let (mut upstream_hears, mut upstream_says) = tokio::io::split(upstream);
        let expected = up.iter().map(Vec::len).sum();

        let pumped = async {
            let (ending, _) = pump(&mut socket, &mut far, Bytes::new(), PING, &draining).await;
            tokio::join!(socket.close(ending, PING), far.shutdown()).1.unwrap();
            ending
        };
        // Both halves are dropped when they are done: the client ends after the close frame.
        let said = async move {
            for piece in up {
                say.send(Message::binary(piece)).await.unwrap();
            }
        };
        let heard = async move {
            let mut heard = Vec::new();
            while let Some(Ok(message)) = hear.next().await {
                if message.is_binary() {
                    heard.extend_from_slice(message.as_payload());
                }
            }
            heard
        };
        let upstream_heard = async {
            let mut heard = vec![0; expected];
            upstream_hears.read_exact(&mut heard).await.unwrap();
            for piece in down {
                upstream_says.write_all(&piece).await.unwrap();
            }
            upstream_says.shutdown().await.unwrap();
            heard
        };
        let (ending, (), heard, upstream_heard) = tokio::join!(pumped, said, heard, upstream_heard);
        (ending, upstream_heard, heard)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn carries_any_bytes_whatever_the_cuts(
            room in 1usize..200,
            up in prop::collection::vec(any::<u8>(), 0..2_000),
            down in prop::collection::vec(any::<u8>(), 0..2_000),
            up_cuts in prop::collection::vec(0usize..300, 0..12),
            down_cuts in prop::collection::vec(0usize..300, 0..12),
        ) {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
            let carried = runtime.block_on(carry(room, cut(&up, &up_cuts), cut(&down, &down_cuts)));
            prop_assert_eq!(carried, (Ending::UpstreamEnded, up, down));
        }
    }

    // Paused time passes only when nobody can go on.
    #[tokio::test(start_paused = true)]
    async fn does_not_read_a_client_that_pings_and_does_not_read() {
        let (mut client, mut socket, mut far, _upstream) = ends(1_024);
        let draining = CancellationToken::new();
        let pumped = pump(&mut socket, &mut far, Bytes::new(), PING, &draining);
        let flood = async {
            // The room on the way and the reader's buffers take about a tenth of it.
            for _ in 0..2_000 {
                client.send(Message::ping(vec![0; 100])).await.unwrap();
            }
        };
        tokio::select! {
            _ = pumped => unreachable!("nobody ends it"),
            flooded = tokio::time::timeout(PING / 2, flood) => {
                assert!(flooded.is_err(), "the flooder must be held back");
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn closes_when_two_pings_stay_unanswered() {
        let (_client, mut socket, mut far, _upstream) = ends(1_024);
        let begun = Instant::now();
        let draining = CancellationToken::new();
        let (ending, _) = pump(&mut socket, &mut far, Bytes::new(), PING, &draining).await;
        assert_eq!((ending, begun.elapsed()), (Ending::ClientSilent, 3 * PING));
    }

    #[tokio::test(start_paused = true)]
    async fn keeps_a_silent_client_that_answers_pings() {
        let (mut client, mut socket, mut far, _upstream) = ends(1_024);
        let draining = CancellationToken::new();
        let pumped = pump(&mut socket, &mut far, Bytes::new(), PING, &draining);
        let answering = async { while client.next().await.is_some() {} };
        tokio::select! {
            (ending, _) = pumped => unreachable!("ended as {ending}"),
            () = answering => unreachable!("the client stays"),
            () = tokio::time::sleep(100 * PING) => {}
        }
    }

    #[tokio::test(start_paused = true)]
    async fn keeps_a_client_that_its_upstream_holds_back() {
        let (mut client, mut socket, mut far, _upstream) = ends(64);
        let draining = CancellationToken::new();
        let pumped = pump(&mut socket, &mut far, Bytes::new(), PING, &draining);
        let talking = async {
            client.send(Message::binary(vec![0; 1_000])).await.unwrap();
            std::future::pending::<()>().await;
        };
        tokio::select! {
            (ending, _) = pumped => unreachable!("ended as {ending}"),
            () = talking => unreachable!("the client stays"),
            () = tokio::time::sleep(100 * PING) => {}
        }
    }
}
