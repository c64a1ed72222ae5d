//! Every frame, both ways, and what every byte of it means.

mod capture;
pub mod compare;
pub mod draft;
pub mod file;
mod filter;
pub mod paste;
mod probe;
mod selection;

pub use capture::{Capture, Captured, Direction, Pair};
pub use filter::{Filter, PacketTypes};
pub use probe::{Probe, ProbeEnd, ProbeStage};
pub use selection::Selection;
