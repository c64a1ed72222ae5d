//! May this message be published (reference §2.3, §2.4)?

use super::super::finding::{Detail, Finding};
use super::super::id::RuleId;
use super::super::reading::Readings;
use crate::suite::{self, Message};
use crate::sys::{Address, Device, Direction, Platform, TopicError, TopicPart, Tree};

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
/// Of a message of the studio this looks at the tree alone: what stands behind the names, and the payload, is
/// read by `studio`.
pub fn check_publish(
    publication: &Publication<'_>,
    device: &Device,
    platform: Platform,
    readings: &Readings,
) -> Vec<Finding> {
    let Publication { topic, payload, qos, retain, dup } = *publication;
    let mut findings = Vec::new();
    let topic = read_topic(topic, device, platform);
    match &topic {
        Err(error) => findings.push(wrong_topic(*error)),
        Ok(Some(topic)) if topic.direction() == Direction::Down => {
            findings.push(Finding::new(RuleId::SysTopicDown));
        }
        Ok(_) => {}
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
    } else if let Ok(Some(topic)) = topic {
        findings.extend(check_payload(&topic, payload, readings));
    }
    findings
}

/// The topic of the suite, `None` for one of the studio.
fn read_topic(topic: &str, device: &Device, platform: Platform) -> Result<Option<suite::Topic>, TopicError> {
    let address = Address::parse(topic)?;
    match (address.tree, platform) {
        (Tree::Sys, _) => address.device.check_own(device, address.tree)?,
        // Whose sub-devices there are is known to the platform alone: any is taken here.
        (Tree::Subdev, Platform::Suite) => {}
        (Tree::Subdev, Platform::Studio) => return Err(TopicError::NoTree),
    }
    match platform {
        Platform::Suite => suite::Topic::of(&address).map(Some),
        Platform::Studio => Ok(None),
    }
}

