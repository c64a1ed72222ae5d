//! Messages and what is subscribed to.

use super::table::{Entry, entry};
use crate::field::Field;

pub(super) static TABLE: &[Entry] = &[
    entry(
        Field::TopicName,
        "MQTT 3.1.1 §3.3.2.1; reference §1.5",
        [
            "Topic name",
            "What the message is about; no wildcards. On the legacy platform $dp uploads data points, $creq/… is a \
             command, $crsp/… its answer, and any other name goes from device to device within one product. Today's \
             platforms have topics under $sys alone.",
        ],
        [
            "主题名",
            "消息属于哪个主题，不能含通配符。在旧版平台上，$dp 用来上传数据点，$creq/… 是平台下发的命令，$crsp/… 是命令的应答，其他主题在同一产品的设备之间转发。新版平台只有 $sys 开头的主题。",
        ],
    ),
    entry(
        Field::TopicPrefix,
        "reference §1.8",
        ["Topic prefix", "$creq/ is a command from the platform, $crsp/ the device's answer to one."],
        ["主题前缀", "$creq/ 表示平台下发的命令，$crsp/ 表示设备对命令的应答。"],
    ),
    entry(
        Field::CommandId,
        "reference §1.8, §2.4",
        [
            "Command ID",
            "Ties a command to its answer: a UUID of 36 characters. The device copies it from the command's topic \
             into that of the answer, byte for byte.",
        ],
        [
            "命令 ID",
            "把命令和应答对应起来，是 36 个字符的 UUID。应答时要把它从命令的主题里原样抄到应答的主题里。",
        ],
    ),
    entry(
        Field::Message,
        "MQTT 3.1.1 §3.3.3",
        ["Message", "What was published. MQTT gives it no format: sender and receiver must agree on one."],
        ["消息内容", "发布的内容。MQTT 不规定格式，由收发双方自己约定。"],
    ),
    entry(
        Field::CommandBody,
        "reference §1.8",
        [
            "Command",
            "The body of the command exactly as the application sent it, under 64 KB. It arrives without any \
             subscription.",
        ],
        ["命令内容", "应用下发的命令原文，小于 64 KB。设备不用订阅就能收到。"],
    ),
    entry(
        Field::CommandAnswer,
        "reference §1.8",
        ["Answer", "What the device says to the command, in any bytes. The application reads it over HTTP."],
        ["命令应答", "设备对命令的回复，可以是任意字节。应用通过 HTTP 接口读取。"],
    ),
    entry(
        Field::Subscription,
        "MQTT 3.1.1 §3.8.3",
        [
            "Subscription",
            "A topic filter and the quality of service that is asked for it. There may be several.",
        ],
        ["订阅项", "一个主题过滤器加上请求的服务质量。一个报文里可以有好几项。"],
    ),
    entry(
        Field::TopicFilter,
        "MQTT 3.1.1 §4.7; reference §1.5, §2.3",
        [
            "Topic filter",
            "Which topics are meant. MQTT has the wildcards + and #. The legacy platform knows neither, and none of its \
             topics that begin with $ can be subscribed to. Today's platforms want $sys, product ID and device name \
             first, and take wildcards behind them.",
        ],
        [
            "主题过滤器",
            "指的是哪些主题。MQTT 有通配符 + 和 #，但旧版平台都不支持，$ 开头的主题也不能订阅。新版平台必须以 $sys/产品 ID/设备名称 开头，通配符只能放在后面。",
        ],
    ),
    entry(
        Field::RequestedQosByte,
        "MQTT 3.1.1 §3.8.3",
        [
            "Requested QoS",
            "One byte behind every filter. Forgetting it is the usual mistake in frames made by hand.",
        ],
        ["请求的 QoS", "每个过滤器后面都有这一个字节。手工拼报文时最容易漏掉它。"],
    ),
    entry(
        Field::ReservedQosBits,
        "MQTT 3.1.1 §3.8.3",
        ["Reserved bits", "Always 0. Anything else is a protocol error."],
        ["保留位", "始终为 0，否则是协议错误。"],
    ),
    entry(
        Field::RequestedQos,
        "MQTT 3.1.1 §3.8.3; reference §1.4, §2.3",
        [
            "Requested QoS",
            "The highest quality of service at which messages are to come, 0 to 2. The legacy platform \
             delivers at the QoS of the publisher instead, retained messages excepted; today's platforms always grant 0.",
        ],
        [
            "请求的 QoS",
            "希望以多高的服务质量接收消息，0 到 2。旧版平台实际按发布者的 QoS 下发，只有保留消息按这里的请求；新版平台一律授予 0。",
        ],
    ),
    entry(
        Field::SubackCode,
        "MQTT 3.1.1 §3.9.3; reference §2.3",
        [
            "Return code",
            "One for each filter of the SUBSCRIBE, in its order: 00, 01 or 02 is the QoS that was granted, 80 \
             means refused. Today's platforms grant 00 whatever was asked for, and refuse a filter outside of the \
             device's own topics.",
        ],
        [
            "订阅返回码",
            "与 SUBSCRIBE 里的过滤器一一对应，顺序相同：00、01、02 是授予的 QoS，80 表示订阅失败。新版平台不管请求多少都授予 00；过滤器超出本设备的主题范围则订阅失败。",
        ],
    ),
];
