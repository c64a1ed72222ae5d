//! 载荷和主题的问题。

use onenet::legacy::{
    DecodeError, DecodeProblem, JsonKind, PayloadPart, ShortTimeError, TimePart, TopicError,
};
use session::TopicProblem;

/// 载荷哪里有问题。
pub(super) fn decode_error(error: DecodeError) -> String {
    let problem = match error.problem {
        DecodeProblem::Empty => "载荷是空的，应以类型字节开头".to_owned(),
        DecodeProblem::ReservedBit(byte) => format!("类型字节 {byte:#04x} 的保留位（bit 6）被置位"),
        DecodeProblem::UnknownType(number) => format!("没有类型 {number}，只有 1 到 7"),
        DecodeProblem::ScriptFloat(byte) => format!(
            "类型字节 {byte:#04x} 即类型 23，没有任何文档定义；流传的脚本称它为 float 是错的，浮点类型是 0x07，带时间为 0x87"
        ),
        DecodeProblem::NoBody(payload_type) => format!("类型 {} 没有文本正文", payload_type.number()),
        DecodeProblem::Truncated { part, expected, found } => {
            format!("载荷在{}里就结束了：需要 {expected} 字节，只有 {found} 字节", part_name(part))
        }
        DecodeProblem::Length { announced, found } => {
            format!("长度字段写的是 {announced} 字节，实际是 {found} 字节")
        }
        DecodeProblem::BinaryLength { announced, found } => {
            format!("二进制长度写的是 {announced} 字节，实际是 {found} 字节")
        }
        DecodeProblem::BinaryTooLong { length, limit } => {
            format!("二进制有 {length} 字节，最多 {limit} 字节")
        }
        DecodeProblem::TooLong { length } => format!("正文有 {length} 字节，最多 65535 字节"),
        DecodeProblem::NotUtf8 { found } => format!("字节 {found:#04x} 不是 UTF-8"),
        DecodeProblem::NotJson { line, column, found } => {
            let found = found.map_or_else(|| "结尾".to_owned(), |found| format!("{found:?}"));
            return format!("JSON 有误：第 {line} 行第 {column} 列（偏移 {}），遇到 {found}。", error.offset);
        }
        DecodeProblem::NotAnObject { found } => {
            format!("这里应当是 JSON 对象 {{…}}，而不是{}", json_kind(found))
        }
        DecodeProblem::MissingMember { member } => format!("缺少成员 \"{member}\""),
        DecodeProblem::NotAnArray { member, found } => {
            format!("\"{member}\" 应当是数组 […]，而不是{}", json_kind(found))
        }
        DecodeProblem::NotAString { member, found } => {
            format!("\"{member}\" 应当是字符串，而不是{}", json_kind(found))
        }
        DecodeProblem::EmptyStreamId => "数据流的名字是空的".to_owned(),
        DecodeProblem::Time(ShortTimeError { part, found, min, max }) => {
            format!("时间的{}是 {found}，应当在 {min} 到 {max} 之间", time_part(part))
        }
        DecodeProblem::NoSeparators { found } => format!("文本应以两个分隔符开头，它只有 {found} 个字符"),
        DecodeProblem::SeparatorNotAscii { found } => format!("分隔符 {found:?} 不是 ASCII 字符"),
        DecodeProblem::EqualSeparators { found } => format!("两个分隔符都是 {found:?}，必须不同"),
        DecodeProblem::TooManyParts { field, found } => {
            format!("第 {} 个字段有 {found} 部分，最多 3 部分：数据流、时间、值", field + 1)
        }
        DecodeProblem::RunCount { found, limit } => {
            format!("一组有 {found} 个浮点数，应当是 1 到 {limit} 个")
        }
        DecodeProblem::TooManyFloats { found, limit } => {
            format!("到这里共有 {found} 个浮点数，最多 {limit} 个")
        }
    };
    format!("{problem}（偏移 {}）。", error.offset)
}

fn part_name(part: PayloadPart) -> &'static str {
    match part {
        PayloadPart::Length => "长度字段",
        PayloadPart::Body => "正文",
        PayloadPart::Time => "时间",
        PayloadPart::HeaderLength => "头部长度",
        PayloadPart::Header => "头部",
        PayloadPart::BinaryLength => "二进制长度",
        PayloadPart::RunHead => "一组的编号和个数",
        PayloadPart::RunFloats => "一组的浮点数",
    }
}

pub(super) fn json_kind(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::Object => "对象",
        JsonKind::Array => "数组",
        JsonKind::String => "字符串",
        JsonKind::Number => "数字",
        JsonKind::Bool => "布尔值",
        JsonKind::Null => " null",
    }
}

fn time_part(part: TimePart) -> &'static str {
    match part {
        TimePart::Month => "月",
        TimePart::Day => "日",
        TimePart::Hour => "时",
        TimePart::Minute => "分",
        TimePart::Second => "秒",
    }
}

pub(super) fn topic_problem(problem: TopicProblem) -> String {
    match problem {
        TopicProblem::Empty => "请填写主题。".to_owned(),
        TopicProblem::Wildcard => "发布用的主题不能含通配符 + 和 #。".to_owned(),
        TopicProblem::MisplacedWildcard => "通配符要独占一级，# 只能在最后。".to_owned(),
        TopicProblem::Nul => "主题含有空字符（U+0000），请删除。".to_owned(),
        TopicProblem::TooLong { length } => format!("主题有 {length} 字节，最多 65535 字节。"),
    }
}

pub(super) fn topic_error(error: TopicError) -> String {
    match error {
        TopicError::Empty => "主题是空的".to_owned(),
        TopicError::Reserved => "以 $ 开头的主题属于平台".to_owned(),
        TopicError::Character { character, offset } => {
            format!("主题偏移 {offset} 处不能有{}", super::login::unseen(character))
        }
        TopicError::TooLong { length } => format!("主题有 {length} 个字符，最多 1024 个"),
    }
}
