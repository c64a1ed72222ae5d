//! One frame seen byte by byte: field tree, hex, explanation, and what is wrong.

mod explanation;
mod fault;
mod field_tree;
mod hex_pane;
mod panes;
mod taken_apart;

pub use panes::{Anatomy, AnatomyProps};
