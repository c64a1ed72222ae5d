//! Logging a device in: the form, where to, and how it stands.

mod form;
mod oddity;
mod place;
mod status;
mod view;
mod will;

pub use form::{ConnectField, ConnectForm, ConnectProblem, Destination, Target};
pub use oddity::{Oddities, Oddity};
pub use place::{AddressProblem, PageAddress, Place};
pub use status::{Ending, LinkEnd, RelayRefusal, Status};
pub use view::{ConnectPanel, ConnectPanelProps};
pub use will::{WillForm, WillProblem};
