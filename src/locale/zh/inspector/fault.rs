//! 报文哪里有误，该怎么办。

use dissect::{Fault, Problem};
use frame::FrameProblem;
use onenet::legacy::{DecodeError, DecodeProblem};

use crate::locale::zh::payload::decode_error;
use crate::locale::zh::sys;

/// 遇到什么、应当是什么、在哪里，以及该怎么办。
pub(in crate::locale::zh) fn fault(fault: &Fault) -> String {
    let Fault { offset, problem } = fault.clone();
    let (found, advice) = match problem {
        Problem::Incomplete { missing } => incomplete(missing),
        Problem::Surplus { surplus } => (
            format!("报文到这里已经结束，后面却还有 {surplus} 个字节"),
            "要么剩余长度写小了，要么从这里开始是另一个报文：每个报文都有自己的固定报头。",
        ),
        // 其他报文是剩余长度本身不对；这种报文的字段自己说明在哪里结束。
        Problem::Frame(FrameProblem::Length { expected, found }) if offset > 1 => (
            format!("报文的字段到这里已经结束，剩余长度之内却还有 {} 个字节", found.saturating_sub(expected)),
            "如果它们是要发送的字段，请把连接标志里对应的位置 1；否则请去掉它们，并相应减小剩余长度。",
        ),
        Problem::Frame(problem) => frame_problem(problem),
        Problem::Topic(error) => return format!("{}（偏移 {offset}）", sys::topic(error)),
        Problem::StudioTopic(error) => return format!("{}（偏移 {offset}）", sys::studio_topic(error)),
        Problem::Suite { problem, code } => {
            return format!("{}（偏移 {offset}）", sys::suite_problem(&problem, code));
        }
        Problem::Studio { problem, .. } => {
            return format!("{}（偏移 {offset}）", sys::decode_problem(&problem));
        }
        Problem::Payload(problem) => {
            let found = decode_error(DecodeError { offset, problem });
            return format!("{found}{}", payload_advice(problem));
        }
    };
    format!("{found}（偏移 {offset}）。{advice}")
}

fn incomplete(missing: Option<usize>) -> (String, &'static str) {
    match missing {
        Some(missing) => (
            format!("报文提前结束：按剩余长度，后面还应有 {missing} 个字节"),
            "请补上缺少的部分，或重新计算剩余长度：它是其后全部内容的字节数，不是字符数。",
        ),
        None => (
            "报文在剩余长度写完之前就结束了".to_owned(),
            "固定报头至少两个字节：先是报文类型，再是剩余长度，其最后一个字节小于 0x80。",
        ),
    }
}

