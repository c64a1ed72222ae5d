//! A hundred thousand frames: only those in sight are drawn, and all of them can be reached.

use std::fmt::Write;

use anyhow::{Context, Result, ensure};
use e2e::{FilterField, Page, eventually};
use tempfile::NamedTempFile;

use crate::open;

const FRAMES: usize = 100_000;
/// Rows that may be drawn, however many there are.
const DRAWN: usize = 150;

#[tokio::test]
async fn a_hundred_thousand_frames_are_read_and_few_are_drawn() -> Result<()> {
    let file = NamedTempFile::with_suffix(".jsonl")?;
    std::fs::write(file.path(), lines())?;
    let opened = open().await?;
    let page = &opened.page;
    page.import(file.path()).await?;
    page.shows("#listed", "100000 frames").await?;
    page.browser().evaluate("document.querySelector('#frames').scrollTop = 0").await?;
    in_sight(page, 1, 1).await?;

    page.scroll_frames_to(50_000).await?;
    in_sight(page, 50_001, 50_001).await?;
    page.scroll_frames_to(FRAMES).await?;
    in_sight(page, FRAMES, FRAMES as u64).await?;
    page.choose_frame(FRAMES as u64).await?;
    let last = page.anatomy("frame").bytes().await?;
    ensure!(last == frame(FRAMES), "{last:02x?}");

    page.filter_frames(FilterField::Type, "PINGREQ").await?;
    page.shows("#listed", "10000 of 100000 frames").await?;
    page.scroll_frames_to(5_000).await?;
    // Every tenth frame is one.
    in_sight(page, 5_001, 50_010).await?;
    page.filter_frames(FilterField::Topic, "room/7").await?;
    page.shows("#listed", "0 of 100000 frames").await?;
    page.filter_frames(FilterField::Type, "PUBLISH").await?;
    page.shows("#listed", "9000 of 100000 frames").await
}

/// A PINGREQ every tenth time, otherwise one of ten topics; the first message of all is `1`.
fn frame(number: usize) -> Vec<u8> {
    if number.is_multiple_of(10) {
        return vec![0xC0, 0x00];
    }
    let topic = format!("room/{}", number / 10 % 10);
    let mut body = vec![0, topic.len() as u8];
    body.extend(topic.as_bytes());
    body.extend(number.to_string().as_bytes());
    [&[0x30, body.len() as u8], &body[..]].concat()
}

fn lines() -> String {
    let mut text = String::new();
    for number in 1..=FRAMES {
        let (second, millisecond) = (number / 1_000, number % 1_000);
        let (minute, second) = (second / 60, second % 60);
        let hex = crate::hex(&frame(number), "");
        // Writing into a String cannot fail.
        let _ = writeln!(
            text,
            r#"{{"at":"2026-05-01T04:{minute:02}:{second:02}.{millisecond:03}Z","direction":"sent","connection":1,"hex":"{hex}"}}"#
        );
    }
    text
}

/// Waits until the row at a position is the frame with this number, and looks at what is drawn.
async fn in_sight(page: &Page, position: usize, number: u64) -> Result<()> {
    let rows = eventually(&format!("row {position} is drawn"), async || {
        let rows = page.drawn_frames().await?;
        let positions: Vec<usize> = rows.iter().map(|row| row.position).collect();
        ensure!(positions.contains(&position), "drawn are {:?} to {:?}", positions.first(), positions.last());
        Ok(rows)
    })
    .await?;
    ensure!(rows.len() < DRAWN, "{} rows are drawn", rows.len());
    let row = rows.iter().find(|row| row.position == position).context("it is gone")?;
    ensure!(row.number == number, "{row:?}");
    let size = frame(usize::try_from(number)?).len();
    ensure!(row.size == size, "{row:?} has not {size} bytes");
    // It is where it seems to be, and not above or below.
    let script = format!(
        "(row => (list => row.top >= list.top - 1 && row.bottom <= list.bottom + 1)(document.querySelector('#frames').getBoundingClientRect()))(document.querySelector('#frames-{number}').getBoundingClientRect())"
    );
    ensure!(page.browser().evaluate(&script).await? == true, "row {position} is not in sight");
    Ok(())
}
