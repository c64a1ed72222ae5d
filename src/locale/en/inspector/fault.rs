//! What is wrong with a frame, and what to do about it.

use dissect::{Fault, Problem};
use frame::FrameProblem;
use onenet::legacy::{DecodeError, DecodeProblem};

use crate::locale::en::payload::decode_error;
use crate::locale::en::sys;

/// What was found, what was expected, where, and what to do.
pub(in crate::locale::en) fn fault(fault: &Fault) -> String {
    let Fault { offset, problem } = fault.clone();
    let (found, advice) = match problem {
        Problem::Incomplete { missing } => incomplete(missing),
        Problem::Surplus { surplus } => (
            format!("The frame ends here, but more follows ({})", bytes(surplus)),
            "Either the remaining length is too small, or another frame begins here: each frame has a fixed header of its own.",
        ),
        // Of the other packets the length itself is wrong; the fields of this one say themselves where they end.
        Problem::Frame(FrameProblem::Length { expected, found }) if offset > 1 => (
            format!(
                "The fields of the packet end here, but its remaining length holds more ({})",
                bytes(found.saturating_sub(expected))
            ),
            "If they are a field of yours, set its bit in the connect flags. Otherwise leave them out and make the remaining length smaller by as many.",
        ),
        Problem::Frame(problem) => frame_problem(problem),
        Problem::Topic(error) => return format!("{} (offset {offset})", sys::topic(error)),
        Problem::StudioTopic(error) => return format!("{} (offset {offset})", sys::studio_topic(error)),
        Problem::Suite { problem, code } => {
            return format!("{} (offset {offset})", sys::suite_problem(&problem, code));
        }
        Problem::Studio { problem, .. } => {
            return format!("{} (offset {offset})", sys::decode_problem(&problem));
        }
        Problem::Payload(problem) => {
            let found = decode_error(DecodeError { offset, problem });
            return format!("{found} {}", payload_advice(problem));
        }
    };
    format!("{found} (offset {offset}). {advice}")
}

fn bytes(count: usize) -> String {
    if count == 1 { "1 byte".to_owned() } else { format!("{count} bytes") }
}

fn incomplete(missing: Option<usize>) -> (String, &'static str) {
    match missing {
        Some(missing) => (
            format!("The frame ends too early: by its remaining length, {} more must follow", bytes(missing)),
            "Send the rest, or count the remaining length again: all bytes behind it, and bytes, not characters.",
        ),
        None => (
            "The frame ends before its remaining length does".to_owned(),
            "A fixed header has at least two bytes: the packet type, then the remaining length, whose last byte is below 0x80.",
        ),
    }
}

