//! May this filter be subscribed to (reference §1.5)?

use super::super::finding::{Detail, Finding};
use super::super::id::RuleId;
use super::super::reading::Readings;
use crate::legacy::{TopicError, UserTopic};

/// The most topics of a product (reference §1.5).
pub const TOPICS_PER_PRODUCT: usize = 100;

/// The rules that a subscription breaks. `already` and `in_product` count the other topics that the device
/// is subscribed to and that its product has.
pub fn check_subscribe(filter: &str, already: usize, in_product: usize, readings: &Readings) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Err(error) = parse(filter, readings) {
        findings.push(wrong_filter(error));
    }
    if already >= readings.topics_per_device.limit() {
        findings.push(Finding::number(RuleId::TopicsPerDevice, already + 1));
    }
    if in_product >= TOPICS_PER_PRODUCT {
        findings.push(Finding::number(RuleId::TopicsPerProduct, in_product + 1));
    }
    findings
}

fn parse(filter: &str, readings: &Readings) -> Result<(), TopicError> {
    let topic = UserTopic::parse(filter)?;
    let refused = |(_, character): &(usize, char)| !readings.topic_characters.takes(*character);
    match topic.as_str().char_indices().find(refused) {
        Some((offset, character)) => Err(TopicError::Character { character, offset }),
        None => Ok(()),
    }
}

fn wrong_filter(error: TopicError) -> Finding {
    let rule = match error {
        TopicError::Empty => RuleId::TopicEmpty,
        TopicError::Reserved => RuleId::FilterReserved,
        TopicError::Character { character: '+' | '#', .. } => RuleId::FilterWildcard,
        TopicError::Character { .. } => RuleId::FilterCharacters,
        TopicError::TooLong { .. } => RuleId::FilterLength,
    };
    Finding { rule, detail: Some(Detail::Topic(error)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::legacy::{TopicCharacters, TopicsPerDevice};

    #[test]
    fn finds_every_broken_rule_of_a_subscription() {
        let check = |filter: &str, already, in_product, readings: &Readings| {
            let findings = check_subscribe(filter, already, in_product, readings);
            findings.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let suggested = Readings::default();
        assert!(check("app_topic", 99, 99, &suggested).is_empty());
        assert!(check("/29455901/wendu", 0, 0, &suggested).is_empty());
        assert_eq!(check("", 0, 0, &suggested), ["topic-empty: topic is empty"]);
        assert_eq!(
            check("room/+", 100, 100, &suggested),
            [
                "filter-wildcard: '+' at byte 5 is not allowed in a topic",
                "topics-per-device: found 101",
                "topics-per-product: found 101"
            ]
        );
        assert_eq!(
            check("$dp", 0, 0, &suggested),
            ["filter-reserved: topics beginning with $ belong to the platform"]
        );
        assert_eq!(
            check("温度", 0, 0, &suggested),
            ["filter-characters: '温' at byte 0 is not allowed in a topic"]
        );
        assert_eq!(
            check(&"a".repeat(1_025), 0, 0, &suggested),
            ["filter-length: topic has 1025 characters, the limit is 1024"]
        );
        let strict = Readings {
            topic_characters: TopicCharacters::NoUnderscore,
            topics_per_device: TopicsPerDevice::UpTo50,
            ..suggested
        };
        assert_eq!(
            check("app_topic", 50, 0, &strict),
            ["filter-characters: '_' at byte 3 is not allowed in a topic", "topics-per-device: found 51"]
        );
    }
}
