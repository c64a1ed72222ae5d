//! Wireshark and we agree on what every field of a frame is, where it lies and what it says: on frames that
//! other people's clients and a real broker have sent each other.

mod conversations;
mod reading;
mod variety;

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use e2e::tshark::{self, TsharkFrame};
use e2e::{End, Recording};

/// A recorded frame.
pub struct Frame {
    /// Which recording it belongs to, counted from 0.
    pub connection: usize,
    /// Who sent it.
    pub sender: End,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

#[tokio::test]
async fn tshark_reads_every_field_as_we_do() -> Result<()> {
    let recordings = conversations::record().await?;
    let frames = frames(&recordings)?;
    let theirs = tshark::read(&recordings).await?;

    ensure!(frames.len() >= 200, "only {} frames", frames.len());
    let missing = variety::missing(&frames);
    ensure!(missing.is_empty(), "among {} frames there is no {}", frames.len(), missing.join(", no "));
    let seen: BTreeSet<&str> =
        theirs.iter().flat_map(|frame| &frame.fields).map(|field| field.name.as_str()).collect();
    let unseen: Vec<&str> = reading::known().filter(|name| !seen.contains(name)).collect();
    ensure!(unseen.is_empty(), "compared nowhere: {}", unseen.join(", "));

    let pairs = pairs(&frames, &theirs)?;
    let disagreements: Vec<String> =
        pairs.iter().filter_map(|(frame, theirs)| reading::disagreement(&frame.bytes, theirs)).collect();
    let first = disagreements.iter().take(5).map(String::as_str).collect::<Vec<_>>().join("\n\n");
    ensure!(first.is_empty(), "{} of {} frames:\n{first}", disagreements.len(), pairs.len());

    let fields: usize = theirs.iter().map(|frame| frame.fields.len()).sum();
    println!("{fields} fields of {} frames on {} connections", frames.len(), recordings.len());
    Ok(())
}

/// The recordings as frames, cut by us.
fn frames(recordings: &[Recording]) -> Result<Vec<Frame>> {
    let mut frames = Vec::new();
    for (connection, recording) in recordings.iter().enumerate() {
        for sender in [End::Client, End::Broker] {
            let bytes = recording.said_by(sender);
            let split = dissect::split(&bytes);
            let rest = &bytes[split.rest];
            ensure!(rest.is_empty(), "connection {connection}, {sender:?}: {} are no frame", hex(rest));
            let whole = split.frames.into_iter();
            frames.extend(whole.map(|range| Frame { connection, sender, bytes: bytes[range].to_vec() }));
        }
    }
    Ok(frames)
}

/// Which of our frames is which of theirs: on each connection, from each end, they are in order.
fn pairs<'a>(frames: &'a [Frame], theirs: &'a [TsharkFrame]) -> Result<Vec<(&'a Frame, &'a TsharkFrame)>> {
    let mut theirs: Vec<&TsharkFrame> = theirs.iter().collect();
    theirs.sort_by_key(|frame| (frame.connection, frame.sender));
    ensure!(frames.len() == theirs.len(), "{} frames, tshark: {}", frames.len(), theirs.len());
    let pair = |(frame, theirs): (&'a Frame, &'a TsharkFrame)| {
        let same = (frame.connection, frame.sender) == (theirs.connection, theirs.sender);
        same.then_some((frame, theirs)).with_context(|| {
            format!("connection {}: tshark sees other frames of {:?}", frame.connection, frame.sender)
        })
    };
    frames.iter().zip(theirs).map(pair).collect()
}

/// Bytes for a message that a person reads.
fn hex(bytes: &[u8]) -> String {
    let (shown, rest) = bytes.split_at(bytes.len().min(400));
    let shown = shown.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ");
    if rest.is_empty() { shown } else { format!("{shown} … and {} more", rest.len()) }
}
