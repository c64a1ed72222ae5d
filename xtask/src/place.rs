//! Where things are: this clone, its build folder, and the tools folder that all clones of a user share.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The root folder of this clone.
pub fn root() -> PathBuf {
    let here: &Path = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Cargo's build folder.
pub fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// The page as it is shipped.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// What the browser gives the page, bound for a script of the tests.
pub fn world() -> PathBuf {
    target().join("world")
}

/// Tools that no package manager of the system has: kept by user, not by clone, so that a second
/// clone finds them.
pub fn tools() -> Result<PathBuf> {
    let cache = match env::var_os("XDG_CACHE_HOME").filter(|folder| !folder.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => env::home_dir().context("no home folder: set XDG_CACHE_HOME")?.join(".cache"),
    };
    Ok(cache.join("onenet-web").join("tools"))
}

/// Where an npm package of ours is installed, by its name.
pub fn npm(package: &str) -> Result<PathBuf> {
    Ok(tools()?.join("npm").join(package))
}

/// Where a Python package of ours is installed, by its name.
pub fn pip(package: &str) -> Result<PathBuf> {
    Ok(tools()?.join("pip").join(package))
}

/// `PATH` with our tools in front.
pub fn path() -> Result<OsString> {
    let ours = [tools()?.join("bin"), npm("binaryen")?.join("node_modules").join(".bin")];
    let theirs = env::var_os("PATH").unwrap_or_default();
    let all = ours.into_iter().chain(env::split_paths(&theirs));
    env::join_paths(all).context("a folder in PATH, or the home folder, has a ':' in its name")
}

/// The first program of that name in our tools, in `PATH`, or where Debian keeps servers.
pub fn program(name: &str) -> Result<Option<PathBuf>> {
    let mut file = OsString::from(name);
    file.push(env::consts::EXE_SUFFIX);
    let path = path()?;
    let servers = ["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from);
    Ok(env::split_paths(&path).chain(servers).map(|folder| folder.join(&file)).find(|file| file.is_file()))
}
