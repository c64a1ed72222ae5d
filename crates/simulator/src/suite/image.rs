//! The device image (设备镜像): updated from both sides, read by the device; differences are told.

use std::collections::BTreeMap;

use onenet::rules::sys::DeltaTopic;
use onenet::suite::{Code, ImageDelta, ImageUpdate, State, Topic};
use onenet::{Value, sys};
use web_time::Instant;

use super::uplink::SuiteUplink;
use crate::platform::Platform;
use crate::sys::{CallError, Image, ImageValue, SysEvent, Told, Why};

impl Platform {
    /// Says what a device of the suite should be: names that are not in `desired` stay as they are. The difference is
    /// told to the device, if it is online and subscribed to that.
    ///
    /// # Errors
    ///
    /// There is no such device of the suite, or no room for so much.
    pub fn set_image(&mut self, device_id: &str, desired: State, now: Instant) -> Result<(), CallError> {
        self.now = now;
        let found = self.sys_platform_of(device_id)?;
        if found != Some(sys::Platform::Suite) {
            return Err(CallError::OtherPlatform { found });
        }
        if !self.change_image(device_id, &desired, &[], now) {
            return Err(CallError::NoRoom);
        }
        self.tell_difference(device_id);
        Ok(())
    }

    pub(super) fn update_image(&mut self, suite: &SuiteUplink<'_>, update: &ImageUpdate) {
        let desired = update.desired().unwrap_or_default();
        let reported = update.reported().unwrap_or_default();
        if !self.change_image(&suite.device_id, desired, reported, suite.uplink.now) {
            return self.reject(suite, Code::JsonTooLong, Why::Code);
        }
        let payload = self.image_of(&suite.device_id).map(|image| image.head()).unwrap_or_default();
        self.accept(suite, payload.into_bytes());
        self.tell_difference(&suite.device_id);
    }

    /// Answers with the whole image.
    pub(super) fn give_image(&mut self, suite: &SuiteUplink<'_>) {
        match self.image_of(&suite.device_id).map(Image::write) {
            Some(payload) => self.accept(suite, payload.into_bytes()),
            None => self.reject(suite, Code::NoImage, Why::Code),
        }
    }

    fn image_of(&self, device_id: &str) -> Option<&Image> {
        self.devices.get(device_id)?.profile.as_ref()?.image()
    }

    /// Changes an image. Whether there is room for that.
    fn change_image(
        &mut self,
        device_id: &str,
        desired: &[(String, Value)],
        reported: &[(String, Value)],
        now: Instant,
    ) -> bool {
        let limit = self.limits.profile_bytes;
        let at = i64::try_from(self.clock.unix_seconds(now)).unwrap_or(i64::MAX);
        let profile = self.devices.get_mut(device_id).and_then(|device| device.profile.as_mut());
        let Some(profile) = profile else { return false };
        let mut image = profile.image.clone();
        for (into, values) in [(&mut image.desired, desired), (&mut image.reported, reported)] {
            for (name, value) in values {
                into.insert(name.clone(), ImageValue { value: value.clone(), at });
            }
        }
        if image.bytes() > limit {
            return false;
        }
        image.version = image.version.saturating_add(1);
        image.at = at;
        profile.image = image;
        true
    }

    /// Tells a device where desired and reported state differ, if they do.
    fn tell_difference(&mut self, device_id: &str) {
        let Some(image) = self.image_of(device_id) else { return };
        let (version, at) = (image.version, image.at);
        let difference = image.difference();
        let topic = match self.readings.delta_topic {
            DeltaTopic::Update => Topic::ImageUpdateDelta,
            DeltaTopic::Image => Topic::ImageDelta,
        };
        let delta = (!difference.is_empty()).then(|| ImageDelta::new(&difference, version, at).encode());
        let delta = delta.map(|payload| match self.carrier(device_id) {
            // There are no topics for images of sub-devices.
            Some(carrier) if !carrier.is_gateway => {
                self.tell(&carrier, &carrier.device, &topic.to_string(), payload)
            }
            Some(_) | None => Told::NotOnline,
        });
        let device_id = device_id.to_owned();
        self.events.push(SysEvent::ImageUpdated { device_id, version, delta }.into());
    }
}

impl Image {
    /// What it holds.
    fn bytes(&self) -> usize {
        let entry = |(name, value): (&String, &ImageValue)| {
            size_of::<(String, ImageValue)>() + name.len() + value.value.as_json().len()
        };
        self.desired.iter().chain(&self.reported).map(entry).sum()
    }

    /// What is desired and not reported so.
    fn difference(&self) -> Vec<(&str, &Value, i64)> {
        let is_reported = |(name, desired): &(&String, &ImageValue)| {
            self.reported.get(*name).is_some_and(|reported| reported.value.is_like(&desired.value))
        };
        let open = self.desired.iter().filter(|entry| !is_reported(entry));
        open.map(|(name, desired)| (name.as_str(), &desired.value, desired.at)).collect()
    }

    /// `{"version":2,"timestamp":1469574492}`
    fn head(&self) -> String {
        format!(r#"{{"version":{},"timestamp":{}}}"#, self.version, self.at)
    }

    /// The whole image, laid out as its differences are.
    fn write(&self) -> String {
        let values = |state: &BTreeMap<String, ImageValue>| {
            object(state.iter().map(|(name, value)| (name, value.value.as_json().to_owned())))
        };
        let times = |state: &BTreeMap<String, ImageValue>| {
            object(state.iter().map(|(name, value)| (name, format!(r#"{{"timestamp":{}}}"#, value.at))))
        };
        format!(
            r#"{{"state":{{"desired":{},"reported":{}}},"metadata":{{"desired":{},"reported":{}}},"version":{},"timestamp":{}}}"#,
            values(&self.desired),
            values(&self.reported),
            times(&self.desired),
            times(&self.reported),
            self.version,
            self.at
        )
    }
}

fn object<'a>(members: impl Iterator<Item = (&'a String, String)>) -> String {
    let members: Vec<String> =
        members.map(|(name, json)| format!("{}:{json}", Value::string(name))).collect();
    format!("{{{}}}", members.join(","))
}
