//! What the members of a JSON text mean in a message of the suite, by where they stand.

use super::super::role::{self, Meaning};
use crate::field::Field;

/// What a JSON value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// `{"id":1,"dp":{…}}`
    DataPoints,
    /// `{"stream":[…]}`
    Streams,
    /// `[{"v":…,"t":…}]`
    Points,
    /// `{"v":…,"t":…}`
    Point,
    /// `{"id":1}`, `{"id":1,"err_code":98,"err_msg":"illegal data"}`
    Answer,
    /// `{"state":{…},"metadata":{…},"version":2,"timestamp":1469574492}`
    Image,
    /// `{"desired":{…},"reported":{…}}`, or what differs between the two.
    State,
    /// `{"name":{"timestamp":1469574492}}`
    Metadata,
}

impl Role {
    /// What the member means whose name, without its quotes, is `name`.
    pub(in crate::payload) fn member(self, name: &[u8]) -> Meaning {
        match (self, name) {
            (Self::DataPoints | Self::Answer, b"id") => Meaning::plain(Field::SuiteMessageId),
            (Self::DataPoints, b"dp") => Meaning::fixed(Field::Streams, Self::Streams.into()),
            (Self::Streams, _) => Meaning::called(Field::StreamName, Field::DataStream, Self::Points.into()),
            (Self::Point, b"v") => Meaning::plain(Field::PointValue),
            (Self::Point, b"t") | (Self::Image | Self::Metadata, b"timestamp") => {
                Meaning::plain(Field::UnixSeconds)
            }
            (Self::Answer, b"err_code") => Meaning::plain(Field::ErrorCode),
            (Self::Answer, b"err_msg") => Meaning::plain(Field::ErrorMessage),
            (Self::Image, b"state") => Meaning::fixed(Field::ImageState, Self::State.into()),
            (Self::Image, b"metadata") => Meaning::fixed(Field::ImageMetadata, Self::Metadata.into()),
            (Self::Image, b"version") => Meaning::plain(Field::ImageVersion),
            (Self::State, b"desired") => Meaning::plain(Field::ImageDesired),
            (Self::State, b"reported") => Meaning::plain(Field::ImageReported),
            (Self::Metadata, _) => Meaning::fixed(Field::JsonMember, Self::Metadata.into()),
            (Self::DataPoints | Self::Points | Self::Point | Self::Answer | Self::Image | Self::State, _) => {
                Meaning::plain(Field::JsonMember)
            }
        }
    }

    /// What an element of a list means, where that is more than JSON, and what is in it.
    pub(in crate::payload) fn element(self) -> (Option<Field>, role::Role) {
        match self {
            Self::Points => (Some(Field::DataPoint), Self::Point.into()),
            Self::DataPoints
            | Self::Streams
            | Self::Point
            | Self::Answer
            | Self::Image
            | Self::State
            | Self::Metadata => (None, role::Role::Any),
        }
    }
}

impl From<Role> for role::Role {
    fn from(role: Role) -> Self {
        Self::Suite(role)
    }
}
