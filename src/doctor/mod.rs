//! Why would this login be refused? What the login form says, looked at by [`onenet::doctor`] while it is typed.
//!
//! `checkup` says what is wrong and where in the form it shows, `treatment` puts right what needs no thought,
//! `taken_apart` sets a pasted token beside what it should say, `calculation` is how a token comes about.

mod calculation;
mod checkup;
mod taken_apart;
mod treatment;
mod view;

pub use calculation::calculate;
pub use checkup::{Broken, Checkup, Spot, Verdict};
pub use taken_apart::{Mark, Row, Wanted, take_apart};
pub use treatment::treat;
pub use view::{DoctorPanel, DoctorPanelProps, Notes, NotesProps, notes_id};
