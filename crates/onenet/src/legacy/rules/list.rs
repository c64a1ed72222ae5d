//! The rules themselves. Sources are named as in the reference (§0): S26 is the official document V2.6,
//! S23 its V2.3, S11 its V1.1, EDP the sister protocol's, FAQ and qa pages of the official site.

use super::id::RuleId;
use super::reading::{KeepAlive, Qos, Reading, Retain, TopicCharacters, TopicsPerDevice, Will};
use super::rule::Confidence::{self, A, B, Disputed, Unknown};
use super::rule::Consequence::{self, Close, Ignore, Refuse};
use super::rule::{Dispute, Rule};
use crate::legacy::FloatReading;

/// Every rule, in the order of [`RuleId`].
pub const RULES: [Rule; 40] = [
    rule(
        RuleId::ProtocolName,
        "The protocol name of a CONNECT is MQTT.",
        "CONNECT 的协议名必须是 MQTT。",
        ("S26, captures", A),
        Close,
    ),
    rule(
        RuleId::ProtocolLevel,
        "The protocol level of a CONNECT is 4, which is MQTT 3.1.1.",
        "CONNECT 的协议级别必须是 4，即 MQTT 3.1.1。",
        ("S26 §4.2.2, captures", A),
        Refuse(1),
    ),
    rule(
        RuleId::ReservedFlag,
        "Bit 0 of the connect flags is 0.",
        "CONNECT 连接标志的第 0 位（保留位）必须是 0。",
        ("S26 §4.1.2", B),
        Close,
    ),
    rule(
        RuleId::LoginFlags,
        "The connect flags say that user name and password follow.",
        "CONNECT 的用户名标志和密码标志都必须是 1。",
        ("S26 §4.1.2", B),
        Close,
    ),
    rule(
        RuleId::WillFlags,
        "Without a will, will QoS and will retain are 0; will QoS is 0, 1 or 2.",
        "没有遗嘱时，遗嘱 QoS 和遗嘱保留标志必须是 0；遗嘱 QoS 只能是 0、1 或 2。",
        ("S26 (since V2.4)", B),
        Close,
    ),
    disputed(
        RuleId::Will,
        "A device leaves a will only where the platform supports wills, and only to a topic that can be subscribed to.",
        "只有平台支持遗嘱时，设备才能设置遗嘱；遗嘱主题必须可以被订阅。",
        "S26, S23, FAQ mqtt Q7; that its topic is such a one is our choice",
        Close,
        Will::READINGS,
    ),
    disputed(
        RuleId::KeepAliveRange,
        "The keep alive of a CONNECT is within the range that the platform takes.",
        "CONNECT 的保活时间必须在平台接受的范围内。",
        "S26, S23, S11, FAQ multiprotocol Q1, captures",
        Close,
        KeepAlive::READINGS,
    ),
    rule(
        RuleId::DeviceIdEmpty,
        "The client identifier is the device ID and is not empty.",
        "客户端标识（设备 ID）不能为空。",
        ("S26; that the code is 2 is our choice", A),
        Refuse(2),
    ),
    rule(
        RuleId::DeviceIdDecimal,
        "The device ID has decimal digits only.",
        "设备 ID 只能由十进制数字组成。",
        ("S26, captures; that the code is 2 is our choice", A),
        Refuse(2),
    ),
    rule(
        RuleId::DeviceKnown,
        "The device ID is one that the platform gave out.",
        "设备 ID 必须是平台分配的。",
        ("S26 §4.2.2; that the code is 2 is our choice", Unknown),
        Refuse(2),
    ),
    rule(
        RuleId::ProductIdEmpty,
        "The user name is the product ID and is not empty.",
        "用户名（产品 ID）不能为空。",
        ("S26; that the code is 4 is our choice", A),
        Refuse(4),
    ),
    rule(
        RuleId::ProductIdDecimal,
        "The product ID has decimal digits only.",
        "产品 ID 只能由十进制数字组成。",
        ("S26, captures; that the code is 4 is our choice", A),
        Refuse(4),
    ),
    rule(
        RuleId::AuthInfoEmpty,
        "The password is the device's auth info or an API key and is not empty.",
        "密码（鉴权信息或 API key）不能为空。",
        ("S26, qa Q1, captures; that the code is 4 is our choice", A),
        Refuse(4),
    ),
    rule(
        RuleId::LoginMatches,
        "Product ID and auth info are those of the device.",
        "产品 ID 和鉴权信息必须与该设备一致。",
        ("S26 §4.2.2; that the code is 4 is our choice", Unknown),
        Refuse(4),
    ),
    rule(
        RuleId::FirstPacket,
        "The first packet of a connection is a CONNECT.",
        "连接建立后的第一个报文必须是 CONNECT。",
        ("MQTT 3.1.1 §3.1", B),
        Close,
    ),
    rule(
        RuleId::SecondConnect,
        "A connection has one CONNECT.",
        "一个连接上只能发送一次 CONNECT。",
        ("MQTT 3.1.1 §3.1", B),
        Close,
    ),
    rule(
        RuleId::BeforeConnack,
        "Nothing is sent between CONNECT and CONNACK.",
        "收到 CONNACK 之前不得发送其他报文。",
        ("S26, qa Q2", B),
        Ignore,
    ),
    rule(
        RuleId::OneConnection,
        "A device has one connection; a second login ends the first.",
        "一个设备只能保持一个连接，新的登录会断开旧连接。",
        ("S26 §4.2.2", B),
        Close,
    ),
    rule(
        RuleId::KeepAliveSilence,
        "A device is never silent for one and a half times its keep alive.",
        "设备不得在 1.5 倍保活时间内没有任何上行报文。",
        ("S11 (2015), MQTT 3.1.1 §3.1.2.10", B),
        Close,
    ),
    rule(
        RuleId::TopicEmpty,
        "No topic is empty, neither a message's nor a subscription's.",
        "主题不能为空，发布和订阅都是如此。",
        ("MQTT 3.1.1 §4.7.3", B),
        Close,
    ),
    rule(
        RuleId::TopicWildcard,
        "The topic of a message has no + and no #.",
        "消息的主题不能含有通配符 + 或 #。",
        ("S26 §5.3, MQTT 3.1.1 §3.3.2.1", B),
        Close,
    ),
    disputed(
        RuleId::TopicCharacters,
        "The topic of a message has only characters that the platform takes.",
        "消息的主题只能含有平台允许的字符。",
        "S26 §4.9, S26 §5.3, captures",
        Close,
        TopicCharacters::READINGS,
    ),
    rule(
        RuleId::TopicLength,
        "The topic of a message has at most 1,024 characters.",
        "消息的主题最长 1024 个字符。",
        ("S26 §5.3", B),
        Close,
    ),
    rule(
        RuleId::TopicReserved,
        "A device publishes to no topic beginning with $ but $dp and $crsp.",
        "除 $dp 和 $crsp 外，设备不能向以 $ 开头的主题发布消息。",
        ("no source; what D:faq/mqtt.md Q42 says of illegal data", Unknown),
        Close,
    ),
    rule(
        RuleId::TopicCommand,
        "Only the platform publishes commands ($creq).",
        "只有平台可以向 $creq 发布命令，设备不可以。",
        ("no source; what D:faq/mqtt.md Q42 says of illegal data", Unknown),
        Close,
    ),
    rule(
        RuleId::QosRange,
        "The QoS of a message is not 3.",
        "消息的 QoS 不能是 3。",
        ("MQTT 3.1.1 §3.3.1.2", B),
        Close,
    ),
    disputed(
        RuleId::Qos,
        "The QoS of a message is one that the platform speaks.",
        "消息的 QoS 必须是平台支持的。",
        "S26, S23",
        Close,
        Qos::READINGS,
    ),
    disputed(
        RuleId::Retain,
        "A message is retained only where the platform supports that.",
        "只有平台支持保留消息时，消息才能设置 RETAIN。",
        "S26 §4.3, S23",
        Close,
        Retain::READINGS,
    ),
    rule(
        RuleId::UploadRetain,
        "An upload to $dp is not retained.",
        "发布到 $dp 的上传不能设置 RETAIN。",
        ("S26; what breaking it brings is our choice", B),
        Close,
    ),
    rule(
        RuleId::Payload,
        "An upload to $dp has one of the seven payload types and can be read.",
        "发布到 $dp 的内容必须是七种数据类型之一，并且可以解析。",
        ("S26 §5.2.1, FAQ mqtt Q42; the checks are EDP's, codes 63 to 86", B),
        Close,
    ),
    rule(
        RuleId::BodySize,
        "The body of an upload of type 1 or 3 to 6 has at most 65,535 bytes.",
        "类型 1、3 至 6 的数据体最长 65535 字节。",
        ("S26 §5.2.1, SDK: its length has two bytes", A),
        Close,
    ),
    rule(
        RuleId::BinarySize,
        "The binary of an upload of type 2 has at most 3 MB.",
        "类型 2 的二进制数据最大 3 MB。",
        ("S26 §5.2.1; S11 (2015) has 4 MB", B),
        Close,
    ),
    disputed(
        RuleId::FloatCount,
        "An upload of type 7 has 1 to 500 floats in a run, and at most 500 in all; sources disagree on whose they are.",
        "类型 7 的每组浮点数为 1 至 500 个，每条消息最多 500 个；它们属于哪些数据流，资料说法不一。",
        "S26 §5.2.1, SDK sample; the limit is given once, without saying for which",
        Close,
        FloatReading::READINGS,
    ),
    rule(
        RuleId::FilterWildcard,
        "A subscription has no + and no #: there are no wildcards.",
        "订阅不支持通配符 + 和 #。",
        ("S26 §5.3; that the code is 0x80 is our choice", B),
        Refuse(0x80),
    ),
    rule(
        RuleId::FilterReserved,
        "No subscription begins with $; commands come without one.",
        "不能订阅以 $ 开头的主题；命令无需订阅即可收到。",
        ("FAQ mqtt Q34; that the code is 0x80 is our choice", B),
        Refuse(0x80),
    ),
    disputed(
        RuleId::FilterCharacters,
        "The topic of a subscription has only characters that the platform takes.",
        "订阅的主题只能含有平台允许的字符。",
        "S26 §4.9, S26 §5.3, captures",
        Refuse(0x80),
        TopicCharacters::READINGS,
    ),
    rule(
        RuleId::FilterLength,
        "The topic of a subscription has at most 1,024 characters.",
        "订阅的主题最长 1024 个字符。",
        ("S26 §5.3", B),
        Refuse(0x80),
    ),
    disputed(
        RuleId::TopicsPerDevice,
        "A device subscribes to no more topics than the platform takes.",
        "一个设备订阅的主题数不能超过平台的上限。",
        "S26, FAQ mqtt Q1",
        Refuse(0x80),
        TopicsPerDevice::READINGS,
    ),
    rule(
        RuleId::TopicsPerProduct,
        "A product has at most 100 topics.",
        "一个产品最多有 100 个主题。",
        ("S26, FAQ mqtt Q1", B),
        Refuse(0x80),
    ),
    rule(
        RuleId::CommandSize,
        "The body of a command is smaller than 64 KB.",
        "命令的内容必须小于 64 KB。",
        ("HTTP API, POST /cmds; that errno is 5 is our choice", B),
        Refuse(5),
    ),
];

const fn rule(
    id: RuleId,
    english: &'static str,
    chinese: &'static str,
    (source, confidence): (&'static str, Confidence),
    consequence: Consequence,
) -> Rule {
    Rule { id, english, chinese, source, confidence, consequence, disputed: None }
}

const fn disputed(
    id: RuleId,
    english: &'static str,
    chinese: &'static str,
    source: &'static str,
    consequence: Consequence,
    readings: &'static [Reading],
) -> Rule {
    // The first of every dispute is its default, in `reading` too.
    let disputed = Some(Dispute { readings, default: 0 });
    Rule { disputed, ..rule(id, english, chinese, (source, Disputed), consequence) }
}
