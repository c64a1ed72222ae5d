//! Uploading: contents, problems, fates.

use onenet::legacy::{BinaryError, DelimitersError, FieldPart, PayloadType};
use onenet::studio::DecodeProblem;
use session::{CommandError, Qos};

use super::payload::{decode_error, json_kind, topic_problem};
use super::sys;
use crate::locale::words::span;
use crate::upload::{Encoding, EncodingProblem, Fate, UploadProblem};

/// What is wrong with a field.
pub(super) fn upload_problem(problem: &UploadProblem) -> String {
    match problem {
        UploadProblem::Empty => "Fill this in.".to_owned(),
        UploadProblem::Time => "Write it like 2016-08-15T14:47:00, or leave it empty.".to_owned(),
        UploadProblem::ShortTime => "Six bytes can only say the years 2000 to 2255.".to_owned(),
        UploadProblem::Repeated => {
            "An earlier row has the same stream and time; type 4 can hold only one of them.".to_owned()
        }
        UploadProblem::RepeatedStream => {
            "An earlier row has the same stream; type 3 can hold only one value of each.".to_owned()
        }
        UploadProblem::OneCharacter => "Give exactly one character.".to_owned(),
        UploadProblem::TooLong { length } => {
            format!("The body has {length} bytes; its two-byte length has room for 65535. Shorten it.")
        }
        UploadProblem::Separators(DelimitersError::NotAscii { found }) => {
            format!("{found:?} is no ASCII character; choose another separator.")
        }
        UploadProblem::Separators(DelimitersError::Equal { found }) => {
            format!("Both separators are {found:?}; choose two different ones.")
        }
        UploadProblem::HoldsSeparator { part, found } => {
            let part = match part {
                FieldPart::Stream => "stream",
                FieldPart::Time => "time",
                FieldPart::Value => "value",
            };
            format!("The {part} holds the separator {found:?}; choose another separator.")
        }
        UploadProblem::Number => "Give a whole number from 0 to 65535.".to_owned(),
        UploadProblem::Float { found } => format!("{found:?} is no number that a float can hold."),
        UploadProblem::TooManyFloats { count } => {
            format!("{count} floats are more than the 500 a message may have.")
        }
        UploadProblem::Binary(BinaryError::Desc { found }) => {
            format!("The description must be a text or an object, not {}.", json_kind(*found))
        }
        UploadProblem::Binary(BinaryError::HeaderTooLong { length }) => {
            format!("The header has {length} bytes; its two-byte length has room for 65535. Shorten it.")
        }
        UploadProblem::Binary(BinaryError::TooLong { length }) => {
            format!("The file has {length} bytes; the platform takes 3 MB at most.")
        }
        UploadProblem::Name(name) => sys::wrong_name(*name),
        UploadProblem::SuiteId => sys::suite_id(),
        UploadProblem::StudioId(error) => sys::message_id(*error),
        UploadProblem::SysTopic(error) => sys::level(*error),
        UploadProblem::StreamName(error) => sys::stream_name(*error),
        UploadProblem::Suite(problem, code) => sys::suite_problem(problem, *code),
        UploadProblem::NoState => sys::no_state(),
        UploadProblem::Identifier(error) => sys::identifier(*error),
        UploadProblem::Fault(fault) => sys::fault(fault),
        // That says where itself.
        UploadProblem::Params(_, problem @ DecodeProblem::NotJson { .. }) => sys::decode_problem(problem),
        UploadProblem::Params((line, column), problem) => {
            format!("{} (Line {line}, column {column}.)", sys::decode_problem(problem))
        }
        UploadProblem::Body(error) => decode_error(*error),
        UploadProblem::Topic(problem) => topic_problem(*problem),
        UploadProblem::Encoding(problem) => match problem {
            EncodingProblem::Json { line, column } => format!("Not JSON at line {line}, column {column}."),
            EncodingProblem::HexDigit { offset } => {
                format!("Character {} is no hex digit.", offset + 1)
            }
            EncodingProblem::HexOdd => "The last byte has only one digit.".to_owned(),
            EncodingProblem::Base64 { offset } => format!("Not Base64 at character {}.", offset + 1),
        },
    }
}

pub(super) fn encoding_name(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Text => "text",
        Encoding::Json => "JSON",
        Encoding::Hex => "hex",
        Encoding::Base64 => "Base64",
    }
}

pub(super) fn payload_type_name(payload_type: PayloadType) -> &'static str {
    match payload_type {
        PayloadType::FullJson => "JSON",
        PayloadType::Binary => "binary",
        PayloadType::SimpleJson => "simple JSON",
        PayloadType::TimedSimpleJson => "simple JSON, timed",
        PayloadType::Text => "delimited text",
        PayloadType::TimedText => "delimited text, timed",
        PayloadType::Floats => "floats",
    }
}

pub(super) fn qos_name(qos: Qos) -> &'static str {
    match qos {
        Qos::AtMostOnce => "0 · at most once",
        Qos::AtLeastOnce => "1 · at least once",
        Qos::ExactlyOnce => "2 · exactly once",
    }
}

pub(super) fn fate(fate: Fate) -> String {
    match fate {
        Fate::Waiting => "waiting to be sent".to_owned(),
        Fate::OnItsWay(acknowledgement) => format!("waiting for {acknowledgement} …"),
        Fate::GivenUp => "taken back: not sent".to_owned(),
        Fate::SetAside => "waits until you log in as its device again".to_owned(),
        Fate::Deleted => "deleted: sent no more".to_owned(),
        Fate::TakenOver => "no longer kept here: another tab has gone on with it or deleted it".to_owned(),
        Fate::Sent => "sent (QoS 0: no acknowledgement)".to_owned(),
        Fate::NeverLeft => {
            "not sent: the connection ended first. At QoS 0 nothing is sent again by itself: upload it again if it matters".to_owned()
        }
        Fate::Acknowledged(round_trip) => format!("acknowledged, {}", span(round_trip)),
        Fate::Unknown => {
            "taken by the platform, then the clean session ended: it may have arrived or not".to_owned()
        }
        Fate::Refused(CommandError::NotConnected) => "not sent: no connection".to_owned(),
        Fate::Refused(CommandError::NoFreePacketId) => {
            "not sent: all 65535 packet ids wait for their acknowledgement".to_owned()
        }
        Fate::Refused(CommandError::QueueFull { messages, bytes }) => {
            format!(
                "not sent: {messages} uploads of {bytes} bytes already wait; wait until some are acknowledged"
            )
        }
        Fate::Refused(CommandError::NotHeld) => "no longer waiting".to_owned(),
        Fate::Refused(CommandError::OnItsWay) => "already on its way".to_owned(),
        Fate::Refused(CommandError::Topic(problem)) => format!("not sent: {}", topic_problem(problem)),
        Fate::Refused(CommandError::NoFilter) => "not sent: no topic".to_owned(),
        Fate::Refused(CommandError::Encode(error)) => format!("not sent: too long for MQTT ({error})"),
    }
}

/// What the first bytes of an upload are, by its type byte.
pub(super) fn preview_hint(first: u8) -> String {
    let time = if first & 0x80 != 0 { "then six bytes of time, " } else { "" };
    match first & 0x3F {
        2 => "Type byte, the header's length in two bytes (high byte first), the header, the binary's length in four, the binary.".to_owned(),
        7 => format!("Type byte, {time}then runs: number and count in two bytes each (high byte first), floats in four (low byte first)."),
        _ => format!("Type byte, {time}then the body's length in two bytes (high byte first), then the body."),
    }
}