fn frame_problem(problem: FrameProblem) -> (String, &'static str) {
    let found = match problem {
        FrameProblem::ReservedType(number) => {
            format!("报文类型 {number} 是保留值；首字节的高四位应当是 1 到 14")
        }
        FrameProblem::Flags { expected, found } => {
            format!("这种报文的标志位是 {found:04b}，应当是 {expected:04b}")
        }
        FrameProblem::DupAtQos0 => "QoS 0 的报文从不重发，DUP 却被置位".to_owned(),
        FrameProblem::Qos3 => "两个 QoS 位都被置位；没有 QoS 3".to_owned(),
        // 四个字节能写出的长度，这里都接受。
        FrameProblem::RemainingLength | FrameProblem::TooLarge { .. } => {
            "剩余长度超过四个字节：它的第四个字节的 bit 7 被置位".to_owned()
        }
        FrameProblem::Length { expected, found } => {
            format!("剩余长度是 {found}，这种报文固定为 {expected}")
        }
        FrameProblem::ProtocolName => "协议名不是 MQTT".to_owned(),
        FrameProblem::ProtocolLevel(level) => format!("协议级别是 {level}，应当是 4（MQTT 3.1.1）"),
        FrameProblem::ReservedConnectFlag => "连接标志的 bit 0 被置位，它必须是 0".to_owned(),
        FrameProblem::WillFlags => {
            "遗嘱标志互相矛盾：没有遗嘱却设置了遗嘱 QoS 或遗嘱保留，或者遗嘱 QoS 是 3".to_owned()
        }
        FrameProblem::PasswordWithoutUserName => "密码标志被置位，用户名标志却没有".to_owned(),
        FrameProblem::EmptyTopic => "主题是空的，至少要有一个字符".to_owned(),
        FrameProblem::Wildcard => "发布用的主题含有通配符 + 或 #".to_owned(),
        FrameProblem::Nul => "文本里有空字符（U+0000）".to_owned(),
        // 密码在这里可以是任意字节。
        FrameProblem::NotUtf8 | FrameProblem::PasswordNotText => "文本从这里起不是 UTF-8".to_owned(),
        FrameProblem::FieldTooLong(length) => {
            format!("长度字段写的是 {length} 字节，超出了报文剩下的部分")
        }
        FrameProblem::NoFilter => "没有主题过滤器，至少要有一个".to_owned(),
        FrameProblem::RequestedQos(byte) => format!("请求的 QoS 是 {byte:#04x}，应当是 0、1 或 2"),
        FrameProblem::PacketIdZero => "报文标识符是 0，应当是 1 到 65535".to_owned(),
        FrameProblem::ConnackFlags(byte) => {
            format!("连接确认标志是 {byte:#04x}，应当是 0x00 或 0x01")
        }
        FrameProblem::ReturnCode(code) => format!("返回码 {code:#04x} 没有定义"),
        FrameProblem::Truncated => "字段还没有写完，报文就结束了".to_owned(),
    };
    (found, frame_advice(problem))
}

fn frame_advice(problem: FrameProblem) -> &'static str {
    match problem {
        FrameProblem::ReservedType(_) => {
            "请确认这些字节是从报文开头开始的：CONNECT 以 10 开头，PUBLISH 以 30 开头。收到这种报文的一方会断开连接。"
        }
        FrameProblem::Flags { .. } => {
            "请改正首字节的低四位：PUBREL（62）、SUBSCRIBE（82）、UNSUBSCRIBE（a2）为 2，除 PUBLISH 外的其他报文为 0。有些资料里印成 80 和 a0，那是印刷错误。"
        }
        FrameProblem::DupAtQos0 => "请清除首字节的 bit 3，或改用 QoS 1 发送。",
        FrameProblem::Qos3 => "请把首字节的 bit 2 和 bit 1 改为 00、01 或 10。",
        FrameProblem::RemainingLength | FrameProblem::TooLarge { .. } => {
            "每个字节存 7 位，低位在前；除最后一个字节外，bit 7 都为 1。"
        }
        FrameProblem::Length { .. } => "请改正第二个字节，并去掉多余的内容。",
        FrameProblem::ProtocolName => "应当是 00 04 4d 51 54 54。旧版的 MQIsdp 不被接受。",
        FrameProblem::ProtocolLevel(_) => {
            "请在协议名后面写 04。3 是 MQTT 3.1，5 是 MQTT 5，OneNET 在这里都不支持。"
        }
        FrameProblem::ReservedConnectFlag => "请清除它。登录 OneNET 一般用 c2：用户名、密码、清理会话。",
        FrameProblem::WillFlags => {
            "没有遗嘱时，请把 bit 5 到 bit 3 清零；有遗嘱时，请置位 bit 2，并把遗嘱 QoS 设为 0 到 2。"
        }
        FrameProblem::PasswordWithoutUserName => "请置位 bit 7，并以产品 ID 作为用户名。OneNET 两者都要。",
        FrameProblem::EmptyTopic => "请写上主题；上传数据点用 $dp（00 03 24 64 70）。",
        FrameProblem::Wildcard => "请写明一个主题；通配符只能用于订阅。",
        FrameProblem::Nul => {
            "请删除它。它常常是 C 字符串末尾的 0：发送的字节数应当用 strlen，而不是 sizeof。"
        }
        FrameProblem::NotUtf8 | FrameProblem::PasswordNotText => {
            "请用 UTF-8 编码文本。如果编码没错，请检查它前面的长度：起点可能偏了一个字节。"
        }
        FrameProblem::FieldTooLong(_) => {
            "请数一数这个字段的字节数，写成两个字节，高位在前。如果它没错，那就是剩余长度写小了。"
        }
        FrameProblem::NoFilter => "请在报文标识符后面写上主题过滤器。",
        FrameProblem::RequestedQos(_) => {
            "每个主题过滤器后面跟一个 QoS 字节。如果这里是别的内容，说明过滤器的长度写错了。"
        }
        FrameProblem::PacketIdZero => "报文标识符请从 1 数起。",
        FrameProblem::ConnackFlags(_) => "只有 bit 0 有含义：会话已保留。",
        FrameProblem::ReturnCode(_) => "CONNACK 的返回码是 0 到 5，SUBACK 的是 0、1、2 或 0x80。",
        FrameProblem::Truncated => "请对照这种报文应有的字段检查剩余长度：有的字段缺少了，或者太短。",
    }
}

