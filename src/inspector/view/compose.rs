//! Frames made by hand: bytes typed or turned round bit by bit, sent, and what became of them.

use bytes::Bytes;
use yew::{Callback, Html, Properties, component, html, use_memo, use_state_eq};

use super::anatomy::Anatomy;
use super::list::is_hidden;
use super::panel::Drafts;
use crate::client::Raw;
use crate::connect::{ConnectForm, Destination, Ending, PageAddress, Place, Status};
use crate::inspector::compose::{flip, may_be_secret, to_hex, with_remaining_length};
use crate::inspector::paste;
use crate::inspector::summary::summary;
use crate::inspector::{Capture, Captured, Direction, Probe, ProbeEnd, ProbeStage};
use crate::locale::{Language, Words};
use crate::platform::Note;
use crate::widgets::{Choice, Field, Tick, clock};

/// What the composer shows and gives.
// No `Debug`: bytes that hold a password must not be printed by mistake.
#[derive(PartialEq, Properties)]
pub(super) struct ComposerProps {
    pub(super) language: Language,
    /// The bytes, as typed.
    pub(super) text: String,
    /// Every frame of this page: what came back is among them.
    pub(super) capture: Capture,
    /// The frames that the forms make: what to begin with.
    pub(super) drafts: Drafts,
    /// Whether secrets are seen.
    pub(super) shown: bool,
    /// What is chosen as the place to connect to.
    pub(super) connect: ConnectForm,
    pub(super) page: PageAddress,
    /// Where the device is connected.
    pub(super) aimed: Option<Destination>,
    /// How its connection stands.
    pub(super) status: Status,
    /// How the connection of its own stands.
    pub(super) probe: Option<Probe>,
    /// What the platform in this page did lately, newest first, where the device can reach it.
    pub(super) notes: Vec<Note>,
    /// Called with every edit.
    pub(super) on_edit: Callback<String>,
    /// Called with bytes to send over the present connection.
    pub(super) on_compose: Callback<Raw>,
    /// Called with bytes to send over a connection of their own.
    pub(super) on_probe: Callback<(Place, Raw)>,
}

/// How the bytes go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Over the present connection.
    Here,
    /// Over a connection of their own.
    Alone,
}

/// How things stood when bytes were sent.
#[derive(Clone, PartialEq)]
struct Sent {
    way: Way,
    /// The number of the newest frame.
    after: u64,
    /// The number of what the platform in this page had said last.
    said: u64,
    /// The connection of the probe before.
    probed: Option<u32>,
}

/// Frames captured after the bytes were sent that are listed.
const LISTED: usize = 20;

