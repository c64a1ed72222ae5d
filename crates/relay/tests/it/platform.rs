//! The simulated platform of a relay, with the peers it has: devices, and scripts that call its HTTP API.

use frame::{ConnAck, Connect, ConnectReturnCode, Frames, Packet, PubAck, Publish, QoS, Subscribe, encode};
use futures_util::{SinkExt, StreamExt};
use onenet::token::{Claims, Key, Method, Resource};
use relay::Relay;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_websockets::Message;

use crate::setting::*;

/// A device, over either of its ways to the platform.
pub struct Device {
    link: Link,
    frames: Frames,
    /// Bytes that have arrived and are no whole frame yet.
    unfinished: usize,
}

enum Link {
    Tcp(TcpStream),
    WebSocket(Box<Socket>),
}

impl Device {
    pub async fn over_tcp(relay: &Relay) -> Self {
        let stream = TcpStream::connect(relay.simulator().unwrap()).await.unwrap();
        Self { link: Link::Tcp(stream), frames: Frames::new(1_048_576), unfinished: 0 }
    }

    pub async fn over_web_socket(relay: &Relay) -> Self {
        let socket = open(relay, "/mqtt/simulator").await;
        Self { link: Link::WebSocket(Box::new(socket)), frames: Frames::new(1_048_576), unfinished: 0 }
    }

    pub async fn send(&mut self, packet: &Packet) {
        let bytes = encode(packet).unwrap();
        match &mut self.link {
            Link::Tcp(stream) => stream.write_all(&bytes).await.unwrap(),
            // One byte a message: boundaries mean nothing.
            Link::WebSocket(socket) => {
                for byte in bytes {
                    socket.feed(Message::binary(vec![byte])).await.unwrap();
                }
                socket.flush().await.unwrap();
            }
        }
    }

    /// The next packet, `None` at the end.
    pub async fn receive(&mut self) -> Option<Packet> {
        loop {
            if let Some(frame) = self.frames.poll_frame().unwrap() {
                self.unfinished -= frame.bytes.len();
                return Some(frame.packet);
            }
            match &mut self.link {
                Link::Tcp(stream) => {
                    let mut bytes = [0; 4_096];
                    let read = timeout(PATIENCE, stream.read(&mut bytes)).await.unwrap();
                    let length = read.unwrap_or(0);
                    if length == 0 {
                        return None;
                    }
                    self.frames.push(&bytes[..length]);
                    self.unfinished += length;
                }
                Link::WebSocket(socket) => {
                    let message = timeout(PATIENCE, socket.next()).await.unwrap()?.unwrap();
                    if let Some((code, reason)) = message.as_close() {
                        assert_eq!((u16::from(code), reason), (1000, "upstream-ended"));
                        return None;
                    }
                    self.frames.push(message.as_payload());
                    self.unfinished += message.as_payload().len();
                }
            }
        }
    }

    /// How many bytes of a frame have arrived whose end has not.
    pub fn unfinished(&self) -> usize {
        self.unfinished
    }

    pub async fn log_in(&mut self, device: &str, product: &str, auth_info: &str) -> ConnectReturnCode {
        let mut connect = Connect::new(device);
        connect.keep_alive = 120;
        connect.set_login(product, auth_info);
        self.send(&Packet::Connect(connect)).await;
        match self.receive().await {
            Some(Packet::ConnAck(ConnAck { code, .. })) => code,
            other => panic!("{other:?}"),
        }
    }

    /// A device that is logged in over TCP.
    pub async fn online(relay: &Relay, device: &str, product: &str, auth_info: &str) -> Self {
        let mut link = Self::over_tcp(relay).await;
        assert_eq!(link.log_in(device, product, auth_info).await, ConnectReturnCode::Success);
        link
    }

    pub async fn subscribe(&mut self, topic: &str) {
        let mut subscribe = Subscribe::new(topic, QoS::AtMostOnce);
        subscribe.pkid = 1;
        self.send(&Packet::Subscribe(subscribe)).await;
        assert!(matches!(self.receive().await, Some(Packet::SubAck(_))));
    }

