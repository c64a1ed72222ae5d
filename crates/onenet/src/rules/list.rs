//! Every rule of every generation.

use super::rule::Rule;
use super::{legacy, sys};

/// The lists of all generations, in the order of [`RuleId`](super::RuleId).
pub const LISTS: [&[Rule]; 4] = {
    let [shared, suite, studio] = sys::RULES;
    [&legacy::RULES, shared, suite, studio]
};

/// Every rule, in the order of [`RuleId`](super::RuleId).
pub fn all() -> impl Iterator<Item = &'static Rule> {
    LISTS.into_iter().flatten()
}
