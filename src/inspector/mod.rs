//! Every frame, both ways, and what every byte of it means.

mod capture;
pub mod draft;

pub use capture::{Capture, Captured, Direction, Pair};
