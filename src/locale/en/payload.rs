//! What is wrong with payloads and topics.

use onenet::legacy::{
    DecodeError, DecodeProblem, JsonKind, PayloadPart, ShortTimeError, TimePart, TopicError,
};
use session::TopicProblem;

/// What is wrong with a payload, and where.
pub(super) fn decode_error(error: DecodeError) -> String {
    let problem = match error.problem {
        DecodeProblem::Empty => "The payload is empty; it begins with a type byte".to_owned(),
        DecodeProblem::ReservedBit(byte) => format!("Reserved bit 6 of the type byte {byte:#04x} is set"),
        DecodeProblem::UnknownType(number) => format!("There is no payload type {number}, only 1 to 7"),
        DecodeProblem::ScriptFloat(byte) => format!(
            "Type byte {byte:#04x} means type 23, which is documented nowhere; the script that calls it float is wrong, floats are 0x07 and with a time 0x87"
        ),
        DecodeProblem::NoBody(payload_type) => {
            format!("Payload type {} has no text body", payload_type.number())
        }
        DecodeProblem::Truncated { part, expected, found } => {
            format!("The payload ends inside {}: {expected} bytes needed, {found} there", part_name(part))
        }
        DecodeProblem::Length { announced, found } => {
            format!("The length field says {announced} bytes, but {found} follow")
        }
        DecodeProblem::BinaryLength { announced, found } => {
            format!("The binary's length field says {announced} bytes, but {found} follow")
        }
        DecodeProblem::BinaryTooLong { length, limit } => {
            format!("The binary has {length} bytes, the limit is {limit}")
        }
        DecodeProblem::TooLong { length } => format!("The body has {length} bytes, the limit is 65535"),
        DecodeProblem::NotUtf8 { found } => format!("The byte {found:#04x} is no UTF-8"),
        DecodeProblem::NotJson { line, column, found } => {
            let found = found.map_or_else(|| "the end".to_owned(), |found| format!("{found:?}"));
            return format!(
                "Not JSON at line {line}, column {column} (offset {}): found {found}.",
                error.offset
            );
        }
        DecodeProblem::NotAnObject { found } => {
            format!("Here must be a JSON object {{…}}, not {}", json_kind(found))
        }
        DecodeProblem::MissingMember { member } => format!("The member \"{member}\" is missing"),
        DecodeProblem::NotAnArray { member, found } => {
            format!("\"{member}\" must be an array […], not {}", json_kind(found))
        }
        DecodeProblem::NotAString { member, found } => {
            format!("\"{member}\" must be a string, not {}", json_kind(found))
        }
        DecodeProblem::EmptyStreamId => "The data stream's name is empty".to_owned(),
        DecodeProblem::Time(ShortTimeError { part, found, min, max }) => {
            format!("The {} of the time is {found}, must be {min} to {max}", time_part(part))
        }
        DecodeProblem::NoSeparators { found } => {
            format!("The text must begin with two separators; it has {found} characters")
        }
        DecodeProblem::SeparatorNotAscii { found } => {
            format!("The separator {found:?} is no ASCII character")
        }
        DecodeProblem::EqualSeparators { found } => {
            format!("Both separators are {found:?}; they must differ")
        }
        DecodeProblem::TooManyParts { field, found } => {
            format!("Field {} has {found} parts; at most 3 are allowed: stream, time, value", field + 1)
        }
        DecodeProblem::RunCount { found, limit } => format!("A run has {found} floats, must be 1 to {limit}"),
        DecodeProblem::TooManyFloats { found, limit } => {
            format!("The message has {found} floats up to here, the limit is {limit}")
        }
    };
    format!("{problem} (offset {}).", error.offset)
}

fn part_name(part: PayloadPart) -> &'static str {
    match part {
        PayloadPart::Length => "its length",
        PayloadPart::Body => "its body",
        PayloadPart::Time => "its time",
        PayloadPart::HeaderLength => "its header length",
        PayloadPart::Header => "its header",
        PayloadPart::BinaryLength => "its binary length",
        PayloadPart::RunHead => "number and count of a run",
        PayloadPart::RunFloats => "the floats of a run",
    }
}

pub(super) fn json_kind(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::Object => "an object",
        JsonKind::Array => "an array",
        JsonKind::String => "a string",
        JsonKind::Number => "a number",
        JsonKind::Bool => "true or false",
        JsonKind::Null => "null",
    }
}

fn time_part(part: TimePart) -> &'static str {
    match part {
        TimePart::Month => "month",
        TimePart::Day => "day",
        TimePart::Hour => "hour",
        TimePart::Minute => "minute",
        TimePart::Second => "second",
    }
}

pub(super) fn topic_problem(problem: TopicProblem) -> String {
    match problem {
        TopicProblem::Empty => "Fill in a topic.".to_owned(),
        TopicProblem::Wildcard => "A topic to publish to holds no wildcard + or #.".to_owned(),
        TopicProblem::MisplacedWildcard => "A wildcard fills its level, and # comes last.".to_owned(),
        TopicProblem::Nul => "The topic holds a null character (U+0000). Remove it.".to_owned(),
        TopicProblem::TooLong { length } => format!("The topic has {length} bytes, the limit is 65535."),
    }
}

pub(super) fn topic_error(error: TopicError) -> String {
    match error {
        TopicError::Empty => "the topic is empty".to_owned(),
        TopicError::Reserved => "topics that begin with $ belong to the platform".to_owned(),
        TopicError::Character { character, offset } => {
            format!("{character:?} at byte {offset} of the topic is not allowed")
        }
        TopicError::TooLong { length } => format!("the topic has {length} characters, the limit is 1024"),
    }
}
