//! The console of the simulated platform, for devices that log in with tokens.

use onenet::Generation;
use simulator::{CallKind, CallState};

use crate::platform::{Ask, OrderOutcome, ProfileView};

/// The words of the console for devices that log in with tokens.
#[expect(missing_docs, reason = "the names say where the words stand; the words say the rest")]
pub struct ConsoleWords {
    /// A device by its id: with tokens, `product/device`.
    pub device_name: fn(&str) -> String,
    pub device: &'static str,
    pub offline: &'static str,
    pub ask: &'static str,
    pub ask_name: fn(Ask) -> &'static str,
    pub ask_hint: fn(Ask) -> &'static str,
    /// What the button does.
    pub order: fn(Ask) -> &'static str,
    pub body: &'static str,
    pub timeout: &'static str,
    pub seconds: fn(u64) -> String,
    pub state: &'static str,
    pub values: &'static str,
    pub names: &'static str,
    pub names_hint: fn(Ask) -> &'static str,
    pub service: &'static str,
    pub input: &'static str,
    pub by_hand: &'static str,
    pub set: fn(&str) -> String,
    pub nothing_settable: &'static str,
    pub nothing_ticked: &'static str,
    pub no_service: &'static str,
    pub outcome: fn(&OrderOutcome) -> String,

    pub call_kind: fn(&CallKind) -> String,
    pub call_state: fn(&CallKind, &CallState) -> String,

    /// How a device is known and reached, in parts.
    pub profile: fn(&ProfileView) -> Vec<String>,
    pub property: &'static str,
    /// What a table of data points is called.
    pub stream: fn(Generation) -> &'static str,
    pub desired: &'static str,
    pub version: &'static str,
    pub image: fn(i64) -> String,
    pub name: &'static str,
    pub image_desired: &'static str,
    pub image_reported: &'static str,

    pub rates: &'static str,
    pub rates_hint: &'static str,
}
