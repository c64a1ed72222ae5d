//! Sub-devices (子设备): online by the connection of their gateway.

use bytes::Bytes;
use onenet::suite;
use onenet::sys::{self, Tree};

use super::event::SysEvent;
use super::profile::Profile;
use crate::platform::Platform;
use crate::studio::MAX_BOUND;

/// A sub-device that cannot come online by a gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SubRefused {
    /// It is logged in by itself, or it is the gateway.
    IsOnline,
    /// Only registered devices may log in, and it is none; or its product is of another platform.
    Unknown,
    /// As many devices as the platform holds are online.
    NoRoom,
}

impl Platform {
    /// The ids of the sub-devices that are online by a gateway.
    pub(crate) fn online_subs_of(&self, gateway_id: &str) -> impl Iterator<Item = &str> {
        let profile = self.devices.get(gateway_id).and_then(|device| device.profile.as_ref());
        profile.into_iter().flat_map(|profile| profile.online_subs())
    }

    pub(crate) fn has_online_sub(&self, gateway_id: &str, device_id: &str) -> bool {
        let profile = self.devices.get(gateway_id).and_then(|device| device.profile.as_ref());
        profile.is_some_and(|profile| profile.online_subs.contains(device_id))
    }

    /// A sub-device comes online by a gateway, and leaves the one that it was online by.
    pub(crate) fn bring_sub_online(
        &mut self,
        gateway_id: &str,
        device: &sys::Device,
    ) -> Result<(), SubRefused> {
        let device_id = device.to_string();
        let known = self.devices.get(&device_id);
        if known.is_some_and(|known| known.connection.is_some()) {
            return Err(SubRefused::IsOnline);
        }
        if self.devices.is_closed() && !known.is_some_and(|known| known.is_registered()) {
            return Err(SubRefused::Unknown);
        }
        if self.has_online_sub(gateway_id, &device_id) {
            return Ok(());
        }
        let Some(gateway) = self.devices.get(gateway_id).and_then(|gateway| gateway.profile.as_ref()) else {
            return Err(SubRefused::NoRoom);
        };
        let platform = gateway.platform;
        if self.registry.generation(device.product.as_str()).is_some_and(|own| own != platform.into()) {
            return Err(SubRefused::Unknown);
        }
        self.release_sub(&device_id);
        let sub = self.devices.remember(&device_id, device.product.as_str());
        let sub = sub.map_err(|_| SubRefused::NoRoom)?;
        let profile = sub.profile.get_or_insert_with(|| Box::new(Profile::new(platform, device.clone())));
        profile.platform = platform;
        profile.gateway = Some(gateway_id.to_owned());
        self.forget_unused_products();
        let gateway = self.devices.get_mut(gateway_id).and_then(|gateway| gateway.profile.as_mut());
        if let Some(gateway) = gateway {
            gateway.online_subs.insert(device_id.clone());
            if platform == sys::Platform::Studio && gateway.bound_subs.len() < MAX_BOUND {
                gateway.bound_subs.insert(device_id.clone());
            }
        }
        let gateway_id = gateway_id.to_owned();
        self.events.push(SysEvent::SubDeviceLoggedIn { device_id, gateway_id }.into());
        Ok(())
    }

    /// A device comes by itself: it is nobody's sub-device any more. A gateway of the suite is told, if it is
    /// subscribed to that (reference §2.4).
    pub(crate) fn take_from_gateway(&mut self, device_id: &str) {
        let carrier = self.carrier(device_id).filter(|carrier| carrier.is_gateway);
        let profile = self.devices.get(device_id).and_then(|device| device.profile.as_ref());
        let notice = profile.zip(carrier).map(|(profile, carrier)| {
            let topic = profile.device.topic(Tree::Subdev, &suite::Topic::LogoutNotify.to_string());
            (carrier, topic, profile.platform)
        });
        self.release_sub(device_id);
        if let Some((carrier, topic, sys::Platform::Suite)) = notice {
            self.tell_on(&carrier, topic, Bytes::new());
        }
    }

    /// A device is nobody's sub-device any more, if it was online as one.
    pub(crate) fn release_sub(&mut self, device_id: &str) {
        let profile = self.devices.get_mut(device_id).and_then(|device| device.profile.as_mut());
        let Some(gateway_id) = profile.and_then(|profile| profile.gateway.take()) else { return };
        let gateway = self.devices.get_mut(&gateway_id).and_then(|gateway| gateway.profile.as_mut());
        if let Some(gateway) = gateway {
            gateway.online_subs.remove(device_id);
        }
        let device_id = device_id.to_owned();
        self.events.push(SysEvent::SubDeviceLoggedOut { device_id, gateway_id }.into());
    }
}
