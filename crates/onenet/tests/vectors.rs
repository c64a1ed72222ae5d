//! Real uploads: each is read, says what is recorded about it, and is written again to the same bytes.
//!
//! Reads `vectors.json` beside this file, or the file that the environment variable `ONENET_VECTORS` names.
//! Tokens, messages of the suite and messages of a thing model are the business of `tokens.rs`, `suite.rs` and
//! `studio.rs` beside this file, MQTT frames that of `crates/session/tests/vectors.rs`.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic; clippy excuses only test functions, not what they call"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use onenet::legacy::{Binary, DecodeError, DecodeProblem, Floats, Payload};
use onenet::sys::Address;
use onenet::{studio, suite};
use serde_json::Value;

#[test]
fn every_vector_is_read_and_written_again() {
    let (mut faults, mut counts) = (Vec::new(), BTreeMap::<_, usize>::new());
    for vector in vectors() {
        let name = text(&vector["name"]);
        match check(&vector) {
            Ok(outcome) => {
                println!("{:<26} {name}: {outcome}", outcome.name());
                *counts.entry(outcome.name()).or_default() += 1;
            }
            Err(fault) => faults.push(format!("{name}: {fault}")),
        }
    }
    println!("{counts:?}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(!counts.is_empty(), "the file holds no vectors");
}

/// What became of a vector that is no fault.
enum Outcome {
    /// Read, compared, and written again to the same bytes.
    Same,
    /// Written again, but not to the same bytes, and why that is right.
    NotCanonical(&'static str),
    /// The beginning of a good payload.
    Prefix,
    /// An MQTT frame without an upload in it.
    Frame,
    /// A signed token.
    Token,
    /// A message of the suite.
    Suite,
    /// A message of a thing model.
    Studio,
    /// A message on a topic that none of them reads.
    Foreign,
}

impl Outcome {
    fn name(&self) -> &'static str {
        match self {
            Self::Same => "same bytes",
            Self::NotCanonical(_) => "not canonical",
            Self::Prefix => "prefix",
            Self::Frame => "checked in session",
            Self::Token => "checked in tokens",
            Self::Suite => "checked in suite",
            Self::Studio => "checked in studio",
            Self::Foreign => "not checked",
        }
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Same => "reads back",
            Self::NotCanonical(why) => why,
            Self::Prefix => "reads back once it is completed",
            Self::Frame => "an MQTT frame without an upload",
            Self::Token => "a signed token",
            Self::Suite => "a message of the suite",
            Self::Studio => "a message of a thing model",
            Self::Foreign => "on a topic that is read nowhere",
        })
    }
}

fn check(vector: &Value) -> Result<Outcome, String> {
    let inputs = &vector["inputs"];
    match text(&vector["kind"]) {
        "dp_payload" => check_upload(&bytes(&vector["hex"])?, inputs),
        "publish" if inputs["topic"] == "$dp" => {
            let frame = bytes(&vector["hex"])?;
            let upload = match inputs.get("payload_hex") {
                Some(upload) => bytes(upload)?,
                None => behind_topic(&frame, inputs)?.to_vec(),
            };
            if !frame.ends_with(&upload) {
                return Err("payload_hex is not the end of the frame".to_owned());
            }
            check_upload(&upload, &inputs["dp"])
        }
        "publish_prefix" if inputs["topic"] == "$dp" => {
            let beginning = bytes(&vector["hex"])?;
            check_prefix(behind_topic(&beginning, inputs)?, inputs)
        }
        "connect" | "connack" | "subscribe" | "suback" | "unsubscribe" | "unsuback" | "publish"
        | "publish_prefix" | "pubrel" | "pingreq" | "pingresp" | "disconnect" => Ok(Outcome::Frame),
        "token" => Ok(Outcome::Token),
        "message" => Ok(message(text(&inputs["topic"]))),
        unknown => Err(format!("kind {unknown:?} is unknown")),
    }
}

/// Who reads messages of a topic.
fn message(topic: &str) -> Outcome {
    let Ok(address) = Address::parse(topic) else { return Outcome::Foreign };
    match (studio::Topic::parse(address.rest()), suite::Topic::of(&address)) {
        (Ok(_), _) => Outcome::Studio,
        (Err(_), Ok(_)) => Outcome::Suite,
        (Err(_), Err(_)) => Outcome::Foreign,
    }
}

fn check_upload(upload: &[u8], said: &Value) -> Result<Outcome, String> {
    let payload = Payload::decode(upload).map_err(|error| error.to_string())?;
    check_said(&payload, said)?;
    // Whatever can be read can be told as data points.
    payload.points();
    let written = payload.encode();
    if written == upload {
        return Ok(Outcome::Same);
    }
    let without_bit_7 = [&[upload[0] & 0x7F], &upload[1..]].concat();
    if payload.payload_type().number() <= 5 && written == without_bit_7 {
        return Ok(Outcome::NotCanonical("bit 7 has no meaning in types 1 to 5 and is written as 0"));
    }
    Err(format!("is written as {written:02x?}"))
}

