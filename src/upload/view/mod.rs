//! The panel that sends values.

mod binary;
mod editor;
mod floats;
mod keeping;
mod message;
mod model;
mod outbox_list;
mod panel;
mod points;
mod preview;
mod told;
mod typed;

pub use panel::{UploadPanel, UploadPanelProps};
pub(crate) use typed::{Name, called, members, typed};
