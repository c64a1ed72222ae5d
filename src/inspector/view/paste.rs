//! Bytes from elsewhere: what they say, where they go wrong, and how they differ from what was expected.

use std::ops::Range;

use bytes::Bytes;
use dissect::{Head, PacketType, split};
use yew::{Callback, Html, Properties, classes, component, html, use_memo, use_state_eq};

use super::anatomy::Anatomy;
use super::comparison::ComparisonTable;
use super::list::arrow;
use super::panel::Drafts;
use crate::inspector::Direction;
use crate::inspector::compare::{Comparison, compare, meant};
use crate::inspector::paste::{Costume, PasteProblem, read};
use crate::inspector::summary::summary;
use crate::locale::Language;
use crate::widgets::Field;

/// What the view shows and gives.
// No `Debug`: bytes that hold a password must not be printed by mistake.
#[derive(PartialEq, Properties)]
pub(super) struct PasteProps {
    pub(super) language: Language,
    /// The frames that the forms make: what is expected.
    pub(super) drafts: Drafts,
    /// Whether the secrets of the forms are seen.
    pub(super) shown: bool,
    /// Called with bytes to edit.
    pub(super) on_edit_bytes: Callback<Bytes>,
}

/// A text field for bytes, the frames in it, and one of them byte by byte.
#[component]
pub(super) fn Paste(props: &PasteProps) -> Html {
    let PasteProps { language, drafts, shown, on_edit_bytes } = props;
    let (words, file_words) = (&language.words().frames, &language.words().capture_file);
    let text = use_state_eq(String::new);
    let chosen = use_state_eq(|| 0_usize);
    let found = use_memo((*text).clone(), |text| Found::read(text));

    let looked_at = found.frames.get(*chosen).or(found.frames.first()).cloned();
    let compared = use_memo((looked_at.clone(), drafts.clone()), |(frame, drafts)| {
        frame.as_ref().and_then(|frame| Compared::of(frame, drafts))
    });
    html! {
        <div class="paste">
            <Field
                id="paste-bytes" label={file_words.paste_label} lines=6 value={(*text).clone()}
                example={words.paste_example} hint={file_words.paste_hint}
                error={found.problem.as_ref().map(|problem| (file_words.paste_problem)(problem))}
                on_input={
                    let (text, chosen) = (text.clone(), chosen.clone());
                    move |typed| {
                        chosen.set(0);
                        text.set(typed);
                    }
                }
            />
            if found.frames.is_empty() {
                <p class="empty">{ words.paste_empty }</p>
            } else {
                <p id="paste-found" role="status">
                    { (file_words.pasted)(found.costume, found.whole, found.bytes) }
                    if found.rest > 0 {
                        { " · " }{ (file_words.rest)(found.rest) }
                    }
                </p>
                <ol class="paste-frames" aria-label={words.paste_frames}>
                    for (index, frame) in found.frames.iter().enumerate().take(LISTED) {
                        <li>
                            <button
                                type="button" class={classes!("quiet", "frame-button")} aria-pressed={(index == *chosen).to_string()}
                                onclick={
                                    let chosen = chosen.clone();
                                    move |_| chosen.set(index)
                                }
                            >
                                if let Some(direction) = frame.direction {
                                    <span class="frame-way">{ arrow(direction) }</span>{ " " }
                                }
                                { summary(&frame.bytes(), language.words()) }
                            </button>
                        </li>
                    }
                </ol>
                if found.frames.len() > LISTED {
                    <p class="hint">{ (words.more)(found.frames.len() - LISTED) }</p>
                }
                if let Some(frame) = looked_at {
                    { looked_at_frame(&frame.bytes(), compared.as_ref().as_ref(), *language, *shown, on_edit_bytes) }
                }
            }
        </div>
    }
}

/// Frames that have a button each.
const LISTED: usize = 200;

/// A pasted frame beside the one that a form makes in its place.
struct Compared {
    expected: Bytes,
    /// The pasted bytes that are meant to be the frame, whatever its remaining length says.
    mine: Bytes,
    comparison: Comparison,
}

impl Compared {
    fn of(frame: &PastedFrame, drafts: &Drafts) -> Option<Self> {
        let expected = match Head::read(&frame.bytes()).packet_type? {
            PacketType::Connect => drafts.login.clone()?,
            PacketType::Publish => drafts.upload.clone()?,
            PacketType::Connack
            | PacketType::Puback
            | PacketType::Pubrec
            | PacketType::Pubrel
            | PacketType::Pubcomp
            | PacketType::Subscribe
            | PacketType::Suback
            | PacketType::Unsubscribe
            | PacketType::Unsuback
            | PacketType::Pingreq
            | PacketType::Pingresp
            | PacketType::Disconnect => return None,
        };
        let mine = frame.piece.slice(meant(expected.len(), &frame.piece, frame.range.clone()));
        let comparison = compare(&expected, &mine);
        Some(Self { expected, mine, comparison })
    }
}

/// One frame byte by byte, and beside what was expected.
fn looked_at_frame(
    bytes: &Bytes,
    compared: Option<&Compared>,
    language: Language,
    shown: bool,
    on_edit_bytes: &Callback<Bytes>,
) -> Html {
    let words = &language.words().frames;
    let marks = compared.map(|compared| compared.comparison.differing.clone()).unwrap_or_default();
    html! {
        <>
            <div class="actions">
                <button type="button" class="quiet" onclick={
                    let bytes = bytes.clone();
                    on_edit_bytes.reform(move |_| bytes.clone())
                }>{ words.edit_bytes }</button>
            </div>
            <Anatomy id="pasted" {language} bytes={bytes.clone()} {shown} {marks} />
            if let Some(Compared { expected, mine, comparison }) = compared {
                <ComparisonTable
                    {language} expected={expected.clone()} mine={mine.clone()} comparison={comparison.clone()} {shown}
                />
            } else {
                <p class="hint">{ words.compare_none }</p>
            }
        </>
    }
}

/// The frames of a pasted text.
#[derive(PartialEq)]
struct Found {
    costume: Costume,
    /// Whole frames and what is left behind them, in order.
    frames: Vec<PastedFrame>,
    /// How many of them are whole.
    whole: usize,
    /// Bytes in all.
    bytes: usize,
    /// Bytes that are no whole frame.
    rest: usize,
    problem: Option<PasteProblem>,
}

/// One of them, and what it was cut out of.
#[derive(Clone, PartialEq)]
struct PastedFrame {
    direction: Option<Direction>,
    /// Bytes that were pasted together.
    piece: Bytes,
    /// Which of them are the frame.
    range: Range<usize>,
}

impl PastedFrame {
    fn bytes(&self) -> Bytes {
        self.piece.slice(self.range.clone())
    }
}

impl Found {
    fn read(text: &str) -> Self {
        let pasted = read(text);
        let mut found = Self {
            costume: pasted.costume,
            frames: Vec::new(),
            whole: 0,
            bytes: 0,
            rest: 0,
            problem: pasted.problem,
        };
        for piece in pasted.pieces {
            let bytes = Bytes::from(piece.bytes);
            let cut = split(&bytes);
            found.bytes += bytes.len();
            found.whole += cut.frames.len();
            found.rest += cut.rest.len();
            let direction = piece.direction;
            found.frames.extend(cut.pieces().map(|range| PastedFrame {
                direction,
                piece: bytes.clone(),
                range,
            }));
        }
        found
    }
}
