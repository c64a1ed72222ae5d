//! The panel that sends values.

mod binary;
mod editor;
mod floats;
mod keeping;
mod message;
mod outbox_list;
mod panel;
mod points;
mod preview;

pub use panel::{UploadPanel, UploadPanelProps};
