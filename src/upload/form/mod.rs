//! What is typed to upload, and what it becomes.

mod data_points;
mod problem;
mod typed;
mod upload;

pub use problem::{UploadField, UploadProblem};
pub use typed::{BinaryForm, CONTENTS, Content, Picked, Row, Run, UploadForm};
pub use upload::Upload;
