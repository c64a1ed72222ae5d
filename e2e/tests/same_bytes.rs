//! The bytes of paho-mqtt, recorded on a socket, are the bytes that we send.

use anyhow::{Context, Result};
use e2e::{Peer, Program, Recorder};
use onenet::legacy::{Payload, PayloadType};
use onenet::{Credentials, DataPoint, StreamId, Value};
use session::{Message, Options, Qos, Session};
use web_time::Instant;

/// Without a space.
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

/// Theirs: what the script says to a server that accepts the login and acknowledges the upload.
async fn record(arguments: &[&str]) -> Result<Conversation> {
    let recorder = Recorder::start().await?;
    let port = recorder.address.port().to_string();
    let mut device: Program = Peer::paho_device(["127.0.0.1", &port].iter().chain(arguments))?;
    // The script also answers the command that follows; only its first two frames matter.
    let mut frames = recorder.wait_for(2).await?.into_iter();
    // The script has taken the acknowledgement for its own: the packet identifier is the first, too.
    device.wait_for_line("mid: 1").await?;
    let (connect, publish) = (frames.next().context("no CONNECT")?, frames.next().context("no PUBLISH")?);
    Ok(Conversation { connect, publish })
}

/// Login accepted, no session kept.
const CONNACK: [u8; 4] = [0x20, 0x02, 0x00, 0x00];

#[track_caller]
fn assert_same(theirs: &Conversation, ours: &Conversation) {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ");
    assert_eq!(hex(&theirs.connect), hex(&ours.connect), "CONNECT: theirs, ours");
    assert_eq!(hex(&theirs.publish), hex(&ours.publish), "PUBLISH: theirs, ours");
}