/// `$dp` 不接受的载荷该怎么改。
fn payload_advice(problem: DecodeProblem) -> &'static str {
    match problem {
        DecodeProblem::Empty => "请先写类型字节，例如简写 JSON 是 03。",
        DecodeProblem::ReservedBit(_) => "请把 bit 6 清零。",
        DecodeProblem::UnknownType(_) => "如果要发的不是数据点，请发布到自己的主题；$dp 只接受这几种类型。",
        DecodeProblem::ScriptFloat(_) => "请写 07，后面依次是编号、个数和小端的浮点数。",
        DecodeProblem::NoBody(_) => "请选一种文本类型。",
        DecodeProblem::Truncated { .. } => "请补上缺少的部分，或改正前面的长度：长度是字节数，不是字符数。",
        DecodeProblem::Length { .. } | DecodeProblem::BinaryLength { .. } => {
            "请重新数字节数（一个汉字占三个字节），长度高位在前。否则 OneNET 会断开连接。"
        }
        DecodeProblem::BinaryTooLong { .. } | DecodeProblem::TooLong { .. } => "请分几次上传，或减少内容。",
        DecodeProblem::NotUtf8 { .. } => "请用 UTF-8 编码文本，不要用 GBK，并检查它前面的长度。",
        DecodeProblem::NotJson { .. } => {
            "请改正 JSON：用双引号，最后一个成员后面没有逗号。也请检查长度，写错会把文本截断。"
        }
        DecodeProblem::NotAnObject { .. }
        | DecodeProblem::MissingMember { .. }
        | DecodeProblem::NotAnArray { .. }
        | DecodeProblem::NotAString { .. } => "请按这种类型的格式写 JSON，或改用类型 3：{\"数据流\":值}。",
        DecodeProblem::EmptyStreamId => "请给数据流起个名字。",
        DecodeProblem::Time(_) => "六个字节依次是年减 2000、月、日、时、分、秒，写成数值，不是数字字符。",
        DecodeProblem::NoSeparators { .. }
        | DecodeProblem::SeparatorNotAscii { .. }
        | DecodeProblem::EqualSeparators { .. } => {
            "文本请以两个不同的 ASCII 字符开头：先是字段内的分隔符，再是字段间的。"
        }
        DecodeProblem::TooManyParts { .. } => "请换一个名字、时间和值里都不会出现的分隔符。",
        DecodeProblem::RunCount { .. } => "请检查个数：两个字节，高位在前。太长的请分成几组。",
        DecodeProblem::TooManyFloats { .. } => "请分成几次上传。",
    }
}
