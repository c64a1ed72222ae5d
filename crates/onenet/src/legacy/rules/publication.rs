//! May this message be published (reference §1.4–§1.8)?

use super::finding::{Detail, Finding};
use super::id::RuleId;
use super::reading::{Qos, Readings, Retain};
use crate::legacy::{DecodeError, Payload, Topic, TopicError};

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
    // The bytes behind type and length of all types but 2 and 7.
    let body = payload.len().saturating_sub(3);
    let has_body = payload.first().is_some_and(|first| matches!(first & 0x3F, 1 | 3..=6));
    if has_body && body > MAX_BODY {
        return Finding::number(RuleId::BodySize, body);
    }
    Finding { rule: RuleId::Payload, detail: Some(Detail::Payload(error)) }
}

/// The longest body that two bytes can measure.
const MAX_BODY: usize = 65_535;
