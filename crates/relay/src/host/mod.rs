//! The simulated platform with a shell around it: sockets, clock, identifiers and an HTTP API for a
//! machine that has none of these.
//!
//! One task owns the platform ([`Handle`] talks to it); `connection` carries the bytes of one device,
//! whether it came over TCP or WebSocket; `log` is what of it all is told to who runs it; [`api`] answers the scripts.

pub mod api;
mod connection;
mod log;
mod outbox;
mod task;

pub use task::Handle;
