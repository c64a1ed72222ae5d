//! OneJSON, the payloads of the studio: what their members say.

use super::table::{Entry, entry};
use crate::field::Field;

pub(super) static TABLE: &[Entry] = &[
    entry(
        Field::StudioMessageId,
        "reference §3.3",
        [
            "Message ID",
            "Digits in quotes, at most 13, which the sender chooses and the reply repeats. A number without quotes is \
             refused with 312.",
        ],
        [
            "消息 ID",
            "带引号的一串数字，最多 13 位，由发送方选定，应答时原样带回。写成不带引号的数字会报 312。",
        ],
    ),
    entry(
        Field::ModelVersion,
        "reference §3.3",
        ["Version", "The version of the protocol, \"1.0\". May be left out."],
        ["协议版本", "协议的版本，固定为 \"1.0\"，可以省略。"],
    ),
    entry(
        Field::Params,
        "reference §3.3",
        [
            "Parameters",
            "What is asked for. A report has an object around each value; a property setting and a service call have \
             bare values; a query has a list of identifiers.",
        ],
        [
            "请求参数",
            "请求的内容。上报时每个值外面有一层对象，属性设置和服务调用直接写值，查询时是标识符列表。",
        ],
    ),
    entry(
        Field::ReplyCode,
        "reference §3.3",
        [
            "Code",
            "How it went: 200 is success. The others are known from the platform's device log: 301 wrong JSON, 302 wrong \
             type of value, 309 no such identifier, 312 wrong message ID.",
        ],
        [
            "状态码",
            "处理结果：200 表示成功。其余见平台的设备日志：301 JSON 格式错误，302 数据类型错误，309 标识符不存在，312 消息 ID 不合法。",
        ],
    ),
    entry(
        Field::ReplyText,
        "reference §3.3",
        ["Message", "Free text about the code, such as success."],
        ["提示信息", "对状态码的文字说明，例如 success，内容不限。"],
    ),
    entry(
        Field::ReplyData,
        "reference §3.3",
        ["Data", "What was asked for: values of properties, desired values, output parameters of a service."],
        ["返回数据", "请求所要的内容：属性值、期望值，或服务的输出参数。"],
    ),
    entry(
        Field::Identifier,
        "reference §3.3",
        [
            "Identifier",
            "What the thing model calls a property, an event or a parameter. Case matters; one that the thing model does \
             not have is refused with 309.",
        ],
        ["标识符", "物模型里属性、事件或参数的标识符，区分大小写。物模型里没有的会报 309。"],
    ),
    entry(
        Field::Property,
        "reference §3.3",
        [
            "Property",
            "A property of the thing model and its value. In a report the value stands in an object with value and, if \
             one likes, time; in a setting and in a reply it stands bare.",
        ],
        [
            "属性",
            "物模型的一个属性和它的值。上报时值写在含 value（可带 time）的对象里，设置和应答时直接写值。",
        ],
    ),
    entry(
        Field::Event,
        "reference §3.3",
        ["Event", "An event of the thing model: what happened, and when."],
        ["事件", "物模型的一个事件：发生了什么，什么时候。"],
    ),
    entry(
        Field::ModelValue,
        "reference §3.3",
        [
            "Value",
            "As the type in the thing model wants it: a bool is true or false, an enum and a bitmap are numbers, a \
             struct is an object. Anything else is refused with 302.",
        ],
        [
            "值",
            "必须符合物模型里的数据类型：bool 写 true 或 false，enum 和 bitMap 写整数，struct 写对象。类型不符会报 302。",
        ],
    ),
    entry(
        Field::UnixMillis,
        "reference §3.3",
        [
            "Time in milliseconds",
            "Milliseconds since 1970-01-01 in UTC: thirteen digits these days. Left out, it is the time of arrival. Ten \
             digits are seconds, and land in January 1970.",
        ],
        [
            "时间（毫秒）",
            "从 1970-01-01 起算的 UTC 毫秒数，目前是十三位数字。省略时取到达平台的时间。误写成十位的秒数，就成了 1970 年 1 月。",
        ],
    ),
    entry(
        Field::Moment,
        "reference §3.3",
        ["Value and time", "One of several values of the same property or event."],
        ["一次取值", "同一个属性或事件在某个时刻的值。"],
    ),
    entry(
        Field::Parameter,
        "reference §3.3",
        ["Parameter", "A parameter of a service or an event, and its value."],
        ["参数", "服务或事件的一个参数和它的值。"],
    ),
    entry(
        Field::DesiredValue,
        "reference §3.3",
        [
            "Desired value",
            "A property and the value that the platform wants it to have, kept until the device clears it. That is how \
             a device that was offline learns what it missed.",
        ],
        [
            "期望值",
            "平台希望某个属性达到的值，一直保留到设备清除为止。离线设备上线后可以据此补上错过的设置。",
        ],
    ),
    entry(
        Field::DesiredVersion,
        "reference §3.3",
        [
            "Desired version",
            "Counts from 1 how often the desired value was set. Clear the one that was carried out.",
        ],
        ["期望值版本", "期望值每设置一次加一，从 1 开始。清除时填已经执行的那个版本。"],
    ),
    entry(
        Field::Batch,
        "reference §3.3",
        [
            "Device's share",
            "Properties and events of one device: without identity, of the one that sends it.",
        ],
        ["单个设备的数据", "一个设备的属性和事件；没有 identity 就是发送者自己的。"],
    ),
    entry(
        Field::Identity,
        "reference §3.3",
        ["Identity", "The sub-device whose data follow: its product ID and device name."],
        ["设备身份", "后面的数据属于哪个子设备：产品 ID 和设备名称。"],
    ),
    entry(
        Field::Properties,
        "reference §3.3",
        ["Properties", "Properties of this device by their identifiers."],
        ["属性集合", "这个设备的各个属性，以标识符为键。"],
    ),
    entry(
        Field::Events,
        "reference §3.3",
        ["Events", "Events of this device by their identifiers."],
        ["事件集合", "这个设备的各个事件，以标识符为键。"],
    ),
    entry(
        Field::SubDevice,
        "reference §3.3",
        ["Sub-device", "A device behind the gateway: its product ID and device name."],
        ["子设备", "网关下的一个设备：产品 ID 和设备名称。"],
    ),
    entry(
        Field::SubDevices,
        "reference §3.3",
        ["Sub-device list", "All sub-devices of the gateway, not only those that changed."],
        ["子设备列表", "网关名下的全部子设备，不只是有变化的。"],
    ),
    entry(
        Field::SubToken,
        "reference §3.3, §4",
        [
            "Sub-device token",
            "A token signed with the key of the sub-device: the proof that the gateway may bind it. A secret, like every \
             token.",
        ],
        ["子设备 token", "用子设备密钥签名的 token，证明网关有权绑定它。和所有 token 一样要保密。"],
    ),
    entry(
        Field::ServiceInput,
        "reference §3.3",
        ["Input parameters", "What the service of the sub-device is called with."],
        ["输入参数", "调用子设备服务时的输入参数。"],
    ),
    entry(
        Field::ServiceOutput,
        "reference §3.3",
        ["Output parameters", "What the service of the sub-device returned."],
        ["输出参数", "子设备服务返回的输出参数。"],
    ),
];
