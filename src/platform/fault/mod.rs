//! What shall go wrong on purpose: what is typed, what it becomes, and what teachers want at one press.

mod form;
mod preset;
mod trigger;

pub use form::{ChunksKind, FaultField, FaultForm, FaultProblem};
pub use preset::Preset;
pub use trigger::{Trigger, TriggerForm, WhenKind};
