//! The console of the simulated platform inside this page.

mod console;
mod fault;
mod happening;
mod view;

pub use console::{CommandView, Console, DeviceView, Note, Snapshot, Standing, StreamView};
pub use fault::{ChunksKind, FaultField, FaultForm, FaultProblem, Preset, Trigger, TriggerForm, WhenKind};
pub use happening::Happening;
pub use view::{PlatformPanel, PlatformPanelProps};
