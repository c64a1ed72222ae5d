//! Every chore of this repository, one command each: `cargo xtask setup | demo | dev | dist | test | bench | soak`.
//!
//! Knows no crate of the workspace: it starts cargo, Trunk and the relay as programs, by `std::process`
//! alone, so that a bare machine compiles next to nothing before the first word appears. What holds for
//! the sources as a whole is checked by `tests/tidy.rs`.
//!
//! Reading order: [`pin`] and [`place`] (which tools, where), [`setup`], [`page`], [`parts`] and
//! [`relay`] (how the two halves are built), the commands [`demo`], [`dev`], [`dist`], [`mod@test`], [`mod@bench`],
//! [`soak`]; below them [`run`], [`report`], [`lock`].

mod bench;
mod demo;
mod dev;
mod dist;
mod lock;
mod page;
mod parts;
mod pin;
mod place;
mod relay;
mod report;
mod run;
mod setup;
mod soak;
mod test;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::report::Report;
use crate::setup::Purpose;

const USAGE: &str = "\
cargo xtask COMMAND

  demo                             build the page and the relay, run both, print the address to open
  dev                              the same, rebuilt at every change of a source file
  dist                             the page as static files in dist/, for any web server and sub-path
  test                             every check and every test, timed
  bench filter                     how long the page takes to filter 100,000 captured frames
  soak                             whether a connection holds a quarter of an hour while nobody looks at the page
  setup [--for demo|dist|test]     only fetch the tools that a command needs (default: test, which is all)
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match obey(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn obey(arguments: &[&str]) -> Result<()> {
    let mut report: Report = Report::default();
    match arguments {
        ["demo"] => demo::run(&mut report),
        ["dev"] => dev::run(&mut report),
        ["dist"] => dist::run(&mut report),
        ["test"] => test::run(&mut report),
        ["bench", "filter"] => bench::filter(&mut report),
        ["soak"] => soak::run(&mut report),
        ["setup"] => setup::run(Purpose::Test, &mut report),
        ["setup", "--for", purpose] => setup::run(Purpose::parse(purpose)?, &mut report),
        [] | ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        unknown => bail!("no such command: {}\n\n{USAGE}", unknown.join(" ")),
    }
}
