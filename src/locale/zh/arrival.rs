//! 令牌平台发来的内容，以及怎样应答。

use onenet::studio::{self, Function, Params};
use onenet::suite::{self, Topic};

use super::payload::topic_problem;
use super::rules::finding;
use super::sys::{decode_problem, studio_code, studio_problem, suite_code, suite_problem};
use crate::feed::{ReplyProblem, Said, Withheld, WithheldReason, ends_connection};
use crate::locale::words::ArrivalWords;
use crate::upload::{Objection, PlatformCode};

pub(super) const ARRIVAL: ArrivalWords = ArrivalWords {
    feed_empty: "平台发给这台设备的一切会即时出现在这里：应答、属性设置、服务调用、命令。只有订阅了的设备才能收到。",
    badge,
    said,
    hear_all: "登录后立即订阅平台下发的全部消息",
    hear_all_hint: |filter| format!("{filter}：不订阅的话，平台什么都不会发来，应答和命令都收不到。"),
    hear_all_unknown: "请先填写产品 ID 和设备名称，两者都要写在主题里。",
    hear_all_now: "现在订阅平台下发的全部消息",
    subscribe_hint: "在 $sys/{产品 ID}/{设备名称}/ 之下，通配符只能从第四级开始；授予的 QoS 总是 0。",
    auto_reply_hint: "{{reply}} 是平台等待应答的主题，{{id}} 是消息 id，{{data}} 是被读取的属性及其最新值，{{value}} 是收到的内容，{{now}} 是当前时间。按第一条符合的规则应答。",
    service_replies: "为物模型的每个服务生成应答",
    reply_problem,
    withheld,
};

fn reply_problem(problem: &ReplyProblem) -> String {
    match problem {
        ReplyProblem::Placeholder(name) => no_placeholder(name),
        ReplyProblem::FixedId(_, code) => {
            let said = match code {
                Some(PlatformCode::Suite(code)) => format!("：{}", suite_code(*code)),
                Some(PlatformCode::Studio(code)) => format!("：{}", studio_code(*code)),
                None => String::new(),
            };
            format!("每次应答的 id 都相同，平台会认为它没有对应的请求{said}。请在 id 处填写 {{{{id}}}}。")
        }
        ReplyProblem::Objection(Objection::Rule(broken)) if ends_connection(broken) => {
            finding(broken) + "这样的应答不会发送。"
        }
        ReplyProblem::Objection(Objection::Rule(broken)) => finding(broken),
        ReplyProblem::Objection(Objection::Value(problem)) => studio_problem(problem),
    }
}

fn no_placeholder(name: &str) -> String {
    format!("没有 {{{{{name}}}}} 这个占位符，发往这种主题的应答不会发送。请用 {{{{reply}}}} 或 {{{{id}}}}。")
}

fn withheld(Withheld { topic, reason }: &Withheld) -> String {
    let why = match reason {
        WithheldReason::Placeholder(name) => no_placeholder(name),
        WithheldReason::Topic(problem) => topic_problem(*problem),
        WithheldReason::Rule(broken) => finding(broken),
    };
    format!("发往 {topic} 的自动应答没有发送。{why}请在“自动应答”中改正。")
}

fn badge(said: &Said) -> &'static str {
    match said {
        Said::Suite(topic, _) => match topic {
            Topic::DataPoints | Topic::DataPointsAccepted | Topic::DataPointsRejected => "数据点",
            Topic::CommandRequest(_)
            | Topic::CommandResponse(_)
            | Topic::CommandAccepted(_)
            | Topic::CommandRejected(_) => "命令",
            Topic::ImageUpdate
            | Topic::ImageUpdateAccepted
            | Topic::ImageUpdateRejected
            | Topic::ImageUpdateDelta
            | Topic::ImageDelta
            | Topic::ImageGet
            | Topic::ImageGetAccepted
            | Topic::ImageGetRejected => "设备镜像",
            Topic::Login
            | Topic::LoginAccepted
            | Topic::LoginRejected
            | Topic::Logout
            | Topic::LogoutAccepted
            | Topic::LogoutRejected
            | Topic::LogoutNotify => "子设备",
            Topic::Thing(_) => "物模型",
        },
        Said::Studio(topic, _) => function(topic.function()),
    }
}

