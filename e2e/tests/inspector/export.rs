//! Capture files as Wireshark reads them: the same frames, nothing odd about them, and no password.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use e2e::tshark::CaptureFile;
use e2e::{End, FilterField, FrameRow, Page};
use serde_json::Value;

use crate::{AUTH_INFO, holds, log_in};

/// What was said, by connection as the page counts them, and by who said it.
type Said = BTreeMap<(usize, End), Vec<u8>>;

#[tokio::test]
async fn wireshark_reads_every_frame_and_finds_nothing_odd() -> Result<()> {
    let opened = log_in().await?;
    let page = &opened.page;
    converse(page).await?;
    let rows = page.frames().await?;

    let (name, pcapng) = page.export("pcapng", false).await?;
    ensure!(name.starts_with("onenet-") && name.ends_with(".pcapng"), "{name}");
    page.shows(".export", &format!("{} frames written, {} bytes.", rows.len(), pcapng.len())).await?;
    let capture = CaptureFile::new(&pcapng)?;
    capture.is_faultless().await?;

    // As many frames, of the same types and sizes, each way, on each connection.
    let theirs: Vec<(usize, bool, u8, usize)> = capture
        .frames()
        .await?
        .into_iter()
        .map(|frame| {
            let header = if frame.remaining_length < 128 { 2 } else { 3 };
            (frame.connection + 1, frame.sent, frame.packet_type, frame.remaining_length + header)
        })
        .collect();
    let mut ours = Vec::new();
    for row in &rows {
        ours.push((connection(row)?, row.sent, number_of(&row.packet_type)?, row.size));
    }
    ensure!(ours == theirs, "listed: {ours:?}\ntshark: {theirs:?}");
    ensure!(ours.last().is_some_and(|(connection, ..)| *connection == 2), "{ours:?}");

    // Three kinds of files, one conversation.
    let (_, lines) = page.export("jsonl", false).await?;
    let said = said_in_lines(&lines)?;
    for connection in [1, 2] {
        let followed = capture.follow(connection - 1).await?;
        for end in [End::Client, End::Broker] {
            let found = followed.said_by(end);
            ensure!(said.get(&(connection, end)) == Some(&found), "{connection}, {end:?}: {found:02x?}");
        }
    }
    let (_, hex) = page.export("txt", false).await?;
    ensure!(said_in_hex(&hex)? == said, "hex and JSON Lines differ");

    let about = capture.about().await?;
    ensure!(about.contains("Synthetic capture."), "{about}");
    Ok(())
}

#[tokio::test]
async fn passwords_become_asterisks_unless_the_person_says_otherwise() -> Result<()> {
    let opened = log_in().await?;
    let page = &opened.page;
    let asterisks = "*".repeat(AUTH_INFO.len());
    for format in ["pcapng", "jsonl", "txt"] {
        let masked = whole(&page.export(format, false).await?.1, format)?;
        ensure!(!holds(&masked, &AUTH_INFO.as_bytes()[..4]), "{format}: there is the password");
        ensure!(holds(&masked, asterisks.as_bytes()), "{format}: there are no asterisks");
        ensure!(!holds(&masked, format!("{asterisks}*").as_bytes()), "{format}: too many asterisks");
    }
    for format in ["pcapng", "jsonl", "txt"] {
        let open = whole(&page.export(format, true).await?.1, format)?;
        page.shows(".export", "whoever gets it can log in").await?;
        ensure!(holds(&open, AUTH_INFO.as_bytes()), "{format}: the password is missing");
        ensure!(!holds(&open, b"****"), "{format}: there are asterisks");
    }

    // What is listed is what is saved.
    page.filter_frames(FilterField::Type, "CONNACK").await?;
    page.lists(1).await?;
    let text = String::from_utf8(page.export("jsonl", false).await?.1)?;
    ensure!(
        text.lines().count() == 1 && text.contains("\"type\":\"CONNACK\",\"hex\":\"20020000\""),
        "{text}"
    );
    Ok(())
}

/// Several uploads, a command and its answer, and a second connection.
pub async fn converse(page: &Page) -> Result<()> {
    for (number, value) in [("1", "27.5"), ("3", "28"), ("5", "28.5")] {
        page.choose_type(number).await?;
        page.upload("wendu", value).await?;
    }
    page.send_command("fan on").await?;
    page.answer("fan on", "fan is on").await?;
    page.shows("#platform", "fan is on").await?;
    page.lists(11).await?;
    page.disconnect().await?;
    page.connect().await?;
    page.choose_type("4").await?;
    page.upload("shidu", "61").await?;
    page.lists(16).await.map(drop)
}

/// The connection of a row, counted from 1.
fn connection(row: &FrameRow) -> Result<usize> {
    let number = row.connection.strip_prefix("connection ").context("a row without connection")?;
    Ok(number.parse()?)
}

/// The number that a packet type has in the fixed header (MQTT 3.1.1 §2.2.1).
fn number_of(name: &str) -> Result<u8> {
    let names = [
        "CONNECT",
        "CONNACK",
        "PUBLISH",
        "PUBACK",
        "PUBREC",
        "PUBREL",
        "PUBCOMP",
        "SUBSCRIBE",
        "SUBACK",
        "UNSUBSCRIBE",
        "UNSUBACK",
        "PINGREQ",
        "PINGRESP",
        "DISCONNECT",
    ];
    let index = names.iter().position(|known| *known == name).with_context(|| format!("no {name}"))?;
    Ok(u8::try_from(index + 1)?)
}

/// Everything that a file holds, its hex as bytes.
fn whole(file: &[u8], format: &str) -> Result<Vec<u8>> {
    match format {
        "jsonl" => Ok(said_in_lines(file)?.into_values().flatten().collect()),
        "txt" => Ok(said_in_hex(file)?.into_values().flatten().collect()),
        _ => Ok(file.to_vec()),
    }
}

fn said_in_lines(file: &[u8]) -> Result<Said> {
    let mut said = Said::new();
    for line in std::str::from_utf8(file)?.lines() {
        let frame: Value = serde_json::from_str(line).with_context(|| line.to_owned())?;
        let connection = usize::try_from(frame["connection"].as_u64().context("no connection")?)?;
        let end = end(frame["direction"].as_str().context("no direction")?)?;
        let hex = frame["hex"].as_str().context("no hex")?;
        let mut bytes = (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16));
        said.entry((connection, end)).or_default().extend(bytes.by_ref().collect::<Result<Vec<u8>, _>>()?);
    }
    Ok(said)
}

fn said_in_hex(file: &[u8]) -> Result<Said> {
    let mut said = Said::new();
    let mut key = None;
    for line in std::str::from_utf8(file)?.lines() {
        if let Some(comment) = line.strip_prefix("# ") {
            // `# 3 2026-05-01T04:00:00.123Z sent 1 PUBLISH $dp`
            let words: Vec<&str> = comment.split(' ').collect();
            let &[_, _, direction, connection, ..] = words.as_slice() else {
                anyhow::bail!("a short comment: {line}")
            };
            key = Some((connection.parse()?, end(direction)?));
        } else if !line.is_empty() {
            let bytes: Result<Vec<u8>, _> =
                line.split(' ').map(|byte| u8::from_str_radix(byte, 16)).collect();
            said.entry(key.context("bytes before a comment")?).or_default().extend(bytes?);
        }
    }
    Ok(said)
}

fn end(direction: &str) -> Result<End> {
    match direction {
        "sent" => Ok(End::Client),
        "received" => Ok(End::Broker),
        other => anyhow::bail!("no direction: {other}"),
    }
}