fn frame_problem(problem: FrameProblem) -> (String, &'static str) {
    let found = match problem {
        FrameProblem::ReservedType(number) => {
            format!("Packet type {number} is reserved; the first digit of the first byte must be 1 to e")
        }
        FrameProblem::Flags { expected, found } => {
            format!("The flags of this packet type are {found:04b}, must be {expected:04b}")
        }
        FrameProblem::DupAtQos0 => "DUP is set at QoS 0, where nothing is ever repeated".to_owned(),
        FrameProblem::Qos3 => "Both QoS bits are set; there is no QoS 3".to_owned(),
        // Every length that four bytes can say is taken here.
        FrameProblem::RemainingLength | FrameProblem::TooLarge { .. } => {
            "The remaining length has more than four bytes: bit 7 of its fourth byte is set".to_owned()
        }
        FrameProblem::Length { expected, found } => {
            format!("The remaining length is {found}; this packet always has {expected}")
        }
        FrameProblem::ProtocolName => "The protocol name is not MQTT".to_owned(),
        FrameProblem::ProtocolLevel(level) => {
            format!("The protocol level is {level}, must be 4 (MQTT 3.1.1)")
        }
        FrameProblem::ReservedConnectFlag => "Bit 0 of the connect flags is set, must be 0".to_owned(),
        FrameProblem::WillFlags => {
            "The will flags contradict each other: will QoS or will retain without a will, or will QoS 3"
                .to_owned()
        }
        FrameProblem::PasswordWithoutUserName => {
            "The password flag is set, the user name flag is not".to_owned()
        }
        FrameProblem::EmptyTopic => "The topic is empty; it needs at least one character".to_owned(),
        FrameProblem::Wildcard => "A topic to publish to holds a wildcard, + or #".to_owned(),
        FrameProblem::Nul => "The text holds a null character (U+0000)".to_owned(),
        // A password may be any bytes here.
        FrameProblem::NotUtf8 | FrameProblem::PasswordNotText => "The text is not UTF-8 here".to_owned(),
        FrameProblem::FieldTooLong(length) => {
            format!("The length field says {length} bytes, which is more than the frame has left")
        }
        FrameProblem::NoFilter => "There is no topic filter; at least one must be there".to_owned(),
        FrameProblem::RequestedQos(byte) => {
            format!("The requested QoS is {byte:#04x}, must be 0, 1 or 2")
        }
        FrameProblem::PacketIdZero => "The packet identifier is 0, must be 1 to 65535".to_owned(),
        FrameProblem::ConnackFlags(byte) => {
            format!("The acknowledge flags are {byte:#04x}, must be 0x00 or 0x01")
        }
        FrameProblem::ReturnCode(code) => format!("The return code {code:#04x} has no meaning"),
        FrameProblem::Truncated => "The frame ends before its fields do".to_owned(),
    };
    (found, frame_advice(problem))
}

fn frame_advice(problem: FrameProblem) -> &'static str {
    match problem {
        FrameProblem::ReservedType(_) => {
            "Check that the bytes begin with a frame: 10 is a CONNECT, 30 a PUBLISH. Whoever receives this hangs up."
        }
        FrameProblem::Flags { .. } => {
            "Correct the second digit of the first byte: 2 for PUBREL (62), SUBSCRIBE (82) and UNSUBSCRIBE (a2), 0 for all others but PUBLISH. Some printed tables show 80 and a0, which is a misprint."
        }
        FrameProblem::DupAtQos0 => "Clear bit 3 of the first byte, or send at QoS 1.",
        FrameProblem::Qos3 => "Set bits 2 and 1 of the first byte to 00, 01 or 10.",
        FrameProblem::RemainingLength | FrameProblem::TooLarge { .. } => {
            "Seven bits of length a byte, the lowest first; bit 7 is set in all but the last."
        }
        FrameProblem::Length { .. } => "Correct the second byte and leave out what does not belong there.",
        FrameProblem::ProtocolName => "It must be 00 04 4d 51 54 54. The older MQIsdp is not taken.",
        FrameProblem::ProtocolLevel(_) => {
            "Write 04 behind the name. 3 is MQTT 3.1, 5 is MQTT 5; OneNET speaks neither here."
        }
        FrameProblem::ReservedConnectFlag => {
            "Clear it. A login to OneNET usually has c2: user name, password, clean session."
        }
        FrameProblem::WillFlags => {
            "Without a will, clear bits 5 to 3. With one, set bit 2 and a QoS of 0 to 2."
        }
        FrameProblem::PasswordWithoutUserName => {
            "Set bit 7 and give the product ID as user name. OneNET wants both."
        }
        FrameProblem::EmptyTopic => "Give a topic, for data points $dp (00 03 24 64 70).",
        FrameProblem::Wildcard => "Name one topic. Wildcards are for subscribing.",
        FrameProblem::Nul => {
            "Remove it. Often it is the zero byte at the end of a C string: send strlen bytes, not sizeof."
        }
        FrameProblem::NotUtf8 | FrameProblem::PasswordNotText => {
            "Encode the text as UTF-8. If it looks right, check the length in front of it: it may begin one byte too early or too late."
        }
        FrameProblem::FieldTooLong(_) => {
            "Count the bytes of the field and write them as two bytes, the higher first. If they are right, the remaining length is too small."
        }
        FrameProblem::NoFilter => "Name a topic filter behind the packet identifier.",
        FrameProblem::RequestedQos(_) => {
            "Behind each topic filter stands one byte with the QoS. If that is another byte of yours, the filter's length is wrong."
        }
        FrameProblem::PacketIdZero => "Count packet identifiers from 1.",
        FrameProblem::ConnackFlags(_) => "Only bit 0 has a meaning: the session was kept.",
        FrameProblem::ReturnCode(_) => "A CONNACK has 0 to 5; a SUBACK 0, 1, 2 or 0x80.",
        FrameProblem::Truncated => {
            "Compare the remaining length with the fields that the packet must have: some are missing or too short."
        }
    }
}

