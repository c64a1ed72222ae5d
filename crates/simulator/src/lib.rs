//! The OneNET platform as a state machine: bytes, time and commands in; frames and events out.
//!
//! It is the legacy platform (`$dp`, reference §1) as far as a device can tell: who may log in, what
//! is stored, which answer comes and what gets a device thrown out. It owns no socket and no clock, so
//! the page runs it inside itself and the relay on a TCP port.
//!
//! Reading order: [`Platform`] with its contract and `reply` with what it does about each request ·
//! `connection`, one conversation, and what it is made of: `login`, `delivery` · `forward`, messages from
//! one to others · what people around it may do: `commands` with `command`, `console` with `registration` ·
//! what it keeps: `devices` with `device`, `filter`, `mailbox`, `store`; `product` · what it says: `event`,
//! `reason`, `outbox` · [`Options`] and [`Limits`].
//!
//! What it demands of a device is the list [`onenet::legacy::rules`], checked by the functions there.
//!
//! Later issues bring QoS 2 and wills, and redeliver what was not acknowledged. Until then QoS 2 ends the
//! connection with a reason of its own, a will is checked and never sent, and messages at QoS 1 that were sent
//! and lack their PUBACK end with the connection; those that were not sent yet wait for the next login of a
//! device with a session.
//!
//! Knows single frames through `frame` and OneNET's values through `onenet`, nothing of HTTP.

mod platform;
mod reply;

mod connection;
mod delivery;
mod login;

mod forward;

mod command;
mod commands;
mod console;
mod registration;

mod device;
mod devices;
mod filter;
mod mailbox;
mod product;
mod store;

mod clock;
mod event;
mod outbox;
mod reason;

mod limits;
mod options;

pub use command::{Command, CommandError, CommandOptions, CommandQos, CommandState, MAX_COMMAND_BODY};
pub use connection::ConnectionId;
pub use console::UnknownDevice;
pub use device::Device;
pub use event::{Event, Reach};
pub use limits::Limits;
pub use options::{KnownDevice, Options};
pub use outbox::Transmit;
pub use platform::Platform;
pub use product::CreateTopicError;
pub use reason::{DropReason, RefusalCode};
pub use registration::{CreateDeviceError, Location, MAX_REGISTRATION, NewDevice};
pub use store::{Point, Stream};
