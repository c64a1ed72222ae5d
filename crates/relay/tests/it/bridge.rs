//! Bytes between a WebSocket and a TCP upstream.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_websockets::Message;

use crate::setting::*;

/// Long enough for a writer that is not held back to go on.
const STALL: Duration = Duration::from_millis(500);

/// More than all buffers of the kernel on the way together.
const LARGE: usize = 48 * 1_048_576;

/// A visit to `peer`, begun with one byte.
async fn visit(relay: &relay::Relay, peer: &TcpListener, request: Request<'_>) -> (Socket, TcpStream) {
    let mut socket = request.send(relay.address()).await;
    socket.send(Message::binary(vec![CONNECT])).await.unwrap();
    let (mut upstream, _) = timeout(PATIENCE, peer.accept()).await.unwrap().unwrap();
    assert_eq!(upstream.read_u8().await.unwrap(), CONNECT);
    (socket, upstream)
}

#[tokio::test]
async fn carries_bytes_both_ways_whatever_their_messages() {
    let (relay, peer) = start_with_peer(&[]).await;
    let (mut socket, mut upstream) = visit(&relay, &peer, Request::to("/mqtt/peer")).await;

    // Many frames in one message, one frame in many, empty ones between.
    for piece in [&b"abc"[..], b"", b"d", b"efghij"] {
        socket.send(Message::binary(piece.to_vec())).await.unwrap();
    }
    let mut heard = [0; 10];
    upstream.read_exact(&mut heard).await.unwrap();
    assert_eq!(&heard, b"abcdefghij");

    upstream.write_all(b"klm").await.unwrap();
    let mut heard = Vec::new();
    while heard.len() < 3 {
        heard.extend_from_slice(socket.next().await.unwrap().unwrap().as_payload());
    }
    assert_eq!(heard, b"klm");
}

#[tokio::test]
async fn carries_a_binary_of_3_mb_in_one_message() {
    // As MQTT.js sends it: every packet is one message and one frame.
    let (relay, peer) = start_with_peer(&[]).await;
    let (mut socket, mut upstream) = visit(&relay, &peer, Request::to("/mqtt/peer")).await;
    let bytes = pattern(3_145_728 + 100);
    let message = Message::binary(bytes.clone());
    let mut heard = vec![0; bytes.len()];
    let (said, read) = tokio::join!(socket.send(message), timeout(PATIENCE, upstream.read_exact(&mut heard)));
    said.unwrap();
    read.unwrap().unwrap();
    assert!(heard == bytes);
}

#[tokio::test]
async fn forwards_what_came_with_the_request() {
    let (relay, peer) = start_with_peer(&[]).await;
    let mut stream = TcpStream::connect(relay.address()).await.unwrap();
    let request = b"GET /mqtt/peer HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
        sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: mqtt\r\n\r\n\
        \x82\x83\0\0\0\0\x10ab";
    stream.write_all(request).await.unwrap();
    let (mut upstream, _) = timeout(PATIENCE, peer.accept()).await.unwrap().unwrap();
    let mut heard = [0; 3];
    upstream.read_exact(&mut heard).await.unwrap();
    assert_eq!(&heard, b"\x10ab");
}

#[tokio::test]
async fn holds_an_upstream_back_while_its_client_does_not_read() {
    let (relay, peer) = start_with_peer(&[]).await;
    let narrow = Request { is_narrow: true, ..Request::to("/mqtt/peer") };
    let (mut socket, mut upstream) = visit(&relay, &peer, narrow).await;

    let bytes = pattern(LARGE);
    let mut written = 0;
    while let Ok(length) = timeout(STALL, upstream.write(&bytes[written..])).await {
        written += length.unwrap();
        assert!(written < LARGE, "the upstream must be held back");
    }

    // Nothing is lost, and the last bytes come before the close.
    let rest = async {
        upstream.write_all(&bytes[written..]).await.unwrap();
        upstream.shutdown().await.unwrap();
    };
    let ((), (heard, code, reason)) = tokio::join!(rest, read_to_close(&mut socket));
    assert!(heard == bytes, "{} bytes of {LARGE}, or others", heard.len());
    assert_eq!((code, reason.as_str()), (1000, "upstream-ended"));
}

#[tokio::test]
async fn holds_a_client_back_while_its_upstream_does_not_read() {
    let (relay, peer) = start_with_peer(&[]).await;
    let (socket, mut upstream) = visit(&relay, &peer, Request::to("/mqtt/peer")).await;
    let (mut say, _hear) = socket.split();

    let bytes = pattern(LARGE);
    let pieces: Vec<Vec<u8>> = bytes.chunks(1_048_576).map(<[u8]>::to_vec).collect();
    let mut pieces = pieces.into_iter();
    let mut is_held_back = false;
    for piece in pieces.by_ref() {
        say.feed(Message::binary(piece)).await.unwrap();
        if timeout(STALL, say.flush()).await.is_err() {
            is_held_back = true;
            break;
        }
    }
    assert!(is_held_back, "the client must be held back");

    let rest = async {
        for piece in pieces {
            say.send(Message::binary(piece)).await.unwrap();
        }
        say.flush().await.unwrap();
    };
    let mut heard = vec![0; LARGE];
    let ((), read) = tokio::join!(rest, timeout(PATIENCE, upstream.read_exact(&mut heard)));
    read.unwrap().unwrap();
    assert!(heard == bytes);
}

#[tokio::test]
async fn hands_the_last_bytes_to_the_upstream_when_the_client_says_goodbye() {
    let (relay, peer) = start_with_peer(&[]).await;
    let (mut socket, mut upstream) = visit(&relay, &peer, Request::to("/mqtt/peer")).await;
    // Input that nobody reads must not turn the goodbye into a reset.
    upstream.write_all(b"unread").await.unwrap();
    socket.send(Message::binary(&b"\xE0\x00"[..])).await.unwrap();
    socket.close().await.unwrap();
    let mut heard = Vec::new();
    timeout(PATIENCE, upstream.read_to_end(&mut heard)).await.unwrap().unwrap();
    assert_eq!(heard, b"\xE0\x00");
}

#[tokio::test]
async fn closes_the_upstream_when_the_client_disappears() {
    let (relay, peer) = start_with_peer(&[]).await;
    let (socket, mut upstream) = visit(&relay, &peer, Request::to("/mqtt/peer")).await;
    drop(socket);
    assert_eq!(timeout(PATIENCE, upstream.read(&mut [0; 8])).await.unwrap().unwrap(), 0);
}

#[tokio::test]
async fn says_when_the_upstream_breaks() {
    let (relay, peer) = start_with_peer(&[]).await;
    let (mut socket, upstream) = visit(&relay, &peer, Request::to("/mqtt/peer")).await;
    // Ends it with a reset.
    upstream.set_zero_linger().unwrap();
    drop(upstream);
    let (_, code, reason) = read_to_close(&mut socket).await;
    assert_eq!((code, reason.as_str()), (1011, "upstream-error"));
}

#[tokio::test]
async fn answers_pings_before_and_after_the_dial() {
    let (relay, peer) = start_with_peer(&[]).await;
    let mut socket = open(&relay, "/mqtt/peer").await;
    socket.send(Message::ping("before")).await.unwrap();
    assert_eq!(socket.next().await.unwrap().unwrap().as_payload().as_ref() as &[u8], b"before");
    socket.send(Message::binary(vec![CONNECT])).await.unwrap();
    let _upstream = peer.accept().await.unwrap();
    socket.send(Message::ping("after")).await.unwrap();
    assert!(socket.next().await.unwrap().unwrap().is_pong());
}
