//! A real relay with real sockets, everything on loopback.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests too")]

mod setting;

mod platform;

mod api;
mod bridge;
mod refusal;
mod simulator;
mod stop;
