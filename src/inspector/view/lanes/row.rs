//! One row of the lanes: an arrow with its words, or what stands between two arrows.

use dissect::{Head, PacketType, split};
use yew::{AttrValue, Callback, Html, Properties, classes, component, html};

use super::strokes::{self, Line, Size};
use crate::inspector::lanes::{Break, FrameRow, MarkKind, Row, RowKind, Says, Spot};
use crate::inspector::summary::gist;
use crate::inspector::{Captured, Direction};
use crate::locale::Language;
use crate::widgets::clock;

/// What a row shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct LaneRowProps {
    pub(super) id: AttrValue,
    pub(super) language: Language,
    pub(super) row: Row,
    pub(super) size: Size,
    pub(super) index: usize,
    pub(super) total: usize,
    pub(super) chosen: bool,
    pub(super) on_choose: Callback<Spot>,
}

/// A row.
#[component]
pub(super) fn LaneRow(props: &LaneRowProps) -> Html {
    let LaneRowProps { id, language, row, size, index, total, chosen, on_choose } = props;
    let spot = row.spot;
    let (look, line, sentence, number, middle) = match &row.kind {
        RowKind::Frame(frame) => (
            frame_look(frame),
            Line::Solid,
            Some(sentence(*language, frame)),
            number(&frame.frame),
            arrow(*language, frame, *size),
        ),
        RowKind::Break(told) => {
            let told_in_words = (language.words().lanes.break_)(told);
            let middle =
                html! { <span class="lane-told" title={told_in_words.clone()}>{ told_in_words }</span> };
            (classes!("break", break_look(told)), break_line(told), None, Html::default(), middle)
        }
    };
    html! {
        <div
            {id} role="option" aria-selected={chosen.to_string()} aria-posinset={(index + 1).to_string()}
            aria-setsize={total.to_string()} aria-label={sentence} class={classes!("lane", look)}
            onclick={on_choose.reform(move |_| spot)}
        >
            <span class="lane-number">{ number }</span>
            { strokes::side(&row.bars[0], line, *size, Direction::Sent) }
            <span class="lane-middle">{ middle }</span>
            { strokes::side(&row.bars[1], line, *size, Direction::Received) }
        </div>
    }
}

fn number(frame: &Captured) -> Html {
    html! {
        <>
            { frame.number }
            <time>{ clock(frame.at) }</time>
        </>
    }
}

/// The arrow, what the packet says above it, and what is said of its answer below.
fn arrow(language: Language, row: &FrameRow, size: Size) -> Html {
    let words = language.words();
    let head = Head::read(&row.frame.bytes);
    let name = head.packet_type.map_or("?", PacketType::name);
    html! {
        <>
            { strokes::arrow(row.frame.direction, size) }
            <span class="lane-what">
                <b>{ name }</b>
                if let Some(id) = head.packet_id {
                    <span class="lane-id" title={(words.packet_id)(id)}>{ id }</span>
                }
                for note in notes(language, row, &head) {
                    <span class="lane-note">{ note }</span>
                }
                <span class="lane-gist">{ said(language, row, &head) }</span>
            </span>
            <span class="lane-says">{ answer(language, row) }</span>
        </>
    }
}

/// What marks a packet: its QoS, its step, DUP, RETAIN, a person's hand.
fn notes(language: Language, row: &FrameRow, head: &Head<'_>) -> Vec<String> {
    let words = language.words();
    let step = row.thread.and_then(|thread| thread.step);
    let qos = (head.packet_type == Some(PacketType::Publish)).then(|| format!("QoS {}", head.qos));
    qos.into_iter()
        .chain(step.map(|step| (words.lanes.step)(step)))
        .chain(head.dup.then(|| words.lanes.dup.to_owned()))
        .chain(head.retain.then(|| words.lanes.retained.to_owned()))
        .chain(row.frame.composed.then(|| words.frames.composed.to_owned()))
        .collect()
}

/// What the packet says, but for its packet identifier, which stands beside its name.
fn said(language: Language, row: &FrameRow, head: &Head<'_>) -> String {
    let said = gist(&row.frame.bytes, language.words());
    let only_id = head.packet_id.is_some_and(|id| said == (language.words().packet_id)(id));
    if only_id { String::new() } else { said }
}

/// What is said of the packet's answer, and of other sendings of the same.
fn answer(language: Language, row: &FrameRow) -> String {
    let words = &language.words().lanes;
    let sendings = row.thread.as_ref().map(words.sendings).unwrap_or_default();
    let told = [(words.says)(&row.says), sendings];
    told.into_iter().filter(|told| !told.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The row as a screen reader says it.
fn sentence(language: Language, row: &FrameRow) -> String {
    let head = Head::read(&row.frame.bytes);
    let id = head.packet_id.map(language.words().packet_id);
    let mut told: Vec<String> = id.into_iter().chain(notes(language, row, &head)).collect();
    told.extend([said(language, row, &head), answer(language, row)]);
    told.retain(|told| !told.is_empty());
    (language.words().lanes.sentence)(row, &clock(row.frame.at), &told)
}

fn frame_look(row: &FrameRow) -> yew::Classes {
    let way = match row.frame.direction {
        Direction::Sent => "sent",
        Direction::Received => "received",
    };
    let says = match row.says {
        Says::Nothing | Says::Unanswered | Says::Answered { .. } | Says::Answers { .. } => None,
        Says::Wrong { .. } | Says::Unmatched | Says::Never(_) => Some("never"),
        Says::Waits { .. } => Some("waits"),
    };
    let broken = (!split(&row.frame.bytes).rest.is_empty()).then_some("broken");
    let track = row.thread.and_then(|thread| thread.track).map(strokes::track_class);
    classes!(way, says, broken, track)
}

fn break_look(told: &Break) -> &'static str {
    match told {
        Break::Silence(_) => "silence",
        Break::Connection { .. } => "connection",
        Break::Mark(mark) => match mark.kind {
            MarkKind::Lost(_) | MarkKind::Failed(_) => "lost",
            MarkKind::Left => "left",
            MarkKind::Platform(_) => "told",
        },
    }
}

fn break_line(told: &Break) -> Line {
    match told {
        Break::Silence(_) => Line::Dashed,
        Break::Connection { .. } => Line::Solid,
        Break::Mark(mark) => match mark.kind {
            MarkKind::Lost(_) | MarkKind::Failed(_) | MarkKind::Left => Line::Dashed,
            MarkKind::Platform(_) => Line::Solid,
        },
    }
}
