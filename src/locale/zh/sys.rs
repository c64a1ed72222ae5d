//! 令牌平台的名称、主题、错误码与各种问题。

use onenet::studio::{self, DecodeProblem, Fault, IdentifierError, MessageIdError};
use onenet::suite::{self, Problem, StreamNameError};
use onenet::sys::{self, NameError, TopicError, TopicPart};

use super::login::unseen;
use super::payload::json_kind;
use crate::upload::WrongName;

/// 错误码、平台的原文及其含义。
pub(super) fn suite_code(code: suite::Code) -> String {
    let meaning = match code {
        suite::Code::IllegalData => "数据非法",
        suite::Code::AnswerTooLong => "载荷过长",
        suite::Code::Internal => "平台内部错误",
        suite::Code::CommandTimeout => "命令应答超时",
        suite::Code::CommandNotFound => "没有这个命令 ID",
        suite::Code::Unspecified => "未说明的错误",
        suite::Code::RateTooHigh => "更新过于频繁",
        suite::Code::IllegalJson => "JSON 非法",
        suite::Code::JsonTooLong => "JSON 过长",
        suite::Code::JsonTooDeep => "JSON 嵌套过深",
        suite::Code::NoState => "缺少 state",
        suite::Code::NoDesiredOrReported => "缺少 desired 或 reported",
        suite::Code::InvalidParameters => "参数非法",
        suite::Code::ImageExists => "设备镜像已存在",
        suite::Code::NoImage => "设备镜像不存在",
        suite::Code::Other(number) => return number.to_string(),
    };
    format!("{} {}（{meaning}）", code.number(), code.text().unwrap_or_default())
}

fn with_suite_code(problem: String, code: Option<suite::Code>) -> String {
    match code {
        Some(code) => format!("{problem}平台错误码：{}。", suite_code(code)),
        None => problem,
    }
}

/// 套件消息哪里有问题，平台会给什么错误码。
pub(super) fn suite_problem(problem: &Problem, code: Option<suite::Code>) -> String {
    let said = match problem {
        Problem::NotEmpty { length } => format!("载荷有 {length} 字节，这个主题的载荷必须为空。"),
        Problem::AnswerTooLong { length } => {
            format!("应答有 {length} 字节，平台最多接受 {} 字节。", suite::MAX_ANSWER)
        }
        Problem::NotUtf8 { found } => format!("字节 {found:#04x} 不是 UTF-8。"),
        Problem::NotJson { line, column, .. } => format!("JSON 有误：第 {line} 行第 {column} 列。"),
        Problem::NotAnObject { found } => {
            format!("这里应当是 JSON 对象 {{…}}，而不是{}。", json_kind(*found))
        }
        Problem::MissingMember { member } => format!("缺少成员 \"{member}\"。"),
        Problem::OtherMember { member } => format!("除 \"{member}\" 外不能有别的成员。"),
        Problem::NoDesiredOrReported => "既没有 \"desired\" 也没有 \"reported\"。".to_owned(),
        Problem::NotAnArray { found } => format!("这里应当是数组 […]，而不是{}。", json_kind(*found)),
        Problem::NotAString { member, found } => {
            format!("\"{member}\" 应当是字符串，而不是{}。", json_kind(*found))
        }
        Problem::NotInRange { member, least, most } => {
            format!("\"{member}\" 应当是 {least} 到 {most} 之间的整数。")
        }
        Problem::StreamName(error) => stream_name(*error),
        Problem::TooDeep => format!("值里的对象和数组最多嵌套 {} 层。", suite::MAX_DEPTH),
        Problem::KeyTooLong { length } => {
            format!("值里有一个名字长 {length} 个字符，最多 {} 个。", suite::MAX_NAME)
        }
        Problem::KeyCharacter { character } => {
            format!("值里有一个名字含{}，只能用字母、数字、下划线和点。", unseen(*character))
        }
    };
    with_suite_code(said, code)
}

/// 数据点的消息 id 应当怎样。
pub(super) fn suite_id() -> String {
    let said = "请填 1 到 2147483647 之间的整数。".to_owned();
    with_suite_code(said, Some(suite::Code::IllegalData))
}

/// 设备镜像的更新缺什么。
pub(super) fn no_state() -> String {
    let said = "请填写 desired 或 reported，也可以都填。".to_owned();
    with_suite_code(said, Some(suite::Code::NoDesiredOrReported))
}

/// 数据流名称的问题。
pub(super) fn stream_name(error: StreamNameError) -> String {
    let said = match error {
        StreamNameError::Empty => return "请填写。".to_owned(),
        StreamNameError::Character { character, .. } => {
            format!("这里不能有{}：只能用字母、数字、下划线和点，开头可有一个 $。", unseen(character))
        }
        StreamNameError::TooLong { length } => {
            format!("名称有 {length} 个字符，最多 {} 个。", suite::MAX_NAME)
        }
    };
    with_suite_code(said, Some(suite::Code::IllegalData))
}

