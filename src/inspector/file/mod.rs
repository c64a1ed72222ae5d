//! Frames into files and files into frames.
//!
//! ```text
//! export   frames ─► masked ─► pcapng (conversation ─► block) · JSON Lines · hex
//! import   bytes ─┬► block ─► link ─► flow ─► stream ─► recording ─► frames
//!                 ├► JSON Lines ─► frames
//!                 └► hex ─► frames
//! ```
//!
//! Reading order: [`Format`] and [`Secrets`], [`export()`], `conversation` (the TCP that is made up), [`import()`] and
//! [`ImportProblem`], `block` (packets in a file), `link` (a packet's headers), `flow` (packets of one
//! connection), `stream` (packets into a byte stream), `recording` (streams into frames).
//!
//! Knows bytes only: who picks a file and who saves one is the page's business.

mod block;
mod conversation;
mod export;
mod flow;
mod format;
mod hex;
mod import;
mod json_lines;
mod link;
mod pcapng;
mod recording;
mod stream;
#[cfg(test)]
mod tests;

pub use export::export;
pub use format::{Format, Secrets};
pub use import::{Import, ImportProblem, LineProblem, SIZE_LIMIT, import};

pub(super) use link::{Segment, without_headers};
