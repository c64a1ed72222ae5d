//! The payload of `$dp` (reference §1.6): a type byte, and what it announces.

mod content;
mod float;
mod role;
mod text;
mod time;

pub(super) use content::walk;
pub(super) use role::Role;
