//! The login form and the status line, drawn.

mod credentials;
mod judge;
mod panel;
mod status_line;
mod token;
mod will;

pub use judge::{JUDGE, Judge};
pub use panel::{ConnectPanel, ConnectPanelProps};
