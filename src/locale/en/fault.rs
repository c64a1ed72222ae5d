//! What goes wrong on purpose in the simulated platform.

use simulator::{Chunks, Fault, Faults, FrameHead, RefusalCode, Strike, UnderWay, When};

use super::platform::whose;
use crate::locale::words::{FaultWords, span};
use crate::platform::{ChunksKind, FaultProblem, Preset, Trigger, WhenKind};

pub(super) const FAULT: FaultWords = FaultWords {
    title: "Faults",
    hint: "Let the platform fail on purpose and watch what each QoS promises. Every fault that strikes stands in the log.",
    on,
    all_off: "All off",

    presets: "For a class",
    preset: |preset| match preset {
        Preset::LostPuback => "A PUBACK gets lost",
        Preset::LostPubrec => "A PUBREC gets lost",
        Preset::CutInside => "The link is cut inside a frame",
        Preset::Silence => "The platform falls silent",
        Preset::Twice => "Every third delivery twice",
    },
    preset_hint: |preset| match preset {
        Preset::LostPuback => {
            "Untick Clean session, upload at QoS 1, then cut: after the next login it is sent again and stored twice."
        }
        Preset::LostPubrec => {
            "Untick Clean session, upload at QoS 2, then cut: after the next login it is sent again and stored once."
        }
        Preset::CutInside => "Two bytes of the next frame arrive. Upload something.",
        Preset::Silence => "From the next frame on nothing passes. Who notices first?",
        Preset::Twice => "Subscribe to a topic and publish to it at QoS 1, then at QoS 2.",
    },

    strikes: "Now",
    strike: |strike| match strike {
        Strike::Cut => "Cut the link",
        Strike::HalfOpen => "Leave it half-open",
        Strike::TakeOver => "Log in elsewhere",
    },

    trigger,
    when: |kind| match kind {
        WhenKind::Off => "off",
        WhenKind::Nth => "the n-th, once",
        WhenKind::Each => "every n-th",
        WhenKind::PerMille => "n in 1,000, by chance",
    },
    number: |trigger| format!("n ({trigger})"),
    cut_after: "Bytes before the cut",
    cut_after_hint: "Empty: by chance.",
    chunks: "How frames arrive",
    chunks_kind: |kind| match kind {
        ChunksKind::Whole => "whole",
        ChunksKind::Split => "in pieces",
        ChunksKind::Merge => "several joined",
    },
    chunk: |kind| match kind {
        ChunksKind::Merge => "Joined within (ms)",
        ChunksKind::Whole | ChunksKind::Split => "Bytes a piece, at most",
    },
    delay: "Delay (ms)",
    jitter: "Jitter (ms)",
    refuse_login: "Refuse the next login",
    refuse_not: "off",
    refusal: |code| match code {
        RefusalCode::ProtocolVersion => "1: protocol version",
        RefusalCode::ClientId => "2: client ID",
        RefusalCode::Unavailable => "3: service unavailable",
        RefusalCode::BadLogin => "4: user name or password",
        RefusalCode::NotAuthorized => "5: not authorised",
    },
    seed: "Seed of chance",
    seed_hint: "With the same seed the same conversation meets the same faults.",
    problem: |FaultProblem { least, most, .. }| match most {
        u64::MAX => format!("Type a whole number from {least} on."),
        _ => format!("Type a whole number from {least} to {most}."),
    },
    set: "Set",

    will: |topic| format!("will on {topic}"),
    under_way,
};

fn trigger(trigger: Trigger) -> &'static str {
    match trigger {
        Trigger::Cut => "Cut the link inside a frame",
        Trigger::HalfOpen => "Half-open: silent from a frame on",
        Trigger::Puback => "Lose PUBACK",
        Trigger::Pubrec => "Lose PUBREC",
        Trigger::Pubrel => "Lose PUBREL",
        Trigger::Pubcomp => "Lose PUBCOMP",
        Trigger::Pingresp => "Lose PINGRESP",
        Trigger::Duplicate => "Deliver twice, with DUP",
    }
}

fn on(faults: &Faults) -> Vec<String> {
    let mut faults = faults.clone();
    let mut on = Vec::new();
    for which in Trigger::ALL {
        let when = match *which.of(&mut faults) {
            None => continue,
            Some(When::Nth(number)) => format!("no. {number}"),
            Some(When::Each(1)) => "always".to_owned(),
            Some(When::Each(number)) => format!("every {number}"),
            Some(When::PerMille(share)) => format!("{share} ‰"),
        };
        on.push(format!("{}: {when}", trigger(which)));
    }
    match faults.chunks {
        Chunks::Whole => {}
        Chunks::Split(most) => on.push(format!("pieces of {most} B")),
        Chunks::Merge(within) => on.push(format!("joined within {}", span(within))),
    }
    if !faults.delay.is_zero() {
        on.push(format!("delay {}", span(faults.delay)));
    }
    if !faults.jitter.is_zero() {
        on.push(format!("jitter {}", span(faults.jitter)));
    }
    if let Some(code) = faults.refuse_login {
        on.push(format!("next login: code {}", code.number()));
    }
    on
}

fn under_way(under_way: UnderWay, kept: usize) -> String {
    let UnderWay { unacknowledged, waiting, unreleased } = under_way;
    let parts = [
        (unacknowledged, "to it without its answer"),
        (waiting, "in line behind those"),
        (unreleased, "of it without PUBREL"),
        (kept, "kept for its login"),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    parts.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join(", ")
}

pub(super) fn struck(device_id: Option<&str>, fault: Fault, frame: Option<FrameHead>) -> String {
    let frame = match frame {
        Some(FrameHead { name, packet_id: Some(id) }) => format!("{name} {id}"),
        Some(FrameHead { name, packet_id: None }) => name.to_owned(),
        None => String::new(),
    };
    let what = match fault {
        Fault::Delayed(by) => format!("{frame} is {} late", span(by)),
        Fault::Split(pieces) => format!("{frame} goes out in {pieces} pieces"),
        Fault::Merged => format!("{frame} goes out together with the frame before it"),
        Fault::Lost => format!("{frame} is not sent"),
        Fault::Duplicated => format!("{frame} is sent a second time, with DUP"),
        Fault::Cut { after: 0 } if frame.is_empty() => "the link is cut".to_owned(),
        Fault::Cut { after } => format!("the link is cut after {after} bytes of {frame}"),
        Fault::HalfOpen if frame.is_empty() => "the link is half-open, nothing passes any more".to_owned(),
        Fault::HalfOpen => format!("{frame} is not sent, the link is half-open"),
        Fault::Discarded(count) => format!("{count} frames or pieces that were under way are lost"),
        Fault::Unread(bytes) => format!("{bytes} bytes that arrived are not read, the link is half-open"),
        Fault::LoginRefused(code) => format!("the login is refused with code {}", code.number()),
        Fault::TakenOver => "it counts as logged in elsewhere".to_owned(),
    };
    format!("Fault, {}: {what}", whose(device_id))
}
