//! Packages from PyPI, each in a folder of its own among our tools, so that the system's Python stays as
//! it is.

use std::fs;

use anyhow::{Context, Result};

use crate::report::{Kind, Report};
use crate::{pin, place, run};

/// paho-mqtt, the client of the script that every beginner copies.
pub fn paho(report: &mut Report) -> Result<()> {
    let folder = place::pip("paho-mqtt")?;
    let version = pin::PAHO_MQTT;
    // Written last by pip, and named after the version.
    if folder.join(format!("paho_mqtt-{version}.dist-info")).is_dir() {
        println!("  paho-mqtt {version}: there");
        return Ok(());
    }
    report.step(Kind::Tools, &format!("Python package paho-mqtt {version}"), "seconds", || {
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
        }
        let mut command = run::program("python3", ["-m", "pip", "install", "--quiet", "--target"]);
        command.arg(&folder).arg(format!("paho-mqtt=={version}"));
        run::run(&mut command).context("paho-mqtt could not be fetched: is the network there?")
    })
}
