//! The page's handle to everything that talks: sessions over links, and the platform inside the page.
//!
//! [`Client`] takes commands, [`drive`] carries them out over a [`Link`], [`host`] runs the simulated
//! platform behind other links. What happened comes back as [`Action`](crate::state::Action)s. The clock,
//! the sleep and the links come in as a [`World`], so that all of it runs in a host test.

mod backoff;
mod conversation;
mod driver;
mod handle;
mod link;
mod loopback;
mod web_socket;
mod world;

pub use conversation::OPEN_TIMEOUT;
pub use driver::{Command, drive};
pub use handle::{Client, use_client};
pub use link::{FarEnd, Link, LinkEvent};
pub use loopback::{Request, host};
pub use web_socket::open as open_web_socket;
pub use world::{Emit, World};
