//! Rules that hold for the sources as a whole and that no compiler knows. Each failure names file and line.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic; clippy excuses only test functions, not what they call"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use toml::Table;

/// Which crates of the workspace a crate may build upon (design: three floors, no line goes up). A crate
/// that is missing here has no floor yet, which fails.
const MAY_KNOW: [(&str, &[&str]); 9] = [
    // Values: bytes and texts, nothing else.
    ("frame", &[]),
    ("onenet", &[]),
    // What the bytes of both mean, for people.
    ("dissect", &["frame", "onenet"]),
    // Machines: bytes and time in, bytes, events and deadlines out.
    ("session", &["frame"]),
    ("simulator", &["frame", "onenet"]),
    // Shells: the only ones that do IO.
    ("relay", &["frame", "onenet", "simulator"]),
    ("onenet-web", &["dissect", "frame", "onenet", "session", "simulator"]),
    // What looks at all of it from outside.
    ("e2e", &["dissect", "frame", "onenet", "session"]),
    ("xtask", &[]),
];

/// Crates below the shells: they have no means to do IO, not even in their tests.
const PURE: [&str; 5] = ["dissect", "frame", "onenet", "session", "simulator"];

/// What IO, clocks and browsers come from.
const MEANS_OF_IO: [&str; 9] =
    ["tokio", "mio", "async-std", "hyper", "yew", "gloo", "web-sys", "js-sys", "wasm-bindgen"];

/// Where the browser's own interfaces may be named: the doors of the page, and what draws on a canvas.
const BROWSER_DOORS: [&str; 4] =
    ["src/browser.rs", "src/browser/", "src/client/web_socket.rs", "src/main.rs"];

#[test]
fn crates_share_the_lints() {
    let mut faults = Faults::default();
    for manifest in manifests() {
        let lints = manifest.table.get("lints").and_then(|lints| lints.get("workspace"));
        if lints.and_then(toml::Value::as_bool) != Some(true) {
            faults.add(&manifest.path, 0, "lacks [lints] workspace = true");
        }
    }
    faults.none();
}

#[test]
fn no_crate_knows_a_higher_floor() {
    let may_know: BTreeMap<&str, &[&str]> = MAY_KNOW.into();
    let mut faults = Faults::default();
    for manifest in manifests() {
        let name = manifest.name();
        let Some(allowed) = may_know.get(name) else {
            faults.add(&manifest.path, 0, &format!("{name} has no floor: add it to MAY_KNOW"));
            continue;
        };
        for (section, dependency) in manifest.dependencies() {
            let ours = may_know.contains_key(dependency.as_str());
            // A machine may be tested against another one.
            let between_machines = section == "dev-dependencies" && PURE.contains(&dependency.as_str());
            if ours && !allowed.contains(&dependency.as_str()) && !between_machines {
                let line = manifest.line_of(&dependency);
                faults.add(&manifest.path, line, &format!("{name} must not know {dependency}"));
            }
            if PURE.contains(&name) && MEANS_OF_IO.contains(&dependency.as_str()) {
                let line = manifest.line_of(&dependency);
                faults.add(&manifest.path, line, &format!("{name} does no IO: no {dependency}"));
            }
        }
    }
    faults.none();
}

#[test]
fn the_browser_stays_behind_its_doors() {
    let words = ["web_sys", "js_sys", "gloo", "wasm_bindgen"];
    let mut faults = Faults::default();
    for (path, text) in rust_sources() {
        let in_page = path.starts_with("src/") || path.starts_with("tests/") || path.starts_with("crates/");
        let is_door =
            BROWSER_DOORS.iter().any(|door| path == *door || door.ends_with('/') && path.starts_with(door));
        let draws = path.starts_with("src/") && path.ends_with("/chart.rs");
        if !in_page || is_door || draws {
            continue;
        }
        for (line, code) in code_lines(&text) {
            for word in words.iter().filter(|word| code.contains(**word)) {
                faults.add(&path, line, &format!("{word} belongs into {}", BROWSER_DOORS.join(", ")));
            }
        }
    }
    faults.none();
}

#[test]
fn nothing_is_leaked_left_out_or_put_off() {
    // Put together here, so that this file does not find itself.
    let words = [
        (concat!(".for", "get()"), "keep the value beside what calls it"),
        (concat!("todo", "!("), "write it or file an issue"),
        (concat!("#[ign", "ore"), "a test runs or is not there"),
    ];
    let mut faults = Faults::default();
    for (path, text) in rust_sources() {
        for (line, code) in code_lines(&text) {
            for (word, instead) in words.iter().filter(|(word, _)| code.contains(word)) {
                faults.add(&path, line, &format!("{word}: {instead}"));
            }
        }
    }
    faults.none();
}

#[test]
fn both_readmes_have_the_same_chapters() {
    let mut faults = Faults::default();
    let [english, chinese] = ["README.md", "README.zh-CN.md"].map(|path| {
        let text = fs::read_to_string(root().join(path)).unwrap_or_default();
        if text.is_empty() {
            faults.add(path, 0, "is missing");
        }
        headings(&text)
    });
    for (one, other) in english.iter().zip(&chinese) {
        if one.level != other.level {
            let what =
                format!("level {} but README.zh-CN.md:{} level {}", one.level, other.line, other.level);
            faults.add("README.md", one.line, &what);
            break;
        }
    }
    if english.len() != chinese.len() {
        let what = format!("{} headings, README.zh-CN.md has {}", english.len(), chinese.len());
        faults.add("README.md", 0, &what);
    }
    faults.none();
}