/// 规则里的错误码，两个平台的编号互不重复。
pub(super) fn any_code(number: u16) -> String {
    match suite::Code::from_number(number) {
        suite::Code::Other(_) => studio_code(studio::Code(number.into())),
        known => suite_code(known),
    }
}

/// 错误码、平台的原文及其含义。
pub(super) fn studio_code(code: studio::Code) -> String {
    let meaning = match code.0 {
        200 => "成功",
        301 => "JSON 格式错误",
        302 => "数据类型错误",
        303 | 1026 => "平台内部错误",
        304 => "设备应答格式错误",
        305 => "产品没有物模型",
        306 => "设备应答超时",
        307 => "产品 ID 或设备名称无效",
        308 => "设备不在线",
        309 => "标识符不存在",
        312 => "消息 id 无效",
        313 => "请求有误",
        1022 => "设备没有订阅",
        1023 => "应答已超时",
        1025 => "消息 id 重复",
        1027 => "应答缺少有效的 id",
        1028 => "没有等待这个应答的请求",
        _ => return code.to_string(),
    };
    format!("{code}（{meaning}）")
}

fn with_studio_code(problem: String, code: Option<studio::Code>) -> String {
    match code {
        Some(code) => format!("{problem}平台错误码：{}。", studio_code(code)),
        None => problem,
    }
}

/// 物模型消息的格式问题，以及平台对应的错误码。
pub(super) fn decode_problem(problem: &DecodeProblem) -> String {
    with_studio_code(decode_said(problem), Some(problem.code()))
}

/// 同上，不带错误码：用于不是消息的内容。
pub(super) fn decode_said(problem: &DecodeProblem) -> String {
    match problem {
        DecodeProblem::NotUtf8 { found } => format!("字节 {found:#04x} 不是 UTF-8。"),
        DecodeProblem::NotJson { line, column, .. } => format!("JSON 有误：第 {line} 行第 {column} 列。"),
        DecodeProblem::Kind { member, expected, found } => {
            format!("\"{member}\" 应当是{}，而不是{}。", json_kind(*expected), json_kind(*found))
        }
        DecodeProblem::MissingMember { member } => format!("缺少成员 \"{member}\"。"),
        DecodeProblem::BareValue { identifier, .. } => {
            format!("{identifier} 的值外面要包一层 {{\"value\": …}}。")
        }
        DecodeProblem::NotWhole { member } => format!("\"{member}\" 应当是不带符号的整数。"),
        DecodeProblem::NotACode => "\"code\" 应当是整数。".to_owned(),
        DecodeProblem::IdKind { found } => {
            format!("\"id\" 应当是带引号的数字字符串，而不是{}。", json_kind(*found))
        }
        DecodeProblem::Id(error) => message_id_said(*error),
        DecodeProblem::Identifier(error) => identifier_said(*error),
    }
}

/// 消息 id 的问题。
pub(super) fn message_id(error: MessageIdError) -> String {
    with_studio_code(message_id_said(error), Some(studio::Code::MESSAGE_ID))
}

fn message_id_said(error: MessageIdError) -> String {
    match error {
        MessageIdError::Empty => "请填写 1 到 13 位数字。".to_owned(),
        MessageIdError::NotADigit { character, .. } => {
            format!("{}不是数字，id 由 1 到 13 位数字组成。", unseen(character))
        }
        MessageIdError::TooLong { length } => format!("有 {length} 位，id 最多 13 位数字。"),
    }
}

/// 标识符的问题。
pub(super) fn identifier(error: IdentifierError) -> String {
    with_studio_code(identifier_said(error), Some(studio::Code::IDENTIFIER))
}

fn identifier_said(error: IdentifierError) -> String {
    match error {
        IdentifierError::Empty => "标识符是空的。".to_owned(),
        IdentifierError::Character { character, .. } => format!("标识符里不能有{}。", unseen(character)),
    }
}

