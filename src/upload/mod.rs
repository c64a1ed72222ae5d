//! Sending values: the form, what it becomes, and what became of it.

mod encoding;
mod fate;
mod form;
mod outbox;
mod recording;
mod sender;
mod tally;
mod verdict;
mod view;

pub use encoding::{ENCODINGS, Encoding, EncodingProblem};
pub use fate::Fate;
pub use form::{
    BinaryForm, Content, Draft, DraftFault, Entry, Filled, ModelForm, Objection, Picked, Row, Run,
    StudioForm, SuiteForm, Upload, UploadField, UploadForm, UploadProblem,
};
pub use outbox::{Item, Outbox};
pub use recording::{Keeping, Recording, Shelved, Stop, Whereabouts};
pub use sender::{Sender, WrongName};
pub use tally::{Progress, Tally};
pub use verdict::{Answer, PlatformCode, Verdict};
pub(crate) use view::{Name, called, members, typed};
pub use view::{UploadPanel, UploadPanelProps};
