//! What the console shows: the platform as it stands, and what it did lately.

use std::collections::VecDeque;

use simulator::{Command, CommandError, CommandState, Device, Faults, Platform, Scope, Stream, UnderWay};
use time::OffsetDateTime;

use crate::platform::fault::FaultForm;
use crate::platform::happening::Happening;

/// The console's values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Console {
    /// The platform as it stands.
    pub snapshot: Snapshot,
    /// What the command form holds.
    pub command: String,
    /// Why the last command was not made.
    pub refused: Option<CommandError>,
    /// What the form of faults holds.
    pub faults: FaultForm,
    notes: VecDeque<Note>,
    /// How many were made.
    noted: u64,
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
        self.noted += 1;
        self.notes.push_back(Note { number: self.noted, at, happening });
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
    /// What goes wrong on purpose, as far as it has not struck and is done.
    pub faults: Faults,
}

/// What changes without an event, and is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    faults: Faults,
    under_way: Vec<UnderWay>,
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
    /// The topic of the will that is said when its connection is lost.
    pub will: Option<String>,
    /// Messages to and from it that are not through.
    pub under_way: UnderWay,
    /// Messages that wait for its next login.
    pub kept: usize,
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
        Self {
            devices: shown(platform).map(|device| DeviceView::of(device, platform)).collect(),
            commands: platform.commands().rev().take(SHOWN).map(CommandView::of).collect(),
            faults: faults(platform),
        }
    }

    /// The device to send commands to: the first that is logged in.
    pub fn online_device(&self) -> Option<&DeviceView> {
        self.devices.iter().find(|device| device.online)
    }
}

impl Standing {
    /// How the platform stands.
    pub fn of(platform: &Platform) -> Self {
        let under_way = shown(platform).filter_map(|device| platform.under_way(device.id())).collect();
        Self { faults: faults(platform), under_way }
    }
}

/// The devices that are shown.
fn shown(platform: &Platform) -> impl Iterator<Item = &Device> {
    let online = platform.devices().filter(|device| device.online());
    let offline = platform.devices().filter(|device| !device.online());
    online.chain(offline).take(SHOWN)
}

fn faults(platform: &Platform) -> Faults {
    platform.faults(&Scope::Platform).cloned().unwrap_or_default()
}

impl DeviceView {
    fn of(device: &Device, platform: &Platform) -> Self {
        let streams = device.streams().take(MAX_STREAMS);
        Self {
            id: device.id().to_owned(),
            online: device.online(),
            streams: streams.map(|(id, stream)| StreamView::of(id.as_str(), stream)).collect(),
            will: device.will_topic().map(str::to_owned),
            under_way: platform.under_way(device.id()).unwrap_or_default(),
            kept: device.messages_waiting(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_twice_in_one_moment_is_told_apart() {
        let mut console = Console::default();
        for _ in 0..2 {
            let happening = Happening::LoggedIn { device_id: "7".to_owned() };
            console.note(OffsetDateTime::UNIX_EPOCH, happening);
        }
        let notes: Vec<&Note> = console.notes().collect();
        assert_eq!(notes.len(), 2);
        assert_ne!(notes[0], notes[1]);
        assert!(notes[0].number > notes[1].number, "the newest comes first");
    }
}
