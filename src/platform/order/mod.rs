//! What a person asks the platform in this page to do with a device of the suite or the studio.
//!
//! `ask` lists what the real consoles offer, `form` and `by_model` read what is typed for it, `perform` is what becomes
//! of that: complete, and for the platform to judge.

mod ask;
mod by_model;
mod form;
mod perform;

pub use ask::Ask;
pub use by_model::ByModel;
pub use form::{OrderField, OrderForm, TIMEOUTS};
pub use perform::{Order, OrderOutcome, perform};
