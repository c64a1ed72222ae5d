//! Tools that are crates: built by `cargo install`, without optimisation (minutes quicker, and as useful).

use std::fs;

use anyhow::{Context, Result};

use crate::report::{Kind, Report};
use crate::{pin, place, run};

/// Trunk, which turns the page's crate and index.html into a site.
pub fn trunk(report: &mut Report) -> Result<()> {
    // Without its default features it does not look for newer versions of itself; TLS stays, as it
    // does not compile without.
    let features = ["--no-default-features", "--features", "rustls"];
    install("trunk", "trunk", pin::TRUNK, &features, "about 4 minutes, once", report)
}

/// wasm-bindgen, which writes the JavaScript between the browser and the wasm.
pub fn wasm_bindgen(report: &mut Report) -> Result<()> {
    install("wasm-bindgen-cli", "wasm-bindgen", pin::WASM_BINDGEN, &[], "about 2 minutes, once", report)
}

/// wasm-split-cli, which cuts the wasm into parts.
pub fn wasm_split(report: &mut Report) -> Result<()> {
    // It does not say its version. Cargo does.
    let installed = fs::read_to_string(place::tools()?.join(".crates.toml")).unwrap_or_default();
    let package = "wasm_split_cli_support";
    if installed.contains(&format!("\"{package} {} ", pin::WASM_SPLIT)) {
        println!("  wasm-split-cli {}: there", pin::WASM_SPLIT);
        return Ok(());
    }
    let features = ["--features", "build-binary"];
    install(package, "wasm-split-cli", pin::WASM_SPLIT, &features, "about a minute, once", report)
}

fn install(
    package: &str,
    program: &str,
    version: &str,
    features: &[&str],
    expected: &str,
    report: &mut Report,
) -> Result<()> {
    if let Some(found) = place::program(program)? {
        // `trunk 0.21.14`, `wasm-bindgen 0.2.126 (abcdef)`
        let said = run::read(&mut run::program(&found, ["--version"])).unwrap_or_default();
        if said.split_whitespace().nth(1) == Some(version) {
            println!("  {program} {version}: there");
            return Ok(());
        }
    }
    let tools = place::tools()?;
    report.step(Kind::Tools, &format!("{program} {version}"), expected, || {
        let mut command = run::cargo(["install", "--locked", "--debug", "--force", "--version", version]);
        // A target folder of its own, whatever this clone's is.
        command.env_remove("CARGO_TARGET_DIR");
        command.args(features).arg("--root").arg(&tools).arg(package);
        run::run(&mut command).with_context(|| format!("{program} could not be built: is the network there?"))
    })
}
