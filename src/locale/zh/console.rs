//! 模拟平台的控制台：用 token 登录的设备。

use onenet::{Generation, studio};
use simulator::{CallError, CallKind, CallState};

use super::platform::said;
use super::rules::rule_broken;
use super::sys::{decode_problem, level, studio_code};
use crate::locale::words::ConsoleWords;
use crate::platform::{Ask, OrderOutcome, ProfileView};

pub(super) const CONSOLE: ConsoleWords = ConsoleWords {
    device_name,
    device: "设备",
    offline: "这台设备不在线，请先连接，或另选一台。",
    ask: "功能",
    ask_name: |ask| match ask {
        Ask::Command => "命令下发",
        Ask::Image => "设备镜像",
        Ask::PropertySet => "属性设置",
        Ask::PropertyGet => "属性获取",
        Ask::DesiredSet => "设置期望值",
        Ask::DesiredClear => "清除期望值",
        Ask::Service => "服务调用",
    },
    ask_hint: |ask| match ask {
        Ask::Command => {
            "任意字节，下发到 cmd/request/{命令 ID}。设备用同一个命令 ID 在 cmd/response 上应答。"
        }
        Ask::Image => "希望设备达到的状态。它与设备上报的不一致时，平台把差异推送给设备。",
        Ask::PropertySet => "下发到 thing/property/set，设备须在 5 秒内用 set_reply 应答。",
        Ask::PropertyGet => "下发到 thing/property/get，设备须在 5 秒内应答属性值。",
        Ask::DesiredSet => "平台保存期望值及其版本，设备查询时取得；设备现在不在线也可以。",
        Ask::DesiredClear => "平台不再保存这些期望值。",
        Ask::Service => "下发到 thing/service/{标识符}/invoke，设备须在 5 秒内应答。",
    },
    order: |ask| match ask {
        Ask::Command => "下发",
        Ask::Image | Ask::PropertySet | Ask::DesiredSet => "设置",
        Ask::PropertyGet => "获取",
        Ask::DesiredClear => "清除",
        Ask::Service => "调用",
    },
    body: "命令内容",
    timeout: "应答时限",
    seconds: |seconds| format!("{seconds} 秒"),
    state: "desired 状态（JSON 对象）",
    values: "属性值（JSON 对象）",
    names: "标识符",
    names_hint: |ask| match ask {
        Ask::DesiredClear => "用逗号或空格分隔。power:2 只清除版本 2。",
        _ => "用逗号或空格分隔。",
    },
    service: "服务标识符",
    input: "输入参数（JSON 对象）",
    by_hand: "手写 JSON",
    set: |name| format!("设置 {name}"),
    nothing_settable: "物模型里没有平台可设置的属性。想试一试，可以手写 JSON。",
    nothing_ticked: "请至少勾选一个属性。",
    no_service: "物模型里没有服务。想试一试，可以手写 JSON。",
    outcome,

    call_kind: |kind| match kind {
        CallKind::Command => "命令下发".to_owned(),
        CallKind::PropertySet => "属性设置".to_owned(),
        CallKind::PropertyGet => "属性获取".to_owned(),
        CallKind::Service(identifier) => format!("服务调用 {identifier}"),
    },
    call_state: |kind, state| match state {
        CallState::Sent => "已下发，等待应答".to_owned(),
        CallState::Answered(None) => "已应答".to_owned(),
        CallState::Answered(Some(code)) => format!("已应答：{}", studio_code(*code)),
        CallState::Unreadable(error) => {
            format!("应答有误。{}（第 {} 字节处）", decode_problem(&error.problem), error.offset)
        }
        CallState::TimedOut if *kind == CallKind::Command => "应答超时".to_owned(),
        CallState::TimedOut => format!("应答超时：{}", studio_code(studio::Code::TIMEOUT)),
    },

    profile: |profile| {
        let ProfileView { checked, filters, gateway, subs, .. } = profile;
        let signature = match checked {
            true => "校验签名",
            false => "不校验签名：平台不知道它的密钥",
        };
        let gateway = gateway.as_ref().map(|id| format!("{} 的子设备", device_name(id)));
        let subscribed = match filters {
            0 => "没有订阅，收不到任何消息".to_owned(),
            filters => format!("已订阅 {filters} 个主题"),
        };
        let reached = gateway.unwrap_or_else(|| format!("{signature} · {subscribed}"));
        let subs = subs.iter().map(|id| device_name(id)).collect::<Vec<_>>().join("、");
        let subs = (!subs.is_empty()).then(|| format!("在线子设备：{subs}"));
        [reached].into_iter().chain(subs).collect()
    },
    property: "属性",
    stream: |generation| match generation {
        Generation::Legacy | Generation::Suite => "数据流",
        Generation::Studio => "属性",
    },
    desired: "期望值",
    version: "版本",
    image: |version| format!("设备镜像，版本 {version}"),
    name: "名称",
    image_desired: "期望（desired）",
    image_reported: "上报（reported）",

    rates: "频率限制",
    rates_hint: "像真实平台那样统计套件和 Studio 设备的操作次数，操作过于频繁的设备会被封禁五分钟。关闭即可解封。",
};

fn device_name(id: &str) -> String {
    match id.split_once('/') {
        Some((product, device)) => format!("{device} · 产品 {product}"),
        None => id.to_owned(),
    }
}

fn outcome(outcome: &OrderOutcome) -> String {
    match outcome {
        OrderOutcome::Sent => "已下发，结果见下方。".to_owned(),
        OrderOutcome::Kept => "已保存，见下方的设备。".to_owned(),
        OrderOutcome::Cleared(0) => "没有这样的期望值。".to_owned(),
        OrderOutcome::Cleared(count) => format!("已清除 {count} 个期望值。"),
        OrderOutcome::Refused(error) => refused(error),
    }
}

/// 为什么没有做，平台的错误码，以及该怎么办。
fn refused(error: &CallError) -> String {
    let said = match error {
        // Each problem names its code.
        CallError::Problems(problems) => return said(problems),
        CallError::UnknownDevice(id) => format!("没有设备 {}，请先连接一次。", device_name(id)),
        CallError::OtherPlatform { .. } => "该设备属于另一种平台，没有这个功能。请换一个功能。".to_owned(),
        CallError::NotOnline(id) => format!("设备 {} 不在线，请先连接。", device_name(id)),
        CallError::NotSubscribed { topic } => {
            format!("设备没有订阅 {topic}，请在“接收”里订阅。")
        }
        CallError::NotWritable => "设备读得太慢，请等它读完再下发。".to_owned(),
        CallError::Id(error) => format!("命令 ID 不能用。{}", level(*error)),
        CallError::IdUsed => "命令 ID 重复，请再试一次。".to_owned(),
        CallError::TooLong { length, limit } => {
            format!("消息有 {length} 字节，最多 {limit} 字节。请缩短。")
        }
        CallError::Rate(finding) => format!("过于频繁，请等一秒。{}", rule_broken(finding)),
        CallError::NoRoom => "平台存不下这么多，请清除或缩短一些。".to_owned(),
    };
    match error.code() {
        Some(code) => format!("{said}平台错误码：{}。", studio_code(code)),
        None => said,
    }
}
