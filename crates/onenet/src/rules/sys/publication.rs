//! May this message be published (reference §2.3, §2.4, §3.2, §3.3)?

use super::super::finding::{Detail, Finding};
use super::super::id::RuleId;
use super::super::reading::Readings;
use crate::sys::{Address, Device, Direction, Platform, TopicError, TopicPart, Tree};
use crate::{studio, suite};

/// The largest payload of a message, in bytes (reference §2.3, §3.1).
pub const MAX_PAYLOAD: usize = 256 * 1_024;

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
    /// Its DUP flag.
    pub dup: bool,
}

/// The rules that a message of `device` breaks: those about its topic first, those about what it says last.
///
/// Of what a request of the studio says, only that is found which the platform has a code for.
/// [`Request::check_limits`](studio::Request::check_limits) tells the rest, and a thing model what fits it.
pub fn check_publish(
    publication: &Publication<'_>,
    device: &Device,
    platform: Platform,
    readings: &Readings,
) -> Vec<Finding> {
    let Publication { topic, payload, qos, retain, dup } = *publication;
    let mut findings = Vec::new();
    let mut says = None;
    match read_topic(topic, device, platform) {
        Err(finding) => findings.push(finding),
        Ok(topic) if topic.is_down() => findings.push(Finding::new(RuleId::SysTopicDown)),
        Ok(topic) => says = Some(topic),
    }
    if qos > 1 {
        findings.push(Finding::number(RuleId::SysQos, qos.into()));
    }
    if retain {
        findings.push(Finding::new(RuleId::SysRetain));
    }
    if dup && qos == 0 {
        findings.push(Finding::new(RuleId::SysDup));
    }
    if payload.len() > MAX_PAYLOAD {
        findings.push(Finding::number(RuleId::SysPayloadSize, payload.len()));
        return findings;
    }
    match says {
        Some(Topic::Suite(topic)) => findings.extend(check_suite(&topic, payload, readings)),
        Some(Topic::Studio(topic)) => findings.extend(check_studio(&topic, payload)),
        None => {}
    }
    findings
}

/// What a message is, by where it goes.
enum Topic {
    Suite(suite::Topic),
    Studio(studio::Topic),
}

impl Topic {
    /// Whether it is the platform's to speak on.
    fn is_down(&self) -> bool {
        match self {
            Self::Suite(topic) => topic.direction() == Direction::Down,
            Self::Studio(topic) => topic.direction() == studio::Direction::Down,
        }
    }
}

fn read_topic(topic: &str, device: &Device, platform: Platform) -> Result<Topic, Finding> {
    let address = Address::parse(topic).map_err(wrong_topic)?;
    match (address.tree, platform) {
        (Tree::Sys, _) => address.device.check_own(device, address.tree).map_err(wrong_topic)?,
        // Whose sub-devices there are is known to the platform alone: any is taken here.
        (Tree::Subdev, Platform::Suite) => {}
        (Tree::Subdev, Platform::Studio) => return Err(wrong_topic(TopicError::NoTree)),
    }
    match platform {
        Platform::Suite => suite::Topic::of(&address).map(Topic::Suite).map_err(wrong_topic),
        Platform::Studio => studio::Topic::parse(address.rest())
            .map(Topic::Studio)
            .map_err(|error| wrong_studio_topic(error, address.rest_offset())),
    }
}

fn check_suite(topic: &suite::Topic, payload: &[u8], readings: &Readings) -> Option<Finding> {
    let rule = match topic {
        suite::Topic::DataPoints => RuleId::SuiteDataPoints,
        suite::Topic::CommandResponse(_) => RuleId::SuiteAnswerSize,
        suite::Topic::ImageUpdate => RuleId::SuiteImageUpdate,
        suite::Topic::ImageGet => RuleId::SuiteImageGet,
        suite::Topic::Login | suite::Topic::Logout => RuleId::SuiteSubDeviceLogin,
        // Of things there is nothing to read, and the others are the platform's.
        suite::Topic::Thing(_)
        | suite::Topic::DataPointsAccepted
        | suite::Topic::DataPointsRejected
        | suite::Topic::CommandRequest(_)
        | suite::Topic::CommandAccepted(_)
        | suite::Topic::CommandRejected(_)
        | suite::Topic::ImageUpdateAccepted
        | suite::Topic::ImageUpdateRejected
        | suite::Topic::ImageUpdateDelta
        | suite::Topic::ImageDelta
        | suite::Topic::ImageGetAccepted
        | suite::Topic::ImageGetRejected
        | suite::Topic::LoginAccepted
        | suite::Topic::LoginRejected
        | suite::Topic::LogoutAccepted
        | suite::Topic::LogoutRejected
        | suite::Topic::LogoutNotify => return None,
    };
    match suite::Message::decode(topic, payload) {
        Ok(suite::Message::DataPoints(points)) if points.id().number() < readings.message_ids.smallest() => {
            Some(Finding::number(RuleId::SuiteMessageId, points.id().number() as usize))
        }
        Ok(_) => None,
        Err(error) => Some(Finding { rule, detail: Some(Detail::Suite(error)) }),
    }
}

fn check_studio(topic: &studio::Topic, payload: &[u8]) -> Vec<Finding> {
    match studio::Message::decode(topic, payload) {
        Ok(studio::Message::Request(request)) => {
            let refused = request.check_limits().into_iter().filter(|problem| problem.code().is_some());
            let finding =
                |problem| Finding { rule: RuleId::StudioLimits, detail: Some(Detail::StudioValue(problem)) };
            refused.map(finding).collect()
        }
        Ok(studio::Message::Reply(_) | studio::Message::Custom(_)) => Vec::new(),
        Err(error) => {
            let rule = match topic {
                studio::Topic::Request(_) => RuleId::StudioRequest,
                studio::Topic::Reply(_) | studio::Topic::TopoResult => RuleId::StudioReply,
            };
            vec![Finding { rule, detail: Some(Detail::Studio(error)) }]
        }
    }
}

fn wrong_topic(error: TopicError) -> Finding {
    let rule = match error {
        TopicError::Empty => RuleId::SysTopicEmpty,
        // The last three are of filters.
        TopicError::Character { .. }
        | TopicError::TooLong { .. }
        | TopicError::MalformedWildcard { .. }
        | TopicError::EarlyWildcard { .. } => RuleId::SysTopicCharacters,
        TopicError::TooManyLevels { .. } => RuleId::SysTopicLevels,
        TopicError::NoTree
        | TopicError::Incomplete { missing: TopicPart::ProductId | TopicPart::DeviceName, .. }
        | TopicError::Name { .. }
        | TopicError::Foreign { .. } => RuleId::SysTopicForeign,
        TopicError::Incomplete { missing: TopicPart::Rest | TopicPart::CommandId, .. }
        | TopicError::Unknown { .. } => RuleId::SysTopicUnknown,
    };
    Finding { rule, detail: Some(Detail::Sys(error)) }
}

/// A topic behind whose first `before` bytes stands nothing that the studio has.
fn wrong_studio_topic(error: studio::TopicError, before: usize) -> Finding {
    let error = match error {
        studio::TopicError::ReplySpelling { right } => studio::TopicError::ReplySpelling { right },
        studio::TopicError::Level { offset, error } => {
            studio::TopicError::Level { offset: before + offset, error }
        }
        studio::TopicError::Unknown { offset } => studio::TopicError::Unknown { offset: before + offset },
    };
    Finding { rule: RuleId::SysTopicUnknown, detail: Some(Detail::StudioTopic(error)) }
}

#[cfg(test)]
mod tests;
