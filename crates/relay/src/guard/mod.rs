//! Who may talk to the relay, judged from the head of a request. Knows headers, not sockets.
//!
//! Three questions, asked in this order: is the request meant for us ([`Guard::admit_host`], against DNS
//! rebinding), may its page talk to us ([`Guard::admit_origin`]), is it a WebSocket request we can answer
//! ([`Upgrade::parse`]).

mod gate;
mod upgrade;

mod head;

pub use gate::{Guard, Host, HostRefused, OriginRefused};
pub use upgrade::{SUBPROTOCOL, Upgrade, UpgradeError, VERSION};
