//! What goes wrong on purpose in the simulated platform.

use simulator::{Faults, RefusalCode, Strike, UnderWay};

use crate::platform::{ChunksKind, FaultProblem, Preset, Trigger, WhenKind};

/// The words of faults, and of what they show.
#[expect(missing_docs, reason = "the names say where the words stand; the words say the rest")]
pub struct FaultWords {
    pub title: &'static str,
    pub hint: &'static str,
    /// What is on, a phrase for each.
    pub on: fn(&Faults) -> Vec<String>,
    pub all_off: &'static str,

    pub presets: &'static str,
    pub preset: fn(Preset) -> &'static str,
    pub preset_hint: fn(Preset) -> &'static str,

    pub strikes: &'static str,
    pub strike: fn(Strike) -> &'static str,

    pub trigger: fn(Trigger) -> &'static str,
    pub when: fn(WhenKind) -> &'static str,
    /// What the number of a trigger is called.
    pub number: fn(&str) -> String,
    pub cut_after: &'static str,
    pub cut_after_hint: &'static str,
    pub chunks: &'static str,
    pub chunks_kind: fn(ChunksKind) -> &'static str,
    pub chunk: fn(ChunksKind) -> &'static str,
    pub delay: &'static str,
    pub jitter: &'static str,
    pub refuse_login: &'static str,
    pub refuse_not: &'static str,
    pub refusal: fn(RefusalCode) -> &'static str,
    pub seed: &'static str,
    pub seed_hint: &'static str,
    pub problem: fn(FaultProblem) -> String,
    pub set: &'static str,

    /// What stands at a device: the topic of its will.
    pub will: fn(&str) -> String,
    /// Messages under way to and from it, and those that wait for its login.
    pub under_way: fn(UnderWay, usize) -> String,
}
