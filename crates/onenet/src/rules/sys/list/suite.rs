//! Rules of the suite alone: its messages and its rates.

use super::super::super::id::RuleId;
use super::super::super::rule::Confidence::{A, B};
use super::super::super::rule::Consequence::{Ban, Ignore, Refuse, Reject};
use super::super::super::rule::{Rule, disputed, rule};
use super::super::reading::{CommandSize, DeltaTopic, MessageIds};

/// What the suite demands besides, in the order of [`RuleId`].
pub(super) const RULES: [Rule; 18] = [
    rule(
        RuleId::SuiteTopicsPerDevice,
        "A device of the suite subscribes to at most 15 topics; login and logout of sub-devices do not count.",
        "套件的设备最多订阅 15 个业务主题，子设备的 login、logout 主题不计入。",
        ("design 2.1, limits", B),
        Refuse(0x80),
    ),
    disputed(
        RuleId::SuiteDeltaTopic,
        "A device that wants differences subscribes to the topic on which the platform tells them.",
        "要接收设备镜像的差异，必须订阅平台推送 delta 消息所用的主题。",
        "image-topics, design 2.3",
        Ignore,
        DeltaTopic::READINGS,
    ),
    rule(
        RuleId::SuiteDataPoints,
        "Data points are JSON of the documented form.",
        "上传的数据点必须是符合文档格式的 JSON。",
        ("dp-topics, design 3.1, captures", A),
        Reject(98),
    ),
    disputed(
        RuleId::SuiteMessageId,
        "The id of data points is a number that the platform takes.",
        "数据点消息的 id 必须是平台接受的数值。",
        "dp-topics, design 3.1.2",
        Reject(98),
        MessageIds::READINGS,
    ),
    rule(
        RuleId::SuiteImageUpdate,
        "An update of the device image is JSON of the documented form.",
        "设备镜像的更新必须是符合文档格式的 JSON。",
        ("image-topics, design 3.3", B),
        Reject(165),
    ),
    rule(
        RuleId::SuiteImageGet,
        "What asks for the device image has an empty payload.",
        "查询设备镜像时，有效载荷必须为空。",
        ("image-topics, design 3.3.4", B),
        Reject(98),
    ),
    rule(
        RuleId::SuiteSubDeviceLogin,
        "What logs a sub-device in or out has an empty payload.",
        "子设备登录、登出时，有效载荷必须为空。",
        ("design 2.3, limits; that the code is 98 is our choice", B),
        Reject(98),
    ),
    rule(
        RuleId::SuiteAnswerSize,
        "The answer to a command is smaller than 1 KB.",
        "命令应答必须小于 1 KB。",
        ("cmd-topics, design 3.2.2", B),
        Reject(99),
    ),
    rule(
        RuleId::SuiteAnswerOnce,
        "A command that the platform sent is answered once.",
        "只能应答平台下发过的命令，且只能应答一次。",
        ("cmd-topics", B),
        Reject(113),
    ),
    rule(
        RuleId::SuiteAnswerTime,
        "A command is answered before it times out.",
        "必须在命令超时之前应答。",
        ("cmd-topics, design 3.2.3", B),
        Reject(112),
    ),
    disputed(
        RuleId::SuiteCommandSize,
        "The body of a command is no larger than the platform takes.",
        "命令的内容不能超过平台允许的大小。",
        "synccmds, design 3.2.1; that errno is 6 is our choice",
        Refuse(6),
        CommandSize::READINGS,
    ),
    rule(
        RuleId::SuiteSubDevices,
        "A gateway of the suite logs in at most 50 sub-devices.",
        "一个网关最多登录 50 个子设备。",
        ("design 2.1; that the code is 100 is our choice", B),
        Reject(100),
    ),
    rule(
        RuleId::SuiteLoginRate,
        "A device logs in at most 10 times in 5 seconds.",
        "设备 5 秒内最多登录 10 次。",
        ("design 2.1", B),
        Ban,
    ),
    rule(
        RuleId::SuiteQos0Rate,
        "A device publishes at most 300 messages at QoS 0 in 5 seconds.",
        "设备 5 秒内最多发布 300 条 QoS 0 消息。",
        ("design 2.1", B),
        Ban,
    ),
    rule(
        RuleId::SuiteQos1Rate,
        "A device publishes at most 100 messages at QoS 1 in 5 seconds.",
        "设备 5 秒内最多发布 100 条 QoS 1 消息。",
        ("design 2.1", B),
        Ban,
    ),
    rule(
        RuleId::SuiteSubscribeRate,
        "A device subscribes to at most 15 topics in 5 seconds, failures included.",
        "设备 5 秒内最多订阅 15 个主题，失败的订阅也计入。",
        ("design 2.1", B),
        Ban,
    ),
    rule(
        RuleId::SuiteUnsubscribeRate,
        "A device unsubscribes at most 10 times in 5 seconds.",
        "设备 5 秒内最多取消订阅 10 次。",
        ("design 2.1", B),
        Ban,
    ),
    rule(
        RuleId::SuitePingRate,
        "A device pings at most 10 times in 5 seconds.",
        "设备 5 秒内最多发送 10 个 PINGREQ 报文。",
        ("design 2.1", B),
        Ban,
    ),
];
