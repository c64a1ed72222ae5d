//! A real relay on a free port that stops when dropped, and peers to talk to it.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::StreamExt;
use relay::Relay;
use relay::config::{Arguments, Config};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::timeout;
use tokio_websockets::{ClientBuilder, WebSocketStream, upgrade};

/// Longer than anything here takes.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The first byte of a CONNECT.
pub const CONNECT: u8 = 0x10;

pub type Socket = WebSocketStream<TcpStream>;

pub fn config(flags: &[&str]) -> Config {
    let fixed = ["onenet-relay", "--listen", "127.0.0.1:0"];
    Config::settle(Arguments::read([&fixed, flags].concat()).unwrap()).unwrap()
}

pub async fn start(flags: &[&str]) -> Relay {
    Relay::start(config(flags)).await.unwrap()
}

/// A relay with the upstream `peer`, and the listener it will dial.
pub async fn start_with_peer(flags: &[&str]) -> (Relay, TcpListener) {
    let peer = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let upstream = format!("peer=tcp://{}", peer.local_addr().unwrap());
    (start(&[&["--upstream", &upstream], flags].concat()).await, peer)
}

/// A WebSocket request to be made.
pub struct Request<'a> {
    pub path: &'a str,
    pub host: &'a str,
    pub origin: Option<&'a str>,
    pub subprotocols: &'a [&'a str],
    /// A small receive buffer, for a client that reads late.
    pub is_narrow: bool,
}

impl<'a> Request<'a> {
    pub fn to(path: &'a str) -> Self {
        Self { path, host: "localhost", origin: None, subprotocols: &["mqtt"], is_narrow: false }
    }

    pub async fn try_send(
        &self,
        relay: SocketAddr,
    ) -> Result<(Socket, upgrade::Response), tokio_websockets::Error> {
        let uri = format!("ws://{}{}", self.host, self.path).parse().unwrap();
        let mut builder = ClientBuilder::from_uri(uri);
        if let Some(origin) = self.origin {
            builder = builder.add_header("origin".parse().unwrap(), origin.parse().unwrap()).unwrap();
        }
        if !self.subprotocols.is_empty() {
            let offer = self.subprotocols.join(", ").parse().unwrap();
            builder = builder.add_header("sec-websocket-protocol".parse().unwrap(), offer).unwrap();
        }
        let socket = TcpSocket::new_v4().unwrap();
        if self.is_narrow {
            socket.set_recv_buffer_size(65_536).unwrap();
        }
        builder.connect_on(socket.connect(relay).await.unwrap()).await
    }

    pub async fn send(&self, relay: SocketAddr) -> Socket {
        let (socket, response) = self.try_send(relay).await.unwrap();
        let subprotocol = response.headers().get("sec-websocket-protocol");
        let expected = if self.subprotocols.is_empty() { None } else { Some("mqtt") };
        assert_eq!(subprotocol.map(|value| value.to_str().unwrap()), expected);
        socket
    }
}

pub async fn open(relay: &Relay, path: &str) -> Socket {
    Request::to(path).send(relay.address()).await
}

/// Everything up to the close frame: the bytes before it, its code and its reason.
pub async fn read_to_close(socket: &mut Socket) -> (Vec<u8>, u16, String) {
    let mut bytes = Vec::new();
    loop {
        let message = timeout(PATIENCE, socket.next()).await.expect("a close in time");
        let message = message.expect("a close frame before the end").unwrap();
        if let Some((code, reason)) = message.as_close() {
            return (bytes, code.into(), reason.to_owned());
        }
        if message.is_binary() {
            bytes.extend_from_slice(message.as_payload());
        }
    }
}

/// The close frame, with nothing before it.
pub async fn closing(socket: &mut Socket) -> (u16, String) {
    let (bytes, code, reason) = read_to_close(socket).await;
    assert_eq!(bytes, b"", "nothing before the close");
    (code, reason)
}

/// Bytes that show at once when some are lost, doubled or swapped.
pub fn pattern(length: usize) -> Vec<u8> {
    (0..=250).cycle().take(length).collect()
}

/// A raw HTTP exchange: the whole head, and the body.
pub async fn http(address: SocketAddr, head: &str, body: &str) -> (String, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!("{head}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
    stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    let mut answer = String::new();
    timeout(PATIENCE, stream.read_to_string(&mut answer)).await.unwrap().unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), body.to_owned())
}

pub async fn get(address: SocketAddr, path: &str) -> (String, String) {
    http(address, &format!("GET {path} HTTP/1.1\r\nhost: localhost"), "").await
}
