//! Real MQTT frames: each is read, says what is recorded about it, and is written again to the same bytes.
//!
//! Reads `crates/onenet/tests/vectors.json`, or the file that the environment variable `ONENET_VECTORS`
//! names. What uploads say is the business of `crates/onenet/tests/vectors.rs`.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic; clippy excuses only test functions, not what they call"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use frame::{Connect, Frames, MAX_REMAINING_LENGTH, Packet, Publish, SubscribeReasonCode};
use serde_json::{Value, json};

#[test]
fn every_frame_is_read_and_written_again() {
    let (mut faults, mut counts) = (Vec::new(), BTreeMap::<_, usize>::new());
    for vector in vectors() {
        let name = text(&vector["name"]);
        match check(&vector) {
            Ok(outcome) => {
                println!("{outcome:<18} {name}");
                *counts.entry(outcome).or_default() += 1;
            }
            Err(fault) => faults.push(format!("{name}: {fault}")),
        }
    }
    println!("{counts:?}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(!counts.is_empty(), "the file holds no vectors");
}

/// What became of a vector, or its fault.
fn check(vector: &Value) -> Result<&'static str, String> {
    let kind = text(&vector["kind"]);
    match kind {
        "connect" | "connack" | "subscribe" | "suback" | "unsubscribe" | "unsuback" | "publish"
        | "pubrel" | "pingreq" | "pingresp" | "disconnect" => check_frame(kind, vector),
        "publish_prefix" => check_prefix(vector),
        "dp_payload" => Ok("checked in onenet"),
        "message" | "token" => Ok("not yet"),
        unknown => Err(format!("kind {unknown:?} is unknown")),
    }
}

fn check_frame(kind: &str, vector: &Value) -> Result<&'static str, String> {
    let bytes = bytes(&vector["hex"])?;
    let mut frames = Frames::new(MAX_REMAINING_LENGTH);
    frames.push(&bytes);
    let read = frames.poll_frame().map_err(|error| error.to_string())?;
    let frame = read.ok_or("breaks off")?;
    if frame.bytes.len() != bytes.len() {
        return Err(format!("goes on behind its frame of {} bytes", frame.bytes.len()));
    }
    let found = frame::name(&frame.packet).to_lowercase();
    if kind != found {
        return Err(format!("is a {found}, not a {kind}"));
    }
    let recorded = vector["inputs"].as_object().ok_or("has no inputs")?;
    let said = said(&frame.packet, &bytes);
    for (member, recorded) in recorded {
        // Records may tell more than a frame says, such as what its payload means.
        if let Some(said) = said.get(member)
            && said != recorded
        {
            return Err(format!("{member} is {said}, not {recorded}"));
        }
    }
    check_direction(&frame.packet, &vector["direction"])?;
    let written = frame::encode(&frame.packet).map_err(|error| error.to_string())?;
    if written == bytes { Ok("same bytes") } else { Err(format!("is written as {written:02x?}")) }
}

/// What a packet says, under the names that records have for it.
fn said(packet: &Packet, bytes: &[u8]) -> Value {
    match packet {
        Packet::Connect(connect) => said_by_connect(connect, bytes),
        Packet::ConnAck(connack) => json!({ "sp": u8::from(connack.session_present), "rc": bytes[3] }),
        Packet::Publish(publish) => said_by_publish(publish),
        Packet::Subscribe(subscribe) => {
            let filters = subscribe.filters.iter();
            let filters: Vec<Value> = filters.map(|filter| json!([filter.path, filter.qos as u8])).collect();
            json!({ "packet_id": subscribe.pkid, "filters": filters })
        }
        Packet::SubAck(suback) => {
            let code = |code: &SubscribeReasonCode| match code {
                SubscribeReasonCode::Success(qos) => *qos as u8,
                SubscribeReasonCode::Failure => 0x80,
            };
            let codes: Vec<u8> = suback.return_codes.iter().map(code).collect();
            json!({ "packet_id": suback.pkid, "codes": codes })
        }
        Packet::Unsubscribe(unsubscribe) => {
            let topics = &unsubscribe.topics;
            json!({ "packet_id": unsubscribe.pkid, "filters": topics, "topics": topics })
        }
        Packet::PubAck(frame::PubAck { pkid })
        | Packet::PubRec(frame::PubRec { pkid })
        | Packet::PubRel(frame::PubRel { pkid })
        | Packet::PubComp(frame::PubComp { pkid })
        | Packet::UnsubAck(frame::UnsubAck { pkid }) => json!({ "packet_id": pkid }),
        Packet::PingReq | Packet::PingResp | Packet::Disconnect => json!({}),
    }
}

