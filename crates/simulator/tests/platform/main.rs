//! Conversations with the platform, as data: a script in, what it sent and what happened out.

#![allow(clippy::unwrap_used, reason = "also in helpers a panic is a failed test")]

mod script;

mod any_bytes;
mod captures;
mod commands;
mod limits;
mod login;
mod silence;
mod topics;
mod uploads;
