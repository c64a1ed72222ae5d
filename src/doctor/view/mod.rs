//! What the doctor says, drawn.

mod calculator;
mod notes;
mod panel;
mod taken_apart;

pub use notes::{Notes, NotesProps, notes_id};
pub use panel::{DoctorPanel, DoctorPanelProps};
