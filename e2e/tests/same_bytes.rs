//! The bytes of paho-mqtt, recorded on a socket, are the bytes that we send.

use std::time::Duration;

use anyhow::{Context, Result};
use e2e::{PATIENCE, Peer, Program};
use onenet::legacy::{Payload, PayloadType};
use onenet::{Credentials, DataPoint, StreamId, Value};
use session::{Message, Options, Qos, Session};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use web_time::Instant;

/// As the issue writes it.
const COMPACT: &str =
    r#"{"datastreams":[{"id":"wendu","datapoints":[{"at":"2016-08-15T14:47:00","value":55}]}]}"#;

/// As Python's `json.dumps` writes it when nobody says otherwise.
const SPACED: &str =
    r#"{"datastreams": [{"id": "wendu", "datapoints": [{"at": "2016-08-15T14:47:00", "value": 55}]}]}"#;

#[tokio::test]
async fn a_text_as_it_is_equals_paho() -> Result<()> {
    for text in [COMPACT, SPACED] {
        let theirs = record(&[text]).await?;
        let payload = Payload::parse_body(PayloadType::FullJson, text)?;
        assert_same(&theirs, &ours(&payload)?);
    }
    Ok(())
}

#[tokio::test]
async fn a_form_equals_paho_with_compact_json() -> Result<()> {
    // Without a text the script writes `json.dumps(body, separators=(",", ":"))`.
    let theirs = record(&[]).await?;
    let point = DataPoint {
        stream: StreamId::parse("wendu")?,
        at: Some("2016-08-15T14:47:00".to_owned()),
        value: Value::parse("55")?,
    };
    assert_same(&theirs, &ours(&Payload::full_json(&[point])?)?);
    Ok(())
}

/// What a device says first.
#[derive(Debug, PartialEq, Eq)]
struct Conversation {
    connect: Vec<u8>,
    publish: Vec<u8>,
}

/// Ours for the script's device.
fn ours(payload: &Payload) -> Result<Conversation> {
    let credentials = Credentials::legacy("29455901", "12555524", "JHFDJF55586jhk")?;
    let mut session = Session::new(&Options {
        client_id: credentials.client_id().to_owned(),
        username: credentials.username().to_owned(),
        password: credentials.password().to_owned(),
        keep_alive: 120,
        clean_session: true,
        ..Options::default()
    })?;
    let now = Instant::now();
    session.handle_open(now);
    let connect = session.poll_transmit().context("no CONNECT")?.to_vec();
    session.handle_input(&CONNACK, now);
    let payload = payload.encode().into();
    let message = Message { topic: "$dp".to_owned(), payload, qos: Qos::AtLeastOnce, retain: false };
    session.publish(message, now)?;
    let publish = session.poll_transmit().context("no PUBLISH")?.to_vec();
    Ok(Conversation { connect, publish })
}

/// Theirs: plays a server that accepts the login and acknowledges the upload.
async fn record(arguments: &[&str]) -> Result<Conversation> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let port = listener.local_addr()?.port().to_string();
    let mut device: Program = Peer::paho_device(["127.0.0.1", &port].iter().chain(arguments))?;

    let conversation = async {
        let (mut stream, _) = listener.accept().await?;
        let connect = read_frame(&mut stream).await?;
        stream.write_all(&CONNACK).await?;
        let publish = read_frame(&mut stream).await?;
        let packet_id = packet_id_of(&publish).context("a PUBLISH without packet id")?;
        stream.write_all(&[0x40, 0x02, packet_id[0], packet_id[1]]).await?;
        let id = u16::from_be_bytes(packet_id);
        device.wait_for_line(&format!("mid: {id}")).await?;
        Ok(Conversation { connect, publish })
    };
    let waited = tokio::time::timeout(PATIENCE + Duration::from_secs(1), conversation).await;
    waited.context("paho-mqtt did not connect and upload")?
}

/// Login accepted, no session kept.
const CONNACK: [u8; 4] = [0x20, 0x02, 0x00, 0x00];

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

/// The two bytes after the topic.
fn packet_id_of(publish: &[u8]) -> Option<[u8; 2]> {
    let start = 1 + publish[1..].iter().position(|byte| byte & 0x80 == 0)? + 1;
    let topic = usize::from(u16::from_be_bytes([*publish.get(start)?, *publish.get(start + 1)?]));
    publish.get(start + 2 + topic..)?.first_chunk().copied()
}

#[track_caller]
fn assert_same(theirs: &Conversation, ours: &Conversation) {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ");
    assert_eq!(hex(&theirs.connect), hex(&ours.connect), "CONNECT: theirs, ours");
    assert_eq!(hex(&theirs.publish), hex(&ours.publish), "PUBLISH: theirs, ours");
}
