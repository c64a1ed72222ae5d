//! Every frame, both ways, and what every byte of it means.

mod capture;
pub mod draft;
mod probe;

pub use capture::{Capture, Captured, Direction, Pair};
pub use probe::{Probe, ProbeEnd, ProbeStage};
