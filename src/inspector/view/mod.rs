//! What the inspector looks like: the list of frames, one frame byte by byte, the sequence lanes, pasted bytes, the composer.

mod anatomy;
mod comparison;
mod compose;
mod copy;
mod files;
mod filters;
mod frames;
mod lanes;
mod list;
mod listed;
mod panel;
mod paste;
mod tabs;

pub use anatomy::{Anatomy, AnatomyProps};
pub use lanes::{Lanes, LanesProps};
pub use panel::{Inspector, InspectorProps};
