//! Replies: how a request went, and what it was to bring.

use super::super::code::Code;
use super::super::identifier::Identifier;
use super::super::message_id::MessageId;
use super::part::{Desired, Device, Named};
use crate::data_point::Value;

/// The answer to a request: `{"id":"123","code":200,"msg":"success","data":…}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// That of the request.
    pub id: MessageId,
    /// How it went.
    pub code: Code,
    /// Free text about it.
    pub msg: Option<String>,
    /// What was asked for, where the topic's replies have such.
    pub data: Option<Data>,
}

impl Reply {
    /// A request was carried out: code 200, `success`.
    pub fn success(id: MessageId) -> Self {
        Self::failure(id, Code::SUCCESS)
    }

    /// A request was refused: `code` with the platform's text for it.
    pub fn failure(id: MessageId, code: Code) -> Self {
        Self { id, code, msg: code.text().map(str::to_owned), data: None }
    }

    /// The same with what was asked for.
    #[must_use]
    pub fn with(self, data: Data) -> Self {
        Self { data: Some(data), ..self }
    }
}

/// The `data` of a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Data {
    /// `{"temperature":39.5}`: properties, or the output parameters of a service.
    Values(Vec<Named>),
    /// `{"power":{"value":"on","version":2}}`; properties without a desired value are not there.
    Desired(Vec<Desired>),
    /// `[{"deviceName":…,"productID":…}]`: the sub-devices of a gateway.
    Devices(Vec<Device>),
    /// `{"deviceName":…,"productID":…,"identifier":…,"output":{…}}`: what a sub-device's service returned.
    SubOutput {
        /// Whose service.
        device: Device,
        /// The service.
        identifier: Identifier,
        /// Its output parameters.
        output: Vec<Named>,
    },
    /// Anything in a reply of which nothing is documented but `code` and `msg`.
    Other(Value),
}
