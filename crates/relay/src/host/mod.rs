//! The simulated platform with a shell around it: sockets, clock, identifiers and an HTTP API for a
//! machine that has none of these.
//!
//! One task owns the platform ([`Handle`] talks to it); `connection` carries the bytes of one device,
//! whether it came over TCP or WebSocket; [`api`] answers the scripts.

pub mod api;
mod connection;
mod outbox;
mod task;

pub use task::Handle;
