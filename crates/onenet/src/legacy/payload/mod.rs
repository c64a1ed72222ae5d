//! What an upload to `$dp` carries: one type byte and what it announces (reference §1.6).
//!
//! ```text
//! byte 0   7       6        5 … 0
//!        ┌───────┬────────┬─────────────┐
//!        │ time? │ 0      │ type 1 … 7  │
//!        └───────┴────────┴─────────────┘
//! ```
//!
//! | type | [`PayloadType`] | behind the type byte | file |
//! |---|---|---|---|
//! | 1, 3, 4 | `FullJson`, `SimpleJson`, `TimedSimpleJson` | length, JSON | `json`, read by `document` |
//! | 2 | `Binary` | header length, header, binary length, binary | `binary` |
//! | 5, 6 | `Text`, `TimedText` | a [`ShortTime`] in 6 if bit 7 says so, length, text | `text`, `field` |
//! | 7 | `Floats` | a [`ShortTime`] if bit 7 says so, runs of floats | `float` |
//!
//! Lengths, counts and numbers are big-endian; the floats of type 7, and only they, little-endian.
//!
//! What is read is kept as it was written, so writing it again gives the same bytes: spaces and number
//! spellings of JSON, fields of a text that are skipped, NaNs bit by bit. The one thing that is lost is
//! bit 7 of types 1 to 5: it has no meaning there, the SDK never sets it, and it is read as 0.

mod binary;
mod content;
mod cursor;
mod document;
mod field;
mod float;
mod json;
mod kind;
mod short_time;
mod text;

#[cfg(test)]
mod tests;

pub use binary::{Binary, BinaryError};
pub use content::Payload;
pub use field::{Delimiters, DelimitersError, FieldPart, TextError, TextField};
pub use float::{FloatReading, FloatRun, Floats, FloatsError};
pub use json::{Json, TimedSimpleJsonError};
pub use kind::{PayloadType, READABLE_TYPES};
pub use short_time::{ShortTime, ShortTimeError, TimePart};
pub use text::Text;
