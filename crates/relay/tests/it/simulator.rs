//! The simulated platform through the relay: devices over WebSocket and TCP, scripts over HTTP.

use frame::{ConnAck, Connect, ConnectReturnCode, Frames, Packet, PubAck, Publish, QoS, Subscribe, encode};
use futures_util::{SinkExt, StreamExt};
use relay::Relay;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_websockets::Message;

use crate::common::*;

const BODY: &str =
    r#"{"datastreams":[{"id":"wendu","datapoints":[{"at":"2016-08-15T14:47:00","value":55.10}]}]}"#;

/// A device, over either of its ways to the platform.
struct Device {
    link: Link,
    frames: Frames,
}

enum Link {
    Tcp(TcpStream),
    WebSocket(Box<Socket>),
}

impl Device {
    async fn over_tcp(relay: &Relay) -> Self {
        let stream = TcpStream::connect(relay.simulator().unwrap()).await.unwrap();
        Self { link: Link::Tcp(stream), frames: Frames::new(1_048_576) }
    }

    async fn over_web_socket(relay: &Relay) -> Self {
        let socket = open(relay, "/mqtt/simulator").await;
        Self { link: Link::WebSocket(Box::new(socket)), frames: Frames::new(1_048_576) }
    }

    async fn send(&mut self, packet: &Packet) {
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
    async fn receive(&mut self) -> Option<Packet> {
        loop {
            if let Some(frame) = self.frames.poll_frame().unwrap() {
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
                }
                Link::WebSocket(socket) => {
                    let message = timeout(PATIENCE, socket.next()).await.unwrap()?.unwrap();
                    if let Some((code, reason)) = message.as_close() {
                        assert_eq!((u16::from(code), reason), (1000, "upstream-ended"));
                        return None;
                    }
                    self.frames.push(message.as_payload());
                }
            }
        }
    }

    async fn log_in(&mut self, device: &str, product: &str, auth_info: &str) -> ConnectReturnCode {
        let mut connect = Connect::new(device);
        connect.keep_alive = 120;
        connect.set_login(product, auth_info);
        self.send(&Packet::Connect(connect)).await;
        match self.receive().await {
            Some(Packet::ConnAck(ConnAck { code, .. })) => code,
            other => panic!("{other:?}"),
        }
    }

    async fn publish(&mut self, topic: &str, pkid: u16, payload: &[u8]) {
        let mut publish = Publish::new(topic, QoS::AtLeastOnce, payload);
        publish.pkid = pkid;
        self.send(&Packet::Publish(publish)).await;
        assert_eq!(self.receive().await, Some(Packet::PubAck(PubAck { pkid })));
    }
}

async fn call(relay: &Relay, request: &str, body: &str) -> Value {
    let head = format!("{request} HTTP/1.1\r\nhost: localhost");
    let (head, body) = http(relay.simulator_api().unwrap(), &head, body).await;
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {body}"))
}

async fn start_all(flags: &[&str]) -> Relay {
    start(&[&["--simulate", "127.0.0.1:0", "--simulate-api", "127.0.0.1:0"], flags].concat()).await
}

