//! What platforms with tokens say, and what is answered.

use crate::feed::{ReplyProblem, Said, Withheld};

/// The words of what platforms with tokens say.
#[expect(missing_docs, reason = "the names say where the words stand; the words say the rest")]
pub struct ArrivalWords {
    pub feed_empty: &'static str,
    pub badge: fn(&Said) -> &'static str,
    pub said: fn(&Said) -> String,
    pub hear_all: &'static str,
    pub hear_all_hint: fn(&str) -> String,
    pub hear_all_unknown: &'static str,
    pub hear_all_now: &'static str,
    pub subscribe_hint: &'static str,
    pub auto_reply_hint: &'static str,
    pub service_replies: &'static str,
    pub reply_problem: fn(&ReplyProblem) -> String,
    pub withheld: fn(&Withheld) -> String,
}
