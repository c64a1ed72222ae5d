//! Conversations with the platform, as data: a script in, what it sent and what happened out.

#![allow(clippy::unwrap_used, reason = "also in helpers a panic is a failed test")]

mod peer;
mod script;
mod tokens;
mod transcript;

mod acknowledgements;
mod any_bytes;
mod broken_links;
mod bursts;
mod captures;
mod commands;
mod commands_kept;
mod conformance;
mod data_points;
mod early;
mod exactly_once;
mod faults;
mod kept;
mod limits;
mod login;
mod registered;
mod resumed;
mod retained;
mod rules;
mod settings;
mod silence;
mod strikes;
mod studio;
mod studio_calls;
mod studio_desired;
mod studio_sub_devices;
mod suite;
mod suite_image;
mod suite_sub_devices;
mod sys_any_bytes;
mod sys_login;
mod sys_rates;
mod sys_registered;
mod sys_rules;
mod topics;
mod uploads;
mod wills;
