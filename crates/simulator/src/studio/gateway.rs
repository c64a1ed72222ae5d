//! Gateways of the studio: sub-devices (子设备) that come and go, and which are bound to whom (拓扑关系).

use onenet::studio::{Code, Data, Device, SubToken};
use onenet::sys::{self, DeviceName, ProductId};
use onenet::token::{Resource, Token};

use crate::platform::Platform;
use crate::sys::{SubRefused, Uplink};

/// The most sub-devices of a gateway (reference §3.3).
pub(crate) const MAX_BOUND: usize = 1_500;

impl Platform {
    pub(super) fn log_studio_sub_in(
        &mut self,
        uplink: &Uplink<'_>,
        device: &Device,
    ) -> Result<Option<Data>, Code> {
        match self.bring_sub_online(&uplink.speaker.id, &read(device)?) {
            Ok(()) => Ok(None),
            Err(SubRefused::Unknown) => Err(Code::DEVICE),
            Err(SubRefused::IsOnline) => Err(Code::BAD_REQUEST),
            Err(SubRefused::NoRoom) => Err(Code::INTERNAL),
        }
    }

    pub(super) fn log_studio_sub_out(
        &mut self,
        uplink: &Uplink<'_>,
        device: &Device,
    ) -> Result<Option<Data>, Code> {
        let id = read(device)?.to_string();
        if !self.has_online_sub(&uplink.speaker.id, &id) {
            return Err(Code::OFFLINE);
        }
        self.release_sub(&id);
        Ok(None)
    }

    /// Binds a sub-device. Its token is checked as far as its key is known.
    pub(super) fn bind_sub(
        &mut self,
        uplink: &Uplink<'_>,
        device: &Device,
        token: &SubToken,
    ) -> Result<Option<Data>, Code> {
        let sub = read(device)?;
        self.check_sub_token(&sub, token, uplink)?;
        let profile = self.devices.get_mut(&uplink.speaker.id).and_then(|device| device.profile.as_mut());
        let Some(profile) = profile else { return Err(Code::INTERNAL) };
        let id = sub.to_string();
        if !profile.bound_subs.contains(&id) && profile.bound_subs.len() >= MAX_BOUND {
            return Err(Code::BAD_REQUEST);
        }
        profile.bound_subs.insert(id);
        Ok(None)
    }

    /// Unbinds a sub-device, which goes offline by that. One that was not bound is none afterwards either.
    pub(super) fn unbind_sub(&mut self, uplink: &Uplink<'_>, device: &Device) -> Result<Option<Data>, Code> {
        let id = read(device)?.to_string();
        if self.has_online_sub(&uplink.speaker.id, &id) {
            self.release_sub(&id);
        }
        let profile = self.devices.get_mut(&uplink.speaker.id).and_then(|device| device.profile.as_mut());
        if let Some(profile) = profile {
            profile.bound_subs.remove(&id);
        }
        Ok(None)
    }

    /// The sub-devices that are bound to a gateway.
    pub(super) fn bound_subs_of(&self, gateway_id: &str) -> Data {
        let profile = self.devices.get(gateway_id).and_then(|device| device.profile.as_ref());
        let subs = profile.into_iter().flat_map(|profile| profile.bound_subs());
        let devices = subs
            .filter_map(|id| id.split_once('/'))
            .map(|(product, name)| Device { product: product.to_owned(), name: name.to_owned() });
        Data::Devices(devices.collect())
    }

    fn check_sub_token(&self, sub: &sys::Device, token: &SubToken, uplink: &Uplink<'_>) -> Result<(), Code> {
        let token = Token::parse(&token.0).map_err(|_| Code(1103))?.token;
        if Resource::device(sub.product.as_str(), sub.name.as_str()).as_ref() != Ok(&token.claims.res) {
            return Err(Code(1114));
        }
        if token.expired(self.clock.unix_seconds(uplink.now)).is_some() {
            return Err(Code(1104));
        }
        match self.devices.get(&sub.to_string()).and_then(|device| device.profile.as_ref()?.key.as_ref()) {
            Some(key) if !token.verify(key) => Err(Code(1106)),
            Some(_) => Ok(()),
            None if self.devices.is_closed() => Err(Code(1107)),
            None => Ok(()),
        }
    }
}

fn read(device: &Device) -> Result<sys::Device, Code> {
    match (ProductId::parse(&device.product), DeviceName::parse(&device.name)) {
        (Ok(product), Ok(name)) => Ok(sys::Device { product, name }),
        (Err(_), _) | (_, Err(_)) => Err(Code::DEVICE),
    }
}
