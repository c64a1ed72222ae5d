//! What stands in messages: values and their times, devices, batches.

use std::fmt;

use super::super::identifier::Identifier;
use crate::data_point::Value;

/// A value at a time: `{"value":30.5,"time":1524448722123}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The value as it was written. That of an event is an object of its output parameters.
    pub value: Value,
    /// Milliseconds since 1970 in UTC; without, the time of arrival counts.
    pub time: Option<u64>,
}

/// A property or event at a time: `"temperature":{"value":30.5}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Its name in the thing model.
    pub identifier: Identifier,
    /// What it is, and when.
    pub moment: Moment,
}

/// A property or event at several times: `"temperature":[{"value":30.5,"time":1524448722123},…]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Its name in the thing model.
    pub identifier: Identifier,
    /// What it was, in the order of the text.
    pub moments: Vec<Moment>,
}

/// What one device has to say in a message of many: [`Point`]s in a pack, [`Series`] in a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch<T> {
    /// The sub-device that it is about, `None` for the one that sends it.
    pub device: Option<Device>,
    /// Properties.
    pub properties: Vec<T>,
    /// Events.
    pub events: Vec<T>,
}

/// A name with a value, without a time: `"temperature":30.5`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Name of a property or of a parameter of a service.
    pub identifier: Identifier,
    /// The value as it was written.
    pub value: Value,
}

/// A value that the platform wants a property to have: `"power":{"value":"on","version":2}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desired {
    /// The property.
    pub identifier: Identifier,
    /// The value as it was written.
    pub value: Value,
    /// Counts from 1 how often it was set since it was last cleared.
    pub version: Option<u64>,
}

/// Which desired value to clear: `"power":{"version":1}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesiredVersion {
    /// The property.
    pub identifier: Identifier,
    /// With a version, the platform clears only that one and passes over the request otherwise.
    pub version: Option<u64>,
}

/// A sub-device of a gateway.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Device {
    /// `productID` (产品 ID).
    pub product: String,
    /// `deviceName` (设备名称).
    pub name: String,
}

/// The token by which a gateway shows that it may bind a sub-device. `Debug` leaves it out.
#[derive(Clone, PartialEq, Eq)]
pub struct SubToken(
    /// The token, percent-encoded as in a password.
    pub String,
);

impl fmt::Debug for SubToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SubToken(…)")
    }
}
