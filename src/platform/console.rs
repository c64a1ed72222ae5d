//! What the console shows: the platform as it stands, what is typed, and what the platform did lately.

use std::collections::VecDeque;

use onenet::Generation;
use simulator::CommandError;
use time::OffsetDateTime;

use crate::platform::fault::FaultForm;
use crate::platform::happening::Happening;
use crate::platform::order::{OrderForm, OrderOutcome};
use crate::platform::snapshot::{DeviceView, Snapshot};

/// The console's values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Console {
    /// The platform as it stands.
    pub snapshot: Snapshot,
    /// What the command form of the legacy platform holds.
    pub command: String,
    /// Why the last command was not made.
    pub refused: Option<CommandError>,
    /// What the form of the other platforms holds.
    pub order: OrderForm,
    /// What the platform said at once to the last order; none since the form was edited.
    pub outcome: Option<OrderOutcome>,
    /// What the form of faults holds.
    pub faults: FaultForm,
    notes: VecDeque<Note>,
    /// How many were made.
    noted: u64,
    /// The id of the device that logged in last.
    came: String,
}

/// Something the platform did, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Counted from 1 over the life of the page: tells two apart that say the same.
    pub number: u64,
    /// When.
    pub at: OffsetDateTime,
    /// What.
    pub happening: Happening,
}

/// Notes kept: a delay makes one for every frame.
const MAX_NOTES: usize = 100;

impl Console {
    /// Notes what the platform did.
    pub fn note(&mut self, at: OffsetDateTime, happening: Happening) {
        if let Happening::LoggedIn { device_id } = &happening
            && *device_id != self.came
        {
            // Who connects another device wants to speak to that one.
            self.order.device.clear();
            self.came.clone_from(device_id);
        }
        self.noted += 1;
        self.notes.push_back(Note { number: self.noted, at, happening });
        if self.notes.len() > MAX_NOTES {
            self.notes.pop_front();
        }
    }

    /// The device that the console speaks to: the one that is chosen, else one that is online, else one that the
    /// platform keeps something for until it comes.
    pub fn device(&self) -> Option<&DeviceView> {
        let devices = &self.snapshot.devices;
        let chosen = devices.iter().find(|device| device.id == self.order.device);
        let has_tokens = |device: &&DeviceView| device.generation != Generation::Legacy;
        chosen.or_else(|| self.snapshot.online_device()).or_else(|| devices.iter().find(has_tokens))
    }

    /// What the platform did, newest first.
    pub fn notes(&self) -> impl Iterator<Item = &Note> {
        self.notes.iter().rev()
    }
}
