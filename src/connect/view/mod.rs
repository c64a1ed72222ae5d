//! The panel that logs a device in.

mod panel;
mod will;

pub use panel::{ConnectPanel, ConnectPanelProps};
