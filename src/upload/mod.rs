//! Sending values: the form, what it becomes, and what became of it.

mod encoding;
mod fate;
mod form;
mod outbox;
mod recording;
mod tally;
mod view;

pub use encoding::{ENCODINGS, Encoding, EncodingProblem};
pub use fate::Fate;
pub use form::{
    BinaryForm, CONTENTS, Content, Picked, Row, Run, Upload, UploadField, UploadForm, UploadProblem,
};
pub use outbox::{Item, Outbox};
pub use recording::{Keeping, Recording, Shelved, Stop, Whereabouts};
pub use tally::{Progress, Tally};
pub use view::{UploadPanel, UploadPanelProps};
