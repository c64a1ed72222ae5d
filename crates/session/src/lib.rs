//! An MQTT 3.1.1 client as a state machine: bytes and time in; bytes, events and deadlines out.
//!
//! ```text
//!            handle_open · handle_input · handle_timeout · handle_close
//!                                  │
//!   publish · subscribe     ┌──────▼──────┐
//!   unsubscribe · disconnect│   Session   │
//!              ────────────►│             │
//!                           └──────┬──────┘
//!            poll_transmit · poll_event · poll_timeout
//! ```
//!
//! Owns no socket, no clock and no generator: whoever drives it brings those. Knows nothing of OneNET.
//! Speaks QoS 0 and 1.
//!
//! The frames that a session sends can be had without one, by the same code: [`Options::frame`],
//! [`Message::frame`], [`subscribe_frame`], [`unsubscribe_frame`].
//!
//! Reading order: [`Session`], [`Event`], `in_flight`, `keep_alive`, errors.

mod error;
mod event;
mod in_flight;
mod keep_alive;
mod message;
mod options;
mod request;
mod session;
mod topic;

pub use error::{CloseReason, CommandError, OptionsError, ReturnCode, TopicProblem, Violation};
pub use event::{Event, Granted};
pub use message::{Message, Qos};
pub use options::Options;
pub use request::{subscribe_frame, unsubscribe_frame};
pub use session::{CONNACK_TIMEOUT, Session};
pub use topic::{check_filter, check_topic, matches, matches_levels};
