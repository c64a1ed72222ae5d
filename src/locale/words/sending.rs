//! How far sending has come, and what it promises.

use session::Qos;

use crate::inspector::Remark;
use crate::upload::{Item, Recording, Shelved, Tally};

/// The words of how far sending has come, and of what it promises.
#[expect(missing_docs, reason = "the names say where the words stand; the words say the rest")]
pub struct SendingWords {
    pub tally: fn(&Tally) -> String,
    pub rejected: fn(u64) -> String,
    pub progress: fn(&Item) -> String,
    pub restored: &'static str,
    pub taken: &'static str,
    pub give_up: &'static str,
    pub waits_for_login: &'static str,
    pub qos_hint: fn(Qos, bool) -> &'static str,
    pub subscribe_qos: &'static str,
    pub remark: fn(&Remark) -> String,

    pub keep: &'static str,
    pub keep_hint: &'static str,
    /// `None` where there is nothing to say.
    pub recording: fn(Recording) -> Option<&'static str>,
    pub shelved: fn(&Shelved) -> String,
    pub shelved_hint: &'static str,
    pub discard: &'static str,
    pub damaged: fn(usize) -> String,
}
