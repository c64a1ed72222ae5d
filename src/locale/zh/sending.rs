//! 发送到了哪一步，能保证什么。

use session::{Acknowledgement, Qos, Resumption};

use super::connect::close_reason;
use super::sys::{studio_code, suite_code};
use crate::connect::{Oddities, Oddity};
use crate::inspector::Remark;
use crate::locale::words::SendingWords;
use crate::upload::{Fate, Item, PlatformCode, Recording, Shelved, Stop, Tally, Verdict, Whereabouts};
use crate::widgets::clock;

pub(super) const SENDING: SendingWords = SendingWords {
    tally,
    rejected: |count| format!("其中被平台拒绝 {count} 条。"),
    progress,
    restored: "先前留下的",
    taken: "（平台已收下，只差最后一个确认）",
    give_up: "不再发送",
    waits_for_login: "QoS 1 和 2 会等到登录后发送；QoS 0 则会丢失。",
    qos_hint,
    subscribe_qos: "最高 QoS",
    remark,

    keep: "在本机保存未送达的上传",
    keep_hint: "QoS 1 和 2 的上传（主题和内容）会先写在本机，平台确认后删除，关闭或刷新页面也不会丢。鉴权信息、密钥和 Token 从不写入。关闭此项会删除已保存的内容。",
    recording,
    shelved,
    shelved_hint: "这些是先前的页面或登录留下的上传。用同一设备登录同一处后会继续发送。",
    discard: "删除",
    damaged: |rows| {
        format!(
            "本机保存的内容中有 {rows} 条无法读取，已略过。请核对平台收到了什么，缺的再上传一次；断开该设备后可在下面删除它们。"
        )
    },
};

fn shelved(shelved: &Shelved) -> String {
    let Shelved { address, device_id, uploads, damaged, whereabouts, .. } = shelved;
    let place = address.as_deref().unwrap_or("本页的平台");
    let unreadable = match damaged {
        0 => String::new(),
        damaged => format!("，{damaged} 条无法读取"),
    };
    let waiting = match whereabouts {
        Whereabouts::Computer => format!("{uploads} 条待发送{unreadable}"),
        Whereabouts::Page => format!("{uploads} 条待发送，只在本页中，请不要关闭"),
        Whereabouts::OtherTab => {
            "另一个标签页正在使用这台设备和它保存的内容，请在那边删除或关闭保存".to_owned()
        }
    };
    format!("设备 {device_id}（{place}）：{waiting}")
}

fn tally(tally: &Tally) -> String {
    let from_before = match tally.restored {
        0 => String::new(),
        restored => format!(" + 先前留下 {restored}"),
    };
    let mut terms = vec![format!("已确认 {}", tally.acknowledged)];
    let mut term = |count: u64, name: &str| {
        if count > 0 {
            terms.push(format!("{name} {count}"));
        }
    };
    term(tally.unacknowledged, "QoS 0 已发送");
    term(tally.set_aside, "留待原设备");
    term(tally.taken_over, "由其他标签页接手");
    terms.push(format!("等待 {}", tally.waiting + tally.on_their_way));
    terms.push(format!("失败 {}", tally.failed));
    format!("上传 {}{from_before} = {}", tally.asked, terms.join(" + "))
}

fn progress(item: &Item) -> String {
    let state = match (item.fate, item.packet_id, item.sent_at) {
        (Fate::OnItsWay(acknowledgement), Some(id), Some(at)) => {
            format!("{} 发出，等待 {acknowledgement} {id}", clock(at))
        }
        (Fate::GivenUp, _, _) if item.sendings > 0 => "已撤回，不再重发；之前发出的可能已送达".to_owned(),
        (fate, _, _) => super::upload::fate(fate),
    };
    let again = match item.sendings.saturating_sub(1) {
        0 => String::new(),
        times => format!("；重发 {times} 次"),
    };
    let twice = if item.may_repeat && item.fate != Fate::GivenUp {
        "；平台没有保留会话，可能收到两次"
    } else {
        ""
    };
    let verdict = item.verdict.as_ref().map(verdict).unwrap_or_default();
    format!("{state}{again}{twice}{verdict}")
}

