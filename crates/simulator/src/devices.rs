//! Every device there is, and who may log in as one of them.

use std::collections::BTreeMap;

use onenet::credentials::is_decimal;
use onenet::rules::{Finding, RuleId};
use onenet::{DataPoint, Timestamp, sys};

use crate::delivery::Deliveries;
use crate::device::{Device, Origin};
use crate::limits::Limits;
use crate::login::Login;
use crate::options::KnownDevice;
use crate::receipt::Receipts;
use crate::registration::{CreateDeviceError, MAX_ID_LENGTH, MAX_REGISTRATION, NewDevice};
use crate::store::Point;
use crate::sys::{Profile, RegisterError, SysDevice};

/// Every device there is, by id.
#[derive(Debug)]
pub(crate) struct Devices {
    by_id: BTreeMap<String, Device>,
    /// Whether only registered devices may log in.
    closed: bool,
    limit: usize,
    /// The last id that a created device got.
    last_id: u64,
    logins: u64,
    evicted: u64,
    /// Bytes of all data points.
    stored: usize,
    /// Bytes of the messages at QoS 2 that devices with a session left unreleased.
    suspended: usize,
}

/// Every device that could be forgotten is online.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Full;

impl Devices {
    /// Starts with the known devices, offline. Where there are any, or others will be registered at once, no device
    /// can log in that is neither known nor created nor registered.
    pub(crate) fn new(known: Vec<KnownDevice>, others_known: bool, limit: usize) -> Self {
        let closed = others_known || !known.is_empty();
        let mut by_id = BTreeMap::new();
        for known in known {
            let device = Device::new(&known.device_id, &known.product_id, Origin::Known(known.clone()));
            by_id.insert(known.device_id, device);
        }
        Self { by_id, closed, limit, last_id: 0, logins: 0, evicted: 0, stored: 0, suspended: 0 }
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Device> {
        self.by_id.get(id)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Device> {
        self.by_id.get_mut(id)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Device> {
        self.by_id.values()
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Device> {
        self.by_id.values_mut()
    }

    /// Whether only registered devices may log in.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }

    pub(crate) fn has_product(&self, product_id: &str) -> bool {
        self.iter().any(|device| device.product_id == product_id)
    }

    pub(crate) fn evicted(&self) -> u64 {
        self.evicted
    }

    /// Whether a device may log in (reference §1.3); otherwise the rule that it breaks. A registered device
    /// has the form of its registration, whatever the platform demands of others.
    pub(crate) fn judge(&self, login: &Login) -> Result<(), Finding> {
        let broken = |rule| Err(login.finding.clone().unwrap_or(Finding::new(rule)));
        if let Some(device) = self.get(&login.device_id).filter(|device| device.is_registered()) {
            if device.profile.is_some() {
                return broken(RuleId::LoginMatches);
            }
            let may = |auth_info: &str| auth_info == login.auth_info;
            let auth_matches = device.auth_info().map_or(!login.auth_info.is_empty(), may);
            if device.product_id == login.product_id && auth_matches {
                return Ok(());
            }
            return broken(RuleId::LoginMatches);
        }
        if self.closed || login.device_id.len() > MAX_ID_LENGTH {
            return Err(Finding::new(RuleId::DeviceKnown));
        }
        if login.finding.is_some() || login.product_id.len() > MAX_ID_LENGTH {
            return broken(RuleId::LoginMatches);
        }
        Ok(())
    }

    /// The device `id`, remembered from now on if it was not.
    pub(crate) fn remember(&mut self, id: &str, product_id: &str) -> Result<&mut Device, Full> {
        if !self.by_id.contains_key(id) && self.by_id.len() >= self.limit {
            self.evict()?;
        }
        self.logins += 1;
        let device =
            self.by_id.entry(id.to_owned()).or_insert_with(|| Device::new(id, product_id, Origin::LoggedIn));
        device.login = self.logins;
        if device.product_id != product_id {
            // Topics are the product's: nothing of the old one may reach the new one.
            self.suspended -= device.receipts.bytes();
            device.end_session();
            product_id.clone_into(&mut device.product_id);
        }
        Ok(device)
    }

    /// Keeps what a connection of a device left under way. Gives how many messages are of no kind that is kept.
    pub(crate) fn suspend(
        &mut self,
        id: &str,
        deliveries: Deliveries,
        receipts: Receipts,
        limits: &Limits,
    ) -> usize {
        let Some(device) = self.by_id.get_mut(id) else { return 0 };
        self.suspended += receipts.bytes();
        device.suspend(deliveries, receipts, limits)
    }

    /// Takes up the session of a device that has logged in, or begins a new one. Whether there was one, and what
    /// is under way in it.
    pub(crate) fn resume(&mut self, id: &str, clean_session: bool) -> (bool, (Deliveries, Receipts)) {
        let Some(device) = self.by_id.get_mut(id) else { return Default::default() };
        self.suspended -= device.receipts.bytes();
        let present = device.keeps_session && !clean_session;
        if !present {
            device.end_session();
        }
        device.keeps_session = !clean_session;
        (present, (std::mem::take(&mut device.deliveries), std::mem::take(&mut device.receipts)))
    }

    /// Bytes of the messages at QoS 2 that devices with a session left unreleased.
    pub(crate) fn suspended_bytes(&self) -> usize {
        self.suspended
    }

    /// Makes a device with the next id that is free.
    pub(crate) fn create(&mut self, new: NewDevice, at: Timestamp) -> Result<String, CreateDeviceError> {
        if !is_decimal(&new.product_id) || new.product_id.len() > MAX_ID_LENGTH {
            return Err(CreateDeviceError::ProductId(new.product_id));
        }
        if new.bytes() > MAX_REGISTRATION {
            return Err(CreateDeviceError::TooLong { length: new.bytes() });
        }
        if self.by_id.len() >= self.limit {
            return Err(CreateDeviceError::TooMany);
        }
        let uses_it = |device: &Device| {
            device.product_id == new.product_id && device.auth_info() == new.auth_info.as_deref()
        };
        if new.auth_info.is_some() && self.iter().any(uses_it) {
            return Err(CreateDeviceError::AuthInfoUsed);
        }
        let id = loop {
            self.last_id += 1;
            let id = self.last_id.to_string();
            if !self.by_id.contains_key(&id) {
                break id;
            }
        };
        let product_id = new.product_id.clone();
        self.by_id.insert(id.clone(), Device::new(&id, &product_id, Origin::Created { about: new, at }));
        Ok(id)
    }

    /// Registers a device of a platform with tokens, and gives its id.
    pub(crate) fn register(
        &mut self,
        new: SysDevice,
        platform: sys::Platform,
    ) -> Result<String, RegisterError> {
        let id = new.id();
        if !self.by_id.contains_key(&id) && self.by_id.len() >= self.limit {
            self.evict().map_err(|Full| RegisterError::TooMany)?;
        }
        let make = || Device::new(&id, new.device.product.as_str(), Origin::Registered);
        let device = self.by_id.entry(id.clone()).or_insert_with(make);
        device.origin = Origin::Registered;
        let profile = || Box::new(Profile::new(platform, new.device.clone()));
        let profile = device.profile.get_or_insert_with(profile);
        profile.key = Some(new.key);
        Ok(id)
    }

    /// Keeps data points of a device, those without a time as of `arrived_at`, and forgets what they leave no
    /// room for: first its own, then those of whoever holds most.
    pub(crate) fn store(
        &mut self,
        device_id: &str,
        points: &[DataPoint],
        arrived_at: Timestamp,
        limits: &Limits,
    ) {
        let Some(device) = self.by_id.get_mut(device_id) else { return };
        self.stored -= device.store.bytes();
        for point in points {
            let at = point.time().unwrap_or(arrived_at);
            device.store.push(&point.stream, Point { at, value: point.value.clone() }, limits);
        }
        self.stored += device.store.bytes();
        while self.stored > limits.stored_bytes
            && let Some(largest) = self.by_id.values_mut().max_by_key(|device| device.store.bytes())
        {
            let excess = self.stored - limits.stored_bytes;
            self.stored -= largest.store.evict_bytes(excess);
        }
    }

    /// Forgets the offline device whose login is longest ago.
    fn evict(&mut self) -> Result<(), Full> {
        let forgettable = |device: &&Device| !device.online() && !device.is_registered();
        let oldest = self.by_id.values().filter(forgettable).min_by_key(|device| device.login);
        let id = oldest.ok_or(Full)?.id().to_owned();
        if let Some(device) = self.by_id.remove(&id) {
            self.stored -= device.store.bytes();
            self.suspended -= device.receipts.bytes();
        }
        self.evicted += 1;
        Ok(())
    }
}
