//! The view as a whole: what waits, the lanes, and the frame that is looked at byte by byte.

use bytes::Bytes;
use dissect::dissect;
use time::OffsetDateTime;
use yew::{Callback, Html, Properties, component, html, use_state_eq};

use super::follow::{is_open, is_talking, moment, use_timeline};
use super::list::LaneList;
use super::strokes;
use crate::connect::Status;
use crate::inspector::lanes::{Clock, RowKind, Spot};
use crate::inspector::view::anatomy::Anatomy;
use crate::inspector::{Capture, Imported, Probe};
use crate::locale::Language;
use crate::platform::Note;
use crate::widgets::use_seconds;

/// What the view shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub struct LanesProps {
    /// The language of its words.
    pub language: Language,
    /// The live frames.
    pub capture: Capture,
    /// The frames of a file, shown in their place.
    pub imported: Option<Imported>,
    /// How the device's connection stands.
    pub status: Status,
    /// How the composer's own connection stands.
    pub probe: Option<Probe>,
    /// What the platform in this page did lately, newest first.
    pub notes: Vec<Note>,
    /// Whether secrets are seen.
    pub shown: bool,
    /// Whether anything is seen. It follows what happens all the same.
    pub visible: bool,
    /// Tells the time.
    pub wall: Callback<(), OffsetDateTime>,
    /// Called with bytes to edit.
    pub on_edit_bytes: Callback<Bytes>,
}

/// What is awaited that is told above the lanes.
const TOLD: usize = 3;

/// Frames as arrows between device and platform, and one of them byte by byte.
#[component]
pub fn Lanes(props: &LanesProps) -> Html {
    let LanesProps { language, visible, status, probe, .. } = props;
    let words = &language.words().lanes;
    let chosen = use_state_eq(|| None::<Spot>);
    let followed = use_timeline(props, || props.wall.emit(()));
    let runs = is_talking(status) || probe.as_ref().is_some_and(is_open);
    use_seconds(*visible && runs && props.imported.is_none());
    if !visible {
        return Html::default();
    }

    let capture = props.imported.as_ref().map_or(&props.capture, |imported| &imported.capture);
    let wall = match &props.imported {
        Some(_) => OffsetDateTime::UNIX_EPOCH,
        None => props.wall.emit(()),
    };
    let now = moment(capture, wall);
    let timeline = followed.get();
    if timeline.is_empty() {
        return html! { <div class="lanes-view"><p class="empty">{ words.empty }</p></div> };
    }
    let on_choose = {
        let chosen = chosen.clone();
        Callback::from(move |spot| chosen.set(Some(spot)))
    };
    let (waiting, rest) = timeline.waiting(capture, now, TOLD);
    html! {
        <div class="lanes-view">
            <p class="hint">{ words.hint }</p>
            <div class="lanes-now">
                if let Some(clock) = timeline.clock(capture, now) {
                    <p class={if is_late(clock) { "keep-alive warning" } else { "keep-alive" }}>
                        { strokes::dial(clock) }
                        { (words.clock)(clock) }
                    </p>
                }
                if let Some(imported) = &props.imported {
                    <p class="awaited">{ imported.name.clone() }</p>
                } else {
                    <p class="awaited" id="lanes-waiting">{ (words.waiting)(&waiting, rest) }</p>
                }
            </div>
            <LaneList
                language={*language} capture={capture.clone()} followed={followed.clone()} {now}
                chosen={*chosen} {on_choose}
            />
            <div class="looked-at">
                { match *chosen {
                    Some(Spot::Frame(number)) => looked_at(props, number, capture.get(number).map(|frame| &frame.bytes)),
                    Some(spot @ Spot::Break { .. }) => {
                        let row = timeline.row_of(spot);
                        let told = row.and_then(|row| timeline.rows(capture, row..row + 1, now).pop());
                        match told.map(|row| row.kind) {
                            Some(RowKind::Break(told)) => html! { <p id="lane-told">{ (words.break_)(&told) }</p> },
                            Some(RowKind::Frame(_)) | None => nothing_chosen(*language),
                        }
                    }
                    None => nothing_chosen(*language),
                } }
            </div>
        </div>
    }
}

/// The frame that is looked at.
fn looked_at(props: &LanesProps, number: u64, bytes: Option<&Bytes>) -> Html {
    let LanesProps { language, shown, on_edit_bytes, .. } = props;
    let Some(bytes) = bytes else { return nothing_chosen(*language) };
    let words = &language.words().frames;
    let edit = if dissect(bytes).secrets().is_empty() { words.edit_bytes } else { words.edit_secret };
    let onclick = {
        let bytes = bytes.clone();
        on_edit_bytes.reform(move |_| bytes.clone())
    };
    html! {
        <>
            <div class="looked-at-head">
                <h3 id="lane-looked-at">{ (words.frame_title)(number) }</h3>
                <button type="button" id="lane-edit-bytes" class="quiet" {onclick}>{ edit }</button>
            </div>
            <Anatomy id="lane-frame" language={*language} bytes={bytes.clone()} shown={*shown} />
        </>
    }
}

fn nothing_chosen(language: Language) -> Html {
    html! { <p class="empty">{ language.words().lanes.nothing_chosen }</p> }
}

/// Whether the device has said nothing for longer than it may.
fn is_late(clock: Clock) -> bool {
    matches!(clock, Clock::Runs { keep_alive, quiet } if quiet > keep_alive)
}
