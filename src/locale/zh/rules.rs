//! 平台会反对什么，以及它会怎么做。

use onenet::rules::{Consequence, Detail, Finding};

use super::payload::{decode_error, topic_error};
use super::sys::{
    any_code, decode_problem, name_problem, studio_problem, studio_topic, suite_problem, topic,
};

/// 规则、违反之处，以及真实平台的反应。
pub(super) fn finding(finding: &Finding) -> String {
    let consequence = match finding.consequence() {
        Consequence::Close => "OneNET 会直接断开，不说明原因。".to_owned(),
        Consequence::Refuse(code) => format!("OneNET 会以代码 {code} 拒绝。"),
        Consequence::Ignore => "OneNET 会忽略它。".to_owned(),
        // 违反之处已写明错误码。
        Consequence::Reject(_) if finding.code().is_some() => "订阅了应答主题才能收到通知。".to_owned(),
        Consequence::Reject(code) => {
            format!("OneNET 会以错误码 {}拒绝，订阅了相应主题才能收到通知。", any_code(code))
        }
        Consequence::Delay => "OneNET 会推迟到下一秒处理。".to_owned(),
        Consequence::Ban => "OneNET 会断开连接，并禁止该设备登录 5 分钟。".to_owned(),
    };
    let rule = finding.rule.rule();
    let disputed = if rule.disputed.is_some() { "，资料说法不一" } else { "" };
    format!("{}{consequence}（规则 {}，出处：{}{disputed}。）", rule_broken(finding), rule.id, rule.source)
}

/// 规则和违反之处。
pub(super) fn rule_broken(finding: &Finding) -> String {
    let detail = match &finding.detail {
        Some(Detail::Payload(error)) => decode_error(*error),
        Some(Detail::Topic(error)) => format!("这里{}。", topic_error(*error)),
        Some(Detail::Sys(error)) => topic(*error),
        Some(Detail::Name(error)) => format!("这里{}。", name_problem(*error)),
        Some(Detail::Suite(error)) => suite_problem(&error.problem, error.code),
        Some(Detail::StudioTopic(error)) => studio_topic(*error),
        Some(Detail::Studio(error)) => {
            format!("{}（第 {} 字节处。）", decode_problem(&error.problem), error.offset)
        }
        Some(Detail::StudioValue(problem)) => studio_problem(problem),
        Some(Detail::Number(number)) => format!("这里是 {number}。"),
        Some(Detail::Bits(bits)) => format!("这里是 {bits:08b}。"),
        None => String::new(),
    };
    format!("{}{detail}", finding.rule.rule().chinese)
}
