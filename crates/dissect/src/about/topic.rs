//! Topics of the platforms with tokens: whose they are, and which of them is a reply.

use super::table::{Entry, entry};
use crate::field::Field;

pub(super) static TABLE: &[Entry] = &[
    entry(
        Field::SysPrefix,
        "reference §2.4, §3.2",
        [
            "System topic",
            "Begins every topic of today's OneNET: $sys, product ID, device name, and what it is for. There are no \
             topics of one's own: a message to any other ends the connection.",
        ],
        [
            "系统主题前缀",
            "新版 OneNET 的主题都以 $sys 开头，后面依次是产品 ID、设备名称和功能。平台不支持自定义主题，发布到其他主题会被断开连接。",
        ],
    ),
    entry(
        Field::SubdevPrefix,
        "reference §2.4",
        [
            "Sub-device topic",
            "Begins the topics in which a gateway of the suite speaks for a sub-device, whose product ID and name \
             follow. The sub-device has to be logged in first.",
        ],
        [
            "子设备主题前缀",
            "MQTT 套件的网关代子设备收发消息时用的主题，后面是子设备的产品 ID 和设备名称。子设备要先上线。",
        ],
    ),
    entry(
        Field::ProductId,
        "reference §2.2, §3.1",
        [
            "Product ID",
            "The product to which the device belongs: a number on older products, ten letters and digits on newer ones. \
             It is the user name of the login, and stands in every topic and in the token.",
        ],
        [
            "产品 ID",
            "设备所属的产品：早期产品是一串数字，新产品是十位字母和数字。登录时填在用户名里，每个主题和 token 里也都有它。",
        ],
    ),
    entry(
        Field::DeviceName,
        "reference §2.2, §3.1",
        [
            "Device name",
            "The name of the device in its product: 1 to 64 letters, digits, _ and -, case matters. It is the client \
             identifier of the login. A topic with the name of another device is refused.",
        ],
        [
            "设备名称",
            "设备在产品内的名称：1 到 64 个字母、数字、下划线或短横线，区分大小写。登录时填在客户端标识符里。主题里写成别的设备名称会被拒绝。",
        ],
    ),
    entry(
        Field::ServiceIdentifier,
        "reference §3.2",
        [
            "Service identifier",
            "Which service is called, as the thing model names it. The reply goes to the same topic with _reply \
             behind it.",
        ],
        ["服务标识符", "要调用的是物模型里的哪个服务。应答时主题里的标识符不变，末尾换成 invoke_reply。"],
    ),
    entry(
        Field::TopicLevel,
        "MQTT 3.1.1 §4.7.1.1; reference §2.3",
        [
            "Levels",
            "What stands behind the names and is no topic of the platform by itself: of a filter what goes before a \
             wildcard, of a wrong topic what is right of it. A topic has at most eight levels.",
        ],
        [
            "主题层级",
            "设备名称后面、单独不成为平台主题的部分：在过滤器里是通配符之前的几级，在写错的主题里是还没有错的几级。一个主题最多八级。",
        ],
    ),
    entry(
        Field::SingleLevelWildcard,
        "MQTT 3.1.1 §4.7.1.3; reference §2.3",
        [
            "Wildcard for one level",
            "Stands for any one level, such as the ID of a command. OneNET takes it from the fourth level on, behind \
             the device name.",
        ],
        ["单级通配符", "代表任意一级，例如命令 ID。OneNET 只允许它出现在第四级及以后，即设备名称后面。"],
    ),
    entry(
        Field::MultiLevelWildcard,
        "MQTT 3.1.1 §4.7.1.2; reference §2.3",
        [
            "Wildcard for all levels",
            "Stands for everything from here on, and must be the last character. OneNET takes it from the fourth level \
             on: behind $sys, product ID and device name, it means all that is for this device.",
        ],
        [
            "多级通配符",
            "代表从这里往后的所有层级，只能是最后一个字符。OneNET 只允许它出现在第四级及以后：$sys/产品 ID/设备名称/# 就是这个设备的全部主题。",
        ],
    ),
    entry(
        Field::Accepted,
        "reference §2.4",
        [
            "Accepted",
            "The platform took what the device sent to the topic in front of this word. It says so only to a device \
             that has subscribed to it. Match the answer to data points by its ID, to a command by the one in the topic.",
        ],
        [
            "接受（accepted）",
            "平台接受了设备发到前面那个主题的消息。只有订阅了这个主题才能收到。数据点的结果按 id 对应，命令的结果按主题里的命令 ID 对应。",
        ],
    ),
    entry(
        Field::Rejected,
        "reference §2.4",
        [
            "Rejected",
            "The platform did not take what the device sent to the topic in front of this word; code and text say why. \
             It says so only to a device that has subscribed to it, and the connection stays.",
        ],
        [
            "拒绝（rejected）",
            "平台没有接受设备发到前面那个主题的消息，错误码和错误信息说明原因。只有订阅了这个主题才能收到，连接不会断开。",
        ],
    ),
    entry(
        Field::Reply,
        "reference §3.2, §3.3",
        [
            "Reply",
            "The answer to the request whose topic stands in front, with the same ID. /reply comes from the platform, \
             and only to a device that has subscribed to it; _reply is what a device must answer to the platform. \
             Mixing up the two is the usual mistake.",
        ],
        [
            "应答（reply）",
            "对前面那个请求的应答，id 与请求相同。/reply 由平台下发，设备订阅了才能收到；_reply 由设备上报，用来应答平台的请求。两种写法最容易混淆。",
        ],
    ),
];