fn verdict(Verdict { accepted, code, text }: &Verdict) -> String {
    let code = code.map(|code| match code {
        PlatformCode::Suite(code) => suite_code(code),
        PlatformCode::Studio(code) => studio_code(code),
    });
    let said = match (code, text.as_str()) {
        (None, "") => String::new(),
        (Some(code), "") => format!("：{code}"),
        (None, text) => format!("：{text}"),
        (Some(code), text) => format!("：{code}，{text}"),
    };
    match accepted {
        true => format!("；平台已接受{said}"),
        false => format!("；被平台拒绝{said}"),
    }
}

pub(super) fn resumption(resumption: Resumption, clean_session: bool) -> Option<&'static str> {
    match (resumption, clean_session) {
        (Resumption::New, true) => Some(
            "清理会话：连接结束后平台不再记得这台设备。那时还没得到确认的上传会在下次登录后重发，可能送达两次。",
        ),
        (Resumption::New, false) => None,
        (Resumption::Resumed, _) => {
            Some("平台保留了这台设备的会话，一切从中断处继续，以前页面的订阅也还有效。")
        }
        (Resumption::Lost, _) => Some(
            "平台丢失了这台设备的会话。未确认的上传会全部重发，即使是 QoS 2 也可能送达两次；订阅会重新申请。",
        ),
        (Resumption::Claimed, _) => {
            Some("要求的是清理会话，平台却说保留着会话，这违反 MQTT（MQTT-3.2.2-1）；本页仍按新会话处理。")
        }
    }
}

fn qos_hint(qos: Qos, clean_session: bool) -> &'static str {
    match (qos, clean_session) {
        (Qos::AtMostOnce, _) => "只发一次。连接中断就会丢失，也不会有人告知。",
        (Qos::AtLeastOnce, _) => "收到 PUBACK 之前会一再重发，可能送达两次。",
        (Qos::ExactlyOnce, false) => "恰好送达一次，连接中断也不例外，前提是平台保留会话。",
        (Qos::ExactlyOnce, true) => {
            "仅在连接不断时恰好一次：清理会话下，断开时未完成的会当作新消息重发。想要更可靠，请取消“清理会话”。"
        }
    }
}

pub(super) fn oddities(oddities: &Oddities) -> String {
    let Oddities { strays, duplicates, last } = oddities;
    let last = last.map(oddity).unwrap_or_default();
    format!("无人等待的确认 {strays} 个，重复而未再显示的消息 {duplicates} 条。最近一次：{last}。")
}

fn oddity(oddity: Oddity) -> String {
    match oddity {
        Oddity::Stray { acknowledgement, packet_id } => match acknowledgement {
            Acknowledgement::PubRel => format!("PUBREL {packet_id} 没有可释放的消息"),
            other => format!("没有报文在等 {other} {packet_id}"),
        },
        Oddity::Duplicate { packet_id } => format!("消息 {packet_id} 又来了一次"),
    }
}

fn remark(remark: &Remark) -> String {
    match remark {
        Remark::Odd(odd) => format!("{}，不改变任何东西。", oddity(*odd)),
        Remark::Ended(reason) => close_reason(reason),
    }
}

fn recording(recording: Recording) -> Option<&'static str> {
    match recording {
        Recording::On | Recording::Off => None,
        Recording::Stopped(Stop::Full) => Some(
            "本机的存储空间已满：发送照常，但新的上传不再保存。请清理浏览器的存储空间；全部确认之前不要关闭本页。",
        ),
        Recording::Stopped(Stop::Refused) => {
            Some("浏览器不让本页保存内容（无痕窗口或已禁用存储）：发送照常，但全部确认之前不要关闭本页。")
        }
        Recording::Stopped(Stop::Silent) => Some(
            "浏览器的存储没有响应：发送照常，但全部确认之前不要关闭本页。请关闭本页的其他标签页，再重新连接。",
        ),
        Recording::Stopped(Stop::Newer) => Some(
            "更新版本的本页已在这台电脑上保存内容，本版本读不懂：发送照常，但新的上传不再保存。请刷新页面以使用新版本。",
        ),
    }
}
