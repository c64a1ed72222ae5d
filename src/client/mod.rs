//! The page's handle to everything that talks: sessions over links, and the platform inside the page.
//!
//! [`Client`] takes commands, [`drive`] carries them out over a [`Link`], [`probe()`] tries bytes out over others,
//! [`host`] runs the simulated platform behind them. What happened comes back as
//! [`Action`](crate::state::Action)s, every frame among it: links are opened by one [`Dialer`], which tells what
//! goes over them. The clock, the sleep and the links come in as a [`World`], so that all of it runs in a host
//! test.

mod backoff;
mod conversation;
mod dialer;
mod driver;
mod handle;
mod kept;
mod link;
mod loopback;
mod probe;
mod raw;
mod record;
mod recorder;
mod shelf;
mod web_socket;
mod world;

pub use conversation::{MAX_UNSENT, OPEN_TIMEOUT};
pub use dialer::Dialer;
pub use driver::{Command, drive};
pub use handle::Client;
pub use link::{FarEnd, Link, LinkEvent, Outgoing};
pub use loopback::{Request, host};
pub use probe::{SILENCE, Trial, probe};
pub use raw::Raw;
pub use recorder::SHELF_TIMEOUT;
pub use shelf::{Claim, Row, ShelfError, Write};
pub use web_socket::open as open_web_socket;
pub use world::{Emit, World};
