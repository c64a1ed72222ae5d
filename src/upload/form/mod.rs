//! What is typed to upload, and what it becomes.

mod content;
mod data_points;
mod draft;
mod model;
mod objection;
mod problem;
mod studio;
mod suite;
mod typed;
mod upload;

pub use content::Content;
pub use draft::{Draft, DraftFault};
pub use model::{Entry, Filled, ModelForm};
pub use objection::Objection;
pub use problem::{UploadField, UploadProblem};
pub use studio::StudioForm;
pub use suite::SuiteForm;
pub use typed::{BinaryForm, Picked, Row, Run, UploadForm};
pub use upload::Upload;
