//! The console of the simulated platform, for devices that log in with tokens.

use onenet::{Generation, studio};
use simulator::{CallError, CallKind, CallState};

use super::platform::said;
use super::rules::rule_broken;
use super::sys::{decode_problem, level, studio_code};
use crate::locale::words::ConsoleWords;
use crate::platform::{Ask, OrderOutcome, ProfileView};

pub(super) const CONSOLE: ConsoleWords = ConsoleWords {
    device_name,
    device: "Device",
    offline: "This device is not online. Connect it, or choose another one.",
    ask: "Function",
    ask_name: |ask| match ask {
        Ask::Command => "Send a command",
        Ask::Image => "Device image",
        Ask::PropertySet => "Set properties",
        Ask::PropertyGet => "Get properties",
        Ask::DesiredSet => "Set desired values",
        Ask::DesiredClear => "Clear desired values",
        Ask::Service => "Call a service",
    },
    ask_hint: |ask| match ask {
        Ask::Command => {
            "Any bytes on cmd/request/{command id}. The device answers on cmd/response with the same id."
        }
        Ask::Image => "What the device should be. It is told the difference to what it reported.",
        Ask::PropertySet => "Goes to thing/property/set; the device answers within 5 s on set_reply.",
        Ask::PropertyGet => "Goes to thing/property/get; the device answers within 5 s with its values.",
        Ask::DesiredSet => {
            "The platform keeps them with a version; the device gets them when it asks, even if it is offline now."
        }
        Ask::DesiredClear => "The platform forgets them.",
        Ask::Service => "Goes to thing/service/{identifier}/invoke; the device answers within 5 s.",
    },
    order: |ask| match ask {
        Ask::Command => "Send",
        Ask::Image | Ask::PropertySet | Ask::DesiredSet => "Set",
        Ask::PropertyGet => "Get",
        Ask::DesiredClear => "Clear",
        Ask::Service => "Call",
    },
    body: "Body of the command",
    timeout: "Time for the answer",
    seconds: |seconds| format!("{seconds} s"),
    state: "Desired state (JSON object)",
    values: "Values (JSON object)",
    names: "Identifiers",
    names_hint: |ask| match ask {
        Ask::DesiredClear => "With commas or spaces between them. power:2 clears version 2 alone.",
        _ => "With commas or spaces between them.",
    },
    service: "Identifier of the service",
    input: "Input (JSON object)",
    by_hand: "Write JSON",
    set: |name| format!("Set {name}"),
    nothing_settable: "The thing model has no property that the platform may set. Write JSON to try it all the same.",
    nothing_ticked: "Tick at least one property.",
    no_service: "The thing model has no services. Write JSON to try one all the same.",
    outcome,

    call_kind: |kind| match kind {
        CallKind::Command => "Command".to_owned(),
        CallKind::PropertySet => "Set properties".to_owned(),
        CallKind::PropertyGet => "Get properties".to_owned(),
        CallKind::Service(identifier) => format!("Service {identifier}"),
    },
    call_state: |kind, state| match state {
        CallState::Sent => "sent, waiting for the answer".to_owned(),
        CallState::Answered(None) => "answered".to_owned(),
        CallState::Answered(Some(code)) => format!("answered: {}", studio_code(*code)),
        CallState::Unreadable(error) => {
            format!(
                "answered with what is no answer. {} (At byte {}.)",
                decode_problem(&error.problem),
                error.offset
            )
        }
        CallState::TimedOut if *kind == CallKind::Command => "no answer in time".to_owned(),
        CallState::TimedOut => format!("no answer in time: {}", studio_code(studio::Code::TIMEOUT)),
    },

    profile: |profile| {
        let ProfileView { checked, filters, gateway, subs, .. } = profile;
        let signature = match checked {
            true => "signatures are checked",
            false => "signatures are not checked: the platform does not know its key",
        };
        let gateway = gateway.as_ref().map(|id| format!("sub-device of {}", device_name(id)));
        let subscribed = match filters {
            0 => "no subscription: it hears nothing".to_owned(),
            1 => "1 subscription".to_owned(),
            filters => format!("{filters} subscriptions"),
        };
        let reached = gateway.unwrap_or_else(|| format!("{signature} · {subscribed}"));
        let subs = subs.iter().map(|id| device_name(id)).collect::<Vec<_>>().join(", ");
        let subs = (!subs.is_empty()).then(|| format!("sub-devices online: {subs}"));
        [reached].into_iter().chain(subs).collect()
    },
    property: "Property",
    stream: |generation| match generation {
        Generation::Legacy | Generation::Suite => "Data streams",
        Generation::Studio => "Properties",
    },
    desired: "Desired values",
    version: "Version",
    image: |version| format!("Device image, version {version}"),
    name: "Name",
    image_desired: "Desired",
    image_reported: "Reported",

    rates: "Rate limits",
    rates_hint: "Counts what devices of suite and studio do, and refuses for five minutes those that do too much, as the real platform does. Switch it off to let them in again.",
};

fn device_name(id: &str) -> String {
    match id.split_once('/') {
        Some((product, device)) => format!("{device} of product {product}"),
        None => id.to_owned(),
    }
}

fn outcome(outcome: &OrderOutcome) -> String {
    match outcome {
        OrderOutcome::Sent => "Sent. How it goes on stands below.".to_owned(),
        OrderOutcome::Kept => "Done. It stands at the device below.".to_owned(),
        OrderOutcome::Cleared(0) => "There was no such desired value.".to_owned(),
        OrderOutcome::Cleared(1) => "One desired value is cleared.".to_owned(),
        OrderOutcome::Cleared(count) => format!("{count} desired values are cleared."),
        OrderOutcome::Refused(error) => refused(error),
    }
}

/// Why it was not done, what the platform calls it, and what to do.
fn refused(error: &CallError) -> String {
    let said = match error {
        // Each problem names its code.
        CallError::Problems(problems) => return said(problems),
        CallError::UnknownDevice(id) => format!("There is no device {}: connect it once.", device_name(id)),
        CallError::OtherPlatform { .. } => {
            "The device is of another platform, which does not offer this. Choose another function."
                .to_owned()
        }
        CallError::NotOnline(id) => format!("Device {} is not online. Connect it first.", device_name(id)),
        CallError::NotSubscribed { topic } => {
            format!("The device is not subscribed to {topic}: subscribe to it under “Received”.")
        }
        CallError::NotWritable => "The device reads too slowly. Wait until it has caught up.".to_owned(),
        CallError::Id(error) => format!("The command's id cannot be used. {}", level(*error)),
        CallError::IdUsed => "The command's id is already used. Send it again.".to_owned(),
        CallError::TooLong { length, limit } => {
            format!("The message has {length} bytes, and {limit} are taken at most. Shorten it.")
        }
        CallError::Rate(finding) => format!("Too often: wait a second. {}", rule_broken(finding)),
        CallError::NoRoom => "The platform has no room for so much. Clear or shorten something.".to_owned(),
    };
    match error.code() {
        Some(code) => format!("{said} The platform calls it {}.", studio_code(code)),
        None => said,
    }
}
