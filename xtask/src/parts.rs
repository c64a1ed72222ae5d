//! Cutting the page into the parts that its sources name (`part!`), so that a first visit fetches little.
//!
//! Trunk has no place for that: cutting comes between Cargo and wasm-bindgen. So it is done behind it, from the same
//! wasm, and what it wrote is replaced.
//!
//! ```text
//! onenet-web.wasm ─wasm-split-cli─┬─ main ─wasm-bindgen─┬─ onenet-web-HASH.js, onenet-web-HASH_bg.wasm
//!   (Cargo, by Trunk)             ├─ parts and what several of them need ── NAME-HASH.wasm, each by wasm-opt
//!                                 └─ the loader ─────── onenet-web-HASH-parts.js
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result, ensure};

use crate::{place, run};

/// The name of everything that Cargo, Trunk and wasm-bindgen make of the page.
const NAME: &str = "onenet-web";

/// The loader, as the cutting tool calls it.
const LOADER: &str = "__wasm_split.js";

/// What Rust's wasm uses, and every browser since 2021 has. Not all files say so themselves.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// A browser that streams wasm insists on its media type, which some plain web servers do not know.
const STREAMED: &str = "WebAssembly.instantiateStreaming(src, imports)";
const BUFFERED: &str = "WebAssembly.instantiate(await (await src).arrayBuffer(), imports)";

/// Replaces the page in `dist`, which Trunk wrote, by the same in parts.
pub fn cut(dist: &Path) -> Result<()> {
    let (cut, bound) =
        (empty(place::target().join("parts").join("cut"))?, place::target().join("parts").join("bound"));
    let bound = empty(bound)?;
    let built = place::target().join("wasm32-unknown-unknown").join("page").join(format!("{NAME}.wasm"));
    let split = tool("wasm-split-cli")?;
    run::run(run::program(split, [&built, &cut]).args(["--out-name", NAME]))?;
    let bind = ["--no-typescript", "--keep-lld-exports", "--target", "web", "--out-dir"];
    let main = cut.join(format!("{NAME}.wasm"));
    run::run(run::program(tool("wasm-bindgen")?, bind).arg(&bound).arg(&main))?;
    fs::remove_file(&main)?;
    for file in files(&cut)? {
        fs::rename(&file, bound.join(name(&file)))?;
    }
    shrink(&bound)?;
    publish(&bound, dist)
}

/// Runs wasm-opt on every file, as many at once as there are processors.
fn shrink(folder: &Path) -> Result<()> {
    let tool = &tool("wasm-opt")?;
    let mut files = files(folder)?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "wasm"));
    // The biggest first, or it would be waited for alone.
    files.sort_by_key(|file| fs::metadata(file).map(|data| data.len()).unwrap_or_default());
    let queue = &std::sync::Mutex::new(files);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let work = move || -> Result<()> {
        loop {
            let next = queue.lock().ok().and_then(|mut files| files.pop());
            let Some(file) = next else { return Ok(()) };
            let path = place::path()?;
            let mut command = run::program(tool, ["-Oz"]);
            run::read(command.env("PATH", path).args(FEATURES).arg(&file).arg("-o").arg(&file))?;
        }
    };
    println!("  $ wasm-opt -Oz *.wasm");
    thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().unwrap_or_else(|_| Ok(())))
    })
}

/// Gives every file the name under which it is shipped, and puts it into `dist`.
///
/// All have the hash of all in their names: a part works with no other page than its own.
fn publish(folder: &Path, dist: &Path) -> Result<()> {
    let mut contents = BTreeMap::new();
    for file in files(folder)? {
        contents.insert(name(&file), fs::read(&file)?);
    }
    let mut hasher = DefaultHasher::new();
    contents.hash(&mut hasher);
    let hash = format!("{:016x}", hasher.finish());

    let index = dist.join("index.html");
    let mut page = fs::read_to_string(&index).with_context(|| format!("cannot read {}", index.display()))?;
    for old in files(dist)?.iter().filter(|file| name(file).starts_with(&format!("{NAME}-"))) {
        let (from, to) = (
            name(old),
            shipped(
                if name(old).ends_with("_bg.wasm") { "onenet-web_bg.wasm" } else { "onenet-web.js" },
                &hash,
            ),
        );
        ensure!(page.contains(&from), "index.html does not name {from}");
        page = page.replace(&from, &to);
        fs::remove_file(old)?;
    }
    // The first script asks for the loader, which the browser would otherwise learn late.
    let asked = format!("<link rel=\"modulepreload\" href=\"./{}\"", shipped("onenet-web.js", &hash));
    ensure!(page.contains(&asked), "index.html does not ask for its script ahead of time");
    let loader = shipped(LOADER, &hash);
    let both = format!("<link rel=\"modulepreload\" href=\"./{loader}\" crossorigin=\"anonymous\">{asked}");
    fs::write(&index, page.replacen(&asked, &both, 1))?;

    let names: Vec<String> = contents.keys().cloned().collect();
    for (file, bytes) in contents {
        let bytes = match file.strip_suffix(".js") {
            Some(_) => {
                let mut text = String::from_utf8(bytes).with_context(|| format!("{file} is no text"))?;
                if file == LOADER {
                    ensure!(text.contains(STREAMED), "{LOADER} loads its parts in another way");
                    text = text.replace(STREAMED, BUFFERED);
                }
                // Addresses alone: the wasm goes on to call its loader by the old name.
                for name in &names {
                    for around in [("from \"./", "\""), ("URL(\"./", "\""), ("URL('", "'")] {
                        let (before, after) = around;
                        let to = format!("{before}{}{after}", shipped(name, &hash));
                        text = text.replace(&format!("{before}{name}{after}"), &to);
                    }
                }
                text.into_bytes()
            }
            None => bytes,
        };
        let path = dist.join(shipped(&file, &hash));
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// The name under which a file is shipped. What is not the page itself is called after what it holds.
fn shipped(name: &str, hash: &str) -> String {
    match name {
        LOADER => format!("{NAME}-{hash}-parts.js"),
        "onenet-web_bg.wasm" => format!("{NAME}-{hash}_bg.wasm"),
        _ => {
            let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
            let stem = stem.strip_prefix("split_").unwrap_or(stem).replace("chunk_", "shared-");
            format!("{stem}-{hash}.{extension}")
        }
    }
}

fn tool(name: &str) -> Result<PathBuf> {
    place::program(name)?.with_context(|| format!("{name} is missing: run `cargo xtask setup --for dist`"))
}

fn empty(folder: PathBuf) -> Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    Ok(folder)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_called_after_what_it_holds() {
        let names = ["onenet-web.js", "onenet-web_bg.wasm", LOADER, "split_workshop.wasm", "chunk_7.wasm"];
        assert_eq!(
            names.map(|name| shipped(name, "0f")),
            [
                "onenet-web-0f.js",
                "onenet-web-0f_bg.wasm",
                "onenet-web-0f-parts.js",
                "workshop-0f.wasm",
                "shared-7-0f.wasm"
            ]
        );
    }
}
