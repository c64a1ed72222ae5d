//! The console of the simulated platform inside this page.
//!
//! `console` is what it shows: the platform as it stands (`snapshot`), what the platform did (`happening`), and what is
//! typed: for devices with tokens an `order`, and what shall go wrong, a `fault`.

mod console;
mod fault;
mod happening;
mod order;
mod snapshot;
mod view;

pub use console::{Console, Note};
pub use fault::{ChunksKind, FaultField, FaultForm, FaultProblem, Preset, Trigger, TriggerForm, WhenKind};
pub use happening::{Happening, is_of_studio};
pub use order::{Ask, ByModel, Order, OrderField, OrderForm, OrderOutcome, TIMEOUTS, perform};
pub use snapshot::{
    CallView, CommandView, DeviceView, ImageView, ProfileView, Snapshot, Standing, StreamView,
};
pub use view::{PlatformPanel, PlatformPanelProps};
