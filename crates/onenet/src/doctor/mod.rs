//! Why would this login be refused? What a person typed, compared with what each generation wants.
//!
//! The platforms answer a wrong login with one byte or with silence (reference §1.3, §2.2). [`diagnose()`] says
//! instead which field is wrong, in what exactly, and what to do; with the device's key it recomputes the signature,
//! and where that differs finds the usual mistake that makes the same one. [`prescribe`] gives the login that is
//! right. [`meaning`] says what an answer to a CONNECT means.
//!
//! Typed values only: words for people belong to those who show them. No secret is in any of them but in a
//! [`Prescription`].
//!
//! Reading order: `case` · `diagnosis`, `problem`, `mistake`, `severity`, `log_code`, `remedy` · `diagnose` · what it
//! asks: `form`, `key`, `password`, `claim`, `sign`, `search` · `prescription` · `answer`.

mod case;

mod diagnosis;
mod log_code;
mod mistake;
mod problem;
mod remedy;
mod severity;

mod diagnose;

mod claim;
mod form;
mod key;
mod password;
mod search;
mod sign;

mod prescription;

mod answer;

#[cfg(test)]
mod tests;

pub use answer::{Answer, Meaning, meaning};
pub use case::Case;
pub use diagnose::diagnose;
pub use diagnosis::{Diagnosis, Difference, Field};
pub use form::stripped;
pub use key::key_in;
pub use mistake::Mistake;
pub use password::respelt;
pub use prescription::{Prescription, YEAR, prescribe};
pub use problem::Problem;
pub use remedy::Remedy;
pub use severity::Severity;
