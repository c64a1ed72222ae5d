//! Capture files and pasted bytes.

use crate::inspector::compare::Verdict;
use crate::inspector::file::{Format, ImportProblem};
use crate::inspector::paste::{Costume, PasteProblem};

/// The words of capture files and pasted bytes.
#[expect(missing_docs, reason = "the names say where the words stand; the words say the rest")]
pub struct CaptureFileWords {
    // Files out
    pub save: &'static str,
    pub format: &'static str,
    pub format_name: fn(Format) -> &'static str,
    pub format_hint: fn(Format) -> &'static str,
    pub with_secrets: &'static str,
    pub with_secrets_hint: &'static str,
    pub nothing_to_save: &'static str,

    // Files in
    pub open: &'static str,
    pub open_hint: &'static str,
    pub opened: fn(&str, usize) -> String,
    pub close: &'static str,
    pub import_problem: fn(&ImportProblem) -> String,

    // Pasted bytes
    pub paste_label: &'static str,
    pub paste_hint: &'static str,
    pub costume: fn(Costume) -> &'static str,
    pub pasted: fn(Costume, usize, usize) -> String,
    pub rest: fn(usize) -> String,
    pub paste_problem: fn(&PasteProblem) -> String,

    // Expected and mine
    pub compare_title: &'static str,
    pub compare_hint: &'static str,
    pub expected: &'static str,
    pub mine: &'static str,
    pub verdict: fn(Verdict) -> &'static str,
    pub mistakes: fn(usize) -> String,
}
