//! The three lists of a thing model.

use super::super::identifier::Identifier;
use super::data_type::DataType;

/// What the devices of a product have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ThingModel {
    /// The product ID that its file names.
    pub product: Option<String>,
    /// State that is reported and perhaps set (属性).
    pub properties: Vec<Property>,
    /// What is reported when it happens (事件).
    pub events: Vec<Event>,
    /// What can be called (服务).
    pub services: Vec<Service>,
}

impl ThingModel {
    /// The property of that name.
    pub fn property(&self, identifier: &Identifier) -> Option<&Property> {
        self.properties.iter().find(|property| property.identifier == *identifier)
    }

    /// The event of that name.
    pub fn event(&self, identifier: &Identifier) -> Option<&Event> {
        self.events.iter().find(|event| event.identifier == *identifier)
    }

    /// The service of that name.
    pub fn service(&self, identifier: &Identifier) -> Option<&Service> {
        self.services.iter().find(|service| service.identifier == *identifier)
    }
}

/// State of a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// Its name in messages.
    pub identifier: Identifier,
    /// Its name for people.
    pub name: String,
    /// What else is said about it; often nothing.
    pub desc: String,
    /// Who defined it.
    pub origin: Origin,
    /// Whether the platform may set it.
    pub access: Access,
    /// What its values are.
    pub data_type: DataType,
}

/// Something that a device reports when it happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its name in messages.
    pub identifier: Identifier,
    /// Its name for people.
    pub name: String,
    /// What else is said about it; often nothing.
    pub desc: String,
    /// Who defined it.
    pub origin: Origin,
    /// How bad it is.
    pub event_type: EventType,
    /// The members of its value.
    pub output: Vec<Parameter>,
}

/// Something that the platform can call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its name in topics.
    pub identifier: Identifier,
    /// Its name for people.
    pub name: String,
    /// What else is said about it; often nothing.
    pub desc: String,
    /// Who defined it.
    pub origin: Origin,
    /// Whether the caller waits.
    pub call_type: CallType,
    /// What it is called with.
    pub input: Vec<Parameter>,
    /// What it answers.
    pub output: Vec<Parameter>,
}

/// A named value inside an event, a service or a struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name in messages.
    pub identifier: Identifier,
    /// Its name for people.
    pub name: String,
    /// What its values are.
    pub data_type: DataType,
}

/// Who defined something: `functionType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// `u`: whoever made the product (自定义功能点).
    Custom,
    /// `s`: the platform, such as `$OneNET_LBS` (系统功能点).
    System,
    /// `st`: the standard of its kind of product (标准功能点).
    Standard,
}

/// Who may change a property: `accessMode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// `r`: only the device (只读).
    Read,
    /// `rw`: the platform, too (读写).
    ReadWrite,
}

/// How bad an event is: `eventType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventType {
    /// `info` (信息).
    Info,
    /// `alert` (告警).
    Alert,
    /// `error` (故障).
    Error,
}

/// Whether the caller of a service waits for its answer: `callType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallType {
    /// `s`: for five seconds (同步).
    Sync,
    /// `a`: not at all (异步).
    Async,
}
