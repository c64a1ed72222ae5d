//! 时序图。

use std::time::Duration;

use dissect::{Head, PacketType};

use super::connect::ending;
use super::platform::happening;
use crate::inspector::Direction;
use crate::inspector::lanes::{Break, Clock, FrameRow, Mark, MarkKind, Owed, Says, Thread};
use crate::locale::words::{LanesWords, span, tenths};

pub(super) const LANES: LanesWords = LanesWords {
    tab: "时序",
    hint: "时间自上而下。生命线旁的竖条把请求和它的应答连在一起；竖条在哪一侧，就是哪一侧在等。",
    list: "设备与平台之间的报文，最早的在前",
    empty: "还没有报文。连接之后，每个报文都会成为设备与平台之间的一支箭头。",
    device: "设备",
    platform: "平台",

    clock,
    waiting,

    dup: "DUP：重发",
    retained: "RETAIN",
    says,
    sendings,
    step: |step| format!("第 {step}/4 步"),
    break_,
    sentence,

    nothing_chosen: "选一支箭头，查看这个报文每个字节的含义。",
};

fn clock(clock: Clock) -> String {
    match clock {
        Clock::Off { quiet } => {
            format!("保活已关闭，设备可以一直不发报文。上一个报文发出已 {}。", pause(quiet))
        }
        Clock::Runs { keep_alive, quiet } => match keep_alive.checked_sub(quiet) {
            Some(left) => format!(
                "保活 {}：上一个报文发出已 {}，最迟 {}后要发 PINGREQ。",
                whole(keep_alive),
                pause(quiet),
                whole(left)
            ),
            None => format!(
                "保活 {}：上一个报文发出已 {}，超过 {}平台就可以断开连接。",
                whole(keep_alive),
                pause(quiet),
                whole(keep_alive * 3 / 2)
            ),
        },
        Clock::Pinged { keep_alive, since } => {
            format!("保活 {}：PINGREQ 已发出，等待 PINGRESP 已 {} 秒。", whole(keep_alive), tenths(since))
        }
    }
}

fn waiting(waiting: &[(Owed, Duration)], rest: usize) -> String {
    let each = |(owed, since): &(Owed, Duration)| format!("{}（{} 秒）", answer(owed), tenths(*since));
    let told: Vec<String> = waiting.iter().map(each).collect();
    match (told.is_empty(), rest) {
        (true, _) => "没有在等待的应答。".to_owned(),
        (false, 0) => format!("正在等待 {}", told.join("、")),
        (false, rest) => format!("正在等待 {}，另有 {rest} 个", told.join("、")),
    }
}

fn says(says: &Says) -> String {
    match says {
        Says::Nothing => String::new(),
        Says::Unanswered => "QoS 0：没有应答".to_owned(),
        Says::Answered { by, after } => format!("{} 后由第 {by} 号应答", span(*after)),
        Says::Answers { number, after } => format!("应答第 {number} 号，用时 {}", span(*after)),
        Says::Wrong { number, due } => format!("应答类型不对：第 {number} 号要的是 {}", due.name()),
        Says::Unmatched => "列表里没有它应答的报文".to_owned(),
        Says::Waits { owed, since } => format!("等待 {}，已 {} 秒", answer(owed), tenths(*since)),
        Says::Never(owed) => format!("始终没有应答：没等到 {}", answer(owed)),
    }
}

fn sendings(thread: &Thread) -> String {
    match (thread.origin, thread.again) {
        (Some(origin), Some(again)) => format!("首次发送是第 {origin} 号，又在第 {again} 号重发"),
        (Some(origin), None) => format!("首次发送是第 {origin} 号"),
        (None, Some(again)) => format!("已在第 {again} 号重发"),
        (None, None) => String::new(),
    }
}

fn break_(row: &Break) -> String {
    match row {
        Break::Silence(silence) => pause(*silence),
        Break::Connection { number, again: true, .. } => format!("回到第 {number} 次连接"),
        Break::Connection { number, composed: true, .. } => format!("第 {number} 次连接（手工编辑）"),
        Break::Connection { number, .. } => format!("第 {number} 次连接"),
        Break::Mark(mark) => told(mark),
    }
}

fn told(mark: &Mark) -> String {
    match (&mark.kind, mark.times) {
        (MarkKind::Lost(reason), _) => format!("连接中断：{}", ending(reason)),
        (MarkKind::Failed(reason), 1) => format!("没有连上：{}", ending(reason)),
        (MarkKind::Failed(reason), times) => format!("{times} 次没有连上，最后一次：{}", ending(reason)),
        (MarkKind::Left, _) => "本页断开了连接。".to_owned(),
        (MarkKind::Platform(told), 1) => format!("平台：{}", happening(told)),
        (MarkKind::Platform(told), times) => format!("平台（{times} 次）：{}", happening(told)),
    }
}

fn sentence(row: &FrameRow, clock: &str, said: &[String]) -> String {
    let head = Head::read(&row.frame.bytes);
    let name = head.packet_type.map_or("字节", PacketType::name);
    let way = match row.frame.direction {
        Direction::Sent => "设备发往平台",
        Direction::Received => "平台发往设备",
    };
    let said = said.iter().fold(String::new(), |all, one| all + "，" + one);
    format!("第 {} 号，{clock}，{way}：{name}{said}", row.frame.number)
}

fn answer(owed: &Owed) -> String {
    match owed.packet_id {
        Some(id) => format!("{} {id}", owed.packet_type.name()),
        None => owed.packet_type.name().to_owned(),
    }
}

fn pause(pause: Duration) -> String {
    match (pause.as_secs() / 60, pause.as_secs() % 60) {
        (0 | 1, _) => format!("{} 秒", pause.as_secs()),
        (minutes, 0) => format!("{minutes} 分钟"),
        (minutes @ ..60, seconds) => format!("{minutes} 分 {seconds} 秒"),
        (minutes, _) => format!("{} 小时 {} 分", minutes / 60, minutes % 60),
    }
}

/// In seconds, as the login says it.
fn whole(duration: Duration) -> String {
    format!("{} 秒", duration.as_secs())
}
