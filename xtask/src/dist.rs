//! `cargo xtask dist`: the page as static files, and what it weighs.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::page::{self, Finish};
use crate::place;
use crate::report::{Kind, Report};
use crate::setup::{self, Purpose};

/// Builds the page into dist/ and prints its sizes.
pub fn run(report: &mut Report) -> Result<()> {
    setup::run(Purpose::Dist, report)?;
    build(report)
}

/// The same, with the tools known to be there.
pub fn build(report: &mut Report) -> Result<()> {
    let dist = place::dist();
    report.step(Kind::Builds, "page, as shipped", "about 2 minutes; seconds when built before", || {
        page::build(Finish::Small, &dist)
    })?;
    print_sizes(&dist)
}

/// Bytes of the files that a first visit loads.
#[derive(Clone, Copy, Default)]
struct Size {
    raw: usize,
    gzip: usize,
}

fn print_sizes(dist: &Path) -> Result<()> {
    println!("\n{:>10} {:>10}  {}/", "raw", "gzip", dist.display());
    let mut total = Size::default();
    for extension in ["wasm", "js", "css"] {
        let mut sum = Size::default();
        for entry in fs::read_dir(dist).with_context(|| format!("cannot read {}", dist.display()))? {
            let file = entry?.path();
            if file.extension().is_some_and(|found| found == extension) {
                let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
                sum.raw += bytes.len();
                sum.gzip += gzip(&bytes)?;
            }
        }
        println!("{:>10} {:>10}  *.{extension}", sum.raw, sum.gzip);
        total.raw += sum.raw;
        total.gzip += sum.gzip;
    }
    println!("{:>10} {:>10}  wasm + js + css", total.raw, total.gzip);
    Ok(())
}

fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}
