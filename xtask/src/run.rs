//! Starting programs: what is run is said, and what fails names its command.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Child, Command};

use anyhow::{Context, Result, bail};

use crate::place;

/// `cargo`, the one that runs us.
pub fn cargo<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(place::root()).args(arguments);
    command
}

/// Any other program, run in the root of this clone.
pub fn program<S: AsRef<OsStr>>(name: impl AsRef<OsStr>, arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(place::root()).args(arguments);
    command
}

/// Runs to the end, with our terminal as its own. Fails when it fails.
pub fn run(command: &mut Command) -> Result<()> {
    let line = line(command);
    println!("  $ {line}");
    let status = command.status().with_context(|| format!("cannot start `{line}`"))?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

/// Runs to the end and gives what it wrote to standard output; what it wrote is shown only when it fails.
pub fn read(command: &mut Command) -> Result<String> {
    let line = line(command);
    let output = command.output().with_context(|| format!("cannot start `{line}`"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("`{line}` failed ({}): {}", output.status, said.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A program that runs beside us and is ended when this value is dropped.
#[must_use = "dropping it ends the program"]
pub struct Running(Child);

impl Running {
    /// Starts it, with our terminal as its own.
    pub fn start(command: &mut Command) -> Result<Self> {
        let line = line(command);
        println!("  $ {line}");
        command.spawn().map(Self).with_context(|| format!("cannot start `{line}`"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Either may fail only because it has ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Becomes the program: one process, which Ctrl-C and every other signal reach directly.
pub fn become_program(command: &mut Command) -> Result<()> {
    let line = line(command);
    println!("  $ {line}\n");
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        Err(command.exec()).with_context(|| format!("cannot start `{line}`"))
    }
    #[cfg(not(unix))]
    run(command)
}

/// As a person would type it: programs by name, paths of this clone from its root.
fn line(command: &Command) -> String {
    let root = place::root();
    let program = Path::new(command.get_program());
    let mut words = vec![program.file_name().unwrap_or(program.as_os_str()).to_string_lossy()];
    for word in command.get_args() {
        let short = Path::new(word).strip_prefix(&root).map_or(word, Path::as_os_str);
        words.push(short.to_string_lossy());
    }
    words.join(" ")
}
