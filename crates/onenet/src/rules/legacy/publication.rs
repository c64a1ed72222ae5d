//! May this message be published (reference §1.4–§1.8)?

use super::super::finding::{Detail, Finding};
use super::super::id::RuleId;
use super::super::reading::Readings;
use super::reading::{Qos, Retain};
use crate::legacy::error::MAX_BODY;
use crate::legacy::{DecodeError, DecodeProblem, Payload, Topic, TopicError};

/// What a PUBLISH of a device says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Publication<'a> {
    /// Its topic.
    pub topic: &'a str,
    /// Its payload.
    pub payload: &'a [u8],
    /// Its two bits of QoS, 0 to 3.
    pub qos: u8,
    /// Its RETAIN flag.
    pub retain: bool,
}

/// A message that breaks no rule, as far as it has been read for that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// An upload to `$dp`.
    Upload(Payload),
    /// Anything else.
    Message(Topic),
}

/// The rules that a message breaks, those about its topic first.
pub fn check_publish(publication: &Publication<'_>, readings: &Readings) -> Vec<Finding> {
    take_publish(publication, readings).err().unwrap_or_default()
}

/// Reads a message.
///
/// # Errors
///
/// The rules that it breaks: what [`check_publish`] gives.
pub fn take_publish(publication: &Publication<'_>, readings: &Readings) -> Result<Taken, Vec<Finding>> {
    let mut findings = Vec::new();
    let topic = match Topic::parse(publication.topic) {
        Ok(topic) => Some(topic),
        Err(error) => {
            findings.push(wrong_topic(error));
            None
        }
    };
    match &topic {
        Some(Topic::CommandRequest(_)) => findings.push(Finding::new(RuleId::TopicCommand)),
        Some(Topic::User(user)) => {
            let refused = |(_, character): &(usize, char)| !readings.topic_characters.takes(*character);
            if let Some((offset, character)) = user.as_str().char_indices().find(refused) {
                findings.push(wrong_topic(TopicError::Character { character, offset }));
            }
        }
        Some(Topic::DataPoint | Topic::CommandResponse(_)) | None => {}
    }
    match publication.qos {
        3.. => findings.push(Finding::number(RuleId::QosRange, publication.qos.into())),
        2 if readings.qos == Qos::UpTo1 => findings.push(Finding::number(RuleId::Qos, 2)),
        0..=2 => {}
    }
    let is_upload = topic == Some(Topic::DataPoint);
    if publication.retain && is_upload {
        findings.push(Finding::new(RuleId::UploadRetain));
    } else if publication.retain && readings.retain == Retain::Refused {
        findings.push(Finding::new(RuleId::Retain));
    }
    let payload = if is_upload {
        Payload::decode(publication.payload)
            .map_err(|error| findings.push(wrong_payload(publication.payload, error)))
            .ok()
    } else {
        None
    };
    match (topic, payload) {
        (Some(Topic::DataPoint), Some(payload)) if findings.is_empty() => Ok(Taken::Upload(payload)),
        (Some(topic), _) if findings.is_empty() => Ok(Taken::Message(topic)),
        _ => Err(findings),
    }
}

fn wrong_topic(error: TopicError) -> Finding {
    let rule = match error {
        TopicError::Empty => RuleId::TopicEmpty,
        TopicError::Reserved => RuleId::TopicReserved,
        TopicError::Character { character: '+' | '#', .. } => RuleId::TopicWildcard,
        TopicError::Character { .. } => RuleId::TopicCharacters,
        TopicError::TooLong { .. } => RuleId::TopicLength,
    };
    Finding { rule, detail: Some(Detail::Topic(error)) }
}

fn wrong_payload(payload: &[u8], error: DecodeError) -> Finding {
    match error.problem {
        DecodeProblem::BinaryTooLong { length, .. } => Finding::number(RuleId::BinarySize, length),
        DecodeProblem::RunCount { found, .. } | DecodeProblem::TooManyFloats { found, .. } => {
            Finding::number(RuleId::FloatCount, found)
        }
        // A length field that cannot say how much follows it.
        DecodeProblem::Length { found, .. } if found > MAX_BODY && has_body(payload) => {
            Finding::number(RuleId::BodySize, found)
        }
        _ => Finding { rule: RuleId::Payload, detail: Some(Detail::Payload(error)) },
    }
}

fn has_body(payload: &[u8]) -> bool {
    payload.first().is_some_and(|first| matches!(first & 0x3F, 1 | 3..=6))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::legacy::TopicCharacters;

    const GOOD: &[u8] = b"\x03\x00\x08{\"a\":55}";

    #[track_caller]
    fn check(topic: &str, payload: &[u8], qos: u8, retain: bool, findings: &[&str]) {
        let found = check_publish(&Publication { topic, payload, qos, retain }, &Readings::default());
        assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), findings);
    }

    #[test]
    fn finds_nothing_wrong_with_what_the_platform_takes() {
        for qos in 0..=2 {
            check("$dp", GOOD, qos, false, &[]);
            check("$crsp/7", b"done", qos, true, &[]);
            check("app_topic/1", b"", qos, true, &[]);
        }
    }

    #[test]
    fn finds_every_broken_rule_of_a_message() {
        check("", b"", 0, false, &["topic-empty: topic is empty"]);
        check(
            "a/#",
            b"",
            3,
            false,
            &["topic-wildcard: '#' at byte 2 is not allowed in a topic", "qos-range: found 3"],
        );
        check("$creq/7", b"", 0, false, &["topic-command"]);
        check("$sys/x", b"", 0, false, &["topic-reserved: topics beginning with $ belong to the platform"]);
        check("a b", b"", 0, false, &["topic-characters: ' ' at byte 1 is not allowed in a topic"]);
        check(
            &"a".repeat(1_025),
            b"",
            0,
            false,
            &["topic-length: topic has 1025 characters, the limit is 1024"],
        );
        check(
            "$dp",
            b"",
            0,
            true,
            &["upload-retain", "payload: payload is empty, a type byte was expected at byte 0"],
        );
    }

    #[test]
    fn tells_sizes_and_counts_from_other_payload_errors() {
        let long = |first: u8| [&[first, 0xFF, 0xFF][..], &[b' '; 65_536]].concat();
        check("$dp", &long(1), 0, false, &["body-size: found 65536"]);
        check(
            "$dp",
            b"\x02\x00\x0d{\"ds_id\":\"a\"}\x00\x30\x00\x01",
            0,
            false,
            &["binary-size: found 3145729"],
        );
        check("$dp", b"\x07\x00\x01\x00\x00", 0, false, &["float-count: found 0"]);
        check("$dp", b"\x07\x00\x01\x01\xF5", 0, false, &["float-count: found 501"]);
    }

    #[test]
    fn follows_the_readings() {
        let readings = Readings {
            qos: Qos::UpTo1,
            retain: Retain::Refused,
            topic_characters: TopicCharacters::NoDigits,
            ..Readings::default()
        };
        let publication = Publication { topic: "a/1", payload: b"", qos: 2, retain: true };
        let found = check_publish(&publication, &readings);
        assert_eq!(
            found.iter().map(|finding| finding.rule).collect::<Vec<_>>(),
            [RuleId::TopicCharacters, RuleId::Qos, RuleId::Retain]
        );
    }
}
