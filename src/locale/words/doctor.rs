//! The check of a login, and how a token comes about.

use onenet::Generation;
use onenet::doctor::{Diagnosis, Mistake, Remedy, Severity};

use crate::doctor::{Mark, Spot, Verdict};

/// The words of the check of a login, and of how a token comes about.
#[expect(missing_docs, reason = "the names say where the words stand; the words say the rest")]
pub struct DoctorWords {
    pub title: &'static str,
    pub verdict: fn(Verdict) -> String,
    pub severity: fn(Severity) -> &'static str,
    /// What is wrong, as a sentence or two.
    pub problem: fn(&Diagnosis, Spot, Generation) -> String,
    /// What to do about it, as a sentence.
    pub remedy: fn(&Diagnosis, Spot) -> String,
    /// Above the mistakes that a signature was tried with.
    pub tried: &'static str,
    /// How a token may have been signed by mistake.
    pub mistake: fn(&Mistake) -> String,
    /// Where studio's own pages show it.
    pub log_code: fn(u16) -> String,
    /// What a button does; `None` where none can.
    pub treat: fn(&Remedy) -> Option<String>,

    /// The computer's clock, and what depends on it.
    pub clock: fn(&str) -> String,
    /// When the next token expires: the moment, and in how many seconds.
    pub will_expire: fn(&str, u64) -> String,
    /// In how many seconds a token expires, or since when it has been invalid.
    pub left: fn(Result<u64, u64>) -> String,

    pub taken_apart: &'static str,
    pub parameter: &'static str,
    pub said: &'static str,
    pub wanted: &'static str,
    pub mark: fn(Mark) -> &'static str,
    pub nothing: &'static str,
    pub any_device: &'static str,
    pub later: &'static str,
    pub methods: &'static str,
    /// What a signature should be, whether it is, and if that cannot be said, whether for want of the key.
    pub signature: fn(Mark, bool) -> &'static str,
    pub characters: fn(usize) -> String,

    pub calculator: &'static str,
    pub calculator_empty: &'static str,
    pub calculator_hint: &'static str,
    pub right_token_hint: &'static str,
    pub text_step: &'static str,
    pub line_break: &'static str,
    pub no_line_break: &'static str,
    pub key_step: &'static str,
    pub digest_step: fn(&str) -> String,
    pub base64_step: &'static str,
    pub escape_step: &'static str,
    pub before: &'static str,
    pub after: &'static str,
    pub token_step: &'static str,
    pub bytes: fn(usize) -> String,
    pub show_secrets: &'static str,
    pub hide_secrets: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub not_copied: &'static str,
}