/// What to do about a payload that `$dp` does not take.
fn payload_advice(problem: DecodeProblem) -> &'static str {
    match problem {
        DecodeProblem::Empty => "Put a type byte first, 03 for short JSON.",
        DecodeProblem::ReservedBit(_) => "Clear bit 6.",
        DecodeProblem::UnknownType(_) => {
            "If the message is no data point, publish it to a topic of your own; $dp takes only these types."
        }
        DecodeProblem::ScriptFloat(_) => "Write 07, then number, count and little-endian floats.",
        DecodeProblem::NoBody(_) => "Choose a type that is a text.",
        DecodeProblem::Truncated { .. } => {
            "Send what is missing, or correct the length in front: it counts bytes, not characters."
        }
        DecodeProblem::Length { .. } | DecodeProblem::BinaryLength { .. } => {
            "Count the bytes again (a Chinese character has three) and write the length with the higher byte first. OneNET hangs up otherwise."
        }
        DecodeProblem::BinaryTooLong { .. } | DecodeProblem::TooLong { .. } => {
            "Cut it into several uploads, or send less."
        }
        DecodeProblem::NotUtf8 { .. } => {
            "Encode the text as UTF-8, not as GBK, and check the length in front of it."
        }
        DecodeProblem::NotJson { .. } => {
            "Correct the JSON: double quotes, no comma behind the last member. Check the length too: it may cut the text."
        }
        DecodeProblem::NotAnObject { .. }
        | DecodeProblem::MissingMember { .. }
        | DecodeProblem::NotAnArray { .. }
        | DecodeProblem::NotAString { .. } => {
            "Build the JSON as this type wants it, or use type 3: {\"stream\":value}."
        }
        DecodeProblem::EmptyStreamId => "Give the data stream a name.",
        DecodeProblem::Time(_) => {
            "The six bytes are year less 2000, month, day, hour, minute, second, as numbers, not as digits."
        }
        DecodeProblem::NoSeparators { .. }
        | DecodeProblem::SeparatorNotAscii { .. }
        | DecodeProblem::EqualSeparators { .. } => {
            "Begin the text with two different ASCII characters: inside a field, then between fields."
        }
        DecodeProblem::TooManyParts { .. } => {
            "Choose a separator that occurs neither in names nor in times nor in values."
        }
        DecodeProblem::RunCount { .. } => {
            "Check the count: two bytes, the higher first. Cut long runs into several."
        }
        DecodeProblem::TooManyFloats { .. } => "Cut the message into several uploads.",
    }
}

#[cfg(test)]
mod tests {
    use dissect::dissect;

    use super::*;
    use crate::locale::Language;

    #[test]
    fn a_login_with_bytes_left_over_has_no_fixed_length() {
        let found = dissect(b"\x10\x10\x00\x04MQTT\x04\x02\x00\x78\x00\x01dabc").fault.unwrap();
        let told =
            [Language::English, Language::Chinese].map(|language| (language.words().inspector.fault)(&found));
        assert!(
            told[0].starts_with("The fields of the packet end here") && told[0].contains("3 bytes"),
            "{}",
            told[0]
        );
        assert!(told[1].contains("还有 3 个字节"), "{}", told[1]);
        let found = dissect(b"\xC0\x01\x00").fault.unwrap();
        assert_eq!(
            fault(&found),
            "The remaining length is 1; this packet always has 0 (offset 1). Correct the second byte and leave out what does not belong there."
        );
    }
}
