//! What the platform accepts, in one mechanism for all generations: lists, and pure checks against them.
//!
//! A list says each rule once, in both languages, with its source and how sure it is. The checks beside it say
//! which of them something breaks: the page asks before it sends, the simulated platform when it has received,
//! and `docs/rules.md` is the list as a table.
//!
//! Where sources disagree, [`Readings`] holds which of them is followed.
//!
//! Reading order: [`Rule`] and what it is made of, [`RuleId`] · `reading` · `finding` · list and checks of a generation:
//! [`legacy`], and [`sys`] for both platforms with tokens.

mod id;
mod rule;

mod reading;

mod finding;

mod list;

pub mod legacy;
pub mod sys;

#[cfg(test)]
mod table;

pub use finding::{Detail, Finding};
pub use id::RuleId;
pub use list::{LISTS, all};
pub use reading::{Reading, Readings};
pub use rule::{Confidence, Consequence, Dispute, Place, Rule};