fn said_by_connect(connect: &Connect, bytes: &[u8]) -> Value {
    let name = header_length(bytes);
    let login = connect.login.as_ref();
    json!({
        "level": bytes[name + 6],
        "connect_flags": bytes[name + 7],
        "keepalive": connect.keep_alive,
        "clean_session": connect.clean_session,
        "client_id": connect.client_id,
        "username": login.map(|login| &login.username),
        "password": login.map(|login| &login.password),
    })
}

fn said_by_publish(publish: &Publish) -> Value {
    let mut said = json!({
        "qos": publish.qos as u8,
        "dup": publish.dup,
        "retain": publish.retain,
        "topic": publish.topic,
        "packet_id": Some(publish.pkid).filter(|id| *id != 0),
        "payload_hex": publish.payload.iter().map(|byte| format!("{byte:02x}")).collect::<String>(),
    });
    if let Ok(text) = std::str::from_utf8(&publish.payload) {
        said["payload_text"] = text.into();
    }
    said
}

/// `c2s` and `s2c`, for packets that only one end may send.
fn check_direction(packet: &Packet, direction: &Value) -> Result<(), String> {
    let only = match packet {
        Packet::Connect(_)
        | Packet::Subscribe(_)
        | Packet::Unsubscribe(_)
        | Packet::PingReq
        | Packet::Disconnect => "c2s",
        Packet::ConnAck(_) | Packet::SubAck(_) | Packet::UnsubAck(_) | Packet::PingResp => "s2c",
        Packet::Publish(_)
        | Packet::PubAck(_)
        | Packet::PubRec(_)
        | Packet::PubRel(_)
        | Packet::PubComp(_) => return Ok(()),
    };
    if direction == only { Ok(()) } else { Err(format!("direction is {direction}, must be {only:?}")) }
}

/// The beginning of a PUBLISH: topic and some payload, with or without the fixed header of the whole.
fn check_prefix(vector: &Value) -> Result<&'static str, String> {
    let bytes = bytes(&vector["hex"])?;
    let beginning = match bytes.first() {
        Some(0x30..=0x3F) => bytes.get(header_length(&bytes)..).unwrap_or_default(),
        Some(_) | None => &bytes[..],
    };
    let breaks_off = || "breaks off in its topic".to_owned();
    let (length, rest) = beginning.split_first_chunk().ok_or_else(breaks_off)?;
    let length = usize::from(u16::from_be_bytes(*length));
    let (topic, payload) = rest.split_at_checked(length).ok_or_else(breaks_off)?;
    let topic = String::from_utf8_lossy(topic).into_owned();
    if vector["inputs"]["topic"] != topic {
        return Err(format!("topic is {topic:?}"));
    }
    let whole = Packet::Publish(Publish::new(topic, frame::QoS::AtMostOnce, payload));
    let written = frame::encode(&whole).map_err(|error| error.to_string())?;
    if written.ends_with(beginning) { Ok("prefix") } else { Err(format!("is written as {written:02x?}")) }
}

/// First byte and remaining length.
fn header_length(frame: &[u8]) -> usize {
    2 + frame.iter().skip(1).take_while(|byte| **byte & 0x80 != 0).count()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn bytes(hex: &Value) -> Result<Vec<u8>, String> {
    let hex = hex.as_str().ok_or("has no hex")?;
    let digits: Vec<u8> = hex
        .chars()
        .map(|digit| digit.to_digit(16).map(|digit| digit as u8).ok_or("is not hex"))
        .collect::<Result<_, _>>()?;
    let (pairs, []) = digits.as_chunks::<2>() else { return Err("has half a byte".to_owned()) };
    Ok(pairs.iter().map(|[high, low]| high << 4 | low).collect())
}

fn vectors() -> Vec<Value> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = match env::var_os("ONENET_VECTORS") {
        // Cargo starts tests in the package; a person names the file from the workspace.
        Some(path) if !Path::new(&path).exists() => package.join("../..").join(path),
        Some(path) => PathBuf::from(path),
        None => package.join("../onenet/tests/vectors.json"),
    };
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap()
}
