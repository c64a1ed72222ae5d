//! Logging a device in: the form, where to, and how it stands.

mod credentials;
mod demo;
mod destination;
mod form;
mod login;
mod oddity;
mod place;
mod rule;
mod status;
mod target;
mod token;
mod view;
mod will;

pub use demo::demo_devices;
pub use destination::Destination;
pub use form::{ConnectField, ConnectForm, ConnectProblem};
pub use login::{Login, Proof, Signing, Validity};
pub use oddity::{Oddities, Oddity};
pub use place::{AddressProblem, PageAddress, Place};
pub use status::{Ending, LinkEnd, RelayRefusal, Status};
pub use target::{Aimed, Target};
pub use token::{Lifetime, TokenForm, TokenSource, VERSIONS};
pub use view::{ConnectPanel, ConnectPanelProps, JUDGE, Judge};
pub use will::{WillForm, WillProblem};
