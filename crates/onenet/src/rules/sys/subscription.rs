//! May this filter be subscribed to (reference §2.3, §3.1)?

use super::super::finding::{Detail, Finding};
use super::super::id::RuleId;
use super::super::reading::Readings;
use super::reading::DeltaTopic;
use crate::sys::{Device, Filter, Platform, TopicError, Tree};

/// The most filters of a SUBSCRIBE or UNSUBSCRIBE (reference §2.3).
pub const FILTERS_PER_PACKET: usize = 8;

/// One filter of a SUBSCRIBE.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subscription<'a> {
    /// The filter.
    pub filter: &'a str,
    /// The QoS that is asked for, 0 to 3.
    pub qos: u8,
    /// How many filters the packet has, this one included.
    pub in_packet: usize,
    /// How many other topics the device is subscribed to, or the sub-device whose topic it is. Login and logout
    /// of sub-devices do not count.
    pub already: usize,
}

/// The most topics that a device subscribes to (reference §2.3, §3.1).
pub fn topics_per_device(platform: Platform) -> usize {
    match platform {
        Platform::Suite => 15,
        Platform::Studio => 10,
    }
}

/// The rules that a subscription of `device` breaks: those about the filter first.
pub fn check_subscribe(
    subscription: &Subscription<'_>,
    device: &Device,
    platform: Platform,
    readings: &Readings,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut counts = true;
    match read_filter(subscription.filter, device, platform) {
        Err(error) => findings.push(wrong_filter(error)),
        Ok(filter) if platform == Platform::Suite && is_other_delta(&filter, readings) => {
            findings.push(Finding::new(RuleId::SuiteDeltaTopic));
        }
        Ok(filter) => counts = !is_about_logins(&filter),
    }
    if subscription.qos > 2 {
        findings.push(Finding::number(RuleId::SysFilterQos, subscription.qos.into()));
    }
    if subscription.in_packet > FILTERS_PER_PACKET {
        findings.push(Finding::number(RuleId::SysFiltersPerPacket, subscription.in_packet));
    }
    if counts && subscription.already >= topics_per_device(platform) {
        let rule = match platform {
            Platform::Suite => RuleId::SuiteTopicsPerDevice,
            Platform::Studio => RuleId::StudioTopicsPerDevice,
        };
        findings.push(Finding::number(rule, subscription.already + 1));
    }
    findings
}

/// Whose sub-devices there are is known to the platform alone: any is taken here.
fn read_filter<'a>(filter: &'a str, device: &Device, platform: Platform) -> Result<Filter<'a>, TopicError> {
    let filter = Filter::parse(filter)?;
    match (filter.tree, platform) {
        (Tree::Sys, _) => filter.device.check_own(device, filter.tree)?,
        (Tree::Subdev, Platform::Suite) => {}
        (Tree::Subdev, Platform::Studio) => return Err(TopicError::NoTree),
    }
    Ok(filter)
}

/// Whether it is the topic for differences of the other reading.
fn is_other_delta(filter: &Filter<'_>, readings: &Readings) -> bool {
    match readings.delta_topic {
        DeltaTopic::Update => filter.rest() == "image/delta",
        DeltaTopic::Image => filter.rest() == "image/update/delta",
    }
}

/// Whether it is about login or logout of a sub-device alone.
fn is_about_logins(filter: &Filter<'_>) -> bool {
    filter.tree == Tree::Subdev && matches!(filter.rest().split('/').next(), Some("login" | "logout"))
}

