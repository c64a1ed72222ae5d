//! `cargo xtask setup`: whatever a command needs and this machine lacks. Each tool has its file; each
//! says in one sentence what it looks for and how it gets it.

mod binaryen;
mod crates;
mod debian;
mod need;
mod node;
mod python;
mod rust;

pub use need::{Purpose, run};
