//! The OneNET platform as a state machine: bytes, time and commands in; frames and events out.
//!
//! It is the legacy platform (`$dp`, reference §1) as far as a device can tell: who may log in, what
//! is stored, which answer comes and what gets a device thrown out. It owns no socket and no clock, so
//! the page runs it inside itself and the relay on a TCP port.
//!
//! Reading order: [`Platform`] with its contract and `reply` with what it does about each request ·
//! `connection`, one conversation, and what it is made of: `login`, `filter`, `delivery` · what the
//! platform keeps: `device`, `store`, `command` · what it says: `event`, `outbox` · [`Options`] and
//! [`Limits`].
//!
//! Later issues bring QoS 2, wills, retained messages and stored sessions. Until then QoS 2 ends the
//! connection with a reason of its own, a will is accepted and never sent, RETAIN on a user topic is
//! forwarded as an ordinary message, and clean session 0 is accepted and session present is 0.
//!
//! Knows single frames through `frame` and OneNET's values through `onenet`, nothing of HTTP.

mod platform;
mod reply;

mod connection;
mod delivery;
mod filter;
mod login;

mod clock;
mod command;
mod device;
mod store;

mod event;
mod options;
mod outbox;

pub use command::{Command, CommandError, CommandState, MAX_COMMAND_BODY};
pub use connection::ConnectionId;
pub use device::Device;
pub use event::{DropReason, Event, RefusalCode};
pub use options::{KnownDevice, Limits, Options};
pub use outbox::Transmit;
pub use platform::Platform;
pub use store::{Point, Stream};
