//! Building the page with Trunk.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::lock::Lock;
use crate::{place, run};

/// How the page is built. Both use Cargo's profile `page`: it is as quick to build as `release`, and a page
/// of many megabytes would show nothing of what people get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finish {
    /// As Cargo leaves it, in one piece. Needs nothing but Rust.
    Plain,
    /// To be cut into parts.
    Parts,
}

/// Builds the page into a folder. All its addresses are relative, so that it works under any path.
pub fn build(finish: Finish, dist: &Path) -> Result<()> {
    // Two builds in one clone at once fail: Trunk keeps its intermediate files at a fixed place.
    let _lock = Lock::take(&place::target().join(".trunk-lock"))?;
    fetch()?;
    let mut command = trunk("build")?;
    command.args(["--cargo-profile", "page", "--public-url", "./", "--dist"]).arg(dist);
    match finish {
        // Trunk 0.21 calls wasm-opt only when told `--release`, whatever Cargo's profile is.
        Finish::Plain => {}
        Finish::Parts => {
            command.args(["--features", "parts"]);
        }
    }
    run::run(&mut command).context("the page could not be built")
}

/// Builds an example of the page's package in wasm, as the page is built, and binds it for `target`: `web` or
/// `nodejs`.
pub fn example(name: &str, target: &str, folder: &Path) -> Result<()> {
    let bindgen =
        place::program("wasm-bindgen")?.context("wasm-bindgen is missing: run `cargo xtask setup`")?;
    fetch()?;
    let what = ["build", "--offline", "--package", "onenet-web", "--example", name];
    let how = ["--target", "wasm32-unknown-unknown", "--profile", "page"];
    run::run(run::cargo(what).args(how))?;
    let built = place::target().join("wasm32-unknown-unknown").join("page").join("examples");
    let mut bind = run::program(bindgen, ["--no-typescript", "--target", target, "--out-dir"]);
    run::run(bind.arg(folder).arg(built.join(format!("{name}.wasm"))))
}

/// Trunk with a subcommand, our tools in front of its `PATH`.
pub fn trunk(subcommand: &str) -> Result<Command> {
    let trunk = place::program("trunk")?.context("Trunk is missing: run `cargo xtask setup`")?;
    // Offline, it uses the tools on PATH and asks for no downloads of its own.
    let mut command = run::program(trunk, [subcommand, "--offline"]);
    command.env("PATH", place::path()?);
    // Trunk takes only `true` and `false` for this.
    if let Some(value) = std::env::var_os("NO_COLOR") {
        command.env("NO_COLOR", if value.is_empty() { "false" } else { "true" });
    }
    Ok(command)
}

/// Downloads the crates, because an offline Trunk runs an offline Cargo. Those for this machine too: macros
/// run on it.
pub fn fetch() -> Result<()> {
    let host = run::read(&mut run::program("rustc", ["--print", "host-tuple"]))?;
    let targets = ["--target", host.trim(), "--target", "wasm32-unknown-unknown"];
    run::run(run::cargo(["fetch", "--quiet"]).args(targets))
        .context("the crates could not be fetched: is the network there?")
}
