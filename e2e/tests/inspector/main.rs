//! The inspector as a person meets it: every frame of the page, byte by byte, in a real browser.

mod attention;
mod compose;
mod draft;
mod export;
mod filter;
mod import;
mod many;
mod narrow;
mod paste;
mod secret;

use anyhow::{Context, Result, ensure};
use e2e::{Browser, Destination, FrameRow, Language, Page, StaticServer, place};

/// Auth info that occurs nowhere else, to be looked for everywhere.
const AUTH_INFO: &str = "Sesam!öffne-dich";

/// The open page, and the server that it came from.
struct Opened {
    page: Page,
    _server: StaticServer,
}

/// Opens the page in English.
async fn open() -> Result<Opened> {
    let server = StaticServer::start(&place::dist()?, "page").await?;
    let page = Page::open(Browser::start(Language::English).await?, &server.url()).await?;
    Ok(Opened { page, _server: server })
}

/// Opens the page and logs in to its own platform: CONNECT and CONNACK are listed.
async fn log_in() -> Result<Opened> {
    let opened = open().await?;
    let page = &opened.page;
    page.log_in_as("29455901", "12555524", AUTH_INFO).await?;
    page.choose(Destination::InPage).await?;
    // What is sent is what the test sends.
    page.click("#upload-first").await?;
    page.connect().await?;
    page.lists(2).await?;
    Ok(opened)
}

/// The drawn row of a frame.
async fn row(page: &Page, number: u64) -> Result<FrameRow> {
    let drawn = page.drawn_frames().await?;
    drawn.into_iter().find(|row| row.number == number).with_context(|| format!("frame {number} is not drawn"))
}

/// Number and type of rows, as they are told apart best.
fn told(rows: &[FrameRow]) -> Vec<String> {
    rows.iter().map(|row| format!("{} {}", row.number, row.packet_type)).collect()
}

/// Whether `part` is somewhere in `whole`.
fn holds(whole: &[u8], part: &[u8]) -> bool {
    whole.windows(part.len()).any(|window| window == part)
}

/// Bytes as hex, two digits each, with something between them.
fn hex(bytes: &[u8], separator: &str) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(separator)
}

/// The bytes of a frame that was really captured, by its name in the vectors.
fn vector(name: &str) -> Result<Vec<u8>> {
    let vectors: serde_json::Value =
        serde_json::from_str(include_str!("../../../crates/onenet/tests/vectors.json"))?;
    let found = vectors.as_array().and_then(|vectors| vectors.iter().find(|vector| vector["name"] == name));
    let text =
        found.and_then(|vector| vector["hex"].as_str()).with_context(|| format!("no vector {name}"))?;
    ensure!(text.is_ascii(), "{name} is no hex");
    (0..text.len()).step_by(2).map(|at| Ok(u8::from_str_radix(&text[at..at + 2], 16)?)).collect()
}
