//! The studio: what its topics are for, and which way they go.

use super::table::{Entry, entry};
use crate::field::Field;

pub(super) static TABLE: &[Entry] = &[
    entry(
        Field::PropertyPost,
        "reference §3.2, §3.3",
        [
            "Property report",
            "Device to platform: values of properties, each an object with value and, if one likes, time. The platform \
             replies on …/post/reply with the same ID, if the device has subscribed to it.",
        ],
        [
            "属性上报",
            "设备到平台：上报属性值，每个属性是含 value（可带 time）的对象。设备订阅了 …/post/reply，平台才会应答，id 与上报的相同。",
        ],
    ),
    entry(
        Field::PropertySet,
        "reference §3.2, §3.3",
        [
            "Property setting",
            "Platform to device: new values of properties, bare, without value around them. The device must answer on \
             …/set_reply with the same ID and code 200, or the platform reports a time-out.",
        ],
        [
            "属性设置",
            "平台到设备：设置属性值，直接写值，外面没有 value。设备必须在 …/set_reply 应答，id 相同、code 为 200，否则平台报超时。",
        ],
    ),
    entry(
        Field::PropertyGet,
        "reference §3.2, §3.3",
        [
            "Property query",
            "Platform to device: a list of identifiers whose values it wants to know. The device answers on …/get_reply \
             with the same ID and the values in data.",
        ],
        [
            "属性获取",
            "平台到设备：要读取的属性标识符列表。设备在 …/get_reply 应答，id 相同，属性值放在 data 里。",
        ],
    ),
    entry(
        Field::DesiredGet,
        "reference §3.2, §3.3",
        [
            "Desired value query",
            "Device to platform: a list of properties whose desired values it wants to know, for instance after a login. \
             Those that have none are missing in the reply on …/get/reply.",
        ],
        [
            "期望值获取",
            "设备到平台：查询这些属性的期望值，例如在登录之后。没有期望值的属性不会出现在 …/get/reply 的应答里。",
        ],
    ),
    entry(
        Field::DesiredDelete,
        "reference §3.2, §3.3",
        [
            "Desired value clearing",
            "Device to platform: desired values that it has carried out. With a version only that one is cleared; if it \
             is another by now, nothing happens. The reply comes on …/delete/reply.",
        ],
        [
            "期望值清除",
            "设备到平台：清除已经执行的期望值。带 version 时只清除这个版本，版本已变则不处理。应答在 …/delete/reply。",
        ],
    ),
    entry(
        Field::EventPost,
        "reference §3.2, §3.3",
        [
            "Event report",
            "Device to platform: events, whose value is an object of the output parameters. The platform replies on \
             …/post/reply, if the device has subscribed to it.",
        ],
        [
            "事件上报",
            "设备到平台：上报事件，value 是由输出参数组成的对象。设备订阅了 …/post/reply，平台才会应答。",
        ],
    ),
    entry(
        Field::ServiceInvoke,
        "reference §3.2, §3.3",
        [
            "Service call",
            "Platform to device: calls the service that the topic names, with its input parameters. The device answers \
             on …/invoke_reply with the same ID and the output parameters in data; a synchronous call waits 5 seconds.",
        ],
        [
            "服务调用",
            "平台到设备：调用主题里的服务，params 是输入参数。设备在 …/invoke_reply 应答，id 相同，输出参数放在 data 里；同步调用 5 秒超时。",
        ],
    ),
    entry(
        Field::PackPost,
        "reference §3.2, §3.3",
        [
            "Batch report",
            "Device to platform: many properties and events at once, of a gateway's sub-devices too: at most 10 of them \
             and 100 points each. The reply comes on …/post/reply.",
        ],
        [
            "批量上报",
            "设备到平台：一次上报多个属性和事件，网关可以带上子设备：最多 10 个子设备，每个设备最多 100 个数据点。应答在 …/post/reply。",
        ],
    ),
    entry(
        Field::HistoryPost,
        "reference §3.2, §3.3",
        [
            "History report",
            "Device to platform: as a batch report, but of the past: each property and event has a list of values, at \
             most 100. The reply comes on …/post/reply.",
        ],
        [
            "历史数据上报",
            "设备到平台：与批量上报相似，但上报的是历史数据，每个属性或事件是一个数组，最多 100 个值。应答在 …/post/reply。",
        ],
    ),
    entry(
        Field::SubLogin,
        "reference §3.2, §3.3",
        [
            "Sub-device login",
            "Gateway to platform: a bound sub-device is online. The reply comes on …/login/reply.",
        ],
        ["子设备上线", "网关到平台：已绑定的子设备上线。应答在 …/login/reply。"],
    ),
    entry(
        Field::SubLogout,
        "reference §3.2, §3.3",
        [
            "Sub-device logout",
            "Gateway to platform: a sub-device is offline. The reply comes on …/logout/reply.",
        ],
        ["子设备下线", "网关到平台：子设备下线。应答在 …/logout/reply。"],
    ),
    entry(
        Field::TopoAdd,
        "reference §3.2, §3.3",
        [
            "Sub-device binding",
            "Gateway to platform: binds a sub-device, with a token of that device as proof. The reply comes on \
             …/add/reply.",
        ],
        ["添加子设备", "网关到平台：绑定子设备，要附上该子设备的 token。应答在 …/add/reply。"],
    ),
    entry(
        Field::TopoDelete,
        "reference §3.2, §3.3",
        [
            "Sub-device unbinding",
            "Gateway to platform: unbinds a sub-device, with a token of that device as proof. The reply comes on \
             …/delete/reply.",
        ],
        ["删除子设备", "网关到平台：解绑子设备，要附上该子设备的 token。应答在 …/delete/reply。"],
    ),
    entry(
        Field::TopoGet,
        "reference §3.2, §3.3",
        [
            "Topology query",
            "Gateway to platform: asks for the list of its sub-devices, which comes on …/get/reply. The gateway then \
             says on …/get/result whether it took it.",
        ],
        [
            "获取拓扑关系",
            "网关到平台：查询名下的子设备，列表在 …/get/reply 返回。网关再通过 …/get/result 告知是否处理成功。",
        ],
    ),
    entry(
        Field::TopoResult,
        "reference §3.2",
        [
            "Topology result",
            "Gateway to platform: whether it took the list of its sub-devices. Nothing answers it.",
        ],
        ["拓扑关系处理结果", "网关到平台：收到子设备列表后的处理结果。平台不再应答。"],
    ),
    entry(
        Field::TopoChange,
        "reference §3.2, §3.3",
        [
            "Topology change",
            "Platform to gateway: the list of its sub-devices, all of them, has changed. The gateway answers on \
             …/change_reply.",
        ],
        ["拓扑关系变化", "平台到网关：子设备列表有变化，下发的是完整列表。网关在 …/change_reply 应答。"],
    ),
    entry(
        Field::SubPropertyGet,
        "reference §3.2, §3.3",
        [
            "Sub-device property query",
            "Platform to gateway: properties of a sub-device that it wants to know, at most 50. The gateway answers on \
             …/get_reply within 5 seconds.",
        ],
        ["子设备属性获取", "平台到网关：读取子设备的属性，最多 50 个。网关在 5 秒内通过 …/get_reply 应答。"],
    ),
    entry(
        Field::SubPropertySet,
        "reference §3.2, §3.3",
        [
            "Sub-device property setting",
            "Platform to gateway: new values of a sub-device's properties, at most 50. The gateway answers on \
             …/set_reply within 5 seconds.",
        ],
        ["子设备属性设置", "平台到网关：设置子设备的属性，最多 50 个。网关在 5 秒内通过 …/set_reply 应答。"],
    ),
    entry(
        Field::SubServiceInvoke,
        "reference §3.2, §3.3",
        [
            "Sub-device service call",
            "Platform to gateway: calls a service of a sub-device; which one stands in the payload. The gateway answers \
             on …/invoke_reply with the output parameters.",
        ],
        [
            "子设备服务调用",
            "平台到网关：调用子设备的服务，服务标识符在有效载荷里。网关在 …/invoke_reply 应答，带上输出参数。",
        ],
    ),
    entry(
        Field::OtaInform,
        "reference §3.2",
        [
            "Upgrade notice",
            "Platform to device: there is a new firmware. The device answers on ota/inform_reply. What stands in the \
             message is not documented.",
        ],
        ["升级通知", "平台到设备：有新固件可以升级。设备在 ota/inform_reply 应答。消息内容没有文档说明。"],
    ),
    entry(
        Field::CustomUp,
        "reference §3.2",
        [
            "Custom data, up",
            "Device to platform: bytes of the device's own format, which a script on the platform translates. The \
             topic is spelt custome, with an e.",
        ],
        [
            "自定义数据上行",
            "设备到平台：自定义格式的数据，由平台上的数据解析脚本转换。主题拼作 custome，末尾多一个 e。",
        ],
    ),
    entry(
        Field::CustomDown,
        "reference §3.2",
        [
            "Custom data, down",
            "Platform to device: bytes of the device's own format. The device answers on custome/down_reply with the \
             same ID.",
        ],
        [
            "自定义数据下行",
            "平台到设备：自定义格式的数据。设备在 custome/down_reply 应答，主题里的 ID 不变。",
        ],
    ),
];
