//! What end-to-end tests need: the built page in a real browser, the relay, a broker, other people's MQTT
//! clients, a plain web server. The tests are in `tests/`.
//!
//! Every one of them is a value: started with a free port on loopback, usable when its constructor
//! returns, ended when dropped. Nothing sleeps for a fixed time, but a page that is to be out of sight for one;
//! everything that takes time is waited for by [`eventually`], which fails with the reason why it has not happened.
//!
//! Where page, relay and tools are, `cargo xtask test` says by environment variables ([`place`]);
//! without it the places are those where xtask puts them.
//!
//! Reading order: [`eventually`], [`Program`]; what is started: [`Relay`], [`Mosquitto`],
//! [`StaticServer`], [`Recorder`], [`Peer`], [`Browser`]; what a person does in it: [`Page`], which takes frames
//! apart: [`Anatomy`], and does not look at: [`keep_out_of_sight`]; [`http`]; what peers said to each other:
//! [`RecordingProxy`], and what Wireshark makes of it: [`tshark`]; our own session over TCP: [`Device`], and the network
//! that it gets: [`ChaosProxy`].

mod browser;
mod chaos;
mod device;
mod hidden;
pub mod http;
mod mosquitto;
mod page;
mod peer;
pub mod place;
mod program;
mod proxy;
mod recorder;
mod relay;
mod static_server;
pub mod tshark;
mod wait;

pub use browser::{Browser, Console, Language, Manner};
pub use chaos::ChaosProxy;
pub use device::{Device, Tally};
pub use hidden::{Connection, OutOfSight, Outcome, keep_out_of_sight};
pub use mosquitto::{Mosquitto, REFUSED_FILTER};
pub use page::{Anatomy, Cell, Counts, Destination, FieldRow, FilterField, FrameRow, Page, Tab};
pub use peer::Peer;
pub use program::Program;
pub use proxy::{End, Recording, RecordingProxy};
pub use recorder::Recorder;
pub use relay::Relay;
pub use static_server::StaticServer;
pub use wait::{PATIENCE, eventually};
