//! Every recorded frame. Each of the trees was read by eye.

use std::fs;
use std::path::Path;

use expect_test::expect_file;
use serde::Deserialize;

use crate::told::tell;

/// `UPDATE_EXPECT=1 cargo test -p dissect` writes the files anew.
#[test]
fn every_recorded_frame_has_a_tree() {
    for Vector { name, frame } in vectors() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/dissect/vectors/{name}.txt"));
        expect_file![path].assert_eq(&tell(&frame));
    }
}

/// The recorded frames that are whole.
pub fn good_frames() -> Vec<Vec<u8>> {
    let whole = vectors().into_iter().filter(|vector| !vector.name.ends_with("-prefix"));
    whole.map(|vector| vector.frame).collect()
}

/// The recorded payloads of `$dp`, one of each type.
pub fn payloads() -> Vec<Vec<u8>> {
    read().into_iter().filter(|record| record.kind == "dp_payload").map(|record| record.bytes()).collect()
}

struct Vector {
    name: String,
    frame: Vec<u8>,
}

fn vectors() -> Vec<Vector> {
    read()
        .into_iter()
        .filter_map(|record| Some(Vector { frame: record.frame()?, name: record.name }))
        .collect()
}

#[derive(Deserialize)]
struct Record {
    name: String,
    kind: String,
    hex: Option<String>,
    text: Option<String>,
    inputs: Inputs,
}

#[derive(Deserialize)]
struct Inputs {
    topic: Option<String>,
}

impl Record {
    /// The frame that it is or would be in; `None` for tokens.
    fn frame(&self) -> Option<Vec<u8>> {
        match self.kind.as_str() {
            "token" => None,
            "dp_payload" => Some(publish("$dp", &self.bytes())),
            "message" => {
                Some(publish(self.inputs.topic.as_deref().unwrap(), self.text.as_deref().unwrap().as_bytes()))
            }
            // What it says that it goes on with: four bytes of length and a picture.
            "publish_prefix" => {
                Some([&[0x30, (self.bytes().len() + 4 + 64) as u8][..], &self.bytes()].concat())
            }
            _ => Some(self.bytes()),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let hex = self.hex.as_deref().unwrap();
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    }
}

fn publish(topic: &str, payload: &[u8]) -> Vec<u8> {
    let packet = frame::Packet::Publish(frame::Publish::new(topic, frame::QoS::AtMostOnce, payload));
    frame::encode(&packet).unwrap().to_vec()
}

fn read() -> Vec<Record> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../onenet/tests/vectors.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}
