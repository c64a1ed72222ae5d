//! The fields of a frame as a tree.
//!
//! Rows stand one behind the other and say their level (WAI-ARIA *tree view* with `aria-level`); one of them
//! can be reached by Tab, the arrow keys lead to the others.

use std::rc::Rc;

use yew::{
    AttrValue, Callback, Event, FocusEvent, Html, KeyboardEvent, MouseEvent, Properties, component, html,
};

use super::taken_apart::TakenApart;
use crate::browser;
use crate::inspector::attention::{Notice, Target};
use crate::inspector::dump::{Light, bit_pattern, hex};
use crate::inspector::key::{Key, Step, step};
use crate::inspector::outline::{Row, RowKind};
use crate::inspector::place::{Piece, Place};
use crate::inspector::value::{about, value_text};
use crate::locale::Language;

/// The height of a row in pixels, as in the style sheet.
pub(super) const ROW_HEIGHT: usize = 28;

/// What a [`FieldTree`] shows and gives.
#[derive(PartialEq, Properties)]
pub(super) struct FieldTreeProps {
    pub(super) id: AttrValue,
    pub(super) language: Language,
    pub(super) frame: TakenApart,
    pub(super) shown: bool,
    pub(super) rows: Rc<Vec<Row>>,
    /// The field that is looked at, with or without a row.
    pub(super) lit: Option<Place>,
    /// The row that shows it.
    pub(super) lit_row: Option<usize>,
    /// The row that the Tab key leads to.
    pub(super) current_row: usize,
    pub(super) on_notice: Callback<Notice>,
}

/// The tree.
#[component]
pub(super) fn FieldTree(props: &FieldTreeProps) -> Html {
    let FieldTreeProps { id, language, frame, shown, rows, lit, lit_row, current_row, on_notice } = props;
    let target_of = {
        let rows = rows.clone();
        move |event: &Event| Some(Target::Field(rows.get(row_under(event)?)?.target()))
    };
    let onmousemove = {
        let (target_of, on_notice) = (target_of.clone(), on_notice.clone());
        Callback::from(move |event: MouseEvent| {
            if browser::has_moved(&event) {
                on_notice.emit(target_of(&event).map_or(Notice::Left, Notice::Hovered));
            }
        })
    };
    let onfocusin = {
        let (target_of, on_notice) = (target_of, on_notice.clone());
        Callback::from(move |event: FocusEvent| {
            if let Some(target) = target_of(&event) {
                on_notice.emit(Notice::Focused(target));
            }
        })
    };
    let onmouseleave = on_notice.reform(|_| Notice::Left);
    let onclick = {
        let (id, rows, on_notice) = (id.clone(), rows.clone(), on_notice.clone());
        Callback::from(move |event: MouseEvent| {
            let Some(row) = row_under(&event).and_then(|row| rows.get(row)) else { return };
            let on_twisty = browser::attribute_under(&event, "data-turn").is_some();
            match row.kind {
                RowKind::More { .. } => show_more(&id, row, &on_notice),
                RowKind::Open | RowKind::Closed if on_twisty => {
                    on_notice.emit(Notice::Turned(row.place.clone()));
                }
                RowKind::Open | RowKind::Closed | RowKind::Leaf => {
                    on_notice.emit(Notice::Pinned(Target::Field(row.place.clone())));
                }
            }
        })
    };
    let onkeydown = {
        let (id, rows, on_notice) = (id.clone(), rows.clone(), on_notice.clone());
        Callback::from(move |event: KeyboardEvent| press(&id, &rows, &on_notice, &event))
    };
    html! {
        <div
            id={format!("{id}-tree")} class="fields" role="tree" aria-labelledby={format!("{id}-fields")}
            {onmousemove} {onmouseleave} {onfocusin} {onclick} {onkeydown}
        >
            for (index, row) in rows.iter().enumerate() {
                <FieldRow
                    key={format!("{}{}", row.target(), matches!(row.kind, RowKind::More { .. }))}
                    {id} language={*language} frame={frame.clone()} shown={*shown} row={row.clone()} {index}
                    light={light(row, index, lit.as_ref(), *lit_row)} is_current={index == *current_row}
                />
            }
        </div>
    }
}

fn light(row: &Row, index: usize, lit: Option<&Place>, lit_row: Option<usize>) -> Light {
    if lit_row == Some(index) {
        return Light::Full;
    }
    let is_around = lit.is_some_and(|lit| lit.is_within(&row.place)) && matches!(row.kind, RowKind::Open);
    if is_around { Light::Faint } else { Light::Dark }
}

