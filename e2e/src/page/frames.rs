//! The list of frames, what narrows it down, and the files that it is written to and read from.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use fantoccini::Locator;
use serde_json::Value;

use super::{Page, type_into};
use crate::wait::eventually;

/// The views of the inspector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The list of frames.
    List,
    /// Pasted bytes.
    Paste,
    /// Bytes made by hand.
    Compose,
}

/// What narrows the list down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterField {
    /// A packet type by its name, `without-pings`, or `all`.
    Type,
    /// `sent`, `received` or `all`.
    Direction,
    /// A topic filter, or a part of a topic.
    Topic,
    /// A text in the bytes.
    Text,
}

/// A row of the list of frames.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameRow {
    /// The frame's number.
    pub number: u64,
    /// Whether the device sent it.
    pub sent: bool,
    /// `CONNECT` …
    pub packet_type: String,
    /// The packet identifier, where it has one.
    pub packet_id: Option<u16>,
    /// What it says.
    pub summary: String,
    /// Its bytes.
    pub size: usize,
    /// Which frame answers it or is answered by it, and after which time.
    pub answer: String,
    /// Which connection it belongs to, in words.
    pub connection: String,
    /// Whether it is the one that is looked at.
    pub chosen: bool,
    /// Which of the rows it is, counted from 1.
    pub position: usize,
    /// How many rows there are, drawn or not.
    pub total: usize,
}

/// Every drawn row as an object with the members of [`FrameRow`].
const ROWS: &str = "[...document.querySelectorAll('#frames > .frame')].map(row => {
    const text = name => row.querySelector('.frame-' + name).textContent.trim();
    return {
        number: Number(text('number')), sent: row.classList.contains('sent'), type: text('type'),
        id: text('id'), summary: text('summary'), size: Number(text('size')), answer: text('answer'),
        connection: row.querySelector('.frame-way').title,
        chosen: row.getAttribute('aria-selected') === 'true',
        position: Number(row.getAttribute('aria-posinset')), total: Number(row.getAttribute('aria-setsize')),
    };
})";

impl Page {
    /// Shows one of the views of the inspector.
    pub async fn show_tab(&self, tab: Tab) -> Result<()> {
        let key = match tab {
            Tab::List => "list",
            Tab::Paste => "paste",
            Tab::Compose => "compose",
        };
        self.click(&format!("#tab-{key}")).await?;
        self.visible(&format!("#tabpanel-{key}")).await.map(drop)
    }

    /// The rows that are drawn: those in sight and a few around them.
    pub async fn drawn_frames(&self) -> Result<Vec<FrameRow>> {
        let rows = self.browser().evaluate(ROWS).await?;
        rows.as_array().context("no rows")?.iter().map(FrameRow::read).collect()
    }

    /// Every row of the list, by scrolling through it.
    pub async fn frames(&self) -> Result<Vec<FrameRow>> {
        let mut rows: BTreeMap<usize, FrameRow> = BTreeMap::new();
        loop {
            let next = rows.len() + 1;
            self.scroll_frames_to(rows.len()).await?;
            let drawn = eventually(&format!("row {next} is drawn"), async || {
                let drawn = self.drawn_frames().await?;
                let whole = drawn.is_empty() || drawn.iter().any(|row| row.position == next);
                ensure!(whole, "drawn: {:?}", drawn.iter().map(|row| row.position).collect::<Vec<_>>());
                Ok(drawn)
            })
            .await?;
            let total = drawn.first().map_or(0, |row| row.total);
            rows.extend(drawn.into_iter().map(|row| (row.position, row)));
            if rows.len() >= total {
                return Ok(rows.into_values().collect());
            }
        }
    }

    /// Waits until the list has so many rows; gives those that are drawn.
    pub async fn lists(&self, count: usize) -> Result<Vec<FrameRow>> {
        eventually(&format!("{count} frames are listed"), async || {
            let drawn = self.drawn_frames().await?;
            let total = drawn.first().map_or(0, |row| row.total);
            ensure!(total == count, "there are {total}: {}", self.text("#listed").await?);
            Ok(drawn)
        })
        .await
    }

