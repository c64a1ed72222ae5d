//! The HTTP API of the simulated platform, as scripts call it.

mod any_call;
mod command;
mod data_point;
mod device;
mod document;
mod fault;
mod key;
mod studio;
mod suite;
mod topic;
