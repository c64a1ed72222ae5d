//! 令牌平台的调试日志，带平台自己的错误码。

use onenet::doctor::Field;
use onenet::studio::{self, Identifier, Problem};
use onenet::suite;
use onenet::sys::{DeviceName, ProductId};
use simulator::{LoginFault, LoginRefusal, Outcome, SysEvent, Told, Why};

use crate::doctor::Spot;
use crate::locale::zh::doctor::DOCTOR;
use crate::locale::zh::login::length;
use crate::locale::zh::rules::rule_broken;
use crate::locale::zh::sys::{decode_problem, fault, studio_code, suite_code};
use crate::platform::is_of_studio;
use crate::widgets::shortened;

pub(super) fn sys_event(event: &SysEvent) -> String {
    match event {
        SysEvent::LoginRefused { refusal, .. } => login_refused(refusal),
        SysEvent::SignatureUnchecked { device_id, .. } => {
            format!("设备 {device_id}：未校验签名，平台不知道该设备的密钥")
        }
        SysEvent::Subscribed { device_id, filters } => {
            format!("设备 {device_id} 订阅 {}，授予 QoS 0", filters.join("、"))
        }
        SysEvent::Unsubscribed { device_id, filters } => {
            format!("设备 {device_id} 取消订阅 {}", filters.join("、"))
        }
        SysEvent::Uplink { topic, outcome, told, .. } => {
            format!("上行 {topic}：{}{}", judged(topic, outcome), heard(*told))
        }
        SysEvent::EventPosted { device_id, identifier, value, .. } => {
            format!("设备 {device_id} 上报事件 {identifier}：{}", shortened(value.as_json()))
        }
        SysEvent::DesiredChanged { device_id, identifiers } => {
            format!("设备 {device_id} 的期望值有变化：{}", names(identifiers))
        }
        SysEvent::ImageUpdated { device_id, version, delta } => {
            let delta = match delta {
                None => "，desired 与 reported 一致".to_owned(),
                Some(told) => format!("，desired 与 reported 不一致，推送差异{}", heard(*told)),
            };
            format!("设备 {device_id} 的设备镜像更新到版本 {version}{delta}")
        }
        SysEvent::SubDeviceLoggedIn { device_id, gateway_id } => {
            format!("子设备 {device_id} 通过网关 {gateway_id} 上线")
        }
        SysEvent::SubDeviceLoggedOut { device_id, gateway_id } => {
            format!("网关 {gateway_id} 的子设备 {device_id} 下线")
        }
        SysEvent::CallSent { call, topic, .. } => format!("下行 {topic}：请求 {call} 已下发"),
        SysEvent::CallAnswered { call, device_id, code } => match code {
            Some(code) => format!("设备 {device_id} 应答请求 {call}：{}", studio_code(*code)),
            None => format!("设备 {device_id} 应答请求 {call}"),
        },
        SysEvent::CallTimedOut { call, device_id } => {
            format!("设备 {device_id} 没有及时应答请求 {call}")
        }
        SysEvent::RateExceeded { device_id, finding } => {
            format!("设备 {device_id} 过于频繁：{}", rule_broken(finding))
        }
        SysEvent::Banned { device_id, finding, until } => {
            format!("设备 {device_id} 被封禁到 {until}：{}", rule_broken(finding))
        }
    }
}

fn login_refused(refusal: &LoginRefusal) -> String {
    let LoginRefusal { client_id, product_id, fault, .. } = refusal;
    // A key or a token may stand in the wrong field.
    let device = DeviceName::parse(client_id).map_or("•••", |_| client_id);
    let product = ProductId::parse(product_id).map_or("•••", |_| product_id);
    let code = fault.log_code().map(|code| format!("（设备日志：{}）", studio_code(code)));
    format!("{product}/{device} 登录失败：{}{}", login_fault(refusal), code.unwrap_or_default())
}

/// 登录哪里有问题，该怎么办。
fn login_fault(LoginRefusal { fault, platform, diagnoses, .. }: &LoginRefusal) -> String {
    match fault {
        LoginFault::Banned { seconds } => {
            format!("设备因过于频繁被封禁，还剩 {}；关闭频率限制即可解封", length(*seconds))
        }
        LoginFault::Names => "客户端标识应填设备名称，用户名应填产品 ID，请检查这两项".to_owned(),
        LoginFault::NotAToken => "密码不是 Token，请用设备密钥计算 Token 后再登录".to_owned(),
        LoginFault::Token(_) => {
            let worst = diagnoses.iter().find(|diagnosis| diagnosis.field == Field::Password);
            let why = worst.map(|diagnosis| (DOCTOR.problem)(diagnosis, Spot::Token, (*platform).into()));
            format!("Token 无法解析。{}", why.unwrap_or_default())
        }
        LoginFault::Version => "Token 的 version 应为 2018-10-31".to_owned(),
        LoginFault::Resource => "Token 的 res 不是这台设备，请为这台设备重新计算".to_owned(),
        LoginFault::Expired { seconds } => {
            format!("Token 已过期 {}，请重新计算", length(*seconds))
        }
        LoginFault::UnknownDevice => "产品下没有这台设备，请检查产品 ID 和设备名称".to_owned(),
        LoginFault::Signature => "签名与设备密钥不符，请检查密钥和签名方法".to_owned(),
    }
}

fn judged(topic: &str, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Taken { problems } if problems.is_empty() => "成功".to_owned(),
        Outcome::Taken { problems } => format!("成功，但请注意：{}", said(problems)),
        Outcome::Refused { code, why } => {
            let code = if is_of_studio(topic) {
                studio_code(studio::Code(*code))
            } else {
                suite_code(suite::Code::from_number(u16::try_from(*code).unwrap_or(u16::MAX)))
            };
            let why = match why {
                Why::Rule(finding) => format!("。{}", rule_broken(finding)),
                Why::Unreadable(error) => {
                    format!("。{}（第 {} 字节处）", decode_problem(&error.problem), error.offset)
                }
                Why::Problems(problems) => format!("。{}", said(problems)),
                Why::Code => String::new(),
            };
            format!("拒绝，{code}{why}")
        }
    }
}

/// 各处的问题。
pub(in crate::locale::zh) fn said(problems: &[Problem]) -> String {
    let said = problems.iter().map(|problem| match problem.path.steps() {
        [] => fault(&problem.fault),
        _ => format!("{}：{}", problem.path, fault(&problem.fault)),
    });
    said.collect()
}

fn heard(told: Told) -> &'static str {
    match told {
        Told::Sent | Told::None => "",
        Told::NotSubscribed => "（设备没有订阅相应主题，收不到通知）",
        Told::NotOnline => "（设备不在线，收不到通知）",
    }
}

fn names(identifiers: &[Identifier]) -> String {
    identifiers.iter().map(Identifier::as_str).collect::<Vec<_>>().join("、")
}
