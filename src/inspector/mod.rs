//! Every frame, both ways, and what every byte of it means.
//!
//! Reading order: [`Capture`] (frames as they went by), [`Filter`] and [`Selection`] (which are listed), [`gist`] (a
//! frame in a line); `place`, `outline`, `dump`, `attention`, `value` (one frame byte by byte); [`draft`], [`compose`],
//! [`paste`], [`compare`], [`mod@file`] (frames from and to elsewhere); [`lanes`] (frames as arrows between device and
//! platform); the views.

mod capture;
mod filter;
mod imported;
mod probe;
mod selection;
mod summary;
mod window;

mod attention;
mod dump;
mod key;
mod outline;
mod place;
mod value;

pub mod compare;
pub mod compose;
pub mod draft;
pub mod file;
pub mod lanes;
pub mod paste;

mod view;

pub use attention::{Attention, Notice, Target};
pub use capture::{Capture, Captured, Direction, Pair, Remark};
pub use dump::Part;
pub use filter::{Filter, PacketTypes};
pub use imported::Imported;
pub use place::{Piece, Place};
pub use probe::{Probe, ProbeEnd, ProbeStage};
pub use selection::Selection;
pub use summary::{gist, summary};
pub use value::value_text;
pub use view::{Anatomy, AnatomyProps, Inspector, InspectorProps, Lanes, LanesProps};
pub use window::Scroll;
