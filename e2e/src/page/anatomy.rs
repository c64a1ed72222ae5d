//! One frame byte by byte: its fields as a tree, its bytes as hex, and what the one that is looked at means.

use std::ops::Range;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::Page;
use crate::wait::eventually;

/// One frame as the page takes it apart.
#[derive(Clone, Copy)]
pub struct Anatomy<'a> {
    page: &'a Page,
    id: &'a str,
}

/// A byte as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its offset from the beginning of the frame.
    pub offset: usize,
    /// The byte; `None` where it is hidden.
    pub byte: Option<u8>,
    /// Whether it belongs to what is looked at.
    pub lit: bool,
    /// Whether it is the first wrong one.
    pub wrong: bool,
    /// Whether it differs from what is expected.
    pub marked: bool,
}

/// A row of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldRow {
    /// Which child it is at each step from the root.
    pub place: Vec<usize>,
    /// What it is called.
    pub name: String,
    /// What it says.
    pub said: String,
    /// How deep it stands, from 1.
    pub level: usize,
    /// Whether its parts are shown; `None` where it has none.
    pub open: Option<bool>,
    /// Whether it is what is looked at.
    pub lit: bool,
    /// Whether it has the focus.
    pub focused: bool,
}

impl Page {
    /// The frame taken apart under an id: `frame` in the list, `pasted`, or `composed`.
    pub fn anatomy<'a>(&'a self, id: &'a str) -> Anatomy<'a> {
        Anatomy { page: self, id }
    }
}

