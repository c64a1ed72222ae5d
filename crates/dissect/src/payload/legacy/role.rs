//! What the members of a JSON text mean in a payload of `$dp`, by where they stand.

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
    /// Anything else.
    Other,
}

/// What a member of an object means.
pub(crate) struct Meaning {
    /// Of the member as a whole.
    pub(crate) member: Field,
    /// Of its name.
    pub(crate) name: Field,
    /// Of its value, where that is more than JSON.
    pub(crate) value: Option<Field>,
    /// Of what is in the value.
    pub(crate) role: Role,
}

impl Role {
    /// What the member means whose name, quotes included, is `name`.
    pub(crate) fn member(self, name: &[u8]) -> Meaning {
        let plain = |member, role| Meaning { member, name: Field::JsonName, value: None, role };
        match (self, name) {
            (Self::Full, b"\"datastreams\"") => plain(Field::DataStreams, Self::Streams),
            (Self::Stream, b"\"id\"") => plain(Field::StreamId, Self::Other),
            (Self::Stream, b"\"datapoints\"") => plain(Field::DataPoints, Self::Points),
            (Self::Point | Self::Header, b"\"at\"") => plain(Field::At, Self::Other),
            (Self::Point, b"\"value\"") => plain(Field::PointValue, Self::Other),
            (Self::Header, b"\"ds_id\"") => plain(Field::StreamId, Self::Other),
            (Self::Header, b"\"desc\"") => plain(Field::Description, Self::Other),
            (Self::Simple, _) => Self::point(Field::StreamId),
            (Self::Times, _) => Self::point(Field::At),
            (Self::TimedSimple, _) => {
                Meaning { member: Field::DataStream, name: Field::StreamId, value: None, role: Self::Times }
            }
            (
                Self::Full
                | Self::Streams
                | Self::Stream
                | Self::Points
                | Self::Point
                | Self::Header
                | Self::Other,
                _,
            ) => plain(Field::JsonMember, Self::Other),
        }
    }

    /// What an element of a list means, where that is more than JSON, and what is in it.
    pub(crate) fn element(self) -> (Option<Field>, Self) {
        match self {
            Self::Streams => (Some(Field::DataStream), Self::Stream),
            Self::Points => (Some(Field::DataPoint), Self::Point),
            Self::Full
            | Self::Stream
            | Self::Point
            | Self::Header
            | Self::Simple
            | Self::TimedSimple
            | Self::Times
            | Self::Other => (None, Self::Other),
        }
    }

    /// A member that is a data point, called after its name.
    fn point(name: Field) -> Meaning {
        Meaning { member: Field::DataPoint, name, value: Some(Field::PointValue), role: Self::Other }
    }
}
