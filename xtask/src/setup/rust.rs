//! What rustup adds to Rust: the wasm target for the page, rustfmt and clippy for the tests.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::report::{Kind, Report};
use crate::run;

const TARGET: &str = "wasm32-unknown-unknown";

/// The standard library for wasm, by `rustup target add`.
pub fn wasm_target(report: &mut Report) -> Result<()> {
    let folder = run::read(&mut run::program("rustc", ["--print", "target-libdir", "--target", TARGET]))?;
    if Path::new(folder.trim()).is_dir() {
        println!("  {TARGET}: there");
        return Ok(());
    }
    report.step(Kind::Tools, &format!("Rust's target {TARGET}"), "seconds", || {
        run::run(&mut run::program("rustup", ["target", "add", TARGET])).with_context(|| {
            format!("Rust's standard library for {TARGET} is missing; without rustup, your system's package manager may have it")
        })
    })
}

/// `cargo fmt` and `cargo clippy`, by `rustup component add`.
pub fn components(report: &mut Report) -> Result<()> {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        let mut command: Command = run::cargo([subcommand, "--version"]);
        if run::read(&mut command).is_ok() {
            println!("  {component}: there");
            continue;
        }
        report.step(Kind::Tools, component, "seconds", || {
            run::run(&mut run::program("rustup", ["component", "add", component]))
        })?;
    }
    Ok(())
}
