//! Frames as a sequence diagram: device and platform as two life lines, time downwards, a row for every frame.
//!
//! Reading order: [`Mark`] (what happened between frames), `exchange` (a request and what answers it), `breaks` (rows
//! that are no frames), `tracks` (bars that join what belongs together), [`Timeline`] (follows a capture and knows
//! which row is what), [`Row`] (what is drawn of it), [`Clock`] (keep alive).

mod breaks;
mod clock;
mod exchange;
mod mark;
mod row;
mod timeline;
mod tracks;

pub use breaks::{Break, Spot};
pub use clock::Clock;
pub use mark::{Mark, MarkKind};
pub use row::{FrameRow, Owed, Row, RowKind, Says, Thread};
pub use timeline::Timeline;
pub use tracks::{Bar, BarPart, BarState, Bars, TRACKS};

#[cfg(test)]
mod tests;
