//! The suite: what its topics are for, and what its messages say.

use super::table::{Entry, entry};
use crate::field::Field;

pub(super) static TABLE: &[Entry] = &[
    entry(
        Field::SuiteDataPoints,
        "reference §2.4",
        [
            "Data point upload",
            "Device to platform: values of data streams, as JSON with an ID. The platform answers on …/accepted or \
             …/rejected with the same ID, if the device has subscribed to them.",
        ],
        [
            "数据点上传",
            "设备到平台：上传各数据流的数据点，JSON 格式，带 id。设备订阅了 …/accepted 和 …/rejected，平台才会回复结果，id 与上传的相同。",
        ],
    ),
    entry(
        Field::CommandRequest,
        "reference §2.4",
        [
            "Command",
            "Platform to device: a command in any bytes, as the application sent it. The device must be online and \
             subscribed. It answers on cmd/response with the same command ID, once, and within the time that the \
             application waits (5 to 30 seconds).",
        ],
        [
            "命令下发",
            "平台到设备：应用下发的命令原文，可以是任意字节。设备必须在线并已订阅。应答发到 cmd/response，命令 ID 不变，只能答一次，并且要在应用设定的等待时间（5 到 30 秒）内。",
        ],
    ),
    entry(
        Field::CommandResponse,
        "reference §2.4",
        [
            "Command answer",
            "Device to platform: the answer to the command whose ID stands in the topic, in any bytes, less than 1 KB. \
             The platform confirms on …/accepted, or refuses on …/rejected: too long is 99, too late 112, an unknown \
             ID or a second answer 113.",
        ],
        [
            "命令应答",
            "设备到平台：对主题里那条命令的应答，可以是任意字节，必须小于 1 KB。平台用 …/accepted 确认，或用 …/rejected 拒绝：太长是 99，超时是 112，命令 ID 不存在或重复应答是 113。",
        ],
    ),
    entry(
        Field::ImageUpdate,
        "reference §2.4",
        [
            "Device image update",
            "Device to platform: what the device is (reported), or should be (desired). The platform answers on \
             …/accepted or …/rejected, and tells on the topic delta what is still different.",
        ],
        [
            "更新设备镜像",
            "设备到平台：上报设备的当前状态（reported）或期望状态（desired）。平台在 …/accepted 或 …/rejected 回复，并通过 delta 主题通知两者的差异。",
        ],
    ),
    entry(
        Field::ImageDelta,
        "reference §2.4",
        [
            "Device image difference",
            "Platform to device: what is desired and not yet reported. The device acts on it, then reports its new \
             state. The documents disagree whether the topic is image/update/delta or image/delta.",
        ],
        [
            "设备镜像差异",
            "平台到设备：期望状态中与设备上报不一致的部分。设备执行后再上报新的状态。主题究竟是 image/update/delta 还是 image/delta，官方文档说法不一。",
        ],
    ),
    entry(
        Field::ImageGet,
        "reference §2.4",
        [
            "Device image request",
            "Device to platform: asks for the device image, which comes on …/accepted. The payload must be empty, or it \
             is rejected with 98.",
        ],
        ["获取设备镜像", "设备到平台：请求设备镜像，平台在 …/accepted 返回。有效载荷必须为空，否则返回 98。"],
    ),
    entry(
        Field::SubDeviceLogin,
        "reference §2.4",
        [
            "Sub-device login",
            "Gateway to platform: the sub-device of the topic is online. The payload must be empty. Its data points and \
             commands follow on its own $subdev topics; a gateway has at most 50 sub-devices.",
        ],
        [
            "子设备上线",
            "网关到平台：主题里的子设备上线，有效载荷必须为空。之后它的数据点和命令走自己的 $subdev 主题；一个网关最多 50 个子设备。",
        ],
    ),
    entry(
        Field::SubDeviceLogout,
        "reference §2.4",
        [
            "Sub-device logout",
            "Gateway to platform: the sub-device of the topic is offline. The payload must be empty.",
        ],
        ["子设备下线", "网关到平台：主题里的子设备下线，有效载荷必须为空。"],
    ),
    entry(
        Field::LogoutNotice,
        "reference §2.4",
        [
            "Sub-device logout notice",
            "Platform to gateway: it has logged the sub-device out. What stands in the message is documented nowhere.",
        ],
        ["子设备下线通知", "平台到网关：平台已让这个子设备下线。消息内容没有文档说明。"],
    ),
    entry(
        Field::ThingPassage,
        "reference §2.4",
        [
            "Thing data",
            "A topic of the suite that its design document names and no document lays out. Today's thing model has \
             topics such as thing/property/post instead.",
        ],
        [
            "物模型透传",
            "MQTT 套件设计文档里提到、但没有任何文档说明格式的主题。现在的物模型用的是 thing/property/post 这类主题。",
        ],
    ),
    entry(
        Field::SuiteMessageId,
        "reference §2.4",
        [
            "Message ID",
            "A number that the device chooses, 1 to 2147483647, without quotes; the reply repeats it. -1 in a rejection \
             means that the platform could read no ID.",
        ],
        [
            "消息 ID",
            "设备自己选的整数，1 到 2147483647，不带引号；回复里会带上同一个数。拒绝消息里的 -1 表示平台没能读出 id。",
        ],
    ),
    entry(
        Field::Streams,
        "reference §2.4",
        [
            "Data streams",
            "The object \"dp\": a member for each data stream. Its value is a list of data points, even if there is \
             only one.",
        ],
        ["数据流集合", "\"dp\" 对象，每个成员是一个数据流，值是数据点的数组，即使只有一个点也要写成数组。"],
    ),
    entry(
        Field::StreamName,
        "reference §2.4",
        [
            "Data stream name",
            "1 to 30 letters, digits, _ and ., with a $ in front if one likes. Chinese names and hyphens are rejected.",
        ],
        ["数据流名称", "1 到 30 个字母、数字、下划线或点，最前面可以加一个 $。中文和短横线会被拒绝。"],
    ),
    entry(
        Field::UnixSeconds,
        "reference §2.4",
        [
            "Time in seconds",
            "Whole seconds since 1970-01-01 in UTC: ten digits these days. Left out, it is the time of arrival. \
             The studio counts milliseconds instead: thirteen digits.",
        ],
        [
            "时间（秒）",
            "从 1970-01-01 起算的 UTC 整秒数，目前是十位数字。省略时取到达平台的时间。Studio 用的是毫秒，十三位数字，别混用。",
        ],
    ),
    entry(
        Field::ErrorCode,
        "reference §2.4",
        [
            "Error code",
            "Why it was rejected: 98 illegal data, 99 too long an answer, 100 a fault of the platform, 112 too late, \
             113 no such command; from 150 on about device images.",
        ],
        [
            "错误码",
            "拒绝的原因：98 数据不合法，99 应答太长，100 平台内部错误，112 应答超时，113 命令 ID 不存在；150 以上与设备镜像有关。",
        ],
    ),
    entry(
        Field::ErrorMessage,
        "reference §2.4",
        ["Error message", "The platform's words for the code, such as illegal data."],
        ["错误信息", "平台对错误码的说明，例如 illegal data。"],
    ),
    entry(
        Field::ImageState,
        "reference §2.4",
        [
            "State",
            "What the device is and what it should be. An update needs at least one of desired and reported; a \
             difference has the names at once.",
        ],
        [
            "状态",
            "设备的当前状态和期望状态。更新时 desired 和 reported 至少要有一个；差异通知里直接就是各个名称。",
        ],
    ),
    entry(
        Field::ImageDesired,
        "reference §2.4",
        ["Desired state", "Names and values as the device should have them."],
        ["期望状态", "希望设备达到的状态，由名称和值组成。"],
    ),
    entry(
        Field::ImageReported,
        "reference §2.4",
        ["Reported state", "Names and values as the device has them."],
        ["上报状态", "设备上报的当前状态，由名称和值组成。"],
    ),
    entry(
        Field::ImageMetadata,
        "reference §2.4",
        ["Metadata", "Since when each value stands, in seconds."],
        ["元数据", "每个值最后一次变化的时间，单位是秒。"],
    ),
    entry(
        Field::ImageVersion,
        "reference §2.4",
        ["Image version", "The platform counts it up with every change of the image."],
        ["镜像版本", "设备镜像每变化一次，平台就把它加一。"],
    ),
];
