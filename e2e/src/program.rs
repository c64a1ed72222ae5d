//! A program that runs beside a test: its lines are kept, and it ends with the value.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use anyhow::{Context, Result, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};

use crate::wait::eventually;

/// A running program. Dropping it kills it, it alone, and waits for its end.
#[must_use = "dropping it ends the program"]
pub struct Program {
    name: String,
    child: Child,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Program {
    /// Starts it without standard input; both of its outputs are kept, line by line.
    pub fn start(mut command: Command) -> Result<Self> {
        command.stdin(Stdio::null());
        Self::start_as_told(command)
    }

    /// The same with a standard input, which ends when it is dropped.
    pub fn start_with_input(mut command: Command) -> Result<(Self, ChildStdin)> {
        command.stdin(Stdio::piped());
        let mut program = Self::start_as_told(command)?;
        let input = program.child.stdin.take().context("no standard input")?;
        Ok((program, input))
    }

    fn start_as_told(mut command: Command) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("cannot start {name}"))?;
        let lines = Arc::default();
        keep_lines(child.stdout.take(), &lines);
        keep_lines(child.stderr.take(), &lines);
        Ok(Self { name, child, lines })
    }

    /// Stops it where it is, as a machine that hangs: it keeps its connections and answers nothing. Dropping
    /// it ends it all the same.
    pub fn freeze(&self) -> Result<()> {
        let process = Pid::from_child(&self.child);
        kill_process(process, Signal::STOP).with_context(|| format!("cannot freeze {}", self.name))
    }

    /// What it has written so far, both outputs in the order in which they arrived.
    pub fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits for a line that `find` finds something in. Fails at once when the program has ended.
    pub async fn wait_for<T>(&mut self, what: &str, find: impl Fn(&str) -> Option<T>) -> Result<T> {
        let found = eventually(what, async || {
            // First the end, then the lines: the last words of a program count.
            let ended = self.child.try_wait()?;
            match (self.lines().iter().find_map(|line| find(line)), ended) {
                (Some(found), _) => Ok(Ok(found)),
                (None, Some(status)) if self.has_said_all() => Ok(Err(status)),
                (None, _) => bail!("{} has said:\n{}", self.name, self.lines().join("\n")),
            }
        });
        match found.await? {
            Ok(found) => Ok(found),
            Err(status) => {
                bail!("{} ended ({status}) before: {what}. It said:\n{}", self.name, self.lines().join("\n"))
            }
        }
    }

    /// Waits for a line that begins so, and gives the rest of it.
    pub async fn wait_for_line(&mut self, beginning: &str) -> Result<String> {
        let what = format!("a line `{beginning}…` of {}", self.name);
        self.wait_for(&what, |line| line.strip_prefix(beginning).map(str::to_owned)).await
    }

    /// Waits until it ends by itself and all it said is kept; it must succeed.
    pub async fn wait_for_success(&mut self) -> Result<()> {
        let what = format!("the end of {}", self.name);
        let status = eventually(&what, async || {
            let status = self.child.try_wait()?.context("still running")?;
            ensure!(self.has_said_all(), "its last words are being read");
            Ok(status)
        })
        .await?;
        ensure!(status.success(), "{} failed ({status}). It said:\n{}", self.name, self.lines().join("\n"));
        Ok(())
    }

    /// Whether both outputs are read to their ends: then the readers have dropped their shares.
    fn has_said_all(&self) -> bool {
        Arc::strong_count(&self.lines) == 1
    }

    /// Whether it still runs.
    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Either may fail only because it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn keep_lines(output: Option<impl Read + Send + 'static>, lines: &Arc<Mutex<Vec<String>>>) {
    let Some(output) = output else { return };
    let lines = Arc::clone(lines);
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            lines.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        }
    });
}
