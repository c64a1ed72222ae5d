//! OneNET values and their bytes.
//!
//! A *generation* is one of the three protocols that OneNET has spoken to MQTT devices. Each has a folder
//! with its topics and payloads; [`legacy`] (`$dp`) is the first. What they share stands beside them:
//! [`DataPoint`] and its parts, [`Credentials`], signed tokens ([`token`]), why a login would be refused ([`doctor`]),
//! JSON whose members know their offset.
//!
//! Pure functions between values and bytes: knows no MQTT packets, no session, no clock.

pub mod credentials;
pub mod data_point;
pub mod doctor;
pub mod generation;
pub(crate) mod json;
pub mod legacy;
pub mod timestamp;
pub mod token;

pub use credentials::{Credentials, CredentialsError};
pub use data_point::{DataPoint, StreamId, StreamIdError, Value, ValueError};
pub use generation::Generation;
pub use timestamp::Timestamp;
