//! Who needs what. A demo needs Rust and nothing else; only tests need a browser and other people's
//! MQTT clients.

use anyhow::{Result, bail};

use crate::lock::Lock;
use crate::place;
use crate::report::Report;

use super::{binaryen, crates, debian, node, python, rust};

/// What the tools are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// To try the page on this machine.
    Demo,
    /// To ship the page: also what makes it small.
    Dist,
    /// To run every test: also a browser and real peers.
    Test,
}

impl Purpose {
    /// The word after `--for`.
    pub fn parse(text: &str) -> Result<Self> {
        match text {
            "demo" => Ok(Self::Demo),
            "dist" => Ok(Self::Dist),
            "test" => Ok(Self::Test),
            other => bail!("`--for {other}` is unknown: it is one of demo, dist, test"),
        }
    }
}

/// Brings everything that `purpose` needs. Quick when it is all there.
pub fn run(purpose: Purpose, report: &mut Report) -> Result<()> {
    println!("tools: looking for what is needed");
    let lock = Lock::take(&place::tools()?.join(".lock"))?;
    rust::wasm_target(report)?;
    crates::trunk(report)?;
    crates::wasm_bindgen(report)?;
    if purpose >= Purpose::Test {
        rust::components(report)?;
        debian::for_tests(report)?;
    } else if purpose >= Purpose::Dist {
        debian::for_dist(report)?;
    }
    if purpose >= Purpose::Dist {
        crates::wasm_split(report)?;
        binaryen::wasm_opt(report)?;
    }
    if purpose >= Purpose::Test {
        python::paho(report)?;
        node::mqtt_js(report)?;
    }
    drop(lock);
    println!("tools: all there");
    Ok(())
}
