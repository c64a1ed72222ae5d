//! The tables of all files as one, in the order of [`Field`].

use super::{connect, frame, json, legacy, one_json, publish, studio, suite, token, topic};
use crate::field::Field;

/// What a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// In English.
    pub english: Text,
    /// In Chinese.
    pub chinese: Text,
    /// Where that is written: `MQTT 3.1.1 §2.2.3`, or a section of the reference (ARCHITECTURE.md, "Sources").
    pub clause: &'static str,
}

/// What a field is, in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// What the specification calls it.
    pub name: &'static str,
    /// One to three sentences: what it is, how its bytes are read, the usual mistake and what OneNET makes of it.
    pub explanation: &'static str,
}

impl Field {
    /// What it is, in words.
    pub fn about(self) -> &'static About {
        let entry = entries().nth(self as usize);
        entry.map_or(&UNKNOWN, |entry| &entry.about)
    }

    /// Every field, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        entries().map(|entry| entry.field)
    }
}

/// A line of a table.
pub(super) struct Entry {
    field: Field,
    about: About,
}

/// Names come first, explanations second.
pub(super) const fn entry(
    field: Field,
    clause: &'static str,
    english: [&'static str; 2],
    chinese: [&'static str; 2],
) -> Entry {
    Entry { field, about: About { english: text(english), chinese: text(chinese), clause } }
}

const fn text([name, explanation]: [&'static str; 2]) -> Text {
    Text { name, explanation }
}

/// Of a field that is in no table. A test sees to it that there is none.
static UNKNOWN: About = About { english: text(["", ""]), chinese: text(["", ""]), clause: "" };

fn entries() -> impl Iterator<Item = &'static Entry> {
    let tables = [
        frame::TABLE,
        connect::TABLE,
        publish::TABLE,
        legacy::TABLE,
        topic::TABLE,
        suite::TABLE,
        studio::TABLE,
        one_json::TABLE,
        token::TABLE,
        json::TABLE,
    ];
    tables.into_iter().flatten()
}