/// A field for hex, its bytes one by one, and the ways to send them.
#[component]
pub(super) fn Composer(props: &ComposerProps) -> Html {
    let ComposerProps { language, text, capture, drafts, connect, status, .. } = props;
    let online = status.is_online();
    let words = language.words();
    let frames = &words.frames;
    let way = use_state_eq(|| Way::Here);
    // The real place to which the person wants to send all the same.
    let sure = use_state_eq(|| None::<Destination>);
    let byte = use_state_eq(|| None::<usize>);
    let sent = use_state_eq(|| None::<Sent>);
    let read = use_memo(text.clone(), |text| {
        let pasted = paste::read(text);
        let bytes: Vec<u8> = pasted.pieces.into_iter().flat_map(|piece| piece.bytes).collect();
        (Bytes::from(bytes), pasted.problem)
    });
    let (bytes, problem) = &*read;

    let way_now = if online { *way } else { Way::Alone };
    // The device may be connected elsewhere than where the form points by now.
    let destination = match way_now {
        Way::Here => props.aimed.as_ref().unwrap_or(&connect.destination),
        Way::Alone => &connect.destination,
    };
    let is_real = !destination.is_simulated();
    let is_sure = sure.as_ref() == Some(destination);
    let place = connect.place(&props.page).ok();
    let ready = !bytes.is_empty()
        && problem.is_none()
        && (!is_real || is_sure)
        && (way_now == Way::Here || place.is_some());
    let onsend = {
        let raw = Raw { bytes: bytes.clone(), secret: may_be_secret(bytes, &connect.secrets()) };
        let before = Sent {
            way: way_now,
            after: capture.captured(),
            said: props.notes.first().map_or(0, |note| note.number),
            probed: props.probe.as_ref().map(|probe| probe.connection),
        };
        let (sent, on_compose, on_probe) = (sent.clone(), props.on_compose.clone(), props.on_probe.clone());
        move |_| {
            sent.set(Some(before.clone()));
            match (way_now, place.clone()) {
                (Way::Here, _) => on_compose.emit(raw.clone()),
                (Way::Alone, Some(place)) => on_probe.emit((place, raw.clone())),
                (Way::Alone, None) => {}
            }
        }
    };
    let begin = |id: &'static str, name: &'static str, draft: &Option<Bytes>| {
        let draft = draft.clone();
        let onclick = {
            let (draft, on_edit) = (draft.clone(), props.on_edit.clone());
            move |_| on_edit.emit(draft.as_deref().map(to_hex).unwrap_or_default())
        };
        html! { <button type="button" {id} class="quiet" disabled={draft.is_none()} {onclick}>{ name }</button> }
    };
    let corrected = with_remaining_length(bytes).filter(|corrected| corrected[..] != bytes[..]);
    html! {
        <div class="composer">
            <div class="actions">
                { begin("compose-login", frames.compose_from_login, &drafts.login) }
                { begin("compose-upload", frames.compose_from_upload, &drafts.upload) }
                if let Some(corrected) = corrected {
                    <button type="button" id="set-length" class="quiet" onclick={
                        props.on_edit.reform(move |_| to_hex(&corrected))
                    }>{ frames.set_length }</button>
                }
            </div>
            <Field
                id="compose-bytes" label={frames.compose_label} lines=4 value={text.clone()} hint={frames.compose_hint}
                error={problem.as_ref().map(|problem| (words.capture_file.paste_problem)(problem))}
                on_input={props.on_edit.clone()}
            />
            if !bytes.is_empty() {
                <Anatomy
                    id="composed" language={*language} bytes={bytes.clone()} shown={props.shown}
                    on_select={
                        let byte = byte.clone();
                        move |chosen| byte.set(chosen)
                    }
                />
                { bits(bytes, *byte, words, &props.on_edit) }
            }
            <div class="row">
                <Choice
                    id="compose-way" label={frames.compose_way} value={way_now.key()}
                    options={ways(online, words)} hint={(way_now.hint(words)).to_owned()}
                    on_choose={
                        let way = way.clone();
                        move |key: String| way.set(if key == Way::Here.key() { Way::Here } else { Way::Alone })
                    }
                />
            </div>
            if is_real {
                <p class="warning" role="status" id="compose-real">{ frames.compose_real }</p>
                <Tick
                    id="compose-sure" label={frames.compose_sure} checked={is_sure}
                    on_tick={
                        let (sure, destination) = (sure.clone(), destination.clone());
                        move |ticked: bool| sure.set(ticked.then(|| destination.clone()))
                    }
                />
            }
            <div class="actions">
                <button type="button" id="compose-send" class="primary" disabled={!ready} onclick={onsend}>{ frames.send }</button>
            </div>
            if let Some(sent) = &*sent {
                { happened(props, sent) }
            }
        </div>
    }
}

impl Way {
    fn key(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Alone => "alone",
        }
    }

    fn hint(self, words: &Words) -> &'static str {
        match self {
            Self::Here => words.frames.compose_here_hint,
            Self::Alone => words.frames.compose_alone_hint,
        }
    }
}

fn ways(online: bool, words: &Words) -> Vec<(yew::AttrValue, yew::AttrValue)> {
    let here = (Way::Here.key().into(), words.frames.compose_here.into());
    let alone = (Way::Alone.key().into(), words.frames.compose_alone.into());
    if online { vec![here, alone] } else { vec![alone] }
}

