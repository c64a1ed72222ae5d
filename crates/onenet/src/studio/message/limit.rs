//! How much a message may say, and how often (reference §3.3).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::super::identifier::Identifier;
use super::super::path::Path;
use super::super::problem::{Fault, Problem};
use super::part::{Batch, Device, Moment, Named, Point, Series};
use super::request::{Params, Request};
use crate::legacy::JsonKind;
use crate::sys::{DeviceName, ProductId};

/// Sub-devices in one pack or history.
const MAX_DEVICES: usize = 10;
/// Properties and events of one device in one pack or history, and values of each of them in a history.
const MAX_POINTS: usize = 100;
/// Properties of a sub-device that are read or set at once.
const MAX_SUB_PROPERTIES: usize = 50;
/// Sub-devices of one gateway.
const MAX_SUB_DEVICES: usize = 1_500;
/// Numbers that are a day of the years 2001 to 2100 in seconds, and one of the first weeks of 1970 in milliseconds.
const SECONDS_OF_TODAY: RangeInclusive<u64> = 1_000_000_000..=4_102_444_800;

impl Request {
    /// Everything that breaks a rule which holds whatever the thing model says: limits, names of devices,
    /// identifiers that stand twice, times in seconds, events whose value is no object. Paths begin at the
    /// payload.
    ///
    /// No document says how many properties one `thing/property/post` may have. Whether the hundred points of a
    /// device in a history are its identifiers or all their values is not said either; here they are the identifiers,
    /// since each of those may have a hundred values.
    pub fn check_limits(&self) -> Vec<Problem> {
        let mut found = Found(Vec::new());
        if self.version.as_deref().is_some_and(|version| version != "1.0") {
            found.add(Path::root().member("version"), Fault::Version);
        }
        let params = Path::root().member("params");
        match &self.params {
            Params::PropertyPost(points) => found.properties(&params, points),
            Params::EventPost(points) => found.events(&params, points),
            Params::PropertySet(values) | Params::Service { identifier: _, input: values } => {
                found.named(&params, values);
            }
            Params::DesiredDelete(versions) => {
                found.repeated(&params, versions.iter().map(|version| &version.identifier));
            }
            Params::PackPost(batches) => {
                found.batches(&params, batches);
                for (index, batch) in batches.iter().enumerate() {
                    let path = params.element(index);
                    found.properties(&path.member("properties"), &batch.properties);
                    found.events(&path.member("events"), &batch.events);
                }
            }
            Params::HistoryPost(batches) => {
                found.batches(&params, batches);
                for (index, batch) in batches.iter().enumerate() {
                    let path = params.element(index);
                    found.series(&path.member("properties"), &batch.properties, Found::time);
                    found.series(&path.member("events"), &batch.events, Found::event);
                }
            }
            Params::SubLogin(device)
            | Params::SubLogout(device)
            | Params::TopoAdd(device, _)
            | Params::TopoDelete(device, _) => found.device(&params, device),
            Params::TopoChange(devices) => {
                let list = params.member("subList");
                found.devices(&list, devices.len(), MAX_SUB_DEVICES);
                for (index, device) in devices.iter().enumerate() {
                    found.device(&list.element(index), device);
                }
            }
            Params::SubPropertyGet { device, names } => {
                found.device(&params, device);
                found.entries(&params.member("params"), names.len(), MAX_SUB_PROPERTIES);
            }
            Params::SubPropertySet { device, values } => {
                found.device(&params, device);
                found.entries(&params.member("params"), values.len(), MAX_SUB_PROPERTIES);
                found.named(&params.member("params"), values);
            }
            Params::SubService { device, identifier: _, input } => {
                found.device(&params, device);
                found.named(&params.member("input"), input);
            }
            Params::PropertyGet(_) | Params::DesiredGet(_) | Params::TopoGet | Params::OtaInform(_) => {}
        }
        found.0
    }
}

/// What was found wrong so far. Paths are those of what is looked at.
struct Found(Vec<Problem>);

impl Found {
    fn add(&mut self, path: Path, fault: Fault) {
        self.0.push(Problem::new(path, fault));
    }

    /// What one device says may be spread over several batches.
    fn batches<T>(&mut self, path: &Path, batches: &[Batch<T>]) {
        let mut entries: BTreeMap<Option<&Device>, usize> = BTreeMap::new();
        for (index, batch) in batches.iter().enumerate() {
            let path = path.element(index);
            if let Some(device) = &batch.device {
                self.device(&path.member("identity"), device);
            }
            let sum = entries.entry(batch.device.as_ref()).or_default();
            let before = *sum;
            *sum += batch.properties.len() + batch.events.len();
            // Told once for each device: where it goes over.
            if before <= MAX_POINTS {
                self.entries(&path, *sum, MAX_POINTS);
            }
        }
        let named = entries.keys().filter(|device| device.is_some()).count();
        self.devices(path, named, MAX_DEVICES);
    }

    fn properties(&mut self, path: &Path, properties: &[Point]) {
        self.repeated(path, properties.iter().map(|point| &point.identifier));
        for point in properties {
            self.time(&path.member(point.identifier.as_str()), &point.moment);
        }
    }

    fn events(&mut self, path: &Path, events: &[Point]) {
        self.repeated(path, events.iter().map(|point| &point.identifier));
        for point in events {
            self.event(&path.member(point.identifier.as_str()), &point.moment);
        }
    }

    /// A history, every moment of which `check` looks at.
    fn series(&mut self, path: &Path, series: &[Series], check: fn(&mut Self, &Path, &Moment)) {
        self.repeated(path, series.iter().map(|series| &series.identifier));
        for series in series {
            let path = path.member(series.identifier.as_str());
            self.entries(&path, series.moments.len(), MAX_POINTS);
            for (index, moment) in series.moments.iter().enumerate() {
                check(self, &path.element(index), moment);
            }
        }
    }

    fn named(&mut self, path: &Path, values: &[Named]) {
        self.repeated(path, values.iter().map(|value| &value.identifier));
    }

    fn event(&mut self, path: &Path, moment: &Moment) {
        self.time(path, moment);
        let found = JsonKind::of(moment.value.as_json());
        if found != JsonKind::Object {
            self.add(path.member("value"), Fault::Kind { expected: JsonKind::Object, found });
        }
    }

    fn time(&mut self, path: &Path, moment: &Moment) {
        if moment.time.is_some_and(|time| SECONDS_OF_TODAY.contains(&time)) {
            self.add(path.member("time"), Fault::TimeInSeconds);
        }
    }

    fn repeated<'a>(&mut self, path: &Path, identifiers: impl Iterator<Item = &'a Identifier>) {
        let mut seen = BTreeSet::new();
        for identifier in identifiers {
            if !seen.insert(identifier) {
                self.add(path.member(identifier.as_str()), Fault::Repeated);
            }
        }
    }

    fn device(&mut self, path: &Path, device: &Device) {
        if ProductId::parse(&device.product).is_err() {
            self.add(path.member("productID"), Fault::ProductId);
        }
        if DeviceName::parse(&device.name).is_err() {
            self.add(path.member("deviceName"), Fault::DeviceName);
        }
    }

    fn devices(&mut self, path: &Path, found: usize, limit: usize) {
        if found > limit {
            self.add(path.clone(), Fault::TooManyDevices { found, limit });
        }
    }

    fn entries(&mut self, path: &Path, found: usize, limit: usize) {
        if found > limit {
            self.add(path.clone(), Fault::TooManyPoints { found, limit });
        }
    }
}
