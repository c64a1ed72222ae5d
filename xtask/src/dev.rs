//! `cargo xtask dev`: the page rebuilt at every change, and a relay beside it.

use std::fs;

use anyhow::{Context, Result};

use crate::lock::Lock;
use crate::relay::{self, Ports};
use crate::report::{Kind, Report};
use crate::run::Running;
use crate::setup::{self, Purpose};
use crate::{page, place, run};

/// Where Trunk serves; its own default is the relay's.
const TRUNK_PORT: u16 = 8000;

/// Starts the relay and Trunk; ends with Trunk.
///
/// The page is at two addresses. Trunk's reloads by itself, but has no relay behind it: Trunk's proxy
/// answers a WebSocket without naming the subprotocol `mqtt`, which browsers refuse. The relay's serves the
/// same files and reaches everything.
pub fn run(report: &mut Report) -> Result<()> {
    setup::run(Purpose::Demo, report)?;
    report.step(Kind::Builds, "relay", "about a minute; seconds when built before", relay::build)?;
    page::fetch()?;

    let dist = place::target().join("dev");
    fs::create_dir_all(&dist).with_context(|| format!("cannot create {}", dist.display()))?;
    let ports = Ports::choose()?;
    let mut relay = relay::command(&ports, &dist);
    for host in ["127.0.0.1", "localhost"] {
        relay.arg("--allow-origin").arg(format!("http://{host}:{TRUNK_PORT}"));
    }
    let _relay = Running::start(&mut relay)?;
    println!(
        "
  open  http://127.0.0.1:{TRUNK_PORT}/   reloads by itself; reaches the relay as ws://127.0.0.1:{port}/mqtt/…
        http://127.0.0.1:{port}/   served by the relay; reload by hand
  end   Ctrl-C
",
        port = ports.http
    );
    let _lock = Lock::take(&place::target().join(".trunk-lock"))?;
    let mut trunk = page::trunk("serve")?;
    run::run(trunk.arg("--dist").arg(&dist))
}
