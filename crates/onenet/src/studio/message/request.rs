//! Requests, by what they ask for.

use super::super::function::Function;
use super::super::identifier::Identifier;
use super::super::message_id::MessageId;
use super::super::topic::Topic;
use super::part::{Batch, DesiredVersion, Device, Named, Point, Series, SubToken};
use crate::data_point::Value;

/// Somebody wants something: `{"id":"123","version":"1.0","params":…}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What the reply repeats.
    pub id: MessageId,
    /// The version of the thing model; without, `1.0` is meant.
    pub version: Option<String>,
    /// What is asked for.
    pub params: Params,
}

impl Request {
    /// A request of version 1.0, which is the only one.
    pub fn new(id: MessageId, params: Params) -> Self {
        Self { id, version: Some("1.0".to_owned()), params }
    }

    /// Where it goes.
    pub fn topic(&self) -> Topic {
        Topic::Request(self.params.function())
    }
}

/// The `params` of a request: one variant for each topic whose payload is JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Params {
    /// `{"temperature":{"value":30.5,"time":1524448722123}}`
    PropertyPost(Vec<Point>),
    /// `{"temperature":30.5}`: values without anything around them.
    PropertySet(Vec<Named>),
    /// `["temperature","humidity"]`
    PropertyGet(Vec<Identifier>),
    /// `["power","temperature"]`
    DesiredGet(Vec<Identifier>),
    /// `{"power":{"version":1},"temperature":{}}`
    DesiredDelete(Vec<DesiredVersion>),
    /// `{"alarm":{"value":{"level":2},"time":1524448722123}}`
    EventPost(Vec<Point>),
    /// `{"delay":5}`: the input parameters.
    Service {
        /// The service; stands in the topic alone.
        identifier: Identifier,
        /// Its input parameters.
        input: Vec<Named>,
    },
    /// `[{"identity":{"productID":…,"deviceName":…},"properties":{…},"events":{…}}]`
    PackPost(Vec<Batch<Point>>),
    /// The same with an array for each property and event.
    HistoryPost(Vec<Batch<Series>>),
    /// `{"deviceName":…,"productID":…}`
    SubLogin(Device),
    /// `{"deviceName":…,"productID":…}`
    SubLogout(Device),
    /// `{"deviceName":…,"productID":…,"sasToken":…}`
    TopoAdd(Device, SubToken),
    /// `{"deviceName":…,"productID":…,"sasToken":…}`
    TopoDelete(Device, SubToken),
    /// No `params` at all.
    TopoGet,
    /// `{"subList":[{"deviceName":…,"productID":…}]}`: all of them, not only what changed.
    TopoChange(Vec<Device>),
    /// `{"deviceName":…,"productID":…,"params":["temperature"]}`
    SubPropertyGet {
        /// Whose properties.
        device: Device,
        /// Which ones.
        names: Vec<Identifier>,
    },
    /// `{"deviceName":…,"productID":…,"params":{"temperature":30.5}}`
    SubPropertySet {
        /// Whose properties.
        device: Device,
        /// Their new values.
        values: Vec<Named>,
    },
    /// `{"deviceName":…,"productID":…,"identifier":…,"input":{…}}`
    SubService {
        /// Whose service.
        device: Device,
        /// The service.
        identifier: Identifier,
        /// Its input parameters.
        input: Vec<Named>,
    },
    /// What an announced upgrade says is not documented: kept as it is, if anything is there.
    OtaInform(Option<Value>),
}

impl Params {
    /// What the request asks for, which decides on its topic.
    pub fn function(&self) -> Function {
        match self {
            Self::PropertyPost(_) => Function::PropertyPost,
            Self::PropertySet(_) => Function::PropertySet,
            Self::PropertyGet(_) => Function::PropertyGet,
            Self::DesiredGet(_) => Function::DesiredGet,
            Self::DesiredDelete(_) => Function::DesiredDelete,
            Self::EventPost(_) => Function::EventPost,
            Self::Service { identifier, .. } => Function::Service(identifier.clone()),
            Self::PackPost(_) => Function::PackPost,
            Self::HistoryPost(_) => Function::HistoryPost,
            Self::SubLogin(_) => Function::SubLogin,
            Self::SubLogout(_) => Function::SubLogout,
            Self::TopoAdd(..) => Function::TopoAdd,
            Self::TopoDelete(..) => Function::TopoDelete,
            Self::TopoGet => Function::TopoGet,
            Self::TopoChange(_) => Function::TopoChange,
            Self::SubPropertyGet { .. } => Function::SubPropertyGet,
            Self::SubPropertySet { .. } => Function::SubPropertySet,
            Self::SubService { .. } => Function::SubService,
            Self::OtaInform(_) => Function::OtaInform,
        }
    }
}
