//! The same message as code: what the forms say, as a program that sends the same bytes. Except on Arduino,
//! where PubSubClient publishes at QoS 0 only.
//!
//! Reading order: [`Server`] (where to), [`Recipe`] (what to send), [`Dialect`] (in which language), `literal` (how
//! texts and bytes are written there without ever getting out of their quotes).

mod dialect;
mod literal;
mod recipe;
mod server;
mod view;

mod arduino;
mod at;
mod c;
mod mosquitto;
mod python;

pub use c::Part;
pub use dialect::{DIALECTS, Dialect};
pub use recipe::{LONGEST, Missing, Password, Recipe};
pub use server::{Server, ServerField};
pub use view::{SnippetPanel, SnippetPanelProps};