/// The bits of the chosen byte, each to be turned round.
fn bits(bytes: &Bytes, chosen: Option<usize>, words: &Words, on_edit: &Callback<String>) -> Html {
    let words = &words.frames;
    let Some((offset, byte)) = chosen.and_then(|offset| Some((offset, *bytes.get(offset)?))) else {
        return html! { <p class="hint">{ words.compose_bits_hint }</p> };
    };
    html! {
        <div class="flips" role="group" aria-label={(words.compose_bits)(offset)}>
            <span>{ (words.compose_bits)(offset) }</span>
            for bit in (0..8_u8).rev() {
                <button type="button" class="bit" aria-label={(words.flip_bit)(bit, byte >> bit & 1 == 1)} onclick={
                    let bytes = bytes.clone();
                    on_edit.reform(move |_| to_hex(&flip(&bytes, offset, bit)))
                }>{ byte >> bit & 1 }</button>
            }
        </div>
    }
}

/// What was captured since the bytes were sent, what the platform in this page says about it, and how the
/// connection stands.
fn happened(props: &ComposerProps, sent: &Sent) -> Html {
    let ComposerProps { language, capture, notes, status, .. } = props;
    let words = language.words();
    let probe = props.probe.as_ref();
    // Until the new probe has begun, the one before is still told of.
    let probe = probe.filter(|probe| sent.way == Way::Alone && Some(probe.connection) != sent.probed);
    let belongs = |frame: &&Captured| match sent.way {
        Way::Alone => probe.is_some_and(|probe| probe.connection == frame.connection),
        Way::Here => props.probe.as_ref().is_none_or(|probe| probe.connection != frame.connection),
    };
    let newer: Vec<&Captured> =
        capture.range(sent.after + 1..u64::MAX).filter(belongs).take(LISTED).collect();
    let answered = newer.iter().any(|frame| frame.direction == Direction::Received);
    let frames = newer.iter().map(|frame| (frame.at, frame_line(frame, words)));
    let notes = notes.iter().take_while(|note| note.number > sent.said);
    let notes: Vec<_> = notes.map(|note| (note.at, (words.happening)(&note.happening))).collect();
    let silent = !newer.is_empty() && !answered && notes.is_empty();
    let mut lines: Vec<_> = frames.chain(notes.into_iter().rev()).collect();
    lines.sort_by_key(|(at, _)| *at);
    html! {
        <section class="happened" aria-labelledby="happened-title">
            <h3 id="happened-title">{ words.frames.compose_happened }</h3>
            <ol id="happened" aria-live="polite">
                for (at, line) in lines {
                    <li><time>{ clock(at) }</time>{ " " }{ line }</li>
                }
            </ol>
            if silent {
                <p class="hint">{ words.frames.compose_nothing_yet }</p>
            }
            if let Some(probe) = probe {
                <p id="probe" role="status">{ told(&probe.stage, words) }</p>
            }
            if sent.way == Way::Here && !status.is_online() && *status != Status::Offline(None) {
                <p id="compose-status" role="status">{ (words.front.status)(status) }</p>
            }
        </section>
    }
}

fn frame_line(frame: &Captured, words: &Words) -> String {
    let way = match frame.direction {
        Direction::Sent => words.frames.sent,
        Direction::Received => words.frames.received,
    };
    let summary =
        if is_hidden(frame) { words.frames.hidden.to_owned() } else { summary(&frame.bytes, words) };
    format!("{way} {summary}")
}

fn told(stage: &ProbeStage, words: &Words) -> String {
    let frames = &words.frames;
    match stage {
        ProbeStage::Opening => frames.probe_opening.to_owned(),
        ProbeStage::Open => frames.probe_open.to_owned(),
        ProbeStage::Closed(ProbeEnd::Link(end)) => (words.front.ending)(&Ending::Link(end.clone())),
        ProbeStage::Closed(ProbeEnd::Silent) => frames.probe_silent.to_owned(),
        ProbeStage::Closed(ProbeEnd::Replaced) => frames.probe_replaced.to_owned(),
        ProbeStage::Closed(ProbeEnd::TooLarge) => frames.probe_too_large.to_owned(),
    }
}
