//! Conversations with the platform, as data: a script in, what it sent and what happened out.

#![allow(clippy::unwrap_used, reason = "also in helpers a panic is a failed test")]

mod script;
mod transcript;

mod any_bytes;
mod bursts;
mod captures;
mod commands;
mod commands_kept;
mod data_points;
mod early;
mod kept;
mod limits;
mod login;
mod registered;
mod retained;
mod rules;
mod settings;
mod silence;
mod topics;
mod uploads;