    /// Topic and payload of the next message.
    pub async fn message(&mut self) -> (String, Vec<u8>) {
        match self.receive().await {
            Some(Packet::Publish(publish)) => (publish.topic, publish.payload.to_vec()),
            other => panic!("{other:?}"),
        }
    }

    pub async fn publish(&mut self, topic: &str, pkid: u16, payload: &[u8]) {
        let mut publish = Publish::new(topic, QoS::AtLeastOnce, payload);
        publish.pkid = pkid;
        self.send(&Packet::Publish(publish)).await;
        assert_eq!(self.receive().await, Some(Packet::PubAck(PubAck { pkid })));
    }
}

/// A relay with the platform on TCP and its HTTP API.
pub async fn start_all(flags: &[&str]) -> Relay {
    start(&[&["--simulate", "127.0.0.1:0", "--simulate-api", "127.0.0.1:0"], flags].concat()).await
}

/// Calls the HTTP API and reads the answer, which is always HTTP 200 and JSON.
pub async fn call(relay: &Relay, request: &str, body: &str) -> Value {
    exchange(relay, &format!("{request} HTTP/1.1\r\nhost: localhost"), body).await
}

/// The same with a key.
pub async fn call_with_key(relay: &Relay, key: &str, request: &str, body: &str) -> Value {
    exchange(relay, &format!("{request} HTTP/1.1\r\nhost: localhost\r\napi-key: {key}"), body).await
}

/// Calls what must be done, and gives `data`, null where there is none.
pub async fn succeed(relay: &Relay, request: &str, body: &str) -> Value {
    let answer = call(relay, request, body).await;
    assert_eq!((&answer["errno"], &answer["error"]), (&0.into(), &"succ".into()), "{request}: {answer}");
    answer["data"].clone()
}

/// Calls what must be refused: request, body, errno and a part of the text.
pub async fn check_refusals(relay: &Relay, refusals: &[(&str, &str, i32, &str)]) {
    for (request, body, errno, error) in refusals {
        check_refusal(&call(relay, request, body).await, *errno, error, request);
    }
}

pub fn check_refusal(answer: &Value, errno: i32, error: &str, request: &str) {
    assert_eq!(answer["errno"], errno, "{request}: {answer}");
    assert!(answer["error"].as_str().unwrap().contains(error), "{request}: {answer}");
    assert!(answer.get("data").is_none(), "{request}: {answer}");
}

async fn exchange(relay: &Relay, head: &str, body: &str) -> Value {
    let (status, body) = raw_call(relay, head, body.as_bytes()).await;
    let body = String::from_utf8(body).unwrap();
    assert_eq!(status, 200, "{head}: {body}");
    serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {body}"))
}

/// Status and body of an answer to anything.
pub async fn raw_call(relay: &Relay, head: &str, body: &[u8]) -> (u16, Vec<u8>) {
    let mut stream = TcpStream::connect(relay.simulator_api().unwrap()).await.unwrap();
    let head = format!("{head}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
    stream.write_all(&[head.as_bytes(), body].concat()).await.unwrap();
    let mut answer = Vec::new();
    timeout(PATIENCE, stream.read_to_end(&mut answer)).await.unwrap().unwrap();

    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap();
    let status = str::from_utf8(&answer["HTTP/1.1 ".len()..][..3]).unwrap().parse().unwrap();
    (status, answer.split_off(end + 4))
}

/// The same with a signed token.
pub async fn call_with_token(relay: &Relay, token: &str, request: &str, body: &str) -> Value {
    let head = format!("{request} HTTP/1.1\r\nhost: localhost\r\nauthorization: {token}");
    exchange(relay, &head, body).await
}

/// A token of a device that is valid for a long time.
pub fn token(product: &str, name: &str, key: &str) -> String {
    let res = Resource::device(product, name).unwrap();
    Claims::device(res, 4_000_000_000, Method::Sha256).sign(&Key::parse(key).unwrap()).write()
}
