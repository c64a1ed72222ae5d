//! How far sending has come, and what it promises.

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
    rejected: |count| format!("Of these rejected by the platform: {count}."),
    progress,
    restored: "from before",
    taken: "(taken by the platform; only its last answer is missing)",
    give_up: "Do not send",
    waits_for_login: "At QoS 1 and 2 it waits for the login; at QoS 0 it would be lost.",
    qos_hint,
    subscribe_qos: "QoS at most",
    remark,

    keep: "Keep unsent uploads on this computer",
    keep_hint: "Uploads at QoS 1 and 2 are written down, topic and content, until the platform has acknowledged them: closing or reloading the page loses none. No auth info, key or token is ever written. Switching it off deletes what is there.",
    recording,
    shelved,
    shelved_hint: "Uploads of earlier pages and logins. They go on when you log in as their device again, at the same place.",
    discard: "Delete",
    damaged: |rows| {
        format!(
            "{rows} entries kept on this computer cannot be read and are left out. Check what arrived, upload the rest again, and delete them below when you have left their device."
        )
    },
};

fn shelved(shelved: &Shelved) -> String {
    let Shelved { address, device_id, uploads, damaged, whereabouts, .. } = shelved;
    let place = address.as_deref().unwrap_or("the platform in this page");
    let unreadable = match damaged {
        0 => String::new(),
        damaged => format!(", {damaged} unreadable"),
    };
    let waiting = match whereabouts {
        Whereabouts::Computer => format!("{uploads} waiting{unreadable}"),
        Whereabouts::Page => format!("{uploads} waiting, in this page only: do not close it"),
        Whereabouts::OtherTab => {
            "another tab has this device and what it keeps of it. Delete it or switch keeping off there"
                .to_owned()
        }
    };
    format!("Device {device_id} at {place}: {waiting}")
}

fn tally(tally: &Tally) -> String {
    let from_before = match tally.restored {
        0 => String::new(),
        restored => format!(" + {restored} from before"),
    };
    let mut terms = vec![format!("{} acknowledged", tally.acknowledged)];
    let mut term = |count: u64, name: &str| {
        if count > 0 {
            terms.push(format!("{count} {name}"));
        }
    };
    term(tally.unacknowledged, "sent at QoS 0");
    term(tally.set_aside, "left for their device");
    term(tally.taken_over, "taken over by another tab");
    terms.push(format!("{} waiting", tally.waiting + tally.on_their_way));
    terms.push(format!("{} failed", tally.failed));
    format!("{}{from_before} = {}", tally.asked, terms.join(" + "))
}

fn progress(item: &Item) -> String {
    let state = match (item.fate, item.packet_id, item.sent_at) {
        (Fate::OnItsWay(acknowledgement), Some(id), Some(at)) => {
            format!("on its way since {}, waiting for {acknowledgement} {id}", clock(at))
        }
        (Fate::GivenUp, _, _) if item.sendings > 0 => {
            "taken back: not sent again, though it may have arrived".to_owned()
        }
        (fate, _, _) => super::upload::fate(fate),
    };
    let again = match item.sendings.saturating_sub(1) {
        0 => String::new(),
        1 => "; sent again once".to_owned(),
        times => format!("; sent again {times} times"),
    };
    let twice = match item.may_repeat && item.fate != Fate::GivenUp {
        false => "",
        true => "; the platform kept no session: it may arrive twice",
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
        (Some(code), "") => format!(": {code}"),
        (None, text) => format!(": {text}"),
        (Some(code), text) => format!(": {code} — {text}"),
    };
    match accepted {
        true => format!("; accepted by the platform{said}"),
        false => format!("; rejected by the platform{said}"),
    }
}

pub(super) fn resumption(resumption: Resumption, clean_session: bool) -> Option<&'static str> {
    match (resumption, clean_session) {
        (Resumption::New, true) => Some(
            "Clean session: the platform forgets this device at the end. What is on its way then is sent again at the next login and may arrive twice.",
        ),
        (Resumption::New, false) => None,
        (Resumption::Resumed, _) => Some(
            "The platform kept this device's session: everything goes on where it was, subscriptions of earlier pages included.",
        ),
        (Resumption::Lost, _) => Some(
            "The platform has lost this device's session. Everything unacknowledged is sent again and may arrive twice, even at QoS 2; subscriptions are asked for again.",
        ),
        (Resumption::Claimed, _) => Some(
            "The platform says that it kept a session, although a clean one was asked for. MQTT forbids that (MQTT-3.2.2-1); this page takes the session for a new one.",
        ),
    }
}

fn qos_hint(qos: Qos, clean_session: bool) -> &'static str {
    match (qos, clean_session) {
        (Qos::AtMostOnce, _) => "Sent once. If the link breaks, it is lost, and nobody says so.",
        (Qos::AtLeastOnce, _) => "Sent again until the PUBACK comes; it may arrive twice.",
        (Qos::ExactlyOnce, false) => {
            "Arrives exactly once, also over broken links, as long as the platform keeps the session."
        }
        (Qos::ExactlyOnce, true) => {
            "Exactly once only while the link holds: with a clean session what was on its way is sent again as new. Switch “Clean session” off for more."
        }
    }
}

pub(super) fn oddities(oddities: &Oddities) -> String {
    let Oddities { strays, duplicates, last } = oddities;
    let last = last.map(oddity).unwrap_or_default();
    format!(
        "Answers to nothing: {strays}; repeated messages, not shown again: {duplicates}. The last: {last}."
    )
}

fn oddity(oddity: Oddity) -> String {
    match oddity {
        Oddity::Stray { acknowledgement, packet_id } => match acknowledgement {
            Acknowledgement::PubRel => format!("PUBREL {packet_id} releases nothing"),
            other => format!("nothing waits for {other} {packet_id}"),
        },
        Oddity::Duplicate { packet_id } => format!("message {packet_id} came once more"),
    }
}

fn remark(remark: &Remark) -> String {
    match remark {
        Remark::Odd(odd) => format!("Changes nothing: {}.", oddity(*odd)),
        Remark::Ended(reason) => close_reason(reason),
    }
}

fn recording(recording: Recording) -> Option<&'static str> {
    match recording {
        Recording::On | Recording::Off => None,
        Recording::Stopped(Stop::Full) => Some(
            "There is no room left on this computer: sending goes on, but new uploads are not kept. Free some space in the browser's storage, and do not close the page before all are acknowledged.",
        ),
        Recording::Stopped(Stop::Refused) => Some(
            "The browser keeps nothing for this page (a private window, or storage is blocked): sending goes on, but do not close the page before all are acknowledged.",
        ),
        Recording::Stopped(Stop::Silent) => Some(
            "The browser's storage does not answer: sending goes on, but do not close the page before all are acknowledged. Close other tabs of this page, then connect again.",
        ),
        Recording::Stopped(Stop::Newer) => Some(
            "A newer version of this page keeps uploads on this computer: sending goes on, but nothing new is kept here. Reload the page to get that version.",
        ),
    }
}
