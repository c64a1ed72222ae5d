//! What goes wrong on purpose, so that people can see what each QoS promises: slow links, broken links and
//! lost acknowledgements.
//!
//! [`Faults`] is what somebody sets, plain data for the whole platform or for one device ([`Scope`]), and a
//! [`Strike`] is what happens once, now. Chance is drawn from a seed: the same conversation meets the same
//! faults again. Every fault that strikes is told, as a [`Fault`]. Without any, nothing here is asked.
//!
//! Reading order: `faults` · `scenario`, what a frame meets, with `chance` · `carry`, which the platform sends
//! through · `strike`.

mod faults;

mod chance;
mod scenario;

mod carry;
mod strike;

pub use faults::{Chunks, Faults, When};
pub use strike::{Fault, FrameHead, Scope, Strike};

pub(crate) use scenario::Scenarios;
