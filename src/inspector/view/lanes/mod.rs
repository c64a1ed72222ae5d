//! The sequence lanes: what waits, the list of arrows, and the frame that is looked at.

mod follow;
mod list;
mod panel;
mod row;
mod strokes;

pub use panel::{Lanes, LanesProps};
