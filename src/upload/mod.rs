//! Sending values: the form, what it becomes, and what became of it.

mod form;
mod outbox;
mod view;

pub use form::{Content, Upload, UploadField, UploadForm, UploadProblem};
pub use outbox::{Fate, Item, Outbox};
pub use view::{UploadPanel, UploadPanelProps};
