//! The OneNET platform as a state machine: bytes, time and commands in; frames and events out.
//!
//! It is the platform of all three generations (reference §1, §2, §3) as far as a device can tell: who may log in,
//! what is stored, which answer comes and what gets a device thrown out. It owns no socket and no clock, so
//! the page runs it inside itself and the relay on a TCP port.
//!
//! Reading order: [`Platform`] with its contract and `reply` with what it does about each request ·
//! `connection`, one conversation, and what it is made of: `login`, `delivery`, `receipt` · `acknowledge`, what
//! brings messages at QoS 1 and 2 on · `ending`, and the `will` after it · `forward`, messages from one to
//! others · what people around it may do: `commands` with `command`, `console` with `registration` · what it
//! keeps: `devices` with `device`, `filter`, `mailbox`, `store`; `product` · what it says: `event`, `reason`,
//! `outbox` · `fault`, what goes wrong on purpose · [`Options`] and [`Limits`]. All that is about the legacy platform
//! (`$dp`), and what the others share with it; `sys` is what the platforms with tokens have besides, with `suite` and
//! `studio` for the messages of either.
//!
//! What it demands of a device are the lists [`onenet::rules::legacy`] and [`onenet::rules::sys`], checked by the
//! functions there.
//!
//! What is said nowhere is settled here: a PUBREL may take as long as [`Limits::pubrel_timeout`]; data points and
//! answers at QoS 2 are stored when they arrive and told to subscribers then, while messages on user topics wait
//! for their PUBREL; and a session lasts until a login with clean session 1, or until its device is forgotten.
//! A platform with tokens counts in windows that begin with the first thing in them, and only tells where the real one
//! would delay; a CONNECT of another protocol level is answered as on the legacy platform, since nothing behind that
//! level says whose it is. What `suite` and `studio` settle stands there.
//!
//! Knows single frames through `frame` and OneNET's values through `onenet`, nothing of HTTP.

mod platform;
mod reply;

mod connection;
mod delivery;
mod login;
mod receipt;

mod acknowledge;
mod ending;
mod will;

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

mod fault;

mod studio;
mod suite;
mod sys;

mod limits;
mod options;

pub use command::{Command, CommandError, CommandOptions, CommandQos, CommandState, MAX_COMMAND_BODY};
pub use connection::ConnectionId;
pub use console::{UnderWay, UnknownDevice};
pub use device::Device;
pub use event::{Acknowledgement, Event, Reach};
pub use fault::{Chunks, Fault, Faults, FrameHead, Scope, Strike, When};
pub use limits::Limits;
pub use options::{KnownDevice, Options};
pub use outbox::Transmit;
pub use platform::Platform;
pub use product::CreateTopicError;
pub use reason::{DropReason, RefusalCode};
pub use registration::{CreateDeviceError, Location, MAX_REGISTRATION, NewDevice};
pub use store::{Point, Stream};
pub use studio::STUDIO_TIMEOUT;
pub use sys::{
    Call, CallError, CallId, CallKind, CallState, DesiredValue, Image, ImageValue, LoginFault, LoginRefusal,
    Outcome, Profile, RegisterError, SysDevice, SysEvent, SysProduct, Told, Why,
};
