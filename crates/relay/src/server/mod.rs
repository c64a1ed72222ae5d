//! The relay as a whole: what listens, what is served where, and how it stops.

mod listen;
mod relay;
mod routes;

pub use relay::{Relay, StartError};
