//! What the legacy platform accepts: one list, and pure checks against it (reference §1.2–§1.8).
//!
//! [`RULES`] says each rule once, in both languages, with its source and how sure it is. [`check_login`],
//! [`check_publish`] and [`check_subscribe`] say which of them something breaks: the page asks before it
//! sends, the simulated platform when it has received, and `docs/rules.md` is the list as a table.
//!
//! Where sources disagree, [`Readings`] holds which of them is followed.
//!
//! Reading order: [`Rule`] and what it is made of, [`RuleId`] · `list`, the rules themselves · `reading` · `finding` ·
//! the checks: `login`, `publication`, `subscription`.

mod id;
mod rule;

mod list;

mod reading;

mod finding;

mod login;
mod publication;
mod subscription;

#[cfg(test)]
mod table;

pub use finding::{Detail, Finding};
pub use id::RuleId;
pub use list::RULES;
pub use login::{Login, check_login};
pub use publication::{Publication, Taken, check_publish, take_publish};
pub use reading::{KeepAlive, Qos, Reading, Readings, Retain, TopicCharacters, TopicsPerDevice, Will};
pub use rule::{Confidence, Consequence, Dispute, Place, Rule};
pub use subscription::{TOPICS_PER_PRODUCT, check_subscribe};
