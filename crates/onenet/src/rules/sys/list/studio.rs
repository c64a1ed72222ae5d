//! Rules of the studio alone: its messages and its rates.

use super::super::super::id::RuleId;
use super::super::super::rule::Confidence::B;
use super::super::super::rule::Consequence::{Ban, Delay, Ignore, Refuse, Reject};
use super::super::super::rule::{Rule, disputed, rule};
use super::super::reading::StudioLogins;

/// What the studio demands besides, in the order of [`RuleId`].
pub(super) const RULES: [Rule; 11] = [
    rule(
        RuleId::StudioTopicsPerDevice,
        "A device of the studio subscribes to at most 10 topics.",
        "Studio 的设备最多订阅 10 个主题。",
        ("mqtt-limit", B),
        Refuse(0x80),
    ),
    rule(
        RuleId::StudioRequest,
        "A request of the studio is JSON of the form that its topic takes, with an id of 1 to 13 digits.",
        "发给 Studio 的请求必须是符合该主题格式的 JSON，其中 id 为 1 至 13 位数字。",
        ("OneJSON, logging-type; that the device is told the code is our choice", B),
        Reject(301),
    ),
    rule(
        RuleId::StudioLimits,
        "A batch or a history has at most 10 sub-devices and 100 properties and events of each device; a request names devices rightly, and has objects as values of events.",
        "批量上报和历史数据上报最多含 10 个子设备、每个设备 100 个属性和事件；请求中设备的产品 ID 和名称必须合规，事件的值必须是对象。",
        ("OneJSON, logging-type; that the device is told the code is our choice", B),
        Reject(313),
    ),
    rule(
        RuleId::StudioReply,
        "An answer to the studio is JSON of the form that its topic takes, with the id of the request and a code.",
        "对 Studio 请求的应答必须是符合该主题格式的 JSON，含有该请求的 id 和 code。",
        ("OneJSON, logging-type", B),
        Ignore,
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
