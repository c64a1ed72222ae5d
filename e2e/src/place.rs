//! Where things are that somebody else has built or installed. Each failure says which command makes it.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

/// The page as static files. `ONENET_E2E_DIST`, or `dist/`.
pub fn dist() -> Result<PathBuf> {
    let dist = given("ONENET_E2E_DIST").unwrap_or_else(|| root().join("dist"));
    ensure!(dist.join("index.html").is_file(), "no page in {}: run `cargo xtask dist`", dist.display());
    Ok(dist)
}

/// What the browser gives the page, bound for a script: `world.js` and its wasm. `ONENET_E2E_WORLD`, or where xtask
/// puts it.
pub fn world() -> Result<PathBuf> {
    let world = given("ONENET_E2E_WORLD").unwrap_or_else(|| target().join("world"));
    ensure!(world.join("world.js").is_file(), "no world.js in {}: run `cargo xtask test`", world.display());
    Ok(world)
}

/// A file that the page is served with as it is.
pub fn static_file(name: &str) -> PathBuf {
    root().join("static").join(name)
}

/// The relay's program. `ONENET_E2E_RELAY`, or where Cargo puts it.
pub fn relay() -> Result<PathBuf> {
    let built = target().join("debug").join("onenet-relay");
    let relay = given("ONENET_E2E_RELAY").unwrap_or(built);
    ensure!(relay.is_file(), "no relay at {}: run `cargo build -p relay`", relay.display());
    Ok(relay)
}

/// The installed Python package, as an entry for `PYTHONPATH`.
pub fn python_package(name: &str) -> Result<PathBuf> {
    installed(&tools()?.join("pip").join(name))
}

/// The folder that an npm package is installed in.
pub fn node_package(name: &str) -> Result<PathBuf> {
    installed(&tools()?.join("npm").join(name))
}

/// A script that plays another peer.
pub fn script(name: &str) -> PathBuf {
    root().join("e2e").join("peers").join(name)
}

/// Where pictures of the page go.
pub fn pictures() -> PathBuf {
    target().join("e2e")
}

/// A program in `PATH` or where Debian keeps servers.
pub fn program(name: &str) -> Result<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let servers = ["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from);
    let found =
        env::split_paths(&path).chain(servers).map(|folder| folder.join(name)).find(|file| file.is_file());
    found.with_context(|| format!("no {name} on this machine: run `cargo xtask setup`"))
}

fn installed(folder: &Path) -> Result<PathBuf> {
    ensure!(folder.is_dir(), "no {}: run `cargo xtask setup`", folder.display());
    Ok(folder.to_path_buf())
}

/// `ONENET_E2E_TOOLS`, or the folder that xtask uses.
fn tools() -> Result<PathBuf> {
    if let Some(folder) = given("ONENET_E2E_TOOLS") {
        return Ok(folder);
    }
    let cache = match given("XDG_CACHE_HOME") {
        Some(folder) => folder,
        None => env::home_dir().context("no home folder: set XDG_CACHE_HOME")?.join(".cache"),
    };
    Ok(cache.join("onenet-web").join("tools"))
}

fn given(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}

fn target() -> PathBuf {
    given("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

fn root() -> PathBuf {
    let here: &Path = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}
