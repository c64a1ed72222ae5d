//! `cargo xtask soak`: whether a connection holds while nobody looks at the page, for as long as it takes browsers to
//! slow a hidden page down. The tests have a short form of it.

use anyhow::Result;

use crate::report::{Kind, Report};
use crate::setup::{self, Purpose};
use crate::{dist, relay, run, test};

/// Hides the page for a quarter of an hour and prints what went over the wire. Fails when the connection was lost, or
/// when the browser did not slow hidden pages down.
pub fn run(report: &mut Report) -> Result<()> {
    setup::run(Purpose::Test, report)?;
    dist::build(report)?;
    report.step(Kind::Builds, "relay", "about a minute; seconds when built before", relay::build)?;
    report.step(Kind::Tests, "hidden page", "a quarter of an hour", || {
        let mut soak = run::cargo(["run", "--quiet", "--package", "e2e", "--example", "soak"]);
        run::run(test::with_peers(&mut soak)?)
    })
}