fn wrong_filter(error: TopicError) -> Finding {
    let rule = match error {
        TopicError::Empty => RuleId::SysFilterEmpty,
        TopicError::TooLong { .. } => RuleId::SysFilterLength,
        TopicError::TooManyLevels { .. } => RuleId::SysFilterLevels,
        TopicError::Character { .. } => RuleId::SysFilterCharacters,
        TopicError::MalformedWildcard { .. } => RuleId::SysFilterMalformed,
        TopicError::EarlyWildcard { .. } => RuleId::SysFilterWildcard,
        TopicError::NoTree
        | TopicError::Incomplete { .. }
        | TopicError::Name { .. }
        | TopicError::Foreign { .. }
        | TopicError::Unknown { .. } => RuleId::SysFilterForeign,
    };
    Finding { rule, detail: Some(Detail::Sys(error)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sys::{DeviceName, ProductId};

    fn check_with(subscription: &Subscription<'_>, platform: Platform, readings: &Readings) -> Vec<String> {
        let product = ProductId::parse("321016").unwrap();
        let device = Device { product, name: DeviceName::parse("ESP8266_01").unwrap() };
        let findings = check_subscribe(subscription, &device, platform, readings);
        findings.iter().map(ToString::to_string).collect()
    }

    fn check(filter: &str) -> Vec<String> {
        let subscription = Subscription { filter, qos: 2, in_packet: 8, already: 14 };
        check_with(&subscription, Platform::Suite, &Readings::default())
    }

    #[test]
    fn finds_nothing_wrong_with_the_recommended_subscriptions() {
        for filter in [
            "$sys/321016/ESP8266_01/#",
            "$sys/321016/ESP8266_01/cmd/#",
            "$sys/321016/ESP8266_01/cmd/request/+",
            "$sys/321016/ESP8266_01/cmd/response/+/+",
            "$sys/321016/ESP8266_01/dp/post/json/accepted",
            "$subdev/321016/other/login/+",
        ] {
            assert!(check(filter).is_empty(), "{filter}");
        }
    }

    #[test]
    fn finds_every_broken_rule_of_a_subscription() {
        for (filter, finding) in [
            ("", "sys-filter-empty: topic is empty"),
            ("#", "sys-filter-wildcard: wildcard at byte 0 is in level 1: they may stand from the fourth on"),
            (
                "$sys/321016/#",
                "sys-filter-wildcard: wildcard at byte 12 is in level 3: they may stand from the fourth on",
            ),
            ("room", "sys-filter-foreign: topic begins with neither $sys/ nor $subdev/"),
            ("$sys/321016/other/#", "sys-filter-foreign: names another device from byte 12 on"),
            ("$sys/321017/ESP8266_01/#", "sys-filter-foreign: names another device from byte 5 on"),
            (
                "$sys/321016/ESP8266_01/#/x",
                "sys-filter-malformed: wildcard at byte 23 does not stand alone, or # does not stand last",
            ),
            ("$sys/321016/ESP8266_01/数据", "sys-filter-characters: '数' at byte 23 is not allowed here"),
            ("$sys/321016/ESP8266_01/4/5/6/7/8/9", "sys-filter-levels: topic has 9 levels, the limit is 8"),
            ("$sys/321016/ESP8266_01/image/delta", "suite-delta-topic"),
        ] {
            assert_eq!(check(filter), [finding], "{filter}");
        }
        let long = format!("$sys/321016/ESP8266_01/{}", "x".repeat(490));
        assert_eq!(check(&long), ["sys-filter-length: filter has 513 bytes, the limit is 512"]);
    }

    #[test]
    fn counts_as_each_platform_does() {
        let filter = "$sys/321016/ESP8266_01/#";
        let many = Subscription { filter, qos: 3, in_packet: 9, already: 15 };
        assert_eq!(
            check_with(&many, Platform::Suite, &Readings::default()),
            [
                "sys-filter-qos: found 3",
                "sys-filters-per-packet: found 9",
                "suite-topics-per-device: found 16"
            ]
        );
        let some = Subscription { filter, qos: 0, in_packet: 1, already: 10 };
        assert_eq!(
            check_with(&some, Platform::Studio, &Readings::default()),
            ["studio-topics-per-device: found 11"]
        );
    }

    #[test]
    fn counts_no_logins_of_sub_devices() {
        let filter = "$subdev/321016/lamp/login/+";
        let login = Subscription { filter, qos: 0, in_packet: 1, already: 15 };
        assert!(check_with(&login, Platform::Suite, &Readings::default()).is_empty());
        let all = Subscription { filter: "$subdev/321016/lamp/#", ..login };
        assert_eq!(
            check_with(&all, Platform::Suite, &Readings::default()),
            ["suite-topics-per-device: found 16"]
        );
    }

    #[test]
    fn follows_the_readings() {
        let readings = Readings { delta_topic: DeltaTopic::Image, ..Readings::default() };
        let check = |filter| {
            let subscription = Subscription { filter, qos: 0, in_packet: 1, already: 0 };
            check_with(&subscription, Platform::Suite, &readings)
        };
        assert!(check("$sys/321016/ESP8266_01/image/delta").is_empty());
        assert_eq!(check("$sys/321016/ESP8266_01/image/update/delta"), ["suite-delta-topic"]);
    }
}
