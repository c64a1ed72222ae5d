//! `cargo xtask bench filter`: how fast the page is, measured as it is built, in wasm. Node.js runs it: the same
//! engine as Chromium's.

use anyhow::{Context, Result};

use crate::report::{Kind, Report};
use crate::setup::{self, Purpose};
use crate::{page, place, run};

/// Filters 100,000 captured frames and prints how long that took. Under 100 ms is what a person does not feel.
pub fn filter(report: &mut Report) -> Result<()> {
    setup::run(Purpose::Demo, report)?;
    let node = place::program("node")?.context("Node.js is missing: run `cargo xtask setup`")?;
    let folder = place::target().join("bench");
    report.step(Kind::Builds, "benchmark, in wasm", "about 2 minutes; seconds when built before", || {
        page::example("filter", "nodejs", &folder)
    })?;
    report.step(Kind::Tests, "filter", "seconds", || {
        run::run(&mut run::program(node, [folder.join("filter.js")]))
    })
}
