//! What every field is, in words, for somebody who meets it for the first time. `docs/fields.md` is made from
//! these tables.

mod connect;
mod frame;
mod json;
mod legacy;
mod one_json;
mod publish;
mod studio;
mod suite;
mod table;
mod token;
mod topic;

#[cfg(test)]
mod document;

pub use table::{About, Text};
