//! Desired values of properties (期望值): set by people, read and cleared by the device.

use std::collections::{BTreeMap, BTreeSet};

use onenet::studio::{Data, Desired, DesiredVersion, Identifier, Named, Params, Problem, Request};
use onenet::studio::{Fault, MessageId};
use onenet::sys;
use web_time::Instant;

use crate::platform::Platform;
use crate::sys::{CallError, DesiredValue, SysEvent};

impl Platform {
    /// Sets desired values of properties, each with a version one higher than before. The device gets them when it
    /// asks.
    ///
    /// # Errors
    ///
    /// There is no such device of the studio, a value does not fit the thing model, or there is no room for so much.
    pub fn set_desired(
        &mut self,
        device_id: &str,
        values: Vec<Named>,
        now: Instant,
    ) -> Result<(), CallError> {
        self.now = now;
        self.check_settable(device_id, &values)?;
        let (at, limit) = (self.clock.time(now), self.limits.profile_bytes);
        let profile = self.devices.get_mut(device_id).and_then(|device| device.profile.as_mut());
        let Some(profile) = profile else { return Err(CallError::UnknownDevice(device_id.to_owned())) };
        let mut desired = profile.desired.clone();
        let identifiers: Vec<Identifier> = values.iter().map(|value| value.identifier.clone()).collect();
        for Named { identifier, value } in values {
            let version = desired.get(&identifier).map_or(0, |old| old.version);
            let version = version.saturating_add(1);
            desired.insert(identifier, DesiredValue { value, version, at });
        }
        if bytes(&desired) > limit {
            return Err(CallError::NoRoom);
        }
        profile.desired = desired;
        self.tell_desired(device_id, identifiers);
        Ok(())
    }

    /// Clears desired values, and gives how many there were of them.
    ///
    /// # Errors
    ///
    /// There is no such device of the studio.
    pub fn clear_desired(&mut self, device_id: &str, names: &[Identifier]) -> Result<usize, CallError> {
        let any = |name: &Identifier| DesiredVersion { identifier: name.clone(), version: None };
        self.clear_desired_versions(device_id, &names.iter().map(any).collect::<Vec<_>>())
    }

    /// Clears desired values; one with a version only if that is still its own. Gives how many were cleared.
    ///
    /// # Errors
    ///
    /// There is no such device of the studio.
    pub fn clear_desired_versions(
        &mut self,
        device_id: &str,
        versions: &[DesiredVersion],
    ) -> Result<usize, CallError> {
        self.check_studio(device_id)?;
        Ok(self.delete_desired(device_id, versions))
    }

    /// The desired values that a device asks for, as far as there are any.
    pub(super) fn desired_of(&self, device_id: &str, names: &[Identifier]) -> Data {
        let profile = self.devices.get(device_id).and_then(|device| device.profile.as_ref());
        // Asked for twice it is told once, or a small request would have an answer of any size.
        let mut told = BTreeSet::new();
        let found = names.iter().filter(|name| told.insert(*name)).filter_map(|name| {
            let desired = profile?.desired.get(name)?;
            let (value, version) = (desired.value.clone(), Some(desired.version));
            Some(Desired { identifier: name.clone(), value, version })
        });
        Data::Desired(found.collect())
    }

    /// Clears desired values; one with a version only if that is still its own (reference §3.3). Gives how many.
    pub(super) fn delete_desired(&mut self, device_id: &str, versions: &[DesiredVersion]) -> usize {
        let profile = self.devices.get_mut(device_id).and_then(|device| device.profile.as_mut());
        let Some(profile) = profile else { return 0 };
        let mut cleared = Vec::new();
        for DesiredVersion { identifier, version } in versions {
            let own = profile.desired.get(identifier).map(|desired| desired.version);
            if own.is_some() && (version.is_none() || *version == own) {
                profile.desired.remove(identifier);
                cleared.push(identifier.clone());
            }
        }
        let count = cleared.len();
        if count > 0 {
            self.tell_desired(device_id, cleared);
        }
        count
    }

    fn check_studio(&self, device_id: &str) -> Result<(), CallError> {
        match self.sys_platform_of(device_id)? {
            Some(sys::Platform::Studio) => Ok(()),
            found => Err(CallError::OtherPlatform { found }),
        }
    }

    /// What holds for values that are set holds for those that are desired.
    fn check_settable(&self, device_id: &str, values: &[Named]) -> Result<(), CallError> {
        self.check_studio(device_id)?;
        let request = Request::new(MessageId::from_number(0), Params::PropertySet(values.to_vec()));
        let product_id = self.devices.get(device_id).map_or("", |device| device.product_id());
        refuse_problems(self.problems_of(product_id, &request))
    }

    fn tell_desired(&mut self, device_id: &str, identifiers: Vec<Identifier>) {
        let device_id = device_id.to_owned();
        self.events.push(SysEvent::DesiredChanged { device_id, identifiers }.into());
    }
}

/// Whether what the platform is to send may be sent: it minds what it would refuse, and that a property is read only.
pub(super) fn refuse_problems(problems: Vec<Problem>) -> Result<(), CallError> {
    let minds = |problem: &Problem| {
        problem.code().is_some() || matches!(problem.fault, Fault::ReadOnly | Fault::Repeated)
    };
    if problems.iter().any(minds) { Err(CallError::Problems(problems)) } else { Ok(()) }
}

fn bytes(desired: &BTreeMap<Identifier, DesiredValue>) -> usize {
    let entry = |(name, value): (&Identifier, &DesiredValue)| {
        size_of::<(Identifier, DesiredValue)>() + name.as_str().len() + value.value.as_json().len()
    };
    desired.iter().map(entry).sum()
}