    /// Scrolls the list so that the row with this index is the first in sight, as far as it goes.
    pub async fn scroll_frames_to(&self, index: usize) -> Result<()> {
        let scroll = format!("document.querySelector('#frames').scrollTop = {}", index * 28);
        self.browser().evaluate(&scroll).await.map(drop)
    }

    /// Turns the wheel over the list; down where `pixels` is positive.
    pub async fn turn_wheel_over_frames(&self, pixels: i64) -> Result<()> {
        self.center("#frames").await?;
        let list = self.visible("#frames").await?;
        self.browser().turn_wheel(&list, pixels).await
    }

    /// Chooses a frame by a click on its row, which must be drawn.
    pub async fn choose_frame(&self, number: u64) -> Result<()> {
        self.center("#frames").await?;
        self.click(&format!("#frames-{number}")).await?;
        self.looks_at(number).await
    }

    /// Waits until the frame with this number is the one that is looked at.
    pub async fn looks_at(&self, number: u64) -> Result<()> {
        eventually(&format!("frame {number} is looked at"), async || {
            let title = self.text("#looked-at").await?;
            let is_it =
                title.split(|found: char| !found.is_ascii_digit()).any(|part| part == number.to_string());
            ensure!(is_it, "it is `{title}`");
            Ok(())
        })
        .await
    }

    /// Narrows the list down, or widens it again by `all` or an empty text.
    pub async fn filter_frames(&self, field: FilterField, value: &str) -> Result<()> {
        match field {
            FilterField::Type => self.select("#filter-type", value).await,
            FilterField::Direction => self.select("#filter-direction", value).await,
            FilterField::Topic => self.fill("#filter-topic", value).await,
            FilterField::Text => self.fill("#filter-text", value).await,
        }
    }

    /// Saves what is listed, as `pcapng`, `jsonl` or `txt`; gives the file's name and bytes.
    pub async fn export(&self, format: &str, with_secrets: bool) -> Result<(String, Vec<u8>)> {
        if let Ok(closed) = self.browser().find(Locator::Css(".export:not([open]) summary")).await {
            closed.click().await?;
        }
        self.select("#export-format", format).await?;
        if self.visible("#export-secrets").await?.is_selected().await? != with_secrets {
            self.click("#export-secrets").await?;
        }
        self.click("#export").await?;
        self.browser().download().await
    }

    /// Opens a capture file in place of the live frames.
    pub async fn import(&self, file: &Path) -> Result<()> {
        self.pick("#import", file).await
    }

    /// Pastes bytes in place of those that were pasted before.
    pub async fn paste(&self, text: &str) -> Result<()> {
        let field = self.visible("#paste-bytes").await?;
        type_into(&field, text).await
    }

    /// Scrolls the page so that an element is in the middle of it.
    pub async fn center(&self, selector: &str) -> Result<()> {
        let found = self.present(selector).await?;
        let script = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        let element = serde_json::to_value(found)?;
        self.browser().execute(script, vec![element]).await?;
        Ok(())
    }
}

impl FrameRow {
    fn read(row: &Value) -> Result<Self> {
        let text = |name: &str| {
            row[name].as_str().map(str::to_owned).with_context(|| format!("a row without {name}"))
        };
        let number = |name: &str| row[name].as_u64().with_context(|| format!("a row without {name}"));
        let id = text("id")?;
        Ok(Self {
            number: number("number")?,
            sent: row["sent"] == true,
            packet_type: text("type")?,
            packet_id: if id.is_empty() { None } else { Some(id.parse()?) },
            summary: text("summary")?,
            size: usize::try_from(number("size")?)?,
            answer: text("answer")?,
            connection: text("connection")?,
            chosen: row["chosen"] == true,
            position: usize::try_from(number("position")?)?,
            total: usize::try_from(number("total")?)?,
        })
    }
}