/// 值的问题，以及平台对应的错误码。
pub(super) fn fault(fault: &Fault) -> String {
    let said = match fault {
        Fault::UnknownIdentifier => "物模型里没有这个标识符。".to_owned(),
        Fault::Repeated => "同一个标识符出现了两次，只有一个有效。".to_owned(),
        Fault::ReadOnly => "按物模型，这个属性是只读的。".to_owned(),
        Fault::MissingMember { member } => format!("缺少 {member}。"),
        Fault::Kind { expected, found } => {
            format!("应当是{}，而不是{}。", json_kind(*expected), json_kind(*found))
        }
        Fault::NotANumber => "请填一个数，例如 12 或 -0.5。".to_owned(),
        Fault::NotJson(error) => format!("JSON 有误：第 {} 行第 {} 列。", error.line, error.column),
        Fault::NotWhole => "请填整数，只用数字。".to_owned(),
        Fault::TooSmall { min } => format!("小于允许的最小值 {min}。"),
        Fault::TooGreat { max } => format!("大于允许的最大值 {max}。"),
        Fault::OffStep { step } => format!("不符合步长 {step}。"),
        Fault::NotAnOption { options } => format!("请从 {options} 中选择。"),
        Fault::TextTooLong { found, limit } => format!("有 {found} 个字符，最多 {limit} 个。"),
        Fault::TooManyElements { found, limit } => format!("有 {found} 个元素，最多 {limit} 个。"),
        Fault::TooManyDevices { found, limit } => format!("一条消息里有 {found} 台设备，最多 {limit} 台。"),
        Fault::TooManyPoints { found, limit } => format!("一台设备有 {found} 项，最多 {limit} 项。"),
        Fault::TimeInSeconds => "这是以秒计的时间；物模型用毫秒，请补三个 0。".to_owned(),
        Fault::Version => "版本只有 \"1.0\"。".to_owned(),
        Fault::ProductId => "不是产品 ID：应为 1 到 64 个字母和数字。".to_owned(),
        Fault::DeviceName => "不是设备名称：应为 1 到 64 个字母、数字、_ 和 -。".to_owned(),
    };
    with_studio_code(said, fault.code())
}

/// 哪个值有问题，以及平台的说法。
pub(super) fn studio_problem(problem: &studio::Problem) -> String {
    match problem.path.steps() {
        [] => fault(&problem.fault),
        _ => format!("{}：{}", problem.path, fault(&problem.fault)),
    }
}

/// 登录所用名称的问题。
pub(super) fn wrong_name(WrongName { part, error }: WrongName) -> String {
    let name = match part {
        TopicPart::ProductId => "产品 ID",
        TopicPart::DeviceName | TopicPart::Rest | TopicPart::CommandId => "设备名称",
    };
    let problem = name_problem(error);
    format!("登录所填的{name}{problem}，而它要写在主题里。请到登录处改正。")
}

/// 主题中一级的问题。
pub(super) fn level(error: TopicError) -> String {
    match error {
        TopicError::Character { character, .. } => {
            format!("这里不能有{}：只能用字母、数字、_ 和 -。", unseen(character))
        }
        TopicError::Incomplete { .. } | TopicError::Empty => "请填写。".to_owned(),
        other => format!("这不能作为主题的一级，请检查第 {} 字节之后的内容。", other.offset()),
    }
}

/// 主题或过滤器哪里有问题，该怎么办。
pub(super) fn topic(error: TopicError) -> String {
    match error {
        TopicError::Empty => "主题是空的，请填写。".to_owned(),
        TopicError::TooLong { length } => {
            format!("主题过滤器有 {length} 字节，最多 {} 字节。", sys::MAX_FILTER_LENGTH)
        }
        TopicError::TooManyLevels { levels, .. } => {
            format!("主题有 {levels} 级，最多 {} 级。", sys::MAX_LEVELS)
        }
        TopicError::Character { character, .. } => {
            format!("主题里不能有{}：只能用字母、数字、_、- 和 /。", unseen(character))
        }
        TopicError::MalformedWildcard { .. } => "通配符要独占一级，# 只能在最后。".to_owned(),
        TopicError::EarlyWildcard { level, .. } => {
            format!("通配符在第 {level} 级，从第 4 级起才能使用：请写全产品 ID 和设备名称。")
        }
        TopicError::NoTree => "主题应以 $sys/ 或 $subdev/ 开头。".to_owned(),
        TopicError::Incomplete { missing, .. } => format!("主题到这里就结束了，还缺{}。", part(missing)),
        TopicError::Name { part: of, error, .. } => format!("{}{}，请改正。", part(of), name_problem(error)),
        TopicError::Foreign { .. } => {
            "从这里起是另一台设备的主题，设备只能使用自己的。请检查产品 ID 和设备名称。".to_owned()
        }
        TopicError::Unknown { .. } => "平台没有这样的主题。请从这里起检查拼写。".to_owned(),
    }
}

/// 物模型主题哪里有问题，该怎么办。
pub(super) fn studio_topic(error: studio::TopicError) -> String {
    match error {
        studio::TopicError::ReplySpelling { right } => {
            format!("这个应答的主题应当是 {right}：设备的应答用 _reply，平台的应答用 /reply。")
        }
        studio::TopicError::Level { error, .. } => identifier(error),
        studio::TopicError::Unknown { .. } => "物模型没有这样的主题。请从这里起检查拼写。".to_owned(),
    }
}

fn part(part: TopicPart) -> &'static str {
    match part {
        TopicPart::ProductId => "产品 ID",
        TopicPart::DeviceName => "设备名称",
        TopicPart::Rest => "后面的部分",
        TopicPart::CommandId => "命令 ID",
    }
}

pub(super) fn name_problem(error: NameError) -> String {
    match error {
        NameError::Empty => "是空的".to_owned(),
        NameError::Character { character, .. } => format!("含有{}", unseen(character)),
        NameError::TooLong { length } => format!("有 {length} 个字符，最多 64 个"),
    }
}
