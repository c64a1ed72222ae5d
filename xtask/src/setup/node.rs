//! Packages from npm, each in a folder of its own among our tools. No lock file: it would record which
//! registry a package came from.

use std::fs;

use anyhow::{Context, Result};

use crate::report::{Kind, Report};
use crate::{pin, place, run};

/// MQTT.js, a real peer of the relay.
pub fn mqtt_js(report: &mut Report) -> Result<()> {
    let manifest = place::npm("mqtt")?.join("node_modules").join("mqtt").join("package.json");
    let found = fs::read_to_string(manifest).unwrap_or_default();
    if found.contains(&format!("\"version\": \"{}\"", pin::MQTT_JS)) {
        println!("  MQTT.js {}: there", pin::MQTT_JS);
        return Ok(());
    }
    install("mqtt", pin::MQTT_JS, report)
}

/// Installs one exact version of a package, in place of any other.
pub fn install(package: &str, version: &str, report: &mut Report) -> Result<()> {
    let folder = place::npm(package)?;
    report.step(Kind::Tools, &format!("npm package {package} {version}"), "seconds", || {
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
        }
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let mut command = run::program("npm", ["install", "--no-package-lock", "--no-audit", "--no-fund"]);
        command.args(["--ignore-scripts", "--prefix"]).arg(&folder).arg(format!("{package}@{version}"));
        run::run(&mut command)
            .with_context(|| format!("{package} could not be fetched: is the network there?"))
    })
}
