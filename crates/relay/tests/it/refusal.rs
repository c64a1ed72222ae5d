//! Who is refused, and what they are told.

use futures_util::SinkExt;
use relay::Relay;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_websockets::Message;

use crate::setting::*;

/// What a visitor to `path` is told after sending `message`.
async fn told(relay: &Relay, path: &str, message: Message) -> (u16, String) {
    let mut socket = open(relay, path).await;
    socket.send(message).await.unwrap();
    closing(&mut socket).await
}

fn connect() -> Message {
    Message::binary(vec![CONNECT])
}

#[tokio::test]
async fn refuses_what_is_no_websocket_request_before_the_101() {
    let relay = start(&[]).await;
    let (head, body) = get(relay.address(), "/mqtt/simulator").await;
    assert!(head.starts_with("HTTP/1.1 400 "), "{head}");
    assert!(body.contains("WebSocket"), "{body}");

    let other = Request { subprotocols: &["mqttv3.1", "chat"], ..Request::to("/mqtt/simulator") };
    assert!(other.try_send(relay.address()).await.is_err());
}

#[tokio::test]
async fn names_its_websocket_version_to_a_client_of_another() {
    let relay = start(&[]).await;
    let request = "GET /mqtt/simulator HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\n\
        upgrade: websocket\r\nsec-websocket-version: 8";
    let (head, body) = http(relay.address(), request, "").await;
    assert!(head.starts_with("HTTP/1.1 426 "), "{head}");
    assert!(head.contains("sec-websocket-version: 13"), "{head}");
    assert!(body.contains("must be 13"), "{body}");
}

#[tokio::test]
async fn lets_in_a_client_that_offers_no_subprotocol_or_several() {
    let relay = start(&[]).await;
    for subprotocols in [&[][..], &["mqttv3.1", "mqtt"]] {
        Request { subprotocols, ..Request::to("/mqtt/simulator") }.send(relay.address()).await;
    }
}

#[tokio::test]
async fn refuses_an_upstream_it_does_not_know() {
    let relay = start(&[]).await;
    for path in ["/mqtt/nowhere", "/mqtt/127.0.0.1:22", "/mqtt/%FF", "/mqtt/", "/mqtt", "/", "/mqtt/a/b"] {
        let told = closing(&mut open(&relay, path).await).await;
        assert_eq!(told, (1008, "unknown-upstream".to_owned()), "{path}");
    }
}

#[tokio::test]
async fn refuses_origins_it_was_not_told_of() {
    let relay = start(&["--allow-origin", "https://page.example"]).await;
    let own = format!("localhost:{}", relay.address().port());
    for (origin, is_admitted) in [
        (None, true),
        (Some("https://page.example"), true),
        (Some(&*format!("http://{own}")), true),
        // As paho-mqtt for Python says without TLS, and pages behind a proxy with it.
        (Some(&*format!("https://{own}")), true),
        (Some("https://localhost"), false),
        (Some("http://localhost"), false),
        (Some("http://page.example"), false),
        (Some("https://page.example:8443"), false),
        (Some("null"), false),
    ] {
        let request = Request { host: &own, origin, ..Request::to("/mqtt/simulator") };
        let mut socket = request.send(relay.address()).await;
        if is_admitted {
            // Not a CONNECT: the simulator itself ends the visit.
            socket.send(Message::binary(vec![0xC0, 0x00])).await.unwrap();
            assert_eq!(closing(&mut socket).await, (1000, "upstream-ended".to_owned()), "{origin:?}");
        } else {
            assert_eq!(closing(&mut socket).await, (1008, "origin-refused".to_owned()), "{origin:?}");
        }
    }
}

#[tokio::test]
async fn refuses_programs_when_told_so() {
    let relay = start(&["--allow-no-origin=false"]).await;
    let told = closing(&mut open(&relay, "/mqtt/simulator").await).await;
    assert_eq!(told, (1008, "origin-refused".to_owned()));
}

#[tokio::test]
async fn does_not_answer_to_a_rebound_name() {
    let relay = start(&["--simulate-api", "127.0.0.1:0"]).await;
    let rebound = Request {
        host: "evil.example",
        origin: Some("http://evil.example"),
        ..Request::to("/mqtt/simulator")
    };
    let told = closing(&mut rebound.send(relay.address()).await).await;
    assert_eq!(told, (1008, "host-refused".to_owned()));

    for (address, path) in [
        (relay.address(), "/"),
        (relay.address(), "/upstreams"),
        (relay.simulator_api().unwrap(), "/devices/1/datapoints"),
    ] {
        let (head, body) = http(address, &format!("GET {path} HTTP/1.1\r\nhost: evil.example"), "").await;
        assert!(head.starts_with("HTTP/1.1 421 "), "{path}: {head}");
        assert!(body.contains("--public-host"), "{path}: {body}");
    }
    for path in ["/livez", "/readyz"] {
        let (head, _) = http(relay.address(), &format!("GET {path} HTTP/1.1\r\nhost: 10.0.0.1"), "").await;
        assert!(head.starts_with("HTTP/1.1 200 "), "{path}: {head}");
    }
}

