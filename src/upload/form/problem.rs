//! What can be wrong with what is typed, and at which field.

use onenet::ValueError;
use onenet::legacy::{BinaryError, DecodeError, DelimitersError, FieldPart};
use onenet::studio::{DecodeProblem, Fault, IdentifierError, MessageIdError};
use onenet::suite::{self, StreamNameError};
use onenet::sys;
use session::TopicProblem;

use crate::upload::WrongName;
use crate::upload::encoding::EncodingProblem;

/// A field of the form. Rows are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadField {
    /// The data stream of a row.
    Stream(usize),
    /// The value of a row.
    Value(usize),
    /// The time of a row.
    At(usize),
    /// The separator inside a row of a delimited text.
    Inside,
    /// The separator between its rows.
    Between,
    /// The time in front of types 6 and 7.
    Time,
    /// The number of a run of floats.
    Number(usize),
    /// The floats of a run.
    Floats(usize),
    /// The data stream of a binary.
    BinaryStream,
    /// The time of a binary.
    BinaryAt,
    /// The description of a binary.
    Description,
    /// The binary itself.
    File,
    /// The body, byte for byte.
    Body,
    /// The topic name.
    Topic,
    /// The text of a message.
    Text,
    /// The names of the device, which are typed to log in.
    Device,
    /// The id that ties a message to its reply.
    Id,
    /// The id of a command.
    CommandId,
    /// Desired state of a device image.
    Desired,
    /// Reported state of a device image.
    Reported,
    /// A property, by its place in the thing model.
    Property(usize),
    /// A member of an event, by its place in the thing model.
    Parameter(usize),
    /// The identifier of an event.
    Event,
    /// The value of an event.
    EventValue,
    /// A list of identifiers.
    Names,
    /// The params of a pack or a history.
    Params,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UploadProblem {
    /// Nothing typed where something is needed.
    Empty,
    /// Not a time that OneNET writes (reference §1.6).
    Time,
    /// A time outside the years 2000 to 2255, which six bytes cannot say.
    ShortTime,
    /// The same data stream and time as an earlier row.
    Repeated,
    /// The same data stream as an earlier row.
    RepeatedStream,
    /// Not exactly one character.
    OneCharacter,
    /// Longer than its two-byte length can say.
    TooLong {
        /// The body's length in bytes.
        length: usize,
    },
    /// The two separators cannot be used.
    Separators(DelimitersError),
    /// A part of a row holds a separator.
    HoldsSeparator {
        /// The part that holds it.
        part: FieldPart,
        /// The separator.
        found: char,
    },
    /// Not a whole number from 0 to 65535.
    Number,
    /// Not a number.
    Float {
        /// What is there.
        found: String,
    },
    /// More floats than a message may have.
    TooManyFloats {
        /// How many there are.
        count: usize,
    },
    /// Header or binary cannot be sent.
    Binary(BinaryError),
    /// The body is none that the platform takes. Offsets count from its beginning.
    Body(DecodeError),
    /// The topic cannot be published to.
    Topic(TopicProblem),
    /// The text is not what it is said to be.
    Encoding(EncodingProblem),
    /// A name of the device cannot stand in a topic.
    Name(WrongName),
    /// Not a whole number from 0 to 2147483647, as the suite wants it (reference §2.4): it rejects any other with 98.
    SuiteId,
    /// Not 1 to 13 digits, as the studio wants it (reference §3.3).
    StudioId(MessageIdError),
    /// No level of a topic.
    SysTopic(sys::TopicError),
    /// A name that no data stream of the suite may have.
    StreamName(StreamNameError),
    /// The suite rejects it, with this code where it has one for it.
    Suite(suite::Problem, Option<suite::Code>),
    /// Neither desired nor reported state.
    NoState,
    /// A name that no thing model can have.
    Identifier(IdentifierError),
    /// No value of its type.
    Fault(Fault),
    /// Not what the topic wants, at this line and column, both counted from 1.
    Params((usize, usize), DecodeProblem),
}

impl UploadProblem {
    /// A part of a message of a thing model that is not JSON, and neither is the message then.
    pub fn params(error: ValueError) -> Self {
        Self::Params((error.line, error.column), error.into())
    }
}
