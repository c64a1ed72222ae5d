//! What is asked of the platform, and what it says to that at once. What devices answer comes later, with the calls.

use std::time::Duration;

use bytes::Bytes;
use onenet::studio::{DesiredVersion, Identifier, Named};
use onenet::suite;
use simulator::{CallError, Platform};
use web_time::Instant;

/// Something to do with a device, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// Send a command.
    Command {
        /// Its bytes.
        body: Bytes,
        /// How long its answer may take.
        timeout: Duration,
    },
    /// Say what the device image should be.
    Image(suite::State),
    /// Set properties.
    SetProperties(Vec<Named>),
    /// Ask for properties.
    GetProperties(Vec<Identifier>),
    /// Set desired values.
    SetDesired(Vec<Named>),
    /// Clear desired values.
    ClearDesired(Vec<DesiredVersion>),
    /// Call a service.
    Service {
        /// Its name.
        identifier: Identifier,
        /// What it is called with.
        input: Vec<Named>,
    },
}

/// What the platform says at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderOutcome {
    /// The device is asked.
    Sent,
    /// What the platform keeps of the device has changed.
    Kept,
    /// So many desired values were cleared.
    Cleared(usize),
    /// It was not done, and nothing has changed.
    Refused(CallError),
}

/// Lets the platform do it. `command_id` is for a command, if it is one.
pub fn perform(
    platform: &mut Platform,
    device_id: &str,
    order: Order,
    command_id: &str,
    now: Instant,
) -> OrderOutcome {
    let sent = |_| OrderOutcome::Sent;
    let kept = |()| OrderOutcome::Kept;
    let outcome = match order {
        Order::Command { body, timeout } => {
            platform.call_command(device_id, command_id, body, timeout, now).map(sent)
        }
        Order::Image(desired) => platform.set_image(device_id, desired, now).map(kept),
        Order::SetProperties(values) => platform.set_properties(device_id, values, now).map(sent),
        Order::GetProperties(names) => platform.get_properties(device_id, names, now).map(sent),
        Order::SetDesired(values) => platform.set_desired(device_id, values, now).map(kept),
        Order::ClearDesired(versions) => {
            platform.clear_desired_versions(device_id, &versions).map(OrderOutcome::Cleared)
        }
        Order::Service { identifier, input } => {
            platform.invoke_service(device_id, identifier, input, now).map(sent)
        }
    };
    outcome.unwrap_or_else(OrderOutcome::Refused)
}
