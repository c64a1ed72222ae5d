//! What is kept of a device of a platform with tokens besides its data points.

use std::collections::{BTreeMap, BTreeSet};

use onenet::studio::Identifier;
use onenet::token::Key;
use onenet::{Timestamp, Value, sys};

/// What the platform keeps of a device of the suite or the studio.
#[derive(Debug)]
pub struct Profile {
    /// Which platform it is of.
    pub(crate) platform: sys::Platform,
    /// Product and name.
    pub(crate) device: sys::Device,
    /// What its tokens are signed with, where that is known: a secret.
    pub(crate) key: Option<Key>,
    /// The filters that it is subscribed to, in the order they were granted. Ends with the connection.
    pub(crate) filters: Vec<String>,
    /// The id of the gateway by which it is online.
    pub(crate) gateway: Option<String>,
    /// The ids of the sub-devices that are online by it.
    pub(crate) online_subs: BTreeSet<String>,
    /// The ids of the sub-devices that are bound to it (拓扑关系).
    pub(crate) bound_subs: BTreeSet<String>,
    /// 设备镜像, on the suite.
    pub(crate) image: Image,
    /// 期望值, on the studio.
    pub(crate) desired: BTreeMap<Identifier, DesiredValue>,
}

impl Profile {
    pub(crate) fn new(platform: sys::Platform, device: sys::Device) -> Self {
        Self {
            platform,
            device,
            key: None,
            filters: Vec::new(),
            gateway: None,
            online_subs: BTreeSet::new(),
            bound_subs: BTreeSet::new(),
            image: Image::default(),
            desired: BTreeMap::new(),
        }
    }

    /// Which platform the device is of.
    pub fn platform(&self) -> sys::Platform {
        self.platform
    }

    /// 产品 ID and 设备名称.
    pub fn device(&self) -> &sys::Device {
        &self.device
    }

    /// Whether its key is known, so that signatures can be checked.
    pub fn has_key(&self) -> bool {
        self.key.is_some()
    }

    /// The filters that it is subscribed to, in the order they were granted.
    pub fn filters(&self) -> impl ExactSizeIterator<Item = &str> {
        self.filters.iter().map(String::as_str)
    }

    /// The id of the gateway by which it is online, where it is a sub-device (子设备).
    pub fn gateway(&self) -> Option<&str> {
        self.gateway.as_deref()
    }

    /// The ids of the sub-devices that are online by it.
    pub fn online_subs(&self) -> impl Iterator<Item = &str> {
        self.online_subs.iter().map(String::as_str)
    }

    /// The ids of the sub-devices that are bound to it (拓扑关系, reference §3.2).
    pub fn bound_subs(&self) -> impl Iterator<Item = &str> {
        self.bound_subs.iter().map(String::as_str)
    }

    /// 设备镜像, on the suite; `None` before its first update (reference §2.4).
    pub fn image(&self) -> Option<&Image> {
        (self.image.version > 0).then_some(&self.image)
    }

    /// 期望值 of its properties, on the studio, by name (reference §3.2).
    pub fn desired(&self) -> impl ExactSizeIterator<Item = (&Identifier, &DesiredValue)> {
        self.desired.iter()
    }
}

/// A value that the platform wants a property to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesiredValue {
    /// The value as it was written.
    pub value: Value,
    /// Counts from 1 how often it was set since it was last cleared.
    pub version: u64,
    /// When it was set last.
    pub at: Timestamp,
}

/// 设备镜像: what is desired of a device, and what it has reported (reference §2.4).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Image {
    /// What it should be, by name.
    pub desired: BTreeMap<String, ImageValue>,
    /// What it said it is, by name.
    pub reported: BTreeMap<String, ImageValue>,
    /// How often it was updated.
    pub version: i64,
    /// When it was updated last, in Unix seconds.
    pub at: i64,
}

/// A value in a device image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageValue {
    /// The value as it was written.
    pub value: Value,
    /// When it was set, in Unix seconds.
    pub at: i64,
}
