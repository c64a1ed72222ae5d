//! The HTTP API of the simulated platform: the part of `api.heclouds.com` that scripts use around MQTT
//! (reference §1.9).
//!
//! Reading order: [`routes`](routes()), which call is answered where · what a call consists of: `request`,
//! `caller` (who may), `paging`, `span` · the calls: `device` with `registration`, `command` with `history`,
//! `data_point` with `selection`, `stream`, `topic`, `fault` with `scenario` · `answer`, the envelope of all of them.
//!
//! Names, numbers and defaults are those of the platform's own documents, `docs/http-api.md` lists them and
//! what is ours, such as every call about faults. Knows what a caller may and how answers are written; what is so is the platform's business.

mod routes;

mod caller;
mod paging;
mod request;
mod span;

mod device;
mod registration;

mod command;
mod history;

mod data_point;
mod selection;
mod stream;

mod topic;

mod fault;
mod scenario;

mod answer;

pub use routes::routes;
