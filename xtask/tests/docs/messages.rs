//! The tables of `docs/suite.md` and `docs/studio.md` keep their word: every row names tests that are there, and of every
//! topic that is explained byte by byte there is a sample whose explanation somebody has read.

use std::collections::BTreeSet;
use std::fs;

use crate::source::{root, sources, tests_of};

const TABLES: [&str; 2] = ["docs/suite.md", "docs/studio.md"];
/// Messages whose trees are kept beside it.
const SAMPLES: &str = "crates/dissect/tests/dissect/samples.rs";

#[test]
fn every_row_names_tests_that_exist() {
    let tests: BTreeSet<String> = sources().iter().flat_map(tests_of).map(|test| test.name).collect();
    let mut faults = Vec::new();
    for row in rows() {
        let named = codes(row.cell("shown by"));
        if named.is_empty() {
            faults.push(format!("{}: names no test", row.place));
        }
        for name in named.iter().filter(|name| !tests.contains(**name)) {
            faults.push(format!("{}: there is no test {name}", row.place));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_topic_that_is_explained_has_a_sample() {
    let samples = fs::read_to_string(root().join(SAMPLES)).unwrap();
    // Behind the tree and both names.
    let samples: Vec<&str> = samples
        .split('"')
        .filter(|text| text.starts_with("$sys/") || text.starts_with("$subdev/"))
        .filter_map(|topic| topic.splitn(4, '/').nth(3))
        .collect();
    let mut faults = Vec::new();
    for row in rows().iter().filter(|row| row.header[0] == "topic" && row.cell("dissect") == "✓") {
        for topic in topics(row.cell("topic")) {
            if !samples.iter().any(|sample| fits(sample, &topic)) {
                faults.push(format!("{}: {SAMPLES} has no {topic}", row.place));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// A row of a table that has ticks.
struct Row {
    /// File and line.
    place: String,
    header: Vec<String>,
    cells: Vec<String>,
}

impl Row {
    fn cell(&self, column: &str) -> &str {
        let at = self.header.iter().position(|name| name == column).unwrap();
        &self.cells[at]
    }
}

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for table in TABLES {
        let text = fs::read_to_string(root().join(table)).unwrap();
        let mut header = Vec::new();
        let before = rows.len();
        for (index, line) in text.lines().enumerate() {
            let row = line.strip_prefix('|').and_then(|rest| rest.strip_suffix('|'));
            let Some(row) = row else {
                header.clear();
                continue;
            };
            let cells: Vec<String> = row.split('|').map(|cell| cell.trim().to_owned()).collect();
            if header.is_empty() {
                header = cells;
            } else if header.iter().any(|name| name == "dissect") && !row.starts_with('-') {
                let place = format!("{table}:{}", index + 1);
                assert_eq!(cells.len(), header.len(), "{place}");
                rows.push(Row { place, header: header.clone(), cells });
            }
        }
        assert!(rows.len() > before + 15, "few rows were found in {table}");
    }
    rows
}

/// Everything in a cell that is written as code.
fn codes(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// The topics of a cell. `…/get` behind another stands for the same with another end.
fn topics(cell: &str) -> Vec<String> {
    let mut topics: Vec<String> = Vec::new();
    for code in codes(cell) {
        let whole = code.strip_prefix("…/").map(|end| {
            let (head, _) = topics.last().and_then(|before| before.rsplit_once('/')).unwrap();
            format!("{head}/{end}")
        });
        topics.push(whole.unwrap_or_else(|| code.to_owned()));
    }
    topics
}

/// Whether a topic is as a table has it: `{id}` is any level, and `…` any end.
fn fits(topic: &str, table: &str) -> bool {
    let (mut levels, mut expected) = (topic.split('/'), table.split('/'));
    loop {
        match (levels.next(), expected.next()) {
            (None, None) => return true,
            (Some(_), Some("…")) => return true,
            (Some(level), Some(name)) if level == name || name.starts_with('{') => {}
            (Some(_) | None, _) => return false,
        }
    }
}
