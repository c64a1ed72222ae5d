//! Every frame, both ways, and what every byte of it means.

mod capture;
pub mod compare;
pub mod file;
pub mod paste;

pub use capture::{Capture, Captured, Direction, Pair};
