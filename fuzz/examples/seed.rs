//! Writes what a fuzzer begins with: the recorded frames and payloads as the corpus of the targets that read bytes as
//! they come. The other two play scripts, and find theirs by themselves.

use std::fs;
use std::io;
use std::path::Path;

use data_encoding::HEXLOWER_PERMISSIVE;
use frame::{Frames, MAX_REMAINING_LENGTH, Packet};
use serde_json::Value;

fn main() -> io::Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(here.join("../crates/onenet/tests/vectors.json"))?;
    let vectors: Vec<Value> = serde_json::from_str(&text)?;
    let corpus = here.join("corpus");
    for target in ["frame", "dissect", "onenet_decode"] {
        fs::create_dir_all(corpus.join(target))?;
    }
    for vector in &vectors {
        let (Some(name), Some(hex)) = (vector["name"].as_str(), vector["hex"].as_str()) else { continue };
        let Ok(bytes) = HEXLOWER_PERMISSIVE.decode(hex.as_bytes()) else { continue };
        fs::write(corpus.join("dissect").join(name), &bytes)?;
        // Its first byte says where to cut.
        fs::write(corpus.join("frame").join(name), [&[3], &bytes[..]].concat())?;
        let payload = payload(&bytes).unwrap_or(bytes);
        fs::write(corpus.join("onenet_decode").join(name), payload)?;
    }
    println!("{} vectors read; corpora are in {}", vectors.len(), corpus.display());
    Ok(())
}

/// What the bytes carry, if they are a PUBLISH.
fn payload(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut frames = Frames::new(MAX_REMAINING_LENGTH);
    frames.push(bytes);
    match frames.poll_frame().ok()??.packet {
        Packet::Publish(publish) => Some(publish.payload.to_vec()),
        _ => None,
    }
}
