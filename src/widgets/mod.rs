//! Small components that the panels share.

mod beginning;
mod bytes;
mod clock;
mod field;
mod language_switch;
mod later;
mod seconds;
mod secret_field;

pub use beginning::{beginning, shortened};
pub use bytes::Bytes;
pub use clock::clock;
pub use field::{Choice, Field, Tick};
pub use language_switch::LanguageSwitch;
pub use later::{Later, LaterProps, Presence, awaited, use_part};
pub use seconds::use_seconds;
pub use secret_field::SecretField;
