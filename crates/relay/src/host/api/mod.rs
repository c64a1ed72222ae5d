//! The HTTP API of the simulated platform: the part of `api.heclouds.com` that scripts use around MQTT
//! (reference §1.9), and what they use of the suite and the studio (reference §2.4, §3.3).
//!
//! Reading order: [`routes`](routes()), which call is answered where · what a call consists of: `request`,
//! `caller` (who may), `paging`, `span` · the calls: `device` with `registration`, `command` with `history`,
//! `data_point` with `selection`, `stream`, `topic`, `fault` with `scenario` · `answer`, the envelope of all of them ·
//! those of the suite and the studio: `token_key` (who may), `sync_command`, `thing` with `thing_state` and the
//! envelopes in `thing_answer`.
//!
//! Names, numbers and defaults are those of the platform's own documents, `docs/http-api.md` lists them and
//! what is ours, such as every call about faults. Knows what a caller may and how answers are written; what is so is
//! the platform's business.

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

mod token_key;

mod sync_command;

mod thing;
mod thing_answer;
mod thing_state;

mod fault;
mod scenario;

mod answer;

pub use routes::routes;
