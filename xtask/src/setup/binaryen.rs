//! `wasm-opt`, which makes the wasm smaller: from the npm package `binaryen`, which needs no download of
//! its own.

use anyhow::Result;

use crate::report::Report;
use crate::{pin, place, run};

use super::node;

/// Brings `wasm-opt`.
pub fn wasm_opt(report: &mut Report) -> Result<()> {
    let major = pin::BINARYEN.split('.').next().unwrap_or_default();
    if let Some(found) = place::program("wasm-opt")? {
        // `wasm-opt version 132 (version_132)`
        let said =
            run::read(run::program(&found, ["--version"]).env("PATH", place::path()?)).unwrap_or_default();
        if said.split_whitespace().nth(2) == Some(major) {
            println!("  wasm-opt {major}: there");
            return Ok(());
        }
    }
    node::install("binaryen", pin::BINARYEN, report)
}
