//! The parts of every frame.

use super::table::{Entry, entry};
use crate::field::Field;

pub(super) static TABLE: &[Entry] = &[
    entry(
        Field::Frame,
        "MQTT 3.1.1 §2.1",
        [
            "Frame",
            "One whole MQTT control packet as it travels over TCP: fixed header, variable header, payload. TCP \
             knows no frames: several may arrive together, or one in pieces.",
        ],
        [
            "报文",
            "一个完整的 MQTT 控制报文：固定报头、可变报头、有效载荷。TCP 只是字节流，一次可能收到好几个报文，也可能只收到半个。",
        ],
    ),
    entry(
        Field::FixedHeader,
        "MQTT 3.1.1 §2.2",
        ["Fixed header", "The only part that every packet has: what it is, and how many bytes follow."],
        ["固定报头", "每个报文都有的开头：说明这是什么报文、后面还有多少字节。"],
    ),
    entry(
        Field::FirstByte,
        "MQTT 3.1.1 §2.2.1, §2.2.2; reference §1.3",
        [
            "Type and flags",
            "The upper four bits are the packet type, the lower four are flags. A wrong flag is a protocol \
             error: OneNET closes the connection without a word.",
        ],
        [
            "类型与标志",
            "高四位是报文类型，低四位是标志。标志写错就是协议错误，OneNET 会直接断开连接，不给任何提示。",
        ],
    ),
    entry(
        Field::PacketType,
        "MQTT 3.1.1 §2.2.1",
        ["Packet type", "A number from 1 (CONNECT) to 14 (DISCONNECT). 0 and 15 are reserved."],
        ["报文类型", "1（CONNECT）到 14（DISCONNECT）之间的编号。0 和 15 保留，不能使用。"],
    ),
    entry(
        Field::ReservedFlags,
        "MQTT 3.1.1 §2.2.2; reference §0",
        [
            "Reserved flags",
            "Fixed for every type but PUBLISH: 0010 in PUBREL, SUBSCRIBE and UNSUBSCRIBE, 0000 in all others. \
             OneNET's own tables misprint them as 0: a SUBSCRIBE begins with 82, not 80.",
        ],
        [
            "保留标志位",
            "除 PUBLISH 外都是固定值：PUBREL、SUBSCRIBE、UNSUBSCRIBE 为 0010，其余为 0000。OneNET 文档的表格把它们误印成了 0：SUBSCRIBE 的首字节是 82，不是 80。",
        ],
    ),
    entry(
        Field::Dup,
        "MQTT 3.1.1 §3.3.1.1",
        [
            "DUP",
            "1 if the sender has sent this message before and got no acknowledgement. Must be 0 at QoS 0, \
             where nothing is sent twice.",
        ],
        ["重发标志（DUP）", "发送方没有等到确认、再次发送同一条消息时为 1。QoS 0 不会重发，必须为 0。"],
    ),
    entry(
        Field::Qos,
        "MQTT 3.1.1 §3.3.1.2, §4.3; reference §2.3",
        [
            "QoS",
            "0 is at most once, without answer; 1 at least once, answered by PUBACK; 2 exactly once, followed by \
             PUBREC, PUBREL and PUBCOMP. 3 is forbidden, and today's platforms do not take 2. From 1 on the variable header has a packet identifier.",
        ],
        [
            "服务质量（QoS）",
            "0 至多一次，没有应答；1 至少一次，对方回 PUBACK；2 恰好一次，随后还有 PUBREC、PUBREL、PUBCOMP。不允许为 3，新版平台也不支持 2。QoS 1 和 2 的可变报头里多一个报文标识符。",
        ],
    ),
    entry(
        Field::Retain,
        "MQTT 3.1.1 §3.3.1.3; reference §1.4, §2.3",
        [
            "RETAIN",
            "1 asks the server to keep the message for later subscribers, or says that it is such a kept one. \
             The legacy platform keeps one for a topic of yours, and none for $dp; today's platforms hang up.",
        ],
        [
            "保留标志（RETAIN）",
            "为 1 时请服务器留存这条消息，发给以后的订阅者；收到时为 1 则表示它就是留存下来的。旧版平台的每个自定义主题只留一条，$dp 不支持保留；新版平台不支持，置 1 就会断开。",
        ],
    ),
    entry(
        Field::RemainingLength,
        "MQTT 3.1.1 §2.2.3",
        [
            "Remaining length",
            "How many bytes follow, without the fixed header itself. Bytes, not characters: a Chinese character \
             has three. If it is too small or too large, the server takes the next frame for part of this one \
             or the other way round, and hangs up.",
        ],
        [
            "剩余长度",
            "后面还有多少字节，不含固定报头本身。数的是字节而不是字符：一个汉字占三个字节。写大或写小了，服务器就会把下一个报文当成这一个的一部分（或反过来），然后断开连接。",
        ],
    ),
    entry(
        Field::LengthByte,
        "MQTT 3.1.1 §2.2.3",
        [
            "Byte of the remaining length",
            "Seven bits of the length and one that says whether another byte follows. Up to 127 one byte is \
             enough; a script that always writes one breaks at 128.",
        ],
        [
            "剩余长度的一个字节",
            "七位是长度，一位表示后面还有没有。127 以内一个字节就够；只会写一个字节的脚本，到 128 字节就出错。",
        ],
    ),
    entry(
        Field::Continuation,
        "MQTT 3.1.1 §2.2.3",
        [
            "Continuation bit",
            "1: another byte of the length follows, up to four in all. 0: this is the last one.",
        ],
        ["延续位", "1：剩余长度后面还有字节，最多四个。0：这是最后一个。"],
    ),
    entry(
        Field::LengthDigit,
        "MQTT 3.1.1 §2.2.3",
        [
            "Seven bits of the length",
            "A digit to the base of 128, the lowest first: 98 01 is 24 + 1 × 128 = 152.",
        ],
        ["长度的七位", "以 128 为基数的一位数字，低位在前：98 01 就是 24 + 1 × 128 = 152。"],
    ),
    entry(
        Field::VariableHeader,
        "MQTT 3.1.1 §2.3",
        [
            "Variable header",
            "What the packet type needs besides its content: topic, packet identifier, flags, codes.",
        ],
        ["可变报头", "各类报文在内容之外需要的部分：主题名、报文标识符、标志、返回码等。"],
    ),
    entry(
        Field::Payload,
        "MQTT 3.1.1 §2.4",
        [
            "Payload",
            "The content of the packet, up to its end. Of a PUBLISH it is the message, and MQTT does not care \
             what is in it.",
        ],
        [
            "有效载荷",
            "报文的内容，一直到报文末尾。PUBLISH 的有效载荷就是消息本身，里面是什么 MQTT 并不关心。",
        ],
    ),
    entry(
        Field::FieldLength,
        "MQTT 3.1.1 §1.5.3",
        [
            "Length of the field",
            "How many bytes the text behind it has: two bytes, the higher one first (big-endian), up to 65,535. \
             Counts bytes of UTF-8, not characters.",
        ],
        [
            "字段长度",
            "后面的文本有多少字节：占两个字节，高字节在前（大端），最大 65535。数的是 UTF-8 字节，不是字符。",
        ],
    ),
    entry(
        Field::PacketId,
        "MQTT 3.1.1 §2.3.1",
        [
            "Packet identifier",
            "Ties a request to its acknowledgement, which repeats it. Two bytes, big-endian, never 0, and not \
             used for anything else until the acknowledgement is there.",
        ],
        [
            "报文标识符",
            "把请求和它的确认对应起来：确认里会带上同一个编号。两个字节，大端，不能为 0；收到确认之前不能挪作他用。",
        ],
    ),
];
