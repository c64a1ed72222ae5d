//! What the members of a JSON text mean in a message of the studio, by where they stand.

use super::super::role::{self, Meaning};
use crate::field::Field;

/// What a JSON value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// `{"id":"123","version":"1.0","params":…}`
    Request(Part),
    /// `{"id":"123","code":200,"msg":"success","data":…}`
    Reply(Part),
    /// What stands in one of the two.
    Part(Part),
}

/// What stands in the `params` of a request or the `data` of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// `{"temperature":{"value":30.5,"time":1524448722123}}`
    Properties,
    /// The same with a list for each property.
    PropertyHistory,
    /// `[{"value":30.5,"time":1524448722123}]`
    Moments,
    /// `{"value":30.5,"time":1524448722123}`
    Moment,
    /// `{"alarm":{"value":{"level":2},"time":1524448722123}}`
    Events,
    /// The same with a list for each event.
    EventHistory,
    /// `[{"value":{"level":2},"time":1524448722123}]`
    Happenings,
    /// `{"value":{"level":2},"time":1524448722123}`
    Happening,
    /// `{"temperature":30.5}`: properties.
    Values,
    /// `{"delay":5}`: parameters of a service or an event.
    Parameters,
    /// `["temperature"]`
    Names,
    /// `{"power":{"value":"on","version":2}}`
    Desired,
    /// `{"value":"on","version":2}`
    DesiredState,
    /// `[{"identity":{…},"properties":{…},"events":{…}}]`
    Batches {
        /// With a list for each property and event.
        history: bool,
    },
    /// `{"identity":{…},"properties":{…},"events":{…}}`
    Batch {
        /// With a list for each property and event.
        history: bool,
    },
    /// `{"deviceName":…,"productID":…,"sasToken":…}`
    Device,
    /// `[{"deviceName":…,"productID":…}]`
    Devices,
    /// `{"subList":[…]}`
    Change,
    /// `{"deviceName":…,"productID":…,"params":["temperature"]}`
    SubNames,
    /// `{"deviceName":…,"productID":…,"params":{"temperature":30.5}}`
    SubValues,
    /// `{"deviceName":…,"productID":…,"identifier":…,"input":{…}}`, or with `output`.
    SubService,
    /// What no document lays out.
    Anything,
}

impl Role {
    /// What the member means whose name, without its quotes, is `name`.
    pub(in crate::payload) fn member(self, name: &[u8]) -> Meaning {
        match (self, name) {
            (Self::Request(_) | Self::Reply(_), b"id") => Meaning::plain(Field::StudioMessageId),
            (Self::Request(_), b"version") => Meaning::plain(Field::ModelVersion),
            (Self::Request(part), b"params") => Meaning::fixed(Field::Params, part.into()),
            (Self::Reply(_), b"code") => Meaning::plain(Field::ReplyCode),
            (Self::Reply(_), b"msg") => Meaning::plain(Field::ReplyText),
            (Self::Reply(part), b"data") => Meaning::fixed(Field::ReplyData, part.into()),
            (Self::Request(_) | Self::Reply(_), _) => Meaning::plain(Field::JsonMember),
            (Self::Part(part), name) => part.member(name),
        }
    }

    /// What an element of a list means, where that is more than JSON, and what is in it.
    pub(in crate::payload) fn element(self) -> (Option<Field>, role::Role) {
        let Self::Part(part) = self else { return (None, role::Role::Any) };
        match part {
            Part::Names => (Some(Field::Identifier), role::Role::Any),
            Part::Moments => (Some(Field::Moment), Part::Moment.into()),
            Part::Happenings => (Some(Field::Moment), Part::Happening.into()),
            Part::Batches { history } => (Some(Field::Batch), Part::Batch { history }.into()),
            Part::Devices => (Some(Field::SubDevice), Part::Device.into()),
            Part::Properties
            | Part::PropertyHistory
            | Part::Moment
            | Part::Events
            | Part::EventHistory
            | Part::Happening
            | Part::Values
            | Part::Parameters
            | Part::Desired
            | Part::DesiredState
            | Part::Batch { .. }
            | Part::Device
            | Part::Change
            | Part::SubNames
            | Part::SubValues
            | Part::SubService
            | Part::Anything => (None, role::Role::Any),
        }
    }
}

impl Part {
    fn member(self, name: &[u8]) -> Meaning {
        let each = |member, part: Self| Meaning::called(Field::Identifier, member, part.into());
        let bare = |member| each(member, Self::Anything).with_value(Field::ModelValue);
        let is_history = self == Self::Batch { history: true };
        let properties = if is_history { Self::PropertyHistory } else { Self::Properties };
        let events = if is_history { Self::EventHistory } else { Self::Events };
        match (self, name) {
            (Self::Properties, _) => each(Field::Property, Self::Moment),
            (Self::PropertyHistory, _) => each(Field::Property, Self::Moments),
            (Self::Events, _) => each(Field::Event, Self::Happening),
            (Self::EventHistory, _) => each(Field::Event, Self::Happenings),
            (Self::Values, _) => bare(Field::Property),
            (Self::Parameters, _) => bare(Field::Parameter),
            (Self::Desired, _) => each(Field::DesiredValue, Self::DesiredState),
            (Self::Moment | Self::DesiredState, b"value") => Meaning::plain(Field::ModelValue),
            (Self::Happening, b"value") => Meaning::fixed(Field::ModelValue, Self::Parameters.into()),
            (Self::Moment | Self::Happening, b"time") => Meaning::plain(Field::UnixMillis),
            (Self::DesiredState, b"version") => Meaning::plain(Field::DesiredVersion),
            (Self::Batch { .. }, b"identity") => Meaning::fixed(Field::Identity, Self::Device.into()),
            (Self::Batch { .. }, b"properties") => Meaning::fixed(Field::Properties, properties.into()),
            (Self::Batch { .. }, b"events") => Meaning::fixed(Field::Events, events.into()),
            (Self::Device, b"sasToken") => Meaning::plain(Field::SubToken).with_value(Field::SubToken),
            (Self::Change, b"subList") => Meaning::fixed(Field::SubDevices, Self::Devices.into()),
            (Self::SubNames, b"params") => Meaning::fixed(Field::Params, Self::Names.into()),
            (Self::SubValues, b"params") => Meaning::fixed(Field::Params, Self::Values.into()),
            (Self::SubService, b"identifier") => Meaning::plain(Field::ServiceIdentifier),
            (Self::SubService, b"input") => Meaning::fixed(Field::ServiceInput, Self::Parameters.into()),
            (Self::SubService, b"output") => Meaning::fixed(Field::ServiceOutput, Self::Parameters.into()),
            (Self::Device | Self::SubNames | Self::SubValues | Self::SubService, b"productID") => {
                Meaning::plain(Field::ProductId)
            }
            (Self::Device | Self::SubNames | Self::SubValues | Self::SubService, b"deviceName") => {
                Meaning::plain(Field::DeviceName)
            }
            (
                Self::Moments
                | Self::Moment
                | Self::Happenings
                | Self::Happening
                | Self::Names
                | Self::DesiredState
                | Self::Batches { .. }
                | Self::Batch { .. }
                | Self::Device
                | Self::Devices
                | Self::Change
                | Self::SubNames
                | Self::SubValues
                | Self::SubService
                | Self::Anything,
                _,
            ) => Meaning::plain(Field::JsonMember),
        }
    }
}

impl From<Role> for role::Role {
    fn from(role: Role) -> Self {
        Self::Studio(role)
    }
}

impl From<Part> for role::Role {
    fn from(part: Part) -> Self {
        Role::Part(part).into()
    }
}
