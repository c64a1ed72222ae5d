//! The devices the platform remembers, online or not.

use std::collections::BTreeMap;

use onenet::StreamId;

use crate::connection::ConnectionId;
use crate::options::KnownDevice;
use crate::store::{Store, Stream};

/// A device: named in the options, or logged in at least once.
#[derive(Debug)]
pub struct Device {
    id: String,
    product_id: String,
    /// Its connection while it is logged in.
    pub(crate) connection: Option<ConnectionId>,
    /// How many logins the platform had seen at its last one.
    login: u64,
    pub(crate) store: Store,
}

impl Device {
    fn new(id: &str, product_id: &str) -> Self {
        let (id, product_id) = (id.to_owned(), product_id.to_owned());
        Self { id, product_id, connection: None, login: 0, store: Store::default() }
    }

    /// 设备 ID (reference §1.2).
    pub fn id(&self) -> &str {
        &self.id
    }

    /// 产品 ID of its last login (reference §1.2).
    pub fn product_id(&self) -> &str {
        &self.product_id
    }

    /// Whether it is logged in now.
    pub fn online(&self) -> bool {
        self.connection.is_some()
    }

    /// Its data streams, by name (reference §1.6).
    pub fn streams(&self) -> impl ExactSizeIterator<Item = (&StreamId, &Stream)> {
        self.store.streams()
    }

    /// The data stream `id`, `None` where it has no data points (reference §1.6).
    pub fn stream(&self, id: &str) -> Option<&Stream> {
        self.store.stream(id)
    }

    /// How many data points it has uploaded: those in its streams and the evicted ones.
    pub fn received(&self) -> u64 {
        self.store.received()
    }

    /// How many of its data points were forgotten, whole streams included.
    pub fn evicted(&self) -> u64 {
        self.store.evicted()
    }
}

/// Every device there is, by id.
#[derive(Debug)]
pub(crate) struct Devices {
    by_id: BTreeMap<String, Device>,
    /// The most devices, where `by_id` is not fixed by the options.
    limit: usize,
    logins: u64,
    evicted: u64,
}

/// Every device that could be forgotten is online.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Full;

impl Devices {
    /// Starts with the known devices, offline. They are never forgotten: where there are any, no other
    /// device can log in.
    pub(crate) fn new(known: &[KnownDevice], limit: usize) -> Self {
        let by_id = known
            .iter()
            .map(|known| (known.device_id.clone(), Device::new(&known.device_id, &known.product_id)))
            .collect();
        Self { by_id, limit, logins: 0, evicted: 0 }
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

    pub(crate) fn evicted(&self) -> u64 {
        self.evicted
    }

    /// The device `id`, remembered from now on if it was not.
    pub(crate) fn remember(&mut self, id: &str, product_id: &str) -> Result<&mut Device, Full> {
        if !self.by_id.contains_key(id) && self.by_id.len() >= self.limit {
            self.evict()?;
        }
        self.logins += 1;
        let device = self.by_id.entry(id.to_owned()).or_insert_with(|| Device::new(id, product_id));
        device.login = self.logins;
        if device.product_id != product_id {
            product_id.clone_into(&mut device.product_id);
        }
        Ok(device)
    }

    /// Forgets the offline device whose login is longest ago.
    fn evict(&mut self) -> Result<(), Full> {
        let oldest = self.by_id.values().filter(|device| !device.online()).min_by_key(|device| device.login);
        let id = oldest.ok_or(Full)?.id.clone();
        self.by_id.remove(&id);
        self.evicted += 1;
        Ok(())
    }
}