async fn upload_and_command(relay: &Relay, mut device: Device) {
    assert_eq!(device.log_in("29455901", "12555524", "JHFDJF55586jhk").await, ConnectReturnCode::Success);

    let mut payload = vec![0x01, 0x00, u8::try_from(BODY.len()).unwrap()];
    payload.extend_from_slice(BODY.as_bytes());
    device.publish("$dp", 1, &payload).await;
    let request = "GET /devices/29455901/datapoints?datastream_id=wendu,absent HTTP/1.1\r\nhost: localhost";
    let (_, stored) = http(relay.simulator_api().unwrap(), request, "").await;
    let point = r#"{"at":"2016-08-15 14:47:00.000","value":55.10}"#;
    let data = format!(r#"{{"count":1,"datastreams":[{{"id":"wendu","datapoints":[{point}]}}]}}"#);
    assert_eq!(stored, format!(r#"{{"errno":0,"error":"succ","data":{data}}}"#));

    let sent = call(relay, "POST /cmds?device_id=29455901", "123123123").await;
    let uuid = sent["data"]["cmd_uuid"].as_str().unwrap();
    assert_eq!(uuid.len(), 36);
    let Some(Packet::Publish(command)) = device.receive().await else { panic!("no command") };
    assert_eq!(
        (command.topic.as_str(), &command.payload[..]),
        (&*format!("$creq/{uuid}"), &b"123123123"[..])
    );

    let early = call(relay, &format!("GET /cmds/{uuid}/resp"), "").await;
    assert_eq!(early["errno"], 8);
    let status = call(relay, &format!("GET /cmds/{uuid}"), "").await;
    assert_eq!(status["data"], serde_json::json!({ "status": 2, "desc": "Command Sent" }));

    device.publish(&format!("$crsp/{uuid}"), 2, b"\x00done").await;
    let status = call(relay, &format!("GET /cmds/{uuid}"), "").await;
    assert_eq!(status["data"]["status"], 4);
    let (_, answer) = get(relay.simulator_api().unwrap(), &format!("/cmds/{uuid}/resp")).await;
    assert_eq!(answer, "\0done");
}

#[tokio::test]
async fn a_device_over_tcp_uploads_and_answers_a_command() {
    let relay = start_all(&[]).await;
    upload_and_command(&relay, Device::over_tcp(&relay).await).await;
}

#[tokio::test]
async fn a_device_over_web_socket_uploads_and_answers_a_command() {
    let relay = start_all(&[]).await;
    upload_and_command(&relay, Device::over_web_socket(&relay).await).await;
}

#[tokio::test]
async fn both_ways_lead_to_the_same_platform() {
    let relay = start_all(&[]).await;
    let mut first = Device::over_tcp(&relay).await;
    let mut second = Device::over_web_socket(&relay).await;
    assert_eq!(first.log_in("1", "2", "k").await, ConnectReturnCode::Success);
    assert_eq!(second.log_in("1", "2", "k").await, ConnectReturnCode::Success);
    assert_eq!(first.receive().await, None, "the second login drops the first");
}

#[tokio::test]
async fn knows_only_the_devices_it_was_told_of() {
    let relay = start_all(&["--device", "29455901:12555524:JHFDJF55586jhk"]).await;
    for (device, product, auth_info, code) in [
        ("29455901", "12555524", "JHFDJF55586jhk", ConnectReturnCode::Success),
        ("29455901", "12555524", "wrong", ConnectReturnCode::BadUserNamePassword),
        ("29455902", "12555524", "JHFDJF55586jhk", ConnectReturnCode::BadClientId),
    ] {
        for mut link in [Device::over_tcp(&relay).await, Device::over_web_socket(&relay).await] {
            assert_eq!(link.log_in(device, product, auth_info).await, code);
            if code != ConnectReturnCode::Success {
                assert_eq!(link.receive().await, None, "a refused device is let go");
            }
        }
    }
}

#[tokio::test]
async fn says_what_is_wrong_with_a_call() {
    let relay = start_all(&["--device", "1:2:k"]).await;
    let large = "x".repeat(65_536);
    for (request, body, errno, error) in [
        ("POST /cmds", "x", 7, "device_id"),
        ("POST /cmds?device_id=1", "", 9, "entity data required"),
        ("POST /cmds?device_id=1&qos=2", "x", 6, "qos"),
        ("POST /cmds?device_id=1&timeout=2678401", "x", 6, "timeout"),
        ("POST /cmds?device_id=1&device_id=1", "x", 6, "duplicate"),
        ("POST /cmds?device_id=1", large.as_str(), 5, "too large"),
        ("POST /cmds?device_id=9", "x", 8, "device 9"),
        ("POST /cmds?device_id=1&qos=1&timeout=0", "x", 10, "device not online: 1"),
        ("GET /cmds/none", "", 8, "command none"),
        ("GET /cmds/none/resp", "", 8, "command none"),
        ("GET /devices/9/datapoints", "", 8, "device 9"),
        ("GET /devices/1/datapoints?limit=0", "", 6, "limit"),
        ("GET /devices/1/datapoints?limit=6001", "", 6, "limit"),
        ("GET /devices/1/datapoints?sort=asc", "", 6, "sort"),
        ("GET /devices/1/datapoints?start=2017-01-01T00:00:00", "", 6, "start"),
        ("GET /nothing", "", 8, "GET /nothing"),
        ("DELETE /cmds", "", 8, "DELETE /cmds"),
    ] {
        let answer = call(&relay, request, body).await;
        assert_eq!(answer["errno"], errno, "{request}: {answer}");
        assert!(answer["error"].as_str().unwrap().contains(error), "{request}: {answer}");
    }
    let empty = call(&relay, "GET /devices/1/datapoints", "").await;
    assert_eq!(empty["data"], serde_json::json!({ "count": 0, "datastreams": [] }));
}

#[tokio::test]
async fn gives_the_newest_first_up_to_the_limit() {
    let relay = start_all(&[]).await;
    let mut device = Device::over_tcp(&relay).await;
    device.log_in("1", "2", "k").await;
    for (pkid, value) in [(1, "1"), (2, "2"), (3, "3")] {
        let body = format!(r#"{{"a":{value}}}"#);
        let payload = [&[3, 0, u8::try_from(body.len()).unwrap()], body.as_bytes()].concat();
        device.publish("$dp", pkid, &payload).await;
    }
    let values = |answer: Value| -> Vec<i64> {
        let points = answer["data"]["datastreams"][0]["datapoints"].as_array().unwrap().clone();
        points.iter().map(|point| point["value"].as_i64().unwrap()).collect()
    };
    assert_eq!(values(call(&relay, "GET /devices/1/datapoints", "").await), [3, 2, 1]);
    assert_eq!(values(call(&relay, "GET /devices/1/datapoints?limit=2", "").await), [3, 2]);
    assert_eq!(values(call(&relay, "GET /devices/1/datapoints?sort=ASC&limit=1", "").await), [1]);
}

#[tokio::test]
async fn pages_need_to_be_let_in_to_the_api() {
    let relay = start_all(&[]).await;
    let request = "POST /cmds?device_id=1 HTTP/1.1\r\nhost: localhost\r\norigin: https://evil.example";
    let (head, _) = http(relay.simulator_api().unwrap(), request, "x").await;
    assert!(head.starts_with("HTTP/1.1 403 "), "{head}");
}

#[tokio::test]
async fn drops_a_device_that_does_not_read() {
    let relay = start_all(&[]).await;
    let mut deaf = Device::over_tcp(&relay).await;
    deaf.log_in("1", "2", "k").await;
    let mut subscribe = Subscribe::new("news", QoS::AtMostOnce);
    subscribe.pkid = 1;
    deaf.send(&Packet::Subscribe(subscribe)).await;
    assert!(matches!(deaf.receive().await, Some(Packet::SubAck(_))));

    let mut talker = Device::over_tcp(&relay).await;
    talker.log_in("3", "2", "k").await;
    let news = Packet::Publish(Publish::new("news", QoS::AtMostOnce, vec![0; 200_000]));
    let mut is_dropped = false;
    for _ in 0..200 {
        talker.send(&news).await;
        talker.send(&Packet::PingReq).await;
        assert_eq!(talker.receive().await, Some(Packet::PingResp), "the platform goes on");
        let answer = call(&relay, "POST /cmds?device_id=1", "x").await;
        if answer["errno"] == 10 {
            is_dropped = true;
            break;
        }
    }
    assert!(is_dropped);
}
