//! The sequence lanes.

use std::time::Duration;

use dissect::{Head, PacketType};

use super::connect::ending;
use super::platform::happening;
use crate::inspector::Direction;
use crate::inspector::lanes::{Break, Clock, FrameRow, Mark, MarkKind, Owed, Says, Thread};
use crate::locale::words::{LanesWords, span, tenths};

pub(super) const LANES: LanesWords = LanesWords {
    tab: "Lanes",
    hint: "Time runs downwards. A bar beside a life line joins a request with its answer; its side waits.",
    list: "Frames between device and platform, oldest first",
    empty: "No frame yet. Connect, and every frame becomes an arrow between device and platform.",
    device: "Device",
    platform: "Platform",

    clock,
    waiting,

    dup: "DUP: sent again",
    retained: "RETAIN",
    says,
    sendings,
    step: |step| format!("step {step} of 4"),
    break_,
    sentence,

    nothing_chosen: "Choose an arrow to see what each of its bytes means.",
};

fn clock(clock: Clock) -> String {
    match clock {
        Clock::Off { quiet } => {
            format!(
                "Keep alive is off: the device may be silent for ever. Its last frame was {} ago.",
                pause(quiet)
            )
        }
        Clock::Runs { keep_alive, quiet } => match keep_alive.checked_sub(quiet) {
            Some(left) => format!(
                "Keep alive {}: last frame sent {} ago; PINGREQ due in {} at the latest.",
                whole(keep_alive),
                pause(quiet),
                whole(left)
            ),
            None => format!(
                "Keep alive {}: last frame sent {} ago. The platform may hang up after {}.",
                whole(keep_alive),
                pause(quiet),
                whole(keep_alive * 3 / 2)
            ),
        },
        Clock::Pinged { keep_alive, since } => {
            format!(
                "Keep alive {}: PINGREQ is out, waiting for PINGRESP ({} s).",
                whole(keep_alive),
                tenths(since)
            )
        }
    }
}

fn waiting(waiting: &[(Owed, Duration)], rest: usize) -> String {
    let each = |(owed, since): &(Owed, Duration)| format!("{} ({} s)", answer(owed), tenths(*since));
    let told: Vec<String> = waiting.iter().map(each).collect();
    match (told.is_empty(), rest) {
        (true, _) => "Nothing is waited for.".to_owned(),
        (false, 0) => format!("Waiting for {}", told.join(", ")),
        (false, rest) => format!("Waiting for {} and {rest} more", told.join(", ")),
    }
}

fn says(says: &Says) -> String {
    match says {
        Says::Nothing => String::new(),
        Says::Unanswered => "QoS 0: nobody answers".to_owned(),
        Says::Answered { by, after } => format!("No. {by} answers after {}", span(*after)),
        Says::Answers { number, after } => format!("answers No. {number} after {}", span(*after)),
        Says::Wrong { number, due } => format!("wrong kind: No. {number} asks for a {}", due.name()),
        Says::Unmatched => "answers nothing that is listed".to_owned(),
        Says::Waits { owed, since } => format!("waiting for {} ({} s)", answer(owed), tenths(*since)),
        Says::Never(owed) => format!("never answered: no {}", answer(owed)),
    }
}

fn sendings(thread: &Thread) -> String {
    match (thread.origin, thread.again) {
        (Some(origin), Some(again)) => format!("first sent as No. {origin}, again as No. {again}"),
        (Some(origin), None) => format!("first sent as No. {origin}"),
        (None, Some(again)) => format!("sent again as No. {again}"),
        (None, None) => String::new(),
    }
}

fn break_(row: &Break) -> String {
    match row {
        Break::Silence(silence) => pause(*silence),
        Break::Connection { number, again: true, .. } => format!("Connection {number} goes on"),
        Break::Connection { number, composed: true, .. } => format!("Connection {number}, of the composer"),
        Break::Connection { number, .. } => format!("Connection {number}"),
        Break::Mark(mark) => told(mark),
    }
}

fn told(mark: &Mark) -> String {
    match (&mark.kind, mark.times) {
        (MarkKind::Lost(reason), _) => format!("Connection lost: {}", ending(reason)),
        (MarkKind::Failed(reason), 1) => format!("Not connected: {}", ending(reason)),
        (MarkKind::Failed(reason), times) => {
            format!("Not connected, {times} times; the last time: {}", ending(reason))
        }
        (MarkKind::Left, _) => "Disconnected from here.".to_owned(),
        (MarkKind::Platform(told), 1) => format!("Platform: {}", happening(told)),
        (MarkKind::Platform(told), times) => format!("Platform, {times} times: {}", happening(told)),
    }
}

fn sentence(row: &FrameRow, clock: &str, said: &[String]) -> String {
    let head = Head::read(&row.frame.bytes);
    let name = head.packet_type.map_or("bytes", PacketType::name);
    let way = match row.frame.direction {
        Direction::Sent => "device to platform",
        Direction::Received => "platform to device",
    };
    let said = said.iter().fold(String::new(), |all, one| all + ", " + one);
    format!("No. {}, {clock}, {way}: {name}{said}", row.frame.number)
}

fn answer(owed: &Owed) -> String {
    match owed.packet_id {
        Some(id) => format!("{} {id}", owed.packet_type.name()),
        None => owed.packet_type.name().to_owned(),
    }
}

fn pause(pause: Duration) -> String {
    match (pause.as_secs() / 60, pause.as_secs() % 60) {
        (0 | 1, _) => format!("{} s", pause.as_secs()),
        (minutes, 0) => format!("{minutes} min"),
        (minutes @ ..60, seconds) => format!("{minutes} min {seconds} s"),
        (minutes, _) => format!("{} h {} min", minutes / 60, minutes % 60),
    }
}

/// In seconds, as the login says it.
fn whole(duration: Duration) -> String {
    format!("{} s", duration.as_secs())
}
