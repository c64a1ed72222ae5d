//! 上传：内容、问题、结果。

use onenet::legacy::{BinaryError, DelimitersError, FieldPart, PayloadType};
use onenet::studio::DecodeProblem;
use session::{CommandError, Qos};

use super::payload::{decode_error, json_kind, topic_problem};
use super::sys;
use crate::locale::words::span;
use crate::upload::{Encoding, EncodingProblem, Fate, UploadProblem};

/// 字段哪里有问题。
pub(super) fn upload_problem(problem: &UploadProblem) -> String {
    match problem {
        UploadProblem::Empty => "请填写。".to_owned(),
        UploadProblem::Time => "请按 2016-08-15T14:47:00 的形式填写，或留空。".to_owned(),
        UploadProblem::ShortTime => "六字节时间只能表示 2000 到 2255 年。".to_owned(),
        UploadProblem::Repeated => "前面有一行的数据流和时间与此相同，类型 4 只能保留其一。".to_owned(),
        UploadProblem::RepeatedStream => {
            "前面有一行是同一个数据流，类型 3 每个数据流只能有一个值。".to_owned()
        }
        UploadProblem::OneCharacter => "请填恰好一个字符。".to_owned(),
        UploadProblem::TooLong { length } => {
            format!("正文有 {length} 字节，两字节的长度最多表示 65535。请缩短。")
        }
        UploadProblem::Separators(DelimitersError::NotAscii { found }) => {
            format!("{found:?} 不是 ASCII 字符，请换一个分隔符。")
        }
        UploadProblem::Separators(DelimitersError::Equal { found }) => {
            format!("两个分隔符都是 {found:?}，请用两个不同的。")
        }
        UploadProblem::HoldsSeparator { part, found } => {
            let part = match part {
                FieldPart::Stream => "数据流",
                FieldPart::Time => "时间",
                FieldPart::Value => "值",
            };
            format!("{part}里含有分隔符 {found:?}，请换一个分隔符。")
        }
        UploadProblem::Number => "请填 0 到 65535 之间的整数。".to_owned(),
        UploadProblem::Float { found } => format!("{found:?} 不是单精度浮点数能表示的数字。"),
        UploadProblem::TooManyFloats { count } => format!("有 {count} 个浮点数，一条消息最多 500 个。"),
        UploadProblem::Binary(BinaryError::Desc { found }) => {
            format!("描述应当是文本或对象，而不是{}。", json_kind(*found))
        }
        UploadProblem::Binary(BinaryError::HeaderTooLong { length }) => {
            format!("头部有 {length} 字节，两字节的长度最多表示 65535。请缩短。")
        }
        UploadProblem::Binary(BinaryError::TooLong { length }) => {
            format!("文件有 {length} 字节，平台最多接受 3 MB。")
        }
        UploadProblem::Name(name) => sys::wrong_name(*name),
        UploadProblem::SuiteId => sys::suite_id(),
        UploadProblem::StudioId(error) => sys::message_id(*error),
        UploadProblem::SysTopic(error) => sys::level(*error),
        UploadProblem::StreamName(error) => sys::stream_name(*error),
        UploadProblem::Suite(problem, code) => sys::suite_problem(problem, *code),
        UploadProblem::NoState => sys::no_state(),
        UploadProblem::Identifier(error) => sys::identifier(*error),
        UploadProblem::Fault(fault) => sys::fault(fault),
        // 这个问题自己会说位置。
        UploadProblem::Params(_, problem @ DecodeProblem::NotJson { .. }) => sys::decode_problem(problem),
        UploadProblem::Params((line, column), problem) => {
            format!("{}（第 {line} 行第 {column} 列。）", sys::decode_problem(problem))
        }
        UploadProblem::Body(error) => decode_error(*error),
        UploadProblem::Topic(problem) => topic_problem(*problem),
        UploadProblem::Encoding(problem) => match problem {
            EncodingProblem::Json { line, column } => format!("JSON 有误：第 {line} 行第 {column} 列。"),
            EncodingProblem::HexDigit { offset } => format!("第 {} 个字符不是十六进制数字。", offset + 1),
            EncodingProblem::HexOdd => "最后一个字节只有一位数字。".to_owned(),
            EncodingProblem::Base64 { offset } => format!("第 {} 个字符处不是 Base64。", offset + 1),
        },
    }
}

