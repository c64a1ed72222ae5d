//! Logging in: CONNECT and CONNACK.

use super::table::{Entry, entry};
use crate::field::Field;

pub(super) static TABLE: &[Entry] = &[
    entry(
        Field::ProtocolName,
        "MQTT 3.1.1 §3.1.2.1; reference §1.2",
        [
            "Protocol name",
            "The four letters MQTT behind their length, 00 04. MQIsdp is the name of the older MQTT 3.1, which \
             OneNET does not take.",
        ],
        ["协议名", "长度 00 04 加四个字母 MQTT。MQIsdp 是旧版 MQTT 3.1 的写法，OneNET 不接受。"],
    ),
    entry(
        Field::ProtocolLevel,
        "MQTT 3.1.1 §3.1.2.2; reference §1.2",
        [
            "Protocol level",
            "4 is MQTT 3.1.1, the only version that OneNET speaks. 3 is MQTT 3.1 and 5 is MQTT 5: set your \
             library to 3.1.1.",
        ],
        [
            "协议级别",
            "4 表示 MQTT 3.1.1，OneNET 只支持这一个版本。3 是 MQTT 3.1，5 是 MQTT 5：请把客户端库设成 3.1.1。",
        ],
    ),
    entry(
        Field::ConnectFlags,
        "MQTT 3.1.1 §3.1.2.3; reference §1.2, §2.2",
        [
            "Connect flags",
            "Eight bits that say which fields follow, and how the session is to be. C2 is the usual one at \
             OneNET, and the only one that today's platforms take: user name, password, clean session.",
        ],
        [
            "连接标志",
            "八个标志位，说明后面有哪些字段、会话怎么处理。OneNET 上最常见的是 C2：有用户名、有密码、清理会话；新版平台只接受 C2。",
        ],
    ),
    entry(
        Field::UserNameFlag,
        "MQTT 3.1.1 §3.1.2.8; reference §1.2",
        [
            "User name flag",
            "1 if a user name follows. OneNET demands it; without it the connection is closed and no CONNACK \
             comes.",
        ],
        ["用户名标志", "为 1 表示后面有用户名。OneNET 要求必须为 1，否则直接断开，连 CONNACK 都没有。"],
    ),
    entry(
        Field::PasswordFlag,
        "MQTT 3.1.1 §3.1.2.9; reference §1.2",
        [
            "Password flag",
            "1 if a password follows; then there must be a user name too. OneNET demands both, or closes the \
             connection without a CONNACK.",
        ],
        [
            "密码标志",
            "为 1 表示后面有密码，这时必须也有用户名。OneNET 要求两者都有，否则直接断开，不回 CONNACK。",
        ],
    ),
    entry(
        Field::WillRetain,
        "MQTT 3.1.1 §3.1.2.7",
        ["Will retain", "1 if the will is to be kept for later subscribers. Must be 0 without a will."],
        ["遗嘱保留", "为 1 表示遗嘱消息发布后要留存，发给以后的订阅者。没有遗嘱时必须为 0。"],
    ),
    entry(
        Field::WillQos,
        "MQTT 3.1.1 §3.1.2.6",
        [
            "Will QoS",
            "The quality of service at which the will is published, 0 to 2. Must be 0 without a will.",
        ],
        ["遗嘱 QoS", "发布遗嘱消息所用的服务质量，0 到 2。没有遗嘱时必须为 0。"],
    ),
    entry(
        Field::WillFlag,
        "MQTT 3.1.1 §3.1.2.5; reference §1.2, §2.3",
        [
            "Will flag",
            "1 if a will follows: a message that the server publishes in the device's place when the connection \
             breaks. The legacy platform gives it only to those who are online; today's platforms hang up when there is one. \
             A DISCONNECT takes it back.",
        ],
        [
            "遗嘱标志",
            "为 1 表示后面有遗嘱：连接异常断开时，由服务器代设备发布的一条消息。旧版平台只把它发给在线的订阅者；新版平台不支持遗嘱，带上就会断开。正常发送 DISCONNECT 则遗嘱作废。",
        ],
    ),
    entry(
        Field::CleanSession,
        "MQTT 3.1.1 §3.1.2.4; reference §1.5, §2.2",
        [
            "Clean session",
            "1: the server forgets subscriptions and unacknowledged messages when the connection ends. 0: it \
             keeps them, and the legacy platform delivers the newest 10 messages of two days at the next login. Today's \
             platforms demand 1.",
        ],
        [
            "清理会话",
            "1：断开后服务器丢弃订阅和未确认的消息。0：服务器保留它们，下次登录时旧版平台会补发最近两天内最新的 10 条消息。新版平台必须为 1。",
        ],
    ),
    entry(
        Field::ReservedConnectFlag,
        "MQTT 3.1.1 §3.1.2.3",
        ["Reserved bit", "Must be 0. If it is 1, the server closes the connection."],
        ["保留位", "必须为 0，为 1 时服务器会断开连接。"],
    ),
    entry(
        Field::KeepAlive,
        "MQTT 3.1.1 §3.1.2.10; reference §1.2, §2.2",
        [
            "Keep alive",
            "The longest silence of the device, in seconds; two bytes, big-endian. After one and a half times \
             as long without any packet the platform hangs up: send PINGREQ in time. The legacy \
             platform's document asks for 120 or more, those of today's platforms for 10 to 1800.",
        ],
        [
            "保活时间",
            "设备最多可以沉默多少秒；两个字节，大端。超过 1.5 倍时间没有任何报文，平台就会断开连接，所以要按时发 PINGREQ。旧版平台的文档要求不小于 120 秒，新版平台要求 10 到 1800 秒。",
        ],
    ),
    entry(
        Field::ClientId,
        "MQTT 3.1.1 §3.1.3.1; reference §1.2, §2.2",
        [
            "Client identifier",
            "Who is logging in. On the legacy platform the device ID that OneNET gave out, decimal digits only; with a \
             token the name of the device. A second login of the same device throws the first one out.",
        ],
        [
            "客户端标识符",
            "谁在登录。旧版平台填 OneNET 分配的设备 ID，只有数字；用 token 登录时填设备名称。同一个设备再次登录，前一个连接会被踢下线。",
        ],
    ),
    entry(
        Field::WillTopic,
        "MQTT 3.1.1 §3.1.3.2",
        ["Will topic", "Where the will is published. A topic name, so without the wildcards + and #."],
        ["遗嘱主题", "遗嘱消息发布到哪个主题。这是主题名，不能含通配符 + 和 #。"],
    ),
    entry(
        Field::WillMessage,
        "MQTT 3.1.1 §3.1.3.3",
        [
            "Will message",
            "What is published when the connection breaks. Any bytes, up to 65,535; may be empty.",
        ],
        ["遗嘱消息", "连接异常断开时发布的内容。可以是任意字节，最多 65535 个，也可以为空。"],
    ),
    entry(
        Field::UserName,
        "MQTT 3.1.1 §3.1.3.4; reference §1.2, §2.2",
        [
            "User name",
            "At OneNET the product ID, to which the device belongs: digits on the legacy platform.",
        ],
        ["用户名", "在 OneNET 上填设备所属的产品 ID，旧版平台上是一串数字。"],
    ),
    entry(
        Field::Password,
        "MQTT 3.1.1 §3.1.3.5; reference §1.2, §4",
        [
            "Password",
            "On the legacy platform the device's auth info or an API key; on the later ones a signed token. MQTT \
             does not encrypt it: whoever sees this frame can log in with it.",
        ],
        [
            "密码",
            "旧版平台填设备的鉴权信息或 APIKey，新版平台填签名后的 token。MQTT 本身不加密：谁看到这个报文，谁就能用它登录。",
        ],
    ),
    entry(
        Field::AcknowledgeFlags,
        "MQTT 3.1.1 §3.2.2.1",
        ["Acknowledge flags", "A byte of which only the lowest bit means something."],
        ["连接确认标志", "这个字节只有最低位有意义。"],
    ),
    entry(
        Field::ReservedAcknowledgeFlags,
        "MQTT 3.1.1 §3.2.2.1",
        ["Reserved bits", "Always 0."],
        ["保留位", "始终为 0。"],
    ),
    entry(
        Field::SessionPresent,
        "MQTT 3.1.1 §3.2.2.2; reference §1.3",
        [
            "Session present",
            "1 if the server still had a session of this device. MQTT forbids it in answer to clean session 1, \
             yet OneNET has been recorded doing that: a device should not mind.",
        ],
        [
            "会话存在标志",
            "为 1 表示服务器还保存着这个设备的会话。MQTT 规定清理会话为 1 时这里必须为 0，但实际抓到过 OneNET 返回 1，设备不必因此断开。",
        ],
    ),
    entry(
        Field::ConnackCode,
        "MQTT 3.1.1 §3.2.2.3; reference §1.3, §2.2",
        [
            "Return code",
            "0 accepted, 1 wrong protocol version, 2 client identifier refused, 3 server unavailable, 4 bad user \
             name or password, 5 not authorized. Today's platforms say 4 to every token that is wrong or has expired. \
             Nothing may be sent before this frame has arrived.",
        ],
        [
            "连接返回码",
            "0 成功，1 协议版本不支持，2 客户端标识符被拒绝，3 服务不可用，4 用户名或密码错误，5 未授权。新版平台对错误或过期的 token 一律返回 4。收到这个报文之前，不要发送其他报文。",
        ],
    ),
];
