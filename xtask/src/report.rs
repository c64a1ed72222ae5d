//! What is being done, how long it is likely to take, how long it took.

use std::time::{Duration, Instant};

use anyhow::Result;

/// What a step's time is counted under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Fetched or built once for a machine.
    Tools,
    /// Compiling, lints and documents.
    Builds,
    /// Running tests.
    Tests,
}

/// The steps so far.
#[derive(Default)]
pub struct Report {
    steps: Vec<Step>,
}

struct Step {
    kind: Kind,
    name: String,
    took: Duration,
    succeeded: bool,
}

impl Report {
    /// Does the work and says so before and after. `expected` is said beforehand: `about a minute`.
    pub fn step<T>(
        &mut self,
        kind: Kind,
        name: &str,
        expected: &str,
        work: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        println!("\n▸ {name} ({expected})");
        let start = Instant::now();
        let result = work();
        let took = start.elapsed();
        let end = if result.is_ok() { "done" } else { "FAILED" };
        println!("  {end} in {}", seconds(took));
        self.steps.push(Step { kind, name: name.to_owned(), took, succeeded: result.is_ok() });
        result
    }

    /// Prints a line for every step and a sum for every kind.
    pub fn print(&self) {
        println!("\n{:>9}  step", "time");
        for step in &self.steps {
            let failed = if step.succeeded { "" } else { "   FAILED" };
            println!("{:>9}  {:<6}  {}{failed}", seconds(step.took), label(step.kind), step.name);
        }
        for kind in [Kind::Tools, Kind::Builds, Kind::Tests] {
            let sum = self.steps.iter().filter(|step| step.kind == kind).map(|step| step.took).sum();
            println!("{:>9}  {} in all", seconds(sum), label(kind));
        }
    }
}

fn label(kind: Kind) -> &'static str {
    match kind {
        Kind::Tools => "tools",
        Kind::Builds => "builds",
        Kind::Tests => "tests",
    }
}

fn seconds(time: Duration) -> String {
    match time.as_secs() {
        0..100 => format!("{:.1} s", time.as_secs_f64()),
        whole => format!("{} min {:02} s", whole / 60, whole % 60),
    }
}
