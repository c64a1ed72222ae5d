//! `cargo xtask dist`: the page as static files, and what it weighs.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::page::{self, Finish};
use crate::parts;
use crate::place;
use crate::report::{Kind, Report};
use crate::setup::{self, Purpose};

/// What a first visit may fetch until its form can be used, in bytes, gzipped.
const FIRST_LOAD: usize = 250_000;

/// Builds the page into dist/ and prints its sizes.
pub fn run(report: &mut Report) -> Result<()> {
    setup::run(Purpose::Dist, report)?;
    build(report)
}

/// The same, with the tools known to be there.
///
/// # Errors
///
/// Also when the first load has become too big.
pub fn build(report: &mut Report) -> Result<()> {
    let dist = place::dist();
    report.step(
        Kind::Builds,
        "page, as shipped",
        "about 2 minutes; half of that when built before",
        || {
            page::build(Finish::Parts, &dist)?;
            parts::cut(&dist)
        },
    )?;
    print_sizes(&dist)
}

/// Bytes of a file, or of several.
#[derive(Clone, Copy, Default)]
struct Size {
    raw: usize,
    gzip: usize,
}

impl Size {
    fn of(file: &Path) -> Result<Self> {
        let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        Ok(Self { raw: bytes.len(), gzip: gzip(&bytes)? })
    }

    fn print(self, what: &str) {
        println!("{:>10} {:>10}  {what}", self.raw, self.gzip);
    }
}

fn print_sizes(dist: &Path) -> Result<()> {
    let page = fs::read_to_string(dist.join("index.html")).context("dist/ holds no page")?;
    let mut names = Vec::new();
    for entry in fs::read_dir(dist).with_context(|| format!("cannot read {}", dist.display()))? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.retain(|name| [".wasm", ".js", ".css"].iter().any(|end| name.ends_with(end)));
    names.sort();
    // index.html asks for all of the first load.
    let (first, later): (Vec<String>, Vec<String>) = names.into_iter().partition(|name| page.contains(name));

    println!("\n{:>10} {:>10}  {}/", "raw", "gzip", dist.display());
    let first = print_files(dist, &first)?;
    first.print("= first load: until the form can be used\n");
    let later = print_files(dist, &later)?;
    later.print("= later: when somebody is there, or nothing else goes on");
    ensure!(
        first.gzip <= FIRST_LOAD,
        "the first load has {} bytes gzipped, more than {FIRST_LOAD}: `part!` in the page's sources says what is fetched later",
        first.gzip
    );
    Ok(())
}

/// Prints the size of each, and gives their sum.
fn print_files(dist: &Path, names: &[String]) -> Result<Size> {
    let mut sum = Size::default();
    for name in names {
        let size = Size::of(&dist.join(name))?;
        size.print(name);
        sum.raw += size.raw;
        sum.gzip += size.gzip;
    }
    Ok(sum)
}

fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}
