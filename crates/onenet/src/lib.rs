//! OneNET values and their bytes.
//!
//! A *generation* is one of the three protocols that OneNET has spoken to MQTT devices. Each has a folder
//! with its topics and payloads: [`legacy`] (`$dp`), then [`suite`] (data streams under `$sys`). What they share
//! stands beside them: [`DataPoint`] and its parts, [`Credentials`], [`sys`] with the names and topics of the two
//! platforms with tokens, the [`rules`] of all of them, JSON whose members know their offset.
//!
//! Pure functions between values and bytes: knows no MQTT packets, no session, no clock.

pub mod credentials;
pub mod data_point;
pub(crate) mod json;
pub mod legacy;
pub mod rules;
pub mod suite;
pub mod sys;
pub mod timestamp;

pub use credentials::{Credentials, CredentialsError};
pub use data_point::{DataPoint, StreamId, StreamIdError, Value, ValueError};
pub use timestamp::Timestamp;
