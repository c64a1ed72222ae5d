//! Every frame, both ways, and what every byte of it means.

mod capture;
pub mod draft;
mod filter;
mod probe;
mod selection;

pub use capture::{Capture, Captured, Direction, Pair};
pub use filter::{Filter, PacketTypes};
pub use probe::{Probe, ProbeEnd, ProbeStage};
pub use selection::Selection;
