//! The relay: carries bytes between a browser's WebSocket and a TCP upstream, and hosts the simulated
//! platform for real devices and scripts.
//!
//! It encodes and decodes no frame. It is stateless but for the simulated platform: any number of relays
//! can stand behind any balancer.
//!
//! Reading order: [`config`] what it is told · [`guard`] who may · [`bridge`] WebSocket ↔ byte pipe ·
//! [`host`] sockets ↔ simulator · `page` static files · `server` what listens, and [`Relay`], the whole.

pub mod bridge;
pub mod config;
pub mod guard;
pub mod host;
mod linger;
mod page;
mod server;

pub use server::{Relay, StartError};
