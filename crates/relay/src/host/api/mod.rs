//! The HTTP API of the simulated platform: the part of `api.heclouds.com` that scripts use around MQTT
//! (reference §1.9). Here: commands, their answers, stored data points.

mod answer;
mod command;
mod data_point;
mod routes;

pub use routes::routes;
