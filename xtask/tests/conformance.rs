//! `docs/conformance.md` keeps its word: every test that it names is there, and every test that says which statement of
//! MQTT 3.1.1 it shows stands beside that statement.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic; clippy excuses only test functions, not what they call"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

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

/// A test as the table names it.
struct Test {
    name: String,
    /// The statements that the comment above it names.
    shows: Vec<String>,
}

/// The tests of a file: functions behind an attribute `test`, whatever else stands between.
fn tests_of(source: &Source) -> Vec<Test> {
    let mut tests = Vec::new();
    let mut is_test = false;
    let mut shows = Vec::new();
    for line in source.text.lines().map(str::trim) {
        if let Some(comment) = line.strip_prefix("// ") {
            shows.extend(ids_in(comment));
        } else if line.starts_with("#[") {
            is_test |= line == "#[test]" || line == "#[tokio::test]";
        } else if let Some(name) = function(line) {
            if is_test {
                let name = format!("{}::{}::{name}", source.package, source.file);
                tests.push(Test { name, shows: std::mem::take(&mut shows) });
            }
            (is_test, shows) = (false, Vec::new());
        } else {
            (is_test, shows) = (false, Vec::new());
        }
    }
    tests
}

/// The name of the function that begins here, if one does.
fn function(line: &str) -> Option<&str> {
    let behind = line.strip_prefix("async fn ").or_else(|| line.strip_prefix("fn "))?;
    behind.split_once('(').map(|(name, _)| name)
}

/// Everything of the form `MQTT-3.1.2-7`.
fn ids_in(text: &str) -> impl Iterator<Item = String> {
    text.split("MQTT-").skip(1).filter_map(|rest| {
        let id: String = rest.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
        let id = id.trim_end_matches(['.', '-']);
        (id.split(['.', '-']).count() == 4).then(|| format!("MQTT-{id}"))
    })
}

/// A Rust file of a package that has tests.
struct Source {
    path: String,
    package: String,
    /// Its name without folders; of a `main.rs` or `mod.rs` that of its folder.
    file: String,
    text: String,
}

fn sources() -> Vec<Source> {
    let mut packages =
        vec![("onenet-web".to_owned(), "src".into()), ("onenet-web".to_owned(), "tests".into())];
    packages.extend(["e2e", "xtask"].map(|name| (name.to_owned(), PathBuf::from(name))));
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        packages.push((name.clone(), Path::new("crates").join(name)));
    }
    let mut sources = Vec::new();
    for (package, folder) in packages {
        let mut folders = vec![root().join(folder)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    sources.push(source(&package, &path));
                }
            }
        }
    }
    sources
}

fn source(package: &str, path: &Path) -> Source {
    let name = |path: &Path| path.file_stem().unwrap().to_string_lossy().into_owned();
    let file = match name(path).as_str() {
        "main" | "mod" => name(path.parent().unwrap()),
        file => file.to_owned(),
    };
    let text = fs::read_to_string(path).unwrap();
    let path = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
    Source { path, package: package.to_owned(), file, text }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}
