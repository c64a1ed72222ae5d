//! The panel that shows the simulated platform from its own side.

mod faults;
mod panel;
mod readings;

pub use panel::{PlatformPanel, PlatformPanelProps};
