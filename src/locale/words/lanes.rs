//! The sequence lanes.

use std::time::Duration;

use crate::inspector::lanes::{Break, Clock, FrameRow, Owed, Says, Thread};

/// The words of the sequence lanes.
#[expect(missing_docs, reason = "the names say where the words stand; the words say the rest")]
pub struct LanesWords {
    pub tab: &'static str,
    pub hint: &'static str,
    pub list: &'static str,
    pub empty: &'static str,
    pub device: &'static str,
    pub platform: &'static str,

    // Above the lanes
    pub clock: fn(Clock) -> String,
    pub waiting: fn(&[(Owed, Duration)], usize) -> String,

    // A row
    pub dup: &'static str,
    pub retained: &'static str,
    pub says: fn(&Says) -> String,
    /// What another sending of the same has to do with it; empty where there is none.
    pub sendings: fn(&Thread) -> String,
    pub step: fn(u8) -> String,
    pub break_: fn(&Break) -> String,
    /// A row as a sentence for screen readers: the frame, when, and what it says.
    pub sentence: fn(&FrameRow, &str, &[String]) -> String,

    // Below the lanes
    pub nothing_chosen: &'static str,
}

/// A duration to the tenth of a second: `3.2`.
pub(in crate::locale) fn tenths(duration: Duration) -> String {
    format!("{}.{}", duration.as_secs(), duration.subsec_millis() / 100)
}