fn row_under(event: &Event) -> Option<usize> {
    browser::attribute_under(event, "data-row")?.parse().ok()
}

fn press(id: &str, rows: &[Row], on_notice: &Callback<Notice>, event: &KeyboardEvent) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    let (Some(key), Some(at)) = (Key::parse(&event.key()), row_under(event)) else { return };
    let (Some(step), Some(row)) = (step(rows, at, key), rows.get(at)) else { return };
    event.prevent_default();
    match step {
        Step::To(to) => {
            if let Some(row) = rows.get(to) {
                on_notice.emit(Notice::Focused(Target::Field(row.target())));
                browser::focus(&row_id(id, row));
            }
        }
        Step::Turn => on_notice.emit(Notice::Turned(row.place.clone())),
        Step::More => show_more(id, row, on_notice),
        Step::Pin => on_notice.emit(Notice::Pinned(Target::Field(row.place.clone()))),
        Step::Release => on_notice.emit(Notice::Released),
    }
}

/// The *more* row goes; the focus goes to the first of those that it stood for.
fn show_more(id: &str, row: &Row, on_notice: &Callback<Notice>) {
    on_notice.emit(Notice::AskedMore(row.place.clone()));
    browser::focus(&field_id(id, &row.target()));
}

fn row_id(id: &str, row: &Row) -> String {
    match row.kind {
        RowKind::More { .. } => format!("{id}-more-{}", row.target()),
        RowKind::Leaf | RowKind::Open | RowKind::Closed => field_id(id, &row.place),
    }
}

fn field_id(id: &str, place: &Place) -> String {
    format!("{id}-field-{place}")
}

#[derive(PartialEq, Properties)]
struct FieldRowProps {
    id: AttrValue,
    language: Language,
    frame: TakenApart,
    shown: bool,
    row: Row,
    index: usize,
    light: Light,
    is_current: bool,
}

/// Characters of a value in a row.
const VALUE: usize = 120;
/// Bytes of a field in a row.
const HEX: usize = 4;

/// One row: name, value, and the bytes or bits themselves.
#[component]
fn FieldRow(props: &FieldRowProps) -> Html {
    let FieldRowProps { id, language, frame, shown, row, index, light, is_current } = props;
    let words = language.words();
    let Some(piece) = row.place.find(&frame.dissection().root) else { return Html::default() };
    let expanded = match row.kind {
        RowKind::Open => Some("true"),
        RowKind::Closed => Some("false"),
        RowKind::Leaf | RowKind::More { .. } => None,
    };
    let content = match row.kind {
        RowKind::More { hidden, .. } => {
            html! { <span class="more">{ (words.inspector.more_fields)(hidden) }</span> }
        }
        RowKind::Leaf | RowKind::Open | RowKind::Closed => {
            let hidden = frame.hidden(*shown);
            let value = value_text(piece, frame.bytes(), words, hidden, VALUE);
            html! {
                <>
                    if let Piece::Bits { bits, .. } = piece {
                        <code class="pattern" aria-hidden="true">
                            { bit_pattern(byte_of(piece, frame), bits.mask) }
                        </code>
                    }
                    <span class="name">{ about(piece.field(), *language).name }</span>
                    <span class="said">{ value }</span>
                    if let Piece::Node(node) = piece {
                        <code class="few" aria-hidden="true">
                            { hex(frame.bytes(), node.span.clone(), hidden, HEX) }
                        </code>
                    }
                </>
            }
        }
    };
    html! {
        <div
            id={row_id(id, row)} role="treeitem" class={class_of(piece, *light)}
            data-row={index.to_string()} tabindex={if *is_current { "0" } else { "-1" }}
            aria-level={row.level.to_string()} aria-setsize={row.siblings.to_string()}
            aria-posinset={row.position.to_string()} aria-expanded={expanded}
            aria-selected={is_current.to_string()}
        >
            <span class="twisty" data-turn={expanded} aria-hidden="true" />
            { content }
        </div>
    }
}

fn byte_of(piece: Piece<'_>, frame: &TakenApart) -> u8 {
    frame.bytes().get(piece.span().start).copied().unwrap_or_default()
}

fn class_of(piece: Piece<'_>, light: Light) -> &'static str {
    let is_undecoded = piece.field() == dissect::Field::Undecoded;
    match (light, is_undecoded) {
        (Light::Dark, false) => "field-row",
        (Light::Faint, false) => "field-row around",
        (Light::Full, false) => "field-row lit",
        (Light::Dark | Light::Faint, true) => "field-row undecoded",
        (Light::Full, true) => "field-row undecoded lit",
    }
}
