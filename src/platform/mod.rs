//! The console of the simulated platform inside this page.

mod console;
mod view;

pub use console::{CommandView, Console, DeviceView, Happening, Note, Snapshot, StreamView};
pub use view::{PlatformPanel, PlatformPanelProps};