fn function(function: &Function) -> &'static str {
    match function {
        Function::PropertyPost => "属性上报",
        Function::PropertySet => "属性设置",
        Function::PropertyGet => "属性获取",
        Function::DesiredGet => "获取期望值",
        Function::DesiredDelete => "清除期望值",
        Function::EventPost => "事件上报",
        Function::Service(_) => "服务调用",
        Function::PackPost => "批量上报",
        Function::HistoryPost => "历史数据上报",
        Function::SubLogin => "子设备上线",
        Function::SubLogout => "子设备下线",
        Function::TopoAdd => "添加子设备",
        Function::TopoDelete => "删除子设备",
        Function::TopoGet | Function::TopoChange => "拓扑关系",
        Function::SubPropertyGet => "子设备属性获取",
        Function::SubPropertySet => "子设备属性设置",
        Function::SubService => "子设备服务调用",
        Function::OtaInform => "升级通知",
        Function::CustomUp | Function::CustomDown(_) => "自定义格式",
    }
}

fn said(said: &Said) -> String {
    match said {
        Said::Suite(topic, Ok(message)) => suite_said(topic, message),
        Said::Suite(_, Err(error)) => {
            format!("无法解读：{}（第 {} 字节处。）", suite_problem(&error.problem, error.code), error.offset)
        }
        Said::Studio(topic, Ok(message)) => studio_said(topic, message),
        Said::Studio(_, Err(error)) => {
            format!("无法解读：{}（第 {} 字节处。）", decode_problem(&error.problem), error.offset)
        }
    }
}

fn suite_said(topic: &Topic, message: &suite::Message) -> String {
    match message {
        suite::Message::DataPoints(points) => format!("id 为 {} 的数据点。", points.id()),
        suite::Message::Accepted(accepted) => format!("平台接受了 id 为 {} 的数据点。", accepted.id()),
        suite::Message::Rejected(rejected) => {
            let what = match rejected.id() {
                Some(id) => format!("平台拒绝了 id 为 {id} 的数据点"),
                None if *topic == Topic::DataPointsRejected => "平台拒绝了数据点，读不出 id".to_owned(),
                None => "平台拒绝了".to_owned(),
            };
            let said = match rejected.code().text() {
                Some(text) if text == rejected.text() => suite_code(rejected.code()),
                _ => format!("{} {}", rejected.code().number(), rejected.text()),
            };
            format!("{what}：{said}。")
        }
        suite::Message::Command(_) => "平台下发的命令，请在超时之前应答。".to_owned(),
        suite::Message::Answer(_) => "对命令的应答。".to_owned(),
        suite::Message::ImageUpdate(_) => "设备镜像的更新。".to_owned(),
        suite::Message::ImageDelta(delta) => match delta.version() {
            Some(version) => format!("期望而尚未上报的状态（版本 {version}）。"),
            None => "期望而尚未上报的状态。".to_owned(),
        },
        suite::Message::Empty | suite::Message::Raw(_) => match topic {
            Topic::CommandAccepted(id) => format!("平台接受了对命令 {id} 的应答。"),
            Topic::ImageUpdateAccepted => "设备镜像已更新。".to_owned(),
            Topic::ImageGetAccepted => "设备镜像。".to_owned(),
            Topic::LoginAccepted => "子设备已上线。".to_owned(),
            Topic::LogoutAccepted | Topic::LogoutNotify => "子设备已下线。".to_owned(),
            Topic::LoginRejected | Topic::LogoutRejected => "平台没有接受。".to_owned(),
            _ => String::new(),
        },
    }
}

fn studio_said(topic: &studio::Topic, message: &studio::Message) -> String {
    match message {
        studio::Message::Reply(reply) => {
            let code = studio_code(reply.code);
            let own = reply.msg.as_deref().filter(|msg| !msg.is_empty() && Some(*msg) != reply.code.text());
            let own = own.map(|msg| format!("，{msg}")).unwrap_or_default();
            format!("对{}（id {}）的应答：{code}{own}。", function(topic.function()), reply.id)
        }
        studio::Message::Request(request) => {
            let id = &request.id;
            match &request.params {
                Params::PropertySet(_) => format!("平台要求设置下列属性（id {id}）。"),
                Params::PropertyGet(names) => {
                    let names: Vec<&str> = names.iter().map(studio::Identifier::as_str).collect();
                    format!("平台要求读取属性（id {id}）：{}。", names.join("、"))
                }
                Params::Service { identifier, .. } => format!("平台调用服务 {identifier}（id {id}）。"),
                Params::OtaInform(_) => format!("平台通知有升级（id {id}）。"),
                _ => format!("{}（id {id}）。", function(topic.function())),
            }
        }
        studio::Message::Custom(_) => "产品自定义格式的字节。".to_owned(),
    }
}
