//! What the members of a JSON text mean in a payload of `$dp`, by where they stand.

use super::super::role::{self, Meaning};
use crate::field::Field;

/// What a JSON value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The body of type 1: `{"datastreams":[…]}`.
    Full,
    /// Its list of data streams.
    Streams,
    /// One of them: `{"id":…,"datapoints":[…]}`.
    Stream,
    /// A list of data points.
    Points,
    /// One of them: `{"at":…,"value":…}`.
    Point,
    /// The header of type 2: `{"ds_id":…,"at":…,"desc":…}`.
    Header,
    /// The body of type 3: `{"stream":value}`.
    Simple,
    /// The body of type 4: `{"stream":{"time":value}}`.
    TimedSimple,
    /// The values of one data stream of type 4.
    Times,
}

impl Role {
    /// What the member means whose name, without its quotes, is `name`.
    pub(in crate::payload) fn member(self, name: &[u8]) -> Meaning {
        match (self, name) {
            (Self::Full, b"datastreams") => Meaning::fixed(Field::DataStreams, Self::Streams.into()),
            (Self::Stream, b"id") => Meaning::plain(Field::StreamId),
            (Self::Stream, b"datapoints") => Meaning::fixed(Field::DataPoints, Self::Points.into()),
            (Self::Point | Self::Header, b"at") => Meaning::plain(Field::At),
            (Self::Point, b"value") => Meaning::plain(Field::PointValue),
            (Self::Header, b"ds_id") => Meaning::plain(Field::StreamId),
            (Self::Header, b"desc") => Meaning::plain(Field::Description),
            (Self::Simple, _) => Self::point(Field::StreamId),
            (Self::Times, _) => Self::point(Field::At),
            (Self::TimedSimple, _) => Meaning::called(Field::StreamId, Field::DataStream, Self::Times.into()),
            (Self::Full | Self::Streams | Self::Stream | Self::Points | Self::Point | Self::Header, _) => {
                Meaning::plain(Field::JsonMember)
            }
        }
    }

    /// What an element of a list means, where that is more than JSON, and what is in it.
    pub(in crate::payload) fn element(self) -> (Option<Field>, role::Role) {
        match self {
            Self::Streams => (Some(Field::DataStream), Self::Stream.into()),
            Self::Points => (Some(Field::DataPoint), Self::Point.into()),
            Self::Full
            | Self::Stream
            | Self::Point
            | Self::Header
            | Self::Simple
            | Self::TimedSimple
            | Self::Times => (None, role::Role::Any),
        }
    }

    /// A member that is a data point, called after its name.
    fn point(name: Field) -> Meaning {
        Meaning::called(name, Field::DataPoint, role::Role::Any).with_value(Field::PointValue)
    }
}

impl From<Role> for role::Role {
    fn from(role: Role) -> Self {
        Self::Legacy(role)
    }
}
