//! The seven payload types and their numbers.

/// How the data points of a payload are written (reference §1.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PayloadType {
    /// Type 1, `kTypeFullJson`: data streams with their data points, each with or without a time.
    FullJson,
    /// Type 2, `kTypeBin`: one data point of bytes, such as a picture.
    Binary,
    /// Type 3, `kTypeSimpleJsonWithoutTime`: one value a data stream.
    SimpleJson,
    /// Type 4, `kTypeSimpleJsonWithTime`: values by data stream and time.
    TimedSimpleJson,
    /// Type 5, `kTypeString`: text with separators of its own choice.
    Text,
    /// Type 6, `kTypeStringWithTime`: the same text, behind a time for fields that have none.
    TimedText,
    /// Type 7, `kTypeFloat`: single-precision floats of numbered data streams, all at one time.
    Floats,
}

/// Every payload type that [`Payload`](super::Payload) reads and writes, in the order of their numbers.
pub const READABLE_TYPES: [PayloadType; 7] = [
    PayloadType::FullJson,
    PayloadType::Binary,
    PayloadType::SimpleJson,
    PayloadType::TimedSimpleJson,
    PayloadType::Text,
    PayloadType::TimedText,
    PayloadType::Floats,
];

impl PayloadType {
    /// Bits 5–0 of the first byte.
    pub fn number(self) -> u8 {
        match self {
            Self::FullJson => 1,
            Self::Binary => 2,
            Self::SimpleJson => 3,
            Self::TimedSimpleJson => 4,
            Self::Text => 5,
            Self::TimedText => 6,
            Self::Floats => 7,
        }
    }

    /// Whether it is one text behind its length, such as
    /// [`Payload::parse_body`](super::Payload::parse_body) takes.
    pub fn has_body(self) -> bool {
        match self {
            Self::FullJson | Self::SimpleJson | Self::TimedSimpleJson | Self::Text | Self::TimedText => true,
            Self::Binary | Self::Floats => false,
        }
    }

    pub(super) fn from_number(number: u8) -> Option<Self> {
        READABLE_TYPES.into_iter().find(|payload_type| payload_type.number() == number)
    }
}
