//! 模拟平台的故障。

use simulator::{Chunks, Fault, Faults, FrameHead, RefusalCode, Strike, UnderWay, When};

use super::platform::whose;
use crate::locale::words::{FaultWords, span};
use crate::platform::{ChunksKind, FaultProblem, Preset, Trigger, WhenKind};

pub(super) const FAULT: FaultWords = FaultWords {
    title: "故障",
    hint: "故意让平台出错，看看每个 QoS 到底保证了什么。每次故障触发都会写进日志。",
    on,
    all_off: "全部关闭",

    presets: "课堂演示",
    preset: |preset| match preset {
        Preset::LostPuback => "丢一个 PUBACK",
        Preset::LostPubrec => "丢一个 PUBREC",
        Preset::CutInside => "报文传到一半断开",
        Preset::Silence => "平台突然沉默",
        Preset::Twice => "每三次下发重复一次",
    },
    preset_hint: |preset| match preset {
        Preset::LostPuback => "取消「清理会话」，用 QoS 1 上传，再切断连接：重新登录后会重发，平台存了两份。",
        Preset::LostPubrec => "取消「清理会话」，用 QoS 2 上传，再切断连接：重新登录后会重发，平台只存一份。",
        Preset::CutInside => "下一个报文只送达前两个字节。上传点什么试试。",
        Preset::Silence => "从下一个报文起，什么都传不过去。看谁先发现？",
        Preset::Twice => "订阅一个主题，然后先后用 QoS 1 和 QoS 2 往里面发消息。",
    },

    strikes: "立即触发",
    strike: |strike| match strike {
        Strike::Cut => "切断连接",
        Strike::HalfOpen => "变成半开",
        Strike::TakeOver => "在别处登录",
    },

    trigger,
    when: |kind| match kind {
        WhenKind::Off => "关闭",
        WhenKind::Nth => "第 n 个，一次",
        WhenKind::Each => "每 n 个",
        WhenKind::PerMille => "随机千分之 n",
    },
    number: |trigger| format!("n（{trigger}）"),
    cut_after: "断开前送达的字节数",
    cut_after_hint: "留空则随机。",
    chunks: "报文怎样送达",
    chunks_kind: |kind| match kind {
        ChunksKind::Whole => "完整送达",
        ChunksKind::Split => "拆成几段",
        ChunksKind::Merge => "几个粘在一起",
    },
    chunk: |kind| match kind {
        ChunksKind::Merge => "合并的时间（毫秒）",
        ChunksKind::Whole | ChunksKind::Split => "每段最多字节数",
    },
    delay: "延迟（毫秒）",
    jitter: "抖动（毫秒）",
    refuse_login: "拒绝下次登录",
    refuse_not: "关闭",
    refusal: |code| match code {
        RefusalCode::ProtocolVersion => "1：协议版本不支持",
        RefusalCode::ClientId => "2：设备 ID 不合法",
        RefusalCode::Unavailable => "3：服务不可用",
        RefusalCode::BadLogin => "4：产品 ID、鉴权信息或 Token 错误",
        RefusalCode::NotAuthorized => "5：未授权",
    },
    seed: "随机种子",
    seed_hint: "种子相同，同样的对话会遇到同样的故障。",
    problem: |FaultProblem { least, most, .. }| match most {
        u64::MAX => format!("请填不小于 {least} 的整数。"),
        _ => format!("请填 {least} 到 {most} 的整数。"),
    },
    set: "生效",

    will: |topic| format!("遗嘱主题 {topic}"),
    under_way,
};

fn trigger(trigger: Trigger) -> &'static str {
    match trigger {
        Trigger::Cut => "报文传到一半断开",
        Trigger::HalfOpen => "半开：从某个报文起沉默",
        Trigger::Puback => "丢弃 PUBACK",
        Trigger::Pubrec => "丢弃 PUBREC",
        Trigger::Pubrel => "丢弃 PUBREL",
        Trigger::Pubcomp => "丢弃 PUBCOMP",
        Trigger::Pingresp => "丢弃 PINGRESP",
        Trigger::Duplicate => "重复下发（带 DUP）",
    }
}

fn on(faults: &Faults) -> Vec<String> {
    let mut faults = faults.clone();
    let mut on = Vec::new();
    for which in Trigger::ALL {
        let when = match *which.of(&mut faults) {
            None => continue,
            Some(When::Nth(number)) => format!("第 {number} 个"),
            Some(When::Each(1)) => "每个".to_owned(),
            Some(When::Each(number)) => format!("每 {number} 个"),
            Some(When::PerMille(share)) => format!("{share} ‰"),
        };
        on.push(format!("{}：{when}", trigger(which)));
    }
    match faults.chunks {
        Chunks::Whole => {}
        Chunks::Split(most) => on.push(format!("每段 {most} 字节")),
        Chunks::Merge(within) => on.push(format!("{} 内合并", span(within))),
    }
    if !faults.delay.is_zero() {
        on.push(format!("延迟 {}", span(faults.delay)));
    }
    if !faults.jitter.is_zero() {
        on.push(format!("抖动 {}", span(faults.jitter)));
    }
    if let Some(code) = faults.refuse_login {
        on.push(format!("下次登录返回 {}", code.number()));
    }
    on
}

fn under_way(under_way: UnderWay, kept: usize) -> String {
    let UnderWay { unacknowledged, waiting, unreleased } = under_way;
    let parts = [
        (unacknowledged, "条下发未确认"),
        (waiting, "条排队等待下发"),
        (unreleased, "条上行等待 PUBREL"),
        (kept, "条留待下次登录"),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    parts.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join("，")
}

pub(super) fn struck(device_id: Option<&str>, fault: Fault, frame: Option<FrameHead>) -> String {
    let frame = match frame {
        Some(FrameHead { name, packet_id: Some(id) }) => format!("{name} {id}"),
        Some(FrameHead { name, packet_id: None }) => name.to_owned(),
        None => String::new(),
    };
    let what = match fault {
        Fault::Delayed(by) => format!("{frame} 延迟 {}", span(by)),
        Fault::Split(pieces) => format!("{frame} 拆成 {pieces} 段送出"),
        Fault::Merged => format!("{frame} 与前一个报文粘在一起送出"),
        Fault::Lost => format!("{frame} 被丢弃，没有发出"),
        Fault::Duplicated => format!("{frame} 又发了一次，带 DUP"),
        Fault::Cut { after: 0 } if frame.is_empty() => "连接被切断".to_owned(),
        Fault::Cut { after } => format!("{frame} 送出 {after} 字节后，连接被切断"),
        Fault::HalfOpen if frame.is_empty() => "连接变成半开，什么都传不过去了".to_owned(),
        Fault::HalfOpen => format!("{frame} 没有发出，连接变成半开"),
        Fault::Discarded(count) => format!("途中的 {count} 个报文或片段丢失"),
        Fault::Unread(bytes) => format!("连接半开，收到的 {bytes} 字节没有读取"),
        Fault::LoginRefused(code) => format!("以返回码 {} 拒绝登录", code.number()),
        Fault::TakenOver => "视为在别处登录".to_owned(),
    };
    format!("故障，{}：{what}", whose(device_id).trim_end())
}
