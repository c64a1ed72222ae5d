//! Two frames field by field: the one that should be, and the one that is.
//!
//! A mistake is told apart from what it drags along: a length that differs because its content does, fields that are
//! read askew behind a wrong length, and what every sender may choose for himself.
//!
//! Reading order: [`Comparison`] and [`compare()`] (what it all comes to), [`meant()`] (which bytes to compare),
//! `pairing` (which field of one frame is which of the other), `consequence` (what is no mistake by itself).

mod comparison;
mod consequence;
mod pairing;
#[cfg(test)]
mod tests;

pub use comparison::{Comparison, Row, Verdict, compare, meant};