fn check_payload(topic: &suite::Topic, payload: &[u8], readings: &Readings) -> Option<Finding> {
    let rule = match topic {
        suite::Topic::DataPoints => RuleId::SuiteDataPoints,
        suite::Topic::CommandResponse(_) => RuleId::SuiteAnswerSize,
        suite::Topic::ImageUpdate => RuleId::SuiteImageUpdate,
        suite::Topic::ImageGet => RuleId::SuiteImageGet,
        suite::Topic::Login | suite::Topic::Logout => RuleId::SuiteSubDeviceLogin,
        // What the platform says is refused for its topic, and of things there is nothing to read.
        _ => return None,
    };
    match Message::decode(topic, payload) {
        Ok(Message::DataPoints(points)) if points.id().number() < readings.message_ids.smallest() => {
            Some(Finding::number(RuleId::SuiteMessageId, points.id().number() as usize))
        }
        Ok(_) => None,
        Err(error) => Some(Finding { rule, detail: Some(Detail::Suite(error)) }),
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

#[cfg(test)]
mod tests {
    use super::super::reading::MessageIds;
    use super::*;
    use crate::sys::{DeviceName, ProductId};

    const GOOD: &[u8] = br#"{"id":123,"dp":{"temperature":[{"v":30,"t":1552289676}]}}"#;

    fn check_as(publication: &Publication<'_>, platform: Platform, readings: &Readings) -> Vec<String> {
        let product = ProductId::parse("321016").unwrap();
        let device = Device { product, name: DeviceName::parse("ESP8266_01").unwrap() };
        let findings = check_publish(publication, &device, platform, readings);
        findings.iter().map(ToString::to_string).collect()
    }

    fn check(topic: &str, payload: &[u8]) -> Vec<String> {
        let publication = Publication { topic, payload, qos: 1, retain: false, dup: true };
        check_as(&publication, Platform::Suite, &Readings::default())
    }

    #[test]
    fn finds_nothing_wrong_with_what_the_platform_takes() {
        for (topic, payload) in [
            ("$sys/321016/ESP8266_01/dp/post/json", GOOD),
            ("$subdev/321016/lamp/dp/post/json", GOOD),
            ("$subdev/321016/lamp/login", b""),
            ("$sys/321016/ESP8266_01/cmd/response/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a", b"opened"),
            ("$sys/321016/ESP8266_01/image/get", b""),
            ("$sys/321016/ESP8266_01/image/update", br#"{"state":{"reported":{"color":"red"}}}"#),
            ("$sys/321016/ESP8266_01/thing/json/up", b"{}"),
        ] {
            assert!(check(topic, payload).is_empty(), "{topic}");
        }
    }

    #[test]
    fn finds_every_broken_rule_of_a_topic() {
        for (topic, finding) in [
            ("", "sys-topic-empty: topic is empty"),
            ("$sys/321016/ESP8266_01/dp/#", "sys-topic-characters: '#' at byte 26 is not allowed here"),
            ("$sys/321016/ESP8266_01/4/5/6/7/8/9", "sys-topic-levels: topic has 9 levels, the limit is 8"),
            ("$dp", "sys-topic-foreign: topic begins with neither $sys/ nor $subdev/"),
            ("app_topic", "sys-topic-foreign: topic begins with neither $sys/ nor $subdev/"),
            ("$sys/321016/other/dp/post/json", "sys-topic-foreign: names another device from byte 12 on"),
            (
                "$sys/321016/ESP8266_01/dp/post/xml",
                "sys-topic-unknown: the platform has no such topic from byte 31 on",
            ),
            (
                "$sys/321016/ESP8266_01/thing/property/post",
                "sys-topic-unknown: the platform has no such topic from byte 29 on",
            ),
            ("$sys/321016/ESP8266_01/cmd/request/7", "sys-topic-down"),
        ] {
            assert_eq!(check(topic, b""), [finding], "{topic}");
        }
    }

    #[test]
    fn finds_every_broken_rule_of_a_message() {
        let topic = "$sys/321016/ESP8266_01/dp/post/json";
        let wrong = Publication { topic, payload: GOOD, qos: 2, retain: true, dup: true };
        assert_eq!(
            check_as(&wrong, Platform::Suite, &Readings::default()),
            ["sys-qos: found 2", "sys-retain"]
        );
        let repeated = Publication { qos: 0, retain: false, ..wrong };
        assert_eq!(check_as(&repeated, Platform::Suite, &Readings::default()), ["sys-dup"]);
        let large = vec![b' '; 256 * 1_024 + 1];
        assert_eq!(check(topic, &large), ["sys-payload-size: found 262145"]);
        let answer = "$sys/321016/ESP8266_01/cmd/response/7";
        assert_eq!(
            check(answer, &[b'x'; 1_024]),
            ["suite-answer-size: answer has 1024 bytes, the limit is 1023 at byte 1023"]
        );
        assert_eq!(
            check("$sys/321016/ESP8266_01/image/get", b"{}"),
            ["suite-image-get: payload has 2 bytes, it must be empty at byte 0"]
        );
    }

    #[test]
    fn the_consequence_is_the_code_of_the_very_mistake() {
        use super::super::super::Consequence;

        let product = ProductId::parse("1").unwrap();
        let device = Device { product, name: DeviceName::parse("a").unwrap() };
        let consequence = |topic, payload| {
            let publication = Publication { topic, payload, qos: 0, retain: false, dup: false };
            let findings = check_publish(&publication, &device, Platform::Suite, &Readings::default());
            findings.iter().map(Finding::consequence).collect::<Vec<_>>()
        };
        assert_eq!(consequence("$sys/1/a/dp/post/json", b"{"), [Consequence::Reject(98)]);
        assert_eq!(consequence("$sys/1/a/image/update", b"{"), [Consequence::Reject(160)]);
        assert_eq!(consequence("$sys/1/a/image/update", b"{}"), [Consequence::Reject(163)]);
        assert_eq!(consequence("$sys/1/b/image/update", b"{}"), [Consequence::Close]);
    }

    #[test]
    fn follows_the_readings() {
        let payload = br#"{"id":0,"dp":{}}"#;
        let topic = "$sys/321016/ESP8266_01/dp/post/json";
        assert_eq!(check(topic, payload), ["suite-message-id: found 0"]);
        let readings = Readings { message_ids: MessageIds::FromZero, ..Readings::default() };
        let publication = Publication { topic, payload, qos: 1, retain: false, dup: false };
        assert!(check_as(&publication, Platform::Suite, &readings).is_empty());
    }

    #[test]
    fn leaves_what_stands_behind_the_names_to_the_studio() {
        let publish = |topic| {
            let publication = Publication { topic, payload: b"", qos: 0, retain: false, dup: false };
            check_as(&publication, Platform::Studio, &Readings::default())
        };
        assert!(publish("$sys/321016/ESP8266_01/thing/property/post").is_empty());
        assert_eq!(publish("$sys/321016/x/thing/property/post").len(), 1);
        assert_eq!(publish("$subdev/321016/ESP8266_01/login").len(), 1);
    }
}