impl Anatomy<'_> {
    /// Every byte that is drawn: all of a short frame.
    pub async fn cells(&self) -> Result<Vec<Cell>> {
        let script = format!(
            "[...document.querySelectorAll('#{}-hex .hex-cells [data-at]')].map(cell => ({{
                at: Number(cell.dataset.at), text: cell.textContent.trim(), classes: [...cell.classList],
            }}))",
            self.id
        );
        let cells = self.page.browser().evaluate(&script).await?;
        cells.as_array().context("no cells")?.iter().map(Cell::read).collect()
    }

    /// The bytes; fails where one is hidden.
    pub async fn bytes(&self) -> Result<Vec<u8>> {
        let cells = self.cells().await?;
        ensure!(cells.iter().map(|cell| cell.offset).eq(0..cells.len()), "not all bytes are drawn");
        cells
            .iter()
            .map(|cell| cell.byte.with_context(|| format!("byte {} is hidden", cell.offset)))
            .collect()
    }

    /// The bytes that are lit, as one span; empty where none is.
    pub async fn lit(&self) -> Result<Range<usize>> {
        let lit: Vec<usize> =
            self.cells().await?.iter().filter(|cell| cell.lit).map(|cell| cell.offset).collect();
        let (Some(&first), Some(&last)) = (lit.first(), lit.last()) else { return Ok(0..0) };
        ensure!(lit.len() == last + 1 - first, "bytes here and there are lit: {lit:?}");
        Ok(first..last + 1)
    }

    /// Waits until just these bytes are lit.
    pub async fn lights(&self, span: Range<usize>) -> Result<()> {
        eventually(&format!("bytes {span:?} are lit"), async || {
            let lit = self.lit().await?;
            ensure!(lit == span, "lit are {lit:?}");
            Ok(())
        })
        .await
    }

    /// The rows of the tree.
    pub async fn rows(&self) -> Result<Vec<FieldRow>> {
        let script = format!(
            "[...document.querySelectorAll('#{id}-tree > [role=treeitem]')].map(row => ({{
                place: row.id.replace('{id}-field-', ''), name: row.querySelector('.name')?.textContent ?? '',
                said: row.querySelector('.said')?.textContent ?? '', level: Number(row.ariaLevel),
                open: row.ariaExpanded, lit: row.classList.contains('lit'),
                focused: row === document.activeElement,
            }}))",
            id = self.id
        );
        let rows = self.page.browser().evaluate(&script).await?;
        rows.as_array().context("no rows")?.iter().map(FieldRow::read).collect()
    }

    /// The first row with this name.
    pub async fn row(&self, name: &str) -> Result<FieldRow> {
        let rows = self.rows().await?;
        let names = || rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>().join(", ");
        rows.iter().find(|row| row.name == name).cloned().with_context(|| format!("no {name} in {}", names()))
    }

    /// Waits until the row with this name has the focus.
    pub async fn focuses(&self, name: &str) -> Result<FieldRow> {
        eventually(&format!("{name} has the focus"), async || {
            let rows = self.rows().await?;
            let focused = rows.into_iter().find(|row| row.focused).context("no row has it")?;
            ensure!(focused.name == name, "{} has it", focused.name);
            Ok(focused)
        })
        .await
    }

    /// Puts the pointer on a row of the tree.
    pub async fn hover_row(&self, row: &FieldRow) -> Result<()> {
        let steps: Vec<String> = row.place.iter().map(usize::to_string).collect();
        self.hover(&format!("#{}-field-{}", self.id, steps.join("-"))).await
    }

    /// Puts the pointer on a byte.
    pub async fn hover_byte(&self, offset: usize) -> Result<()> {
        self.hover(&self.byte_selector(offset)).await
    }

    /// Clicks on a byte.
    pub async fn click_byte(&self, offset: usize) -> Result<()> {
        let byte = self.byte_selector(offset);
        self.page.center(&byte).await?;
        self.page.click(&byte).await
    }

    /// Moves the focus to the bytes.
    pub async fn focus_bytes(&self) -> Result<()> {
        let focus = format!("document.querySelector('#{}-hex').focus()", self.id);
        self.page.browser().evaluate(&focus).await.map(drop)
    }

    /// Moves the focus to the row of the tree that can have it, as the Tab key does.
    pub async fn focus_tree(&self) -> Result<()> {
        let focus = format!("document.querySelector('#{}-tree > [tabindex=\"0\"]').focus()", self.id);
        self.page.browser().evaluate(&focus).await.map(drop)
    }

    /// What is explained.
    pub async fn explanation(&self) -> Result<String> {
        self.page.text(&format!("#{}-explanation", self.id)).await
    }

    async fn hover(&self, selector: &str) -> Result<()> {
        self.page.center(selector).await?;
        let element = self.page.present(selector).await?;
        self.page.browser().hover(element).await
    }

    fn byte_selector(&self, offset: usize) -> String {
        format!("#{}-hex .hex-cells [data-at=\"{offset}\"]", self.id)
    }
}

impl Cell {
    fn read(cell: &Value) -> Result<Self> {
        let text = cell["text"].as_str().context("a byte without text")?;
        let offset = usize::try_from(cell["at"].as_u64().context("a byte without offset")?)?;
        let is = |class: &str| {
            cell["classes"].as_array().is_some_and(|found| found.iter().any(|name| name == class))
        };
        let byte = match text {
            "••" => None,
            hex => Some(u8::from_str_radix(hex, 16).with_context(|| format!("no hex: {hex}"))?),
        };
        Ok(Self { offset, byte, lit: is("lit"), wrong: is("wrong"), marked: is("marked") })
    }
}

impl FieldRow {
    fn read(row: &Value) -> Result<Self> {
        let text = |name: &str| {
            row[name].as_str().map(str::to_owned).with_context(|| format!("a row without {name}"))
        };
        let place = text("place")?.split('-').filter_map(|step| step.parse().ok()).collect();
        Ok(Self {
            place,
            name: text("name")?,
            said: text("said")?,
            level: usize::try_from(row["level"].as_u64().context("a row without level")?)?,
            open: row["open"].as_str().map(|open| open == "true"),
            lit: row["lit"] == true,
            focused: row["focused"] == true,
        })
    }
}
