//! The panel that shows the simulated platform from its own side.

mod asked;
mod by_model;
mod device;
mod faults;
mod order;
mod panel;
mod readings;

pub use panel::{PlatformPanel, PlatformPanelProps};
