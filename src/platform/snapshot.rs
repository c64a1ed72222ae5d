//! The platform at one moment, as far as it is shown. Bounded: a busy platform costs the page no more than a quiet one.

use std::collections::{BTreeMap, BTreeSet};

use onenet::Generation;
use simulator::{
    Call, CallKind, CallState, Command, CommandState, Device, Faults, Image, ImageValue, Platform, Profile,
    Scope, Stream, UnderWay,
};

/// The platform at one moment, as far as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snapshot {
    /// Its devices, those that are logged in first.
    pub devices: Vec<DeviceView>,
    /// Its latest commands to devices of the legacy platform, newest first.
    pub commands: Vec<CommandView>,
    /// What it asked other devices for, newest first.
    pub calls: Vec<CallView>,
    /// Whether it counts what devices with tokens do, and bans those that do too much.
    pub rates: bool,
    /// What goes wrong on purpose, as far as it has not struck and is done.
    pub faults: Faults,
}

/// What changes without an event, and is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    faults: Faults,
    rates: bool,
    under_way: Vec<UnderWay>,
}

/// A device, as the platform sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceView {
    /// 设备 ID; product and name (`{product}/{device}`) where it logs in with tokens.
    pub id: String,
    /// What it speaks.
    pub generation: Generation,
    /// Whether it is logged in, itself or by its gateway.
    pub online: bool,
    /// Its data streams or properties, by name.
    pub streams: Vec<StreamView>,
    /// The topic of the will that is said when its connection is lost.
    pub will: Option<String>,
    /// Messages to and from it that are not through.
    pub under_way: UnderWay,
    /// Messages that wait for its next login.
    pub kept: usize,
    /// What is kept of it besides, where it logs in with tokens.
    pub profile: Option<ProfileView>,
}

/// What the platform keeps of a device that logs in with tokens.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProfileView {
    /// Whether its signatures are checked.
    pub checked: bool,
    /// How many filters it is subscribed to.
    pub filters: usize,
    /// The id of the gateway by which it is online.
    pub gateway: Option<String>,
    /// The ids of the sub-devices that are online by it.
    pub subs: Vec<String>,
    /// Desired values, as (identifier, value, version).
    pub desired: Vec<(String, String, u64)>,
    /// The device image.
    pub image: Option<ImageView>,
}

/// A device image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageView {
    /// How often it was updated.
    pub version: i64,
    /// What stands in it, as (name, desired, reported).
    pub values: Vec<(String, Option<String>, Option<String>)>,
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

/// Something that the platform asked a device for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallView {
    /// Its number.
    pub id: String,
    /// The device.
    pub device_id: String,
    /// What for.
    pub kind: CallKind,
    /// The whole topic.
    pub topic: String,
    /// What the device got, as text where it is text.
    pub body: String,
    /// How far it has come.
    pub state: CallState,
    /// What the device answered, as text where it is text.
    pub answer: Option<String>,
}

/// Devices, points of a stream and commands shown.
const SHOWN: usize = 5;
/// Streams, sub-devices, desired values and names in an image shown of one device.
const MAX_LISTED: usize = 50;

impl Snapshot {
    /// What of the platform is shown.
    pub fn of(platform: &Platform) -> Self {
        Self {
            devices: shown(platform).map(|device| DeviceView::of(device, platform)).collect(),
            commands: platform.commands().rev().take(SHOWN).map(CommandView::of).collect(),
            calls: platform.calls().rev().take(SHOWN).map(CallView::of).collect(),
            rates: platform.enforces_rates(),
            faults: faults(platform),
        }
    }

    /// The first device that is logged in.
    pub fn online_device(&self) -> Option<&DeviceView> {
        self.devices.iter().find(|device| device.online)
    }
}

impl Standing {
    /// How the platform stands.
    pub fn of(platform: &Platform) -> Self {
        let under_way = shown(platform).filter_map(|device| platform.under_way(device.id())).collect();
        Self { faults: faults(platform), rates: platform.enforces_rates(), under_way }
    }
}

/// The devices that are shown: not those that have never been there.
fn shown(platform: &Platform) -> impl Iterator<Item = &Device> {
    let online = platform.devices().filter(|device| device.online());
    let offline = platform.devices().filter(|device| !device.online() && has_left_something(device));
    online.chain(offline).take(SHOWN)
}

fn has_left_something(device: &Device) -> bool {
    device.profile().is_none_or(|profile| {
        device.streams().len() > 0 || profile.desired().len() > 0 || profile.image().is_some()
    })
}

fn faults(platform: &Platform) -> Faults {
    platform.faults(&Scope::Platform).cloned().unwrap_or_default()
}

impl DeviceView {
    fn of(device: &Device, platform: &Platform) -> Self {
        let streams = device.streams().take(MAX_LISTED);
        Self {
            id: device.id().to_owned(),
            generation: device.generation(),
            online: device.online(),
            streams: streams.map(|(id, stream)| StreamView::of(id.as_str(), stream)).collect(),
            will: device.will_topic().map(str::to_owned),
            under_way: platform.under_way(device.id()).unwrap_or_default(),
            kept: device.messages_waiting(),
            profile: device.profile().map(ProfileView::of),
        }
    }
}

impl ProfileView {
    fn of(profile: &Profile) -> Self {
        let desired = profile.desired().take(MAX_LISTED).map(|(identifier, desired)| {
            (identifier.as_str().to_owned(), desired.value.to_string(), desired.version)
        });
        Self {
            checked: profile.has_key(),
            filters: profile.filters().len(),
            gateway: profile.gateway().map(str::to_owned),
            subs: profile.online_subs().take(MAX_LISTED).map(str::to_owned).collect(),
            desired: desired.collect(),
            image: profile.image().map(ImageView::of),
        }
    }
}

impl ImageView {
    fn of(image: &Image) -> Self {
        let text = |values: &BTreeMap<String, ImageValue>, name: &str| {
            values.get(name).map(|value| value.value.to_string())
        };
        let names: BTreeSet<&String> = image.desired.keys().chain(image.reported.keys()).collect();
        let values = names
            .into_iter()
            .take(MAX_LISTED)
            .map(|name| (name.clone(), text(&image.desired, name), text(&image.reported, name)));
        Self { version: image.version, values: values.collect() }
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
        Self {
            id: command.id.as_str().to_owned(),
            body: text(&command.body),
            state: command.state,
            answer: command.answer.as_deref().map(text),
        }
    }
}

impl CallView {
    fn of(call: &Call) -> Self {
        Self {
            id: call.id.to_string(),
            device_id: call.device_id.clone(),
            kind: call.kind.clone(),
            topic: call.topic.clone(),
            body: text(&call.body),
            state: call.state.clone(),
            answer: call.answer.as_deref().map(text),
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
