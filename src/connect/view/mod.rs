//! The login form and the status line, drawn.

mod credentials;
mod panel;
mod status_line;
mod token;
mod will;

pub use panel::{ConnectPanel, ConnectPanelProps};
