//! Capture files opened in place of the live frames: our own, other people's, and damaged ones.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use dissect::{Head, split};
use e2e::{End, FrameRow, Mosquitto, Page, Peer, Recording, RecordingProxy, eventually, tshark};
use tempfile::TempDir;

use crate::export::converse;
use crate::{log_in, open};

#[tokio::test]
async fn an_exported_capture_shows_the_same_frames_and_the_live_ones_come_back() -> Result<()> {
    let opened = log_in().await?;
    let page = &opened.page;
    converse(page).await?;
    let live = page.frames().await?;
    let folder = TempDir::new()?;
    for format in ["pcapng", "jsonl", "txt"] {
        let (name, bytes) = page.export(format, false).await?;
        let file = folder.path().join(&name);
        std::fs::write(&file, bytes)?;
        page.import(&file).await?;
        page.shows(".imported", &format!("{name}: {} frames", live.len())).await?;
        let shown = page.frames().await?;
        ensure!(same(&shown, &live), "{format}: {shown:#?}, live: {live:#?}");
        ensure!(page.text("#import-problem").await?.is_empty(), "{}", page.text("#import-problem").await?);

        page.click("#close-file").await?;
        page.lists(live.len()).await?;
        page.shows("#frame-counts", &format!("{} captured", live.len())).await?;
    }
    // Meanwhile the live ones go on.
    let (name, bytes) = page.export("pcapng", false).await?;
    let file = folder.path().join(&name);
    std::fs::write(&file, bytes)?;
    page.import(&file).await?;
    page.shows(".imported", &name).await?;
    page.upload("wendu", "29").await?;
    page.lists(live.len()).await?;
    page.click("#close-file").await?;
    page.lists(live.len() + 2).await.map(drop)
}

/// Whether rows say the same but for the times, of which a file keeps only as much as it has room for.
fn same(some: &[FrameRow], others: &[FrameRow]) -> bool {
    let key = |row: &FrameRow| {
        let answer = row.answer.split(',').next().map(str::to_owned);
        (row.number, row.sent, row.packet_type.clone(), row.packet_id, row.summary.clone(), row.size, answer)
    };
    some.iter().map(key).eq(others.iter().map(key))
        && some.iter().map(|row| &row.connection).eq(others.iter().map(|row| &row.connection))
}

#[tokio::test]
async fn a_real_capture_shows_what_was_said() -> Result<()> {
    let broker = Mosquitto::start().await?;
    let proxy = RecordingProxy::start(broker.tcp).await?;
    for (name, arguments) in [
        ("mosquitto_pub", "-i 654804584 -u 388631 -P um151515 -q 1 -t cli/温度 -m 27.5"),
        ("mosquitto_pub", "-i often -q 2 -r -t cli/often -m again --repeat 5"),
        ("mosquitto_sub", "-i reader -q 2 -t cli/# -C 1"),
    ] {
        let arguments = arguments.split_whitespace();
        Peer::mosquitto_client(name, proxy.address, arguments)?.wait_for_success().await?;
    }
    let recordings = proxy.recordings().await?;
    let folder = TempDir::new()?;
    let file = folder.path().join("real.pcap");
    std::fs::write(&file, tshark::capture(&recordings)?)?;

    let opened = open().await?;
    let page = &opened.page;
    page.import(&file).await?;
    page.shows(".imported", "real.pcap: ").await?;
    let shown = page.frames().await?;
    let found: Vec<(String, String, bool, usize)> = shown
        .iter()
        .map(|row| (row.connection.clone(), row.packet_type.clone(), row.sent, row.size))
        .collect();
    let expected = expected(&recordings)?;
    ensure!(found == expected, "shown: {found:?}, recorded: {expected:?}");
    ensure!(page.text("#import-problem").await?.is_empty(), "{}", page.text("#import-problem").await?);
    Ok(())
}

/// The frames of recordings in the order in which they were whole.
fn expected(recordings: &[Recording]) -> Result<Vec<(String, String, bool, usize)>> {
    let mut frames = Vec::new();
    for (index, recording) in recordings.iter().enumerate() {
        let mut said = [(End::Client, Vec::new()), (End::Broker, Vec::new())];
        for (end, chunk) in &recording.chunks {
            let (_, bytes) = said.iter_mut().find(|(sender, _)| sender == end).context("a third end")?;
            bytes.extend(chunk);
            let cut = split(bytes);
            for frame in cut.frames {
                let frame = &bytes[frame];
                let name = Head::read(frame).packet_type.context("no packet")?.name().to_owned();
                let connection = format!("connection {}", index + 1);
                frames.push((connection, name, *end == End::Client, frame.len()));
            }
            bytes.drain(..cut.rest.start);
        }
    }
    Ok(frames)
}

#[tokio::test]
async fn a_damaged_file_shows_what_could_be_read_and_where_it_broke() -> Result<()> {
    let opened = log_in().await?;
    let page = &opened.page;
    for value in ["1", "2", "3", "4"] {
        page.upload("wendu", value).await?;
    }
    let live = page.lists(10).await?;
    let (_, whole) = page.export("pcapng", false).await?;
    let folder = TempDir::new()?;
    let file = folder.path().join("damaged.pcapng");
    std::fs::write(&file, &whole[..whole.len() / 2])?;
    page.import(&file).await?;
    page.shows("#import-problem", "The file ends in the middle of block").await?;
    page.shows("#import-problem", "which begins at byte").await?;
    let shown = page.frames().await?;
    ensure!(!shown.is_empty() && shown.len() < live.len(), "{} frames", shown.len());
    let (before, _) = live.split_at(shown.len());
    ensure!(
        shown.iter().zip(before).all(|(one, other)| one.summary == other.summary && one.size == other.size)
    );

    // The same file, mended: it can be picked again.
    std::fs::write(&file, &whole)?;
    page.import(&file).await?;
    page.lists(10).await?;
    ensure!(page.text("#import-problem").await?.is_empty(), "{}", page.text("#import-problem").await?);
    Ok(())
}

#[tokio::test]
async fn what_is_no_capture_is_answered_by_a_sentence() -> Result<()> {
    let opened = log_in().await?;
    let page = &opened.page;
    let folder = TempDir::new()?;
    let noise: Vec<u8> = (0..4096_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let http = "GET / HTTP/1.1\r\nHost: example.com\r\n\r\n";
    for (name, bytes, sentence) in [
        ("noise.pcapng", &noise[..], "neither pcapng nor pcap"),
        ("packed.pcapng.gz", b"\x1f\x8b\x08\x00 and so on", "compressed"),
        ("page.txt", http.as_bytes(), "is no hex digit"),
        ("list.jsonl", b"{\"hex\":\"c000\"}\n", "lacks a valid \"at\""),
        ("empty.pcapng", b"", "neither pcapng nor pcap"),
    ] {
        let file: PathBuf = folder.path().join(name);
        std::fs::write(&file, bytes)?;
        page.import(&file).await?;
        page.shows("#import-hint", name).await.context(name)?;
        page.shows("#import-hint", sentence).await.context(name)?;
    }
    // What was looked at stays.
    two_live(page).await
}

async fn two_live(page: &Page) -> Result<()> {
    eventually("the live frames are back", async || {
        let listed = page.text("#listed").await?;
        ensure!(listed == "2 frames", "{listed}");
        Ok(())
    })
    .await
}
