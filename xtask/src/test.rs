//! `cargo xtask test`: everything that has to hold before a change lands.

use std::process::Command;

use anyhow::{Context, Result};

use crate::report::{Kind, Report};
use crate::setup::{self, Purpose};
use crate::{dist, page, place, relay, run};

/// Runs every check and every test; prints how long each step took, also when one failed.
pub fn run(report: &mut Report) -> Result<()> {
    let result = steps(report);
    report.print();
    result
}

fn steps(report: &mut Report) -> Result<()> {
    setup::run(Purpose::Test, report)?;

    report.step(Kind::Builds, "format", "seconds", || {
        run::run(&mut run::cargo(["fmt", "--all", "--check"])).context("run `cargo fmt --all`")
    })?;
    report.step(Kind::Builds, "lints", "a minute or two", || {
        run::run(&mut run::cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
    })?;
    report.step(Kind::Builds, "lints of the page, for wasm", "about a minute", || {
        let page = ["--package", "onenet-web", "--target", "wasm32-unknown-unknown"];
        run::run(run::cargo(["clippy"]).args(page).args(["--", "-D", "warnings"]))
    })?;
    report.step(Kind::Builds, "documents", "about a minute", || {
        let mut command = run::cargo(["doc", "--workspace", "--no-deps", "--document-private-items"]);
        run::run(command.env("RUSTDOCFLAGS", "-D warnings"))
    })?;
    dist::build(report)?;
    report.step(Kind::Builds, "what the browser gives, for tests", "about a minute", || {
        page::example("world", "web", &place::world())
    })?;
    report.step(Kind::Builds, "tests", "a few minutes", || {
        run::run(&mut run::cargo(["test", "--workspace", "--no-run"]))
    })?;
    report.step(Kind::Builds, "relay", "a minute at most", relay::build)?;

    report.step(Kind::Tests, "every test", "a few minutes", || {
        run::run(with_peers(&mut run::cargo(["test", "--workspace"]))?)
    })
}

/// Tells a command of the crate `e2e` where everything is.
pub fn with_peers(command: &mut Command) -> Result<&mut Command> {
    Ok(command
        // A test that fails with an error says why; where the error was made helps nobody.
        .env("RUST_LIB_BACKTRACE", "0")
        .env("PATH", place::path()?)
        .env("ONENET_E2E_DIST", place::dist())
        .env("ONENET_E2E_WORLD", place::world())
        .env("ONENET_E2E_RELAY", relay::program())
        .env("ONENET_E2E_TOOLS", place::tools()?))
}
