//! `cargo xtask demo`: the page on this machine, with nothing but Rust.

use anyhow::Result;

use crate::page::{self, Finish};
use crate::relay::{self, Ports};
use crate::report::{Kind, Report};
use crate::setup::{self, Purpose};
use crate::{place, run};

/// Builds page and relay and becomes the relay.
pub fn run(report: &mut Report) -> Result<()> {
    setup::run(Purpose::Demo, report)?;
    // Apart from dist/, which is what is shipped.
    let dist = place::target().join("demo");
    report.step(Kind::Builds, "page", "a minute or two; seconds when built before", || {
        page::build(Finish::Plain, &dist)
    })?;
    report.step(Kind::Builds, "relay", "about a minute; seconds when built before", relay::build)?;

    let ports = Ports::choose()?;
    println!(
        "
  open      http://127.0.0.1:{}/
  devices   127.0.0.1:{}  (MQTT: a simulated OneNET for real boards and scripts)
  HTTP API  http://127.0.0.1:{}
  end       Ctrl-C
",
        ports.http, ports.simulate, ports.api
    );
    // The relay alone from here on: Ctrl-C goes to it, and nothing is left behind.
    run::become_program(&mut relay::command(&ports, &dist))
}
