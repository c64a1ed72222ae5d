//! What every field is, in words, for somebody who meets it for the first time. `docs/fields.md` is made from
//! these tables.

mod connect;
mod frame;
mod json;
mod legacy;
mod publish;
mod table;

#[cfg(test)]
mod document;

pub use table::{About, Text};