#[tokio::test]
async fn answers_to_a_public_host() {
    let relay = start(&["--public-host", "relay.example"]).await;
    let (head, _) = http(relay.address(), "GET / HTTP/1.1\r\nhost: relay.example", "").await;
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
}

#[tokio::test]
async fn refuses_other_protocols_at_their_first_byte_without_a_dial() {
    let (relay, peer) = start_with_peer(&[]).await;
    for first in [0x00, 0x11, 0x30, b'G', 0x16] {
        let told = told(&relay, "/mqtt/peer", Message::binary(vec![first])).await;
        assert_eq!(told, (1008, "not-mqtt".to_owned()), "{first:#04x}");
    }
    // The next to arrive there is the first visitor that speaks MQTT.
    let mut socket = open(&relay, "/mqtt/peer").await;
    socket.send(connect()).await.unwrap();
    let (mut upstream, _) = peer.accept().await.unwrap();
    assert_eq!(upstream.read_u8().await.unwrap(), CONNECT);
}

#[tokio::test]
async fn does_not_wait_for_ever_for_the_first_byte() {
    let mut config = config(&["--upstream", "peer=tcp://127.0.0.1:1"]);
    config.timing.first_byte = std::time::Duration::from_millis(50);
    let relay = Relay::start(config).await.unwrap();
    let told = closing(&mut open(&relay, "/mqtt/peer").await).await;
    assert_eq!(told, (1008, "not-mqtt".to_owned()));
}

#[tokio::test]
async fn refuses_text_messages() {
    let (relay, _peer) = start_with_peer(&[]).await;
    for path in ["/mqtt/peer", "/mqtt/simulator"] {
        let told = told(&relay, path, Message::text("hello")).await;
        assert_eq!(told, (1003, "text-message".to_owned()));
    }
}

#[tokio::test]
async fn refuses_messages_over_the_limit() {
    use tokio::io::AsyncWriteExt;

    let (relay, _peer) = start_with_peer(&[]).await;
    let mut socket = open(&relay, "/mqtt/peer").await;
    // The head of a frame says it all.
    let length = relay::bridge::MAX_MESSAGE as u64 + 1;
    let head = [&[0x82, 0xFF][..], &length.to_be_bytes(), &[0; 4]].concat();
    socket.get_mut().write_all(&head).await.unwrap();
    assert_eq!(closing(&mut socket).await, (1009, "too-big".to_owned()));
}

#[tokio::test]
async fn refuses_a_broken_websocket() {
    use tokio::io::AsyncWriteExt;

    let relay = start(&[]).await;
    let mut socket = open(&relay, "/mqtt/simulator").await;
    // A frame of a client without mask.
    socket.get_mut().write_all(&[0x82, 0x01, CONNECT]).await.unwrap();
    assert_eq!(closing(&mut socket).await, (1002, "protocol".to_owned()));
}

#[tokio::test]
async fn says_when_an_upstream_refuses() {
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let relay = start(&["--upstream", &format!("peer=tcp://127.0.0.1:{port}")]).await;
    assert_eq!(told(&relay, "/mqtt/peer", connect()).await, (4502, "dial-refused".to_owned()));
}

#[tokio::test]
async fn says_when_a_name_has_no_address() {
    // A label over 63 characters is refused without asking anybody.
    let relay = start(&["--upstream", &format!("peer=tcp://{}.invalid:1", "a".repeat(64))]).await;
    assert_eq!(told(&relay, "/mqtt/peer", connect()).await, (4503, "name-not-resolved".to_owned()));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn says_when_an_upstream_does_not_answer() {
    // Linux drops connection requests while the queue of a listener is full.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut queue = Vec::new();
    let fits = std::time::Duration::from_millis(200);
    while let Ok(stream) = tokio::time::timeout(fits, TcpStream::connect(address)).await {
        queue.push(stream.unwrap());
        assert!(queue.len() < 100, "the queue must fill");
    }

    let mut config = config(&["--upstream", &format!("peer=tcp://{address}")]);
    config.timing.dial = std::time::Duration::from_millis(100);
    let relay = Relay::start(config).await.unwrap();
    assert_eq!(told(&relay, "/mqtt/peer", connect()).await, (4504, "dial-timed-out".to_owned()));
}
