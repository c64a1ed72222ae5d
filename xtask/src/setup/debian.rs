//! Programs that the system's package manager has: browser, broker, Wireshark's reader, Node.js, Python. Looked
//! for by name; what is missing is installed on Debian and its kin, and elsewhere named. Never skipped.

use std::io::IsTerminal;

use anyhow::{Result, bail, ensure};

use crate::report::{Kind, Report};
use crate::{place, run};

/// A program and the Debian package that has it.
struct Program {
    name: &'static str,
    /// Arguments with which it succeeds only when it is all there; none: being there is enough.
    test: &'static [&'static str],
    package: &'static str,
}

const NODE: Program = Program { name: "node", test: &[], package: "nodejs" };
const NPM: Program = Program { name: "npm", test: &[], package: "npm" };
const CHROMIUM: Program = Program { name: "chromium", test: &[], package: "chromium" };
const CHROMEDRIVER: Program = Program { name: "chromedriver", test: &[], package: "chromium-driver" };
const MOSQUITTO: Program = Program { name: "mosquitto", test: &[], package: "mosquitto" };
const MOSQUITTO_SUB: Program = Program { name: "mosquitto_sub", test: &[], package: "mosquitto-clients" };
const TSHARK: Program = Program { name: "tshark", test: &[], package: "tshark" };
const CPP: Program = Program { name: "c++", test: &[], package: "g++" };
const CURL: Program = Program { name: "curl", test: &[], package: "curl" };
const PYTHON: Program = Program { name: "python3", test: &[], package: "python3" };
const PIP: Program = Program { name: "python3", test: &["-m", "pip", "--version"], package: "python3-pip" };

/// What `dist` needs: Node.js, which runs wasm-opt.
pub fn for_dist(report: &mut Report) -> Result<()> {
    need(&[NODE, NPM], report)
}

/// What the tests need: a browser with its driver, a broker with its clients, tshark, Node.js, Python with pip,
/// curl, and a compiler for the programs that the page writes.
pub fn for_tests(report: &mut Report) -> Result<()> {
    need(
        &[NODE, NPM, CHROMIUM, CHROMEDRIVER, MOSQUITTO, MOSQUITTO_SUB, TSHARK, PYTHON, PIP, CPP, CURL],
        report,
    )
}

/// The packages of those that are not there.
fn missing(programs: &[Program]) -> Result<Vec<&'static str>> {
    let mut packages = Vec::new();
    for program in programs {
        if !is_there(program)? {
            packages.push(program.package);
        }
    }
    Ok(packages)
}

fn is_there(program: &Program) -> Result<bool> {
    let Some(file) = place::program(program.name)? else {
        return Ok(false);
    };
    let works = program.test.is_empty() || run::read(&mut run::program(&file, program.test)).is_ok();
    if works {
        println!("  {}: there", program.package);
    }
    Ok(works)
}

fn need(programs: &[Program], report: &mut Report) -> Result<()> {
    let packages = missing(programs)?;
    if packages.is_empty() {
        return Ok(());
    }
    let names = packages.join(" ");
    let by_hand = format!("apt-get update && apt-get install --no-install-recommends {names}");
    if place::program("apt-get")?.is_none() {
        bail!(
            "missing: {names} (names of Debian packages). This system has no apt-get: install the \
             programs in your system's way, then run this again. On Debian it would be: {by_hand}"
        );
    }
    let Some(become_root) = become_root()? else {
        bail!("missing: {names}. Only root can install them; run this, then run me again:\n  {by_hand}");
    };
    report.step(Kind::Tools, &format!("Debian packages {names}"), "about a minute", || {
        let apt = |arguments: &[&str]| {
            let asks_nothing = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"];
            let words: Vec<&str> =
                become_root.iter().chain(&asks_nothing).chain(arguments).copied().collect();
            run::run(&mut run::program(words[0], &words[1..]))
        };
        apt(&["update"])?;
        apt(&[&["install", "--yes", "--no-install-recommends"], packages.as_slice()].concat())
    })?;
    let still = missing(programs)?;
    ensure!(still.is_empty(), "installed, but not found on PATH: {}", still.join(" "));
    Ok(())
}

/// The words to put in front of a command for root: none when we are root, `None` when there is no way.
fn become_root() -> Result<Option<&'static [&'static str]>> {
    if run::read(&mut run::program("id", ["-u"]))?.trim() == "0" {
        return Ok(Some(&[]));
    }
    if place::program("sudo")?.is_none() {
        return Ok(None);
    }
    let asks_nothing = run::read(&mut run::program("sudo", ["-n", "true"])).is_ok();
    let can_answer = std::io::stdin().is_terminal();
    Ok((asks_nothing || can_answer).then_some(&["sudo"]))
}