/// What follows the topic `$dp` in a PUBLISH, whose fixed header may be left out, and the packet identifier
/// that stands there at QoS 1 and 2.
fn behind_topic<'a>(publish: &'a [u8], inputs: &Value) -> Result<&'a [u8], String> {
    const TOPIC: &[u8] = b"\x00\x03$dp";
    let start = publish.windows(TOPIC.len()).position(|window| window == TOPIC);
    let start = start.ok_or("does not name the topic $dp")?;
    let has_fixed_header = start > 0;
    let qos =
        if has_fixed_header { (publish[0] >> 1 & 3).into() } else { inputs["qos"].as_u64().unwrap_or(0) };
    let packet_id = if qos > 0 { 2 } else { 0 };
    publish
        .get(start + TOPIC.len() + packet_id..)
        .ok_or_else(|| "breaks off in the packet identifier".to_owned())
}

/// A payload that breaks off must be wrong in nothing else. What is recorded of it is compared as far as it
/// can be told: the type byte, and all of it where zeros can stand in for what is missing.
fn check_prefix(prefix: &[u8], said: &Value) -> Result<Outcome, String> {
    match Payload::decode(prefix) {
        Ok(_) => return check_upload(prefix, said).map(|_| Outcome::Prefix),
        Err(error) if missing(&error).is_some() => {}
        Err(error) => return Err(error.to_string()),
    }
    if let Some(first) = prefix.first() {
        agree(said, "dp_type", || (first & 0x3F).into())?;
    }
    if let Some(completed) = complete(prefix) {
        check_said(&completed, said)?;
    }
    Ok(Outcome::Prefix)
}

/// The payload with zeros for what its errors say is missing, if that makes one.
fn complete(prefix: &[u8]) -> Option<Payload> {
    let mut upload = prefix.to_vec();
    loop {
        match Payload::decode(&upload) {
            Ok(payload) => return Some(payload),
            Err(error) => upload.resize(upload.len() + missing(&error)?, 0),
        }
    }
}

/// How many bytes are missing at least, `None` where something else is wrong.
fn missing(error: &DecodeError) -> Option<usize> {
    match error.problem {
        DecodeProblem::Empty => Some(1),
        DecodeProblem::Truncated { expected, found, .. } => Some(expected - found),
        DecodeProblem::Length { announced, found } | DecodeProblem::BinaryLength { announced, found } => {
            announced.checked_sub(found)
        }
        _ => None,
    }
}

/// Compares what is recorded about a payload with what it says. Records may leave anything out.
fn check_said(payload: &Payload, said: &Value) -> Result<(), String> {
    let number = payload.payload_type().number();
    agree(said, "dp_type", || number.into())?;
    if let Some(body) = payload.body() {
        agree(said, "body", || body.into())?;
        agree(said, "body_len", || body.len().into())?;
    }
    match payload {
        Payload::Json(_) | Payload::Text(_) => Ok(()),
        Payload::Binary(binary) => check_binary(binary, said),
        Payload::TimedText { time, .. } => {
            agree(said, "time6", || time.map(|time| time.to_bytes().to_vec()).into())
        }
        Payload::Floats(floats) => check_floats(floats, said),
    }
}

fn check_binary(binary: &Binary, said: &Value) -> Result<(), String> {
    agree(said, "header", || binary.header().into())?;
    agree(said, "header_len", || binary.header().len().into())?;
    agree(said, "bin_len", || binary.bytes().len().into())?;
    agree(said, "bin_hex", || {
        binary.bytes().iter().map(|byte| format!("{byte:02x}")).collect::<String>().into()
    })
}

fn check_floats(floats: &Floats, said: &Value) -> Result<(), String> {
    agree(said, "time6", || floats.time().map(|time| time.to_bytes().to_vec()).into())?;
    let Some(runs) = said["runs"].as_array() else { return Ok(()) };
    let read = |run: &Value| {
        let values = run["values"].as_array().into_iter().flatten();
        // Recorded as doubles of the same value.
        let values = values.filter_map(Value::as_f64).map(|value| (value as f32).to_bits()).collect();
        (run["number"].as_u64(), values)
    };
    let said: Vec<(Option<u64>, Vec<u32>)> = runs.iter().map(read).collect();
    let found: Vec<(Option<u64>, Vec<u32>)> = floats
        .runs()
        .iter()
        .map(|run| (Some(run.number.into()), run.values.iter().map(|value| value.to_bits()).collect()))
        .collect();
    if said == found { Ok(()) } else { Err(format!("runs are {found:x?}, not {said:x?}")) }
}

fn agree(said: &Value, member: &str, found: impl FnOnce() -> Value) -> Result<(), String> {
    let Some(said) = said.get(member) else { return Ok(()) };
    let found = found();
    if *said == found { Ok(()) } else { Err(format!("{member} is {found}, not {said}")) }
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
        None => package.join("tests/vectors.json"),
    };
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap()
}
