//! What the console shows: the platform as it stands, and what it did lately.

use std::collections::VecDeque;

use onenet::legacy::rules::Finding;
use simulator::{
    Command, CommandError, CommandState, Device, DropReason, Event, Platform, RefusalCode, Stream,
};
use time::OffsetDateTime;

/// The console's values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Console {
    /// The platform as it stands.
    pub snapshot: Snapshot,
    /// What the command form holds.
    pub command: String,
    /// Why the last command was not made.
    pub refused: Option<CommandError>,
    notes: VecDeque<Note>,
}

/// Something the platform did, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// When.
    pub at: OffsetDateTime,
    /// What.
    pub happening: Happening,
}

/// What the platform does that a device cannot see for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// A device logged in.
    LoggedIn {
        /// The device.
        device_id: String,
    },
    /// A login was refused.
    Refused {
        /// The code of the CONNACK.
        code: RefusalCode,
        /// The rule that the login breaks, where it breaks one.
        finding: Option<Finding>,
    },
    /// A subscription was refused.
    SubscriptionRefused {
        /// The filter.
        filter: String,
        /// The rule that it breaks.
        finding: Finding,
    },
    /// Something was ignored.
    Ignored(Finding),
    /// It hung up on a device, which is told nothing.
    HungUp {
        /// The device, if it was logged in.
        device_id: Option<String>,
        /// Why.
        reason: DropReason,
    },
    /// A device left.
    Left {
        /// The device, if it was logged in.
        device_id: Option<String>,
    },
}

impl Happening {
    /// What of `event` the console tells; the rest stands in the [`Snapshot`].
    pub fn of(event: Event) -> Option<Self> {
        match event {
            Event::LoggedIn { device_id, .. } => Some(Self::LoggedIn { device_id }),
            Event::Refused { code, finding, .. } => Some(Self::Refused { code, finding }),
            Event::SubscriptionRefused { filter, finding, .. } => {
                Some(Self::SubscriptionRefused { filter, finding })
            }
            Event::Ignored { finding, .. } => Some(Self::Ignored(finding)),
            Event::Dropped { device_id, reason, .. } => Some(Self::HungUp { device_id, reason }),
            Event::Closed { device_id, .. } => Some(Self::Left { device_id }),
            Event::Opened { .. }
            | Event::Stored { .. }
            | Event::Forwarded { .. }
            | Event::PointsForwarded { .. }
            | Event::CaughtUp { .. }
            | Event::Resent { .. }
            | Event::Repeated { .. }
            | Event::Unmatched { .. }
            | Event::WillPublished { .. }
            | Event::MessagesLost { .. }
            | Event::Struck { .. }
            | Event::CommandExpired { .. }
            | Event::CommandSent { .. }
            | Event::CommandAnswered { .. }
            | Event::AnswerDiscarded { .. } => None,
        }
    }
}

/// Notes kept.
const MAX_NOTES: usize = 50;

impl Console {
    /// Notes what the platform did.
    pub fn note(&mut self, at: OffsetDateTime, happening: Happening) {
        self.notes.push_back(Note { at, happening });
        if self.notes.len() > MAX_NOTES {
            self.notes.pop_front();
        }
    }

    /// What the platform did, newest first.
    pub fn notes(&self) -> impl Iterator<Item = &Note> {
        self.notes.iter().rev()
    }
}

/// The platform at one moment, as far as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snapshot {
    /// Its devices, those that are logged in first.
    pub devices: Vec<DeviceView>,
    /// Its latest commands, newest first.
    pub commands: Vec<CommandView>,
}

/// A device, as the platform sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceView {
    /// 设备 ID.
    pub id: String,
    /// Whether it is logged in.
    pub online: bool,
    /// Its data streams, by name.
    pub streams: Vec<StreamView>,
}

/// A data stream, as the platform has stored it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamView {
    /// Its name.
    pub id: String,
    /// Data points stored, those forgotten since included.
    pub count: u64,
    /// Its newest data points as (time, value), newest first.
    pub newest: Vec<(String, String)>,
}

/// A command, as the platform knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandView {
    /// What ties it to its answer.
    pub id: String,
    /// What the device got, as text where it is text.
    pub body: String,
    /// How far it has come.
    pub state: CommandState,
    /// What the device answered, as text where it is text.
    pub answer: Option<String>,
}

/// Devices, streams of a device, points of a stream and commands shown.
const SHOWN: usize = 5;
const MAX_STREAMS: usize = 50;

impl Snapshot {
    /// What of the platform is shown. Bounded, so that a busy platform costs the page no more than a quiet one.
    pub fn of(platform: &Platform) -> Self {
        let online = platform.devices().filter(|device| device.online());
        let offline = platform.devices().filter(|device| !device.online());
        Self {
            devices: online.chain(offline).take(SHOWN).map(DeviceView::of).collect(),
            commands: platform.commands().rev().take(SHOWN).map(CommandView::of).collect(),
        }
    }

    /// The device to send commands to: the first that is logged in.
    pub fn online_device(&self) -> Option<&DeviceView> {
        self.devices.iter().find(|device| device.online)
    }
}

impl DeviceView {
    fn of(device: &Device) -> Self {
        let streams = device.streams().take(MAX_STREAMS);
        Self {
            id: device.id().to_owned(),
            online: device.online(),
            streams: streams.map(|(id, stream)| StreamView::of(id.as_str(), stream)).collect(),
        }
    }
}

impl StreamView {
    fn of(id: &str, stream: &Stream) -> Self {
        let newest = stream.points().rev().take(SHOWN);
        Self {
            id: id.to_owned(),
            count: stream.points().len() as u64 + stream.evicted(),
            newest: newest.map(|point| (point.at.to_string(), point.value.to_string())).collect(),
        }
    }
}

impl CommandView {
    fn of(command: &Command) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self {
            id: command.id.as_str().to_owned(),
            body: text(&command.body),
            state: command.state,
            answer: command.answer.as_deref().map(text),
        }
    }
}
