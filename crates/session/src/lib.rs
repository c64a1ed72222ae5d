//! An MQTT 3.1.1 client as a state machine: bytes and time in; bytes, events and deadlines out.
//!
//! ```text
//!            handle_open · handle_input · handle_timeout · handle_close
//!                                  │
//!   publish · subscribe     ┌──────▼──────┐
//!   unsubscribe · disconnect│   Session   │ begins with a Store, ends with one
//!              ────────────►│             │
//!                           └──────┬──────┘
//!     poll_change · poll_transmit · poll_event · poll_timeout
//! ```
//!
//! Owns no socket, no clock, no disk and no generator: whoever drives it brings those. Knows nothing of OneNET.
//!
//! Keeps what the three QoS levels promise, beyond the end of a connection: what must be remembered is a [`Store`],
//! plain data, and each [`Change`] of it is told before the frame that relies on it.
//!
//! The frames that a session sends can be had without one, by the same code: [`Options::frame`],
//! [`Message::frame`], [`subscribe_frame`], [`unsubscribe_frame`].
//!
//! Reading order: [`Session`], [`Event`], [`Store`], `session/outbound`, `session/inbound`, `in_flight`,
//! `keep_alive`, errors.

mod acknowledgement;
mod counts;
mod error;
mod event;
mod in_flight;
mod keep_alive;
mod message;
mod options;
mod request;
mod session;
mod store;
mod topic;

pub use acknowledgement::{Acknowledgement, Awaiting};
pub use counts::Counts;
pub use error::{CloseReason, CommandError, OptionsError, ResumeError, ReturnCode, TopicProblem, Violation};
pub use event::{Event, Granted, Resumption};
pub use message::{Message, Qos};
pub use options::Options;
pub use request::{subscribe_frame, unsubscribe_frame};
pub use session::{CONNACK_TIMEOUT, Session};
pub use store::{Change, Outbound, Store, StoreError};
pub use topic::{check_filter, check_topic, matches, matches_levels};
