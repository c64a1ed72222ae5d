//! `docs/conformance.md` keeps its word: every test that it names is there, and every test that says which statement of
//! MQTT 3.1.1 it shows stands beside that statement.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::source::{Source, ids_in, root, sources, tests_of};

const TABLE: &str = "docs/conformance.md";

#[test]
fn every_test_that_the_table_names_exists() {
    let tests: BTreeSet<String> = sources().iter().flat_map(tests_of).map(|test| test.name).collect();
    let mut faults = Vec::new();
    for row in rows() {
        for name in row.tests() {
            if !tests.contains(name) {
                faults.push(format!("{TABLE}:{}: there is no test {name}", row.line));
            }
        }
        if row.tests().next().is_none() && !row.shown_by.contains('—') {
            faults.push(format!("{TABLE}:{}: {} has neither a test nor a reason", row.line, row.id));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_statement_stands_in_the_table_once_and_in_order() {
    let rows = rows();
    let numbers: Vec<Vec<u32>> = rows.iter().map(|row| numbers(&row.id)).collect();
    assert!(numbers.len() > 100, "only {} rows were found in {TABLE}", numbers.len());
    for (pair, row) in numbers.windows(2).zip(&rows[1..]) {
        assert!(pair[0] < pair[1], "{TABLE}:{}: {} does not belong here", row.line, row.id);
    }
}

#[test]
fn every_statement_that_a_comment_names_is_in_the_table() {
    let ids: BTreeSet<String> = rows().into_iter().map(|row| row.id).collect();
    let mut faults = Vec::new();
    for (path, text) in sources().iter().map(|source| (&source.path, &source.text)) {
        for (line, text) in text.lines().enumerate() {
            let comment = text.split_once("//").map_or("", |(_, comment)| comment);
            for id in ids_in(comment).filter(|id| !ids.contains(id)) {
                faults.push(format!("{path}:{}: {id} is not in {TABLE}", line + 1));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_test_that_shows_a_statement_stands_beside_it() {
    let rows: BTreeMap<String, Row> = rows().into_iter().map(|row| (row.id.clone(), row)).collect();
    let mut faults = Vec::new();
    for source in sources() {
        for test in tests_of(&source) {
            for id in &test.shows {
                let row = rows.get(id);
                if row.is_some_and(|row| row.tests().all(|name| name != test.name)) {
                    faults.push(format!(
                        "{}: {} shows {id}, but {TABLE} does not say so",
                        source.path, test.name
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

// MQTT-6.0.0-3
#[test]
fn the_page_offers_mqtt_wherever_it_opens_a_web_socket() {
    let mut opened = 0;
    for Source { path, text, .. } in sources().iter().filter(|source| source.path.starts_with("src/")) {
        for (line, text) in text.lines().enumerate() {
            let Some((_, call)) = text.split_once("WebSocket::new") else { continue };
            opened += 1;
            assert!(call.contains(r#", "mqtt")"#), "{path}:{}: offers no mqtt", line + 1);
        }
    }
    assert!(opened > 0, "the page opens no WebSocket that this test can see");
}

/// A row of the table.
struct Row {
    line: usize,
    id: String,
    shown_by: String,
    /// The whole row: what departs has tests, too.
    text: String,
}

impl Row {
    /// Every test that it names, as `package::file::name`.
    fn tests(&self) -> impl Iterator<Item = &str> {
        self.text.split('`').skip(1).step_by(2).filter(|code| code.split("::").count() == 3)
    }
}

fn rows() -> Vec<Row> {
    let text = fs::read_to_string(root().join(TABLE)).unwrap();
    let mut rows = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if let ["", id, _, _, shown_by, _, ""] = cells[..]
            && id.starts_with("MQTT-")
        {
            let (id, shown_by) = (id.to_owned(), shown_by.to_owned());
            rows.push(Row { line: index + 1, id, shown_by, text: line.to_owned() });
        }
    }
    rows
}

/// `MQTT-3.1.2-7` as 3, 1, 2, 7.
fn numbers(id: &str) -> Vec<u32> {
    id.split(['.', '-']).skip(1).map(|number| number.parse().unwrap()).collect()
}
