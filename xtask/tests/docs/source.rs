//! The Rust files of the workspace and the tests in them, as tables of the docs name them.

use std::fs;
use std::path::{Path, PathBuf};

/// A test as the table names it.
pub struct Test {
    pub name: String,
    /// The statements that the comment above it names.
    pub shows: Vec<String>,
}

/// The tests of a file: functions behind an attribute `test`, whatever else stands between.
pub fn tests_of(source: &Source) -> Vec<Test> {
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
pub fn ids_in(text: &str) -> impl Iterator<Item = String> {
    text.split("MQTT-").skip(1).filter_map(|rest| {
        let id: String = rest.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
        let id = id.trim_end_matches(['.', '-']);
        (id.split(['.', '-']).count() == 4).then(|| format!("MQTT-{id}"))
    })
}

/// A Rust file of a package that has tests.
pub struct Source {
    pub path: String,
    pub package: String,
    /// Its name without folders; of a `main.rs` or `mod.rs` that of its folder.
    pub file: String,
    pub text: String,
}

pub fn sources() -> Vec<Source> {
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

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}