#[test]
fn versions_of_tools_are_equal_everywhere() {
    let mut faults = Faults::default();
    let pin = fs::read_to_string(root().join("xtask/src/pin.rs")).unwrap();
    let pinned = |name: &str| {
        let start = pin.find(&format!("pub const {name}: &str = \"")).expect("a constant of pin.rs");
        pin[start..].split('"').nth(1).unwrap().to_owned()
    };
    let wasm_bindgen = pinned("WASM_BINDGEN");
    let binaryen = pinned("BINARYEN");
    let major = binaryen.split('.').next().unwrap();

    let trunk = parse("Trunk.toml");
    let tool = |name: &str| trunk.get("tools")?.get(name)?.as_str();
    if tool("wasm_bindgen") != Some(&wasm_bindgen) {
        faults.add("Trunk.toml", 0, &format!("[tools] wasm_bindgen is not {wasm_bindgen}, as in pin.rs"));
    }
    if tool("wasm_opt") != Some(&format!("version_{major}")) {
        faults.add("Trunk.toml", 0, &format!("[tools] wasm_opt is not version_{major}, as in pin.rs"));
    }
    let lock = parse("Cargo.lock");
    let packages = lock.get("package").and_then(toml::Value::as_array).unwrap();
    for package in packages {
        let (name, version) = (package["name"].as_str().unwrap(), package["version"].as_str().unwrap());
        if name == "wasm-bindgen" && version != wasm_bindgen {
            faults.add("Cargo.lock", 0, &format!("wasm-bindgen is {version}, in pin.rs {wasm_bindgen}"));
        }
    }
    faults.none();
}

#[test]
fn no_lock_file_of_npm_is_kept() {
    let mut faults = Faults::default();
    for path in files() {
        if path.ends_with("package-lock.json") {
            faults.add(&path, 0, "records registries; versions are pinned in xtask/src/pin.rs");
        }
    }
    faults.none();
}

/// Everything found wrong, shown at once.
#[derive(Default)]
struct Faults(String);

impl Faults {
    /// `line` 0 is the file as a whole.
    fn add(&mut self, path: &str, line: usize, what: &str) {
        match line {
            0 => writeln!(self.0, "{path}: {what}"),
            _ => writeln!(self.0, "{path}:{line}: {what}"),
        }
        .unwrap();
    }

    #[track_caller]
    fn none(self) {
        assert!(self.0.is_empty(), "\n{}", self.0);
    }
}

struct Manifest {
    path: String,
    text: String,
    table: Table,
}

impl Manifest {
    fn name(&self) -> &str {
        self.table["package"]["name"].as_str().unwrap()
    }

    /// Every dependency and the section that names it, those for one target included.
    fn dependencies(&self) -> Vec<(&'static str, String)> {
        let mut found = Vec::new();
        let targets = self.table.get("target").and_then(toml::Value::as_table);
        let tables = targets.into_iter().flat_map(Table::values).filter_map(toml::Value::as_table);
        for table in tables.chain([&self.table]) {
            for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
                let names = table.get(section).and_then(toml::Value::as_table);
                found.extend(names.into_iter().flat_map(Table::keys).map(|name| (section, name.clone())));
            }
        }
        found
    }

    fn line_of(&self, dependency: &str) -> usize {
        let found = self.text.lines().position(|line| {
            line.strip_prefix(dependency).is_some_and(|rest| rest.starts_with(['.', ' ', '=']))
        });
        found.map_or(0, |index| index + 1)
    }
}

/// Those of the workspace: what fuzzers need is outside of it, and has lints of its own.
fn manifests() -> Vec<Manifest> {
    let paths = files().into_iter().filter(|path| path == "Cargo.toml" || path.ends_with("/Cargo.toml"));
    let paths = paths.filter(|path| !path.starts_with("fuzz/"));
    paths
        .map(|path| {
            let text = fs::read_to_string(root().join(&path)).unwrap();
            let table = parse(&path);
            Manifest { path, text, table }
        })
        .collect()
}

fn parse(path: &str) -> Table {
    let text = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    text.parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn rust_sources() -> Vec<(String, String)> {
    let paths = files().into_iter().filter(|path| path.ends_with(".rs"));
    paths.map(|path| (path.clone(), fs::read_to_string(root().join(path)).unwrap())).collect()
}

/// Lines with their numbers from 1, without comments.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let code = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    code.enumerate().map(|(index, line)| (index + 1, line))
}

struct Heading {
    line: usize,
    level: usize,
}

fn headings(markdown: &str) -> Vec<Heading> {
    let mut in_code = false;
    let mut found = Vec::new();
    for (index, line) in markdown.lines().enumerate() {
        in_code ^= line.starts_with("```");
        let level = line.chars().take_while(|character| *character == '#').count();
        if !in_code && level > 0 && line[level..].starts_with(' ') {
            found.push(Heading { line: index + 1, level });
        }
    }
    found
}

/// Every file that is ours, relative to the root, with `/` between folders.
fn files() -> Vec<String> {
    let (mut folders, mut files): (Vec<PathBuf>, Vec<String>) = (vec![root()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            // The last two are a fuzzer's, of which there may be hundreds of thousands.
            let others = ["target", "dist", "node_modules", ".git", "corpus", "artifacts"];
            if path.is_dir() && !others.contains(&name.as_str()) {
                folders.push(path);
            } else if path.is_file() {
                let relative = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
                files.push(relative);
            }
        }
    }
    files.sort();
    files
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}