pub(super) fn encoding_name(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Text => "文本",
        Encoding::Json => "JSON",
        Encoding::Hex => "十六进制",
        Encoding::Base64 => "Base64",
    }
}

pub(super) fn payload_type_name(payload_type: PayloadType) -> &'static str {
    match payload_type {
        PayloadType::FullJson => "JSON",
        PayloadType::Binary => "二进制",
        PayloadType::SimpleJson => "简单 JSON",
        PayloadType::TimedSimpleJson => "简单 JSON，带时间",
        PayloadType::Text => "分隔文本",
        PayloadType::TimedText => "分隔文本，带时间",
        PayloadType::Floats => "浮点数",
    }
}

pub(super) fn qos_name(qos: Qos) -> &'static str {
    match qos {
        Qos::AtMostOnce => "0 · 最多一次",
        Qos::AtLeastOnce => "1 · 至少一次",
        Qos::ExactlyOnce => "2 · 恰好一次",
    }
}

pub(super) fn fate(fate: Fate) -> String {
    match fate {
        Fate::Waiting => "等待发送".to_owned(),
        Fate::OnItsWay(acknowledgement) => format!("等待 {acknowledgement}…"),
        Fate::GivenUp => "已撤回，没有发送".to_owned(),
        Fate::SetAside => "等待重新登录其设备".to_owned(),
        Fate::Deleted => "已删除，不再发送".to_owned(),
        Fate::TakenOver => "已不在这里：另一个标签页继续发送了它，或删除了它".to_owned(),
        Fate::Sent => "已发送（QoS 0 不确认）".to_owned(),
        Fate::NeverLeft => "没有发出：连接先断开了。QoS 0 不会重发，需要时请重新上传".to_owned(),
        Fate::Acknowledged(round_trip) => format!("已确认 {}", span(round_trip)),
        Fate::Unknown => "平台收下后清理会话结束，可能到了也可能没到".to_owned(),
        Fate::Refused(CommandError::NotConnected) => "未发送：没有连接".to_owned(),
        Fate::Refused(CommandError::NoFreePacketId) => "未发送：65535 个报文标识符都在等待确认".to_owned(),
        Fate::Refused(CommandError::QueueFull { messages, bytes }) => {
            format!("未发送：已有 {messages} 条（{bytes} 字节）在排队，请等一些得到确认后再传")
        }
        Fate::Refused(CommandError::NotHeld) => "已不在队列中".to_owned(),
        Fate::Refused(CommandError::OnItsWay) => "已经发出".to_owned(),
        Fate::Refused(CommandError::Topic(problem)) => format!("未发送：{}", topic_problem(problem)),
        Fate::Refused(CommandError::NoFilter) => "未发送：没有主题".to_owned(),
        Fate::Refused(CommandError::Encode(error)) => format!("未发送：超出 MQTT 的上限（{error}）"),
    }
}

/// 上传的开头几个字节各是什么，由类型字节决定。
pub(super) fn preview_hint(first: u8) -> String {
    let time = if first & 0x80 != 0 { "六字节时间、" } else { "" };
    match first & 0x3F {
        2 => "依次是：类型字节、两字节的头部长度（高位在前）、头部、四字节的二进制长度、二进制。".to_owned(),
        7 => format!(
            "依次是：类型字节、{time}若干组数据：编号和个数各两字节（高位在前），每个浮点数四字节（低位在前）。"
        ),
        _ => format!("依次是：类型字节、{time}两字节的正文长度（高位在前）、正文。"),
    }
}
