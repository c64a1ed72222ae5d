//! Pasted text into bytes, whatever tool it was copied from.
//!
//! Reading order: [`Pasted`] and [`Costume`], [`read()`] (which costume it is), `gather` (bytes into pieces), `hex`
//! (digits), then a file a costume: `log`, `dump`, `array`, `escape`, `serial`, `base64`.
//!
//! Gives bytes and where a text goes wrong. Which frames the bytes are is told by [`dissect::split`].

mod array;
mod base64;
mod dump;
mod escape;
mod gather;
mod hex;
mod label;
mod log;
mod pasted;
mod read;
mod serial;
#[cfg(test)]
mod tests;

pub use pasted::{Costume, PasteProblem, PasteProblemKind, Pasted, Piece};
pub use read::read;

pub(super) use read::read_hex;
