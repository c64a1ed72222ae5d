//! Rules of the studio alone: its rates.

use super::super::super::id::RuleId;
use super::super::super::rule::Confidence::B;
use super::super::super::rule::Consequence::{Ban, Delay, Ignore, Refuse};
use super::super::super::rule::{Rule, disputed, rule};
use super::super::reading::StudioLogins;

/// What the studio demands besides, in the order of [`RuleId`].
pub(super) const RULES: [Rule; 8] = [
    rule(
        RuleId::StudioTopicsPerDevice,
        "A device of the studio subscribes to at most 10 topics.",
        "Studio 的设备最多订阅 10 个主题。",
        ("mqtt-limit", B),
        Refuse(0x80),
    ),
    disputed(
        RuleId::StudioLoginRate,
        "A device logs in no more often than the platform takes.",
        "设备登录的频率不能超过平台的上限。",
        "mqtt-limit, use_limits",
        Ban,
        StudioLogins::READINGS,
    ),
    rule(
        RuleId::StudioUplinkRate,
        "A device publishes at most once a second.",
        "设备每秒最多上行 1 条消息。",
        ("mqtt-limit", B),
        Delay,
    ),
    rule(
        RuleId::StudioSubscribeRate,
        "A device subscribes to at most 10 topics a second; everything else waits, too.",
        "设备每秒最多订阅 10 个主题，超限后该连接上的所有报文都会延迟。",
        ("mqtt-limit", B),
        Refuse(0x80),
    ),
    rule(
        RuleId::StudioUnsubscribeRate,
        "A device unsubscribes from at most 10 topics a second.",
        "设备每秒最多取消订阅 10 个主题。",
        ("mqtt-limit", B),
        Delay,
    ),
    rule(
        RuleId::StudioPingRate,
        "A device pings at most once a second.",
        "设备每秒最多发送 1 个 PINGREQ 报文。",
        ("mqtt-limit", B),
        Delay,
    ),
    rule(
        RuleId::StudioBandwidth,
        "A device sends at most 512 KB a second.",
        "设备每秒最多上行 512 KB。",
        ("mqtt-limit", B),
        Delay,
    ),
    rule(
        RuleId::StudioPropertySetRate,
        "The properties of a device are set at most once a second.",
        "每秒最多设置 1 次设备属性。",
        ("mqtt-limit", B),
        Ignore,
    ),
];
