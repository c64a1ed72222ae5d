//! The bytes of a frame: offset, hex and characters. Of a big frame only the lines that are seen are drawn.

use std::ops::Range;

use yew::{
    AttrValue, Callback, Event, Html, KeyboardEvent, MouseEvent, Properties, classes, component, html,
    use_effect_with, use_state_eq,
};

use super::taken_apart::TakenApart;
use crate::browser;
use crate::inspector::attention::{Notice, Target};
use crate::inspector::dump::{Cell, Grid, LINE_HEIGHT, Light, Line, Look, Part};
use crate::inspector::key::Key;
use crate::inspector::value::{is_writing, names};
use crate::locale::Language;

/// What a [`HexPane`] shows and gives.
#[derive(PartialEq, Properties)]
pub(super) struct HexPaneProps {
    pub(super) id: AttrValue,
    pub(super) language: Language,
    pub(super) frame: TakenApart,
    pub(super) shown: bool,
    pub(super) marks: Vec<Range<usize>>,
    /// Bytes of the field that is looked at.
    pub(super) lit: Range<usize>,
    /// Bytes of the group that it belongs to.
    pub(super) around: Range<usize>,
    /// The byte that the keyboard is at.
    pub(super) current_byte: usize,
    /// The byte that is to be in sight.
    pub(super) reveal: Option<usize>,
    pub(super) columns: Option<usize>,
    pub(super) on_notice: Callback<Notice>,
}

/// The narrowest box in which 16 bytes fit a line, in pixels.
const WIDE: usize = 580;
/// What is taken for the box until it is measured, in pixels: width and height.
const UNMEASURED: (usize, usize) = (WIDE, 480);

/// The bytes.
#[component]
pub(super) fn HexPane(props: &HexPaneProps) -> Html {
    let HexPaneProps { id, language, frame, shown, marks, lit, around, current_byte, on_notice, .. } = props;
    let size = use_state_eq(|| UNMEASURED);
    let top = use_state_eq(|| 0);
    let (width, height) = *size;
    let box_id = format!("{id}-hex");
    let columns = props.columns.unwrap_or(if width < WIDE { 8 } else { 16 }).max(1);
    let grid = Grid { length: frame.bytes().len(), columns };

    {
        let size = size.clone();
        use_effect_with(box_id.clone(), move |id| {
            let watch = browser::watch_size(id, move |width, height| size.set((width, height)));
            move || drop(watch)
        });
    }
    use_effect_with((box_id.clone(), columns, props.reveal), move |(id, _, reveal)| {
        if let Some(offset) = reveal {
            // With its neighbours.
            let above = grid.line_of(*offset).saturating_sub(1);
            browser::reveal(id, above * LINE_HEIGHT, 3 * LINE_HEIGHT);
        }
    });

    let onscroll = {
        let top = top.clone();
        Callback::from(move |event: Event| top.set(browser::scroll_top(&event)))
    };
    let onmousemove = {
        let on_notice = on_notice.clone();
        Callback::from(move |event: MouseEvent| {
            if browser::has_moved(&event) {
                let target = byte_under(&event).map(Target::Byte);
                on_notice.emit(target.map_or(Notice::Left, Notice::Hovered));
            }
        })
    };
    let onmouseleave = on_notice.reform(|_| Notice::Left);
    let onclick = {
        let on_notice = on_notice.clone();
        Callback::from(move |event: MouseEvent| {
            if let Some(offset) = byte_under(&event) {
                on_notice.emit(Notice::Pinned(Target::Byte(offset)));
            }
        })
    };
    let onkeydown = {
        let (on_notice, current, page) = (on_notice.clone(), *current_byte, height / LINE_HEIGHT);
        Callback::from(move |event: KeyboardEvent| press(grid, current, page, &on_notice, &event))
    };

    let look = Look {
        frame: frame.bytes(),
        dissection: frame.dissection(),
        hidden: frame.hidden(*shown),
        marks,
        lit,
        around,
    };
    let drawn = grid.window(*top, height);
    let is_drawn = drawn.contains(&grid.line_of(*current_byte)) && grid.length > 0;
    let words = &language.words().inspector;
    let label = is_drawn.then(|| label(props, look.line(*current_byte..current_byte + 1)));
    html! {
        <>
            <div
                id={box_id} class="hex" role="grid" tabindex="0" aria-labelledby={format!("{id}-bytes")}
                aria-describedby={format!("{id}-hex-hint")} aria-rowcount={grid.lines().to_string()}
                aria-colcount={(columns + 1).to_string()}
                aria-activedescendant={is_drawn.then(|| format!("{id}-byte-{current_byte}"))}
                {onscroll} {onmousemove} {onmouseleave} {onclick} {onkeydown}
            >
                { space(drawn.start) }
                for index in drawn.clone() {
                    <HexLine
                        key={index} {id} {index} {columns} line={look.line(grid.span(index))}
                        current={(grid.line_of(*current_byte) == index).then_some(current_byte % columns)}
                        label={label.clone().filter(|_| grid.line_of(*current_byte) == index)}
                    />
                }
                { space(grid.lines() - drawn.end) }
            </div>
            <p class="legend">
                for part in parts(frame) {
                    <span class={part_class(part)}>{ (words.part)(part) }</span>
                }
                <span id={format!("{id}-hex-hint")} class="hint">{ words.hex_hint }</span>
            </p>
        </>
    }
}

/// What a screen reader says of the byte that the keyboard is at.
fn label(props: &HexPaneProps, line: Line) -> AttrValue {
    let words = &props.language.words().inspector;
    let offset = line.offset;
    let root = &props.frame.dissection().root;
    let place = Target::Byte(offset).place(root);
    let names = names(&place, root, props.language);
    // A length or a text says too little without what it belongs to.
    let is_writing = place.find(root).is_some_and(|piece| is_writing(piece.field()));
    let name = names[names.len().saturating_sub(if is_writing { 2 } else { 1 })..].join(", ");
    let Some(cell) = line.cells.first() else { return AttrValue::default() };
    let byte = if cell.byte.is_some() { cell.hex() } else { words.hidden.to_owned() };
    let mut label = (words.byte_label)(offset, &byte, &name);
    for said in [cell.is_wrong.then_some(words.wrong_byte), cell.is_marked.then_some(words.marked_byte)] {
        label.extend(said.into_iter().flat_map(|said| [", ", said]));
    }
    label.into()
}

fn byte_under(event: &Event) -> Option<usize> {
    browser::attribute_under(event, "data-at")?.parse().ok()
}

fn press(grid: Grid, current: usize, page: usize, on_notice: &Callback<Notice>, event: &KeyboardEvent) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    let Some(key) = Key::parse(&event.key()) else { return };
    let notice = match key {
        Key::Enter => Some(Notice::Pinned(Target::Byte(current))),
        Key::Escape => Some(Notice::Released),
        Key::Up | Key::Down | Key::Left | Key::Right | Key::Home | Key::End | Key::PageUp | Key::PageDown => {
            grid.step(current, key, page).map(|to| Notice::Focused(Target::Byte(to)))
        }
    };
    // At an end the key does nothing, and must not scroll the page instead.
    event.prevent_default();
    if let Some(notice) = notice {
        on_notice.emit(notice);
    }
}

/// Room for lines that are not drawn. Its height is an attribute, since a strict page lets no element bring
/// a style of its own.
fn space(lines: usize) -> Html {
    html! {
        if lines > 0 {
            <svg class="space" width="1" height={(lines * LINE_HEIGHT).to_string()} aria-hidden="true" />
        }
    }
}

/// The parts that the frame has, in their order.
fn parts(frame: &TakenApart) -> impl Iterator<Item = Part> {
    let field_of = |part: Part| match part {
        Part::FixedHeader => dissect::Field::FixedHeader,
        Part::VariableHeader => dissect::Field::VariableHeader,
        Part::Payload => dissect::Field::Payload,
        Part::Undecoded => dissect::Field::Undecoded,
    };
    let is_broken = frame.dissection().fault.as_ref().is_some_and(|fault| fault.offset < frame.bytes().len());
    let all = [Part::FixedHeader, Part::VariableHeader, Part::Payload, Part::Undecoded];
    let children = &frame.dissection().root.children;
    all.into_iter().filter(move |part| match part {
        Part::Undecoded => is_broken,
        Part::FixedHeader | Part::VariableHeader | Part::Payload => {
            children.iter().any(|child| child.field == field_of(*part))
        }
    })
}

fn part_class(part: Part) -> &'static str {
    match part {
        Part::FixedHeader => "fixed-header",
        Part::VariableHeader => "variable-header",
        Part::Payload => "payload-part",
        Part::Undecoded => "undecoded-part",
    }
}

#[derive(PartialEq, Properties)]
struct HexLineProps {
    id: AttrValue,
    index: usize,
    columns: usize,
    line: Line,
    /// The column of the byte that the keyboard is at.
    current: Option<usize>,
    /// What is said of it.
    label: Option<AttrValue>,
}

/// One line.
#[component]
fn HexLine(props: &HexLineProps) -> Html {
    let HexLineProps { id, index, columns, line, current, label } = props;
    html! {
        <div class="hex-line" role="row" aria-rowindex={(index + 1).to_string()}>
            <span class="offset" role="rowheader">{ format!("{:04x}", line.offset) }</span>
            <span class="hex-cells" role="presentation">
                for (column, cell) in line.cells.iter().enumerate() {
                    <span
                        id={(*current == Some(column)).then(|| format!("{id}-byte-{}", line.offset + column))}
                        class={classes!(cell_class(*cell), (*current == Some(column)).then_some("current"))}
                        role="gridcell" aria-colindex={(column + 2).to_string()}
                        aria-label={label.clone().filter(|_| *current == Some(column))}
                        data-at={(line.offset + column).to_string()}
                    >
                        { cell.hex() }
                    </span>
                }
                // The characters of a short last line stand below the others.
                for _ in line.cells.len()..*columns {
                    <span aria-hidden="true">{ "  " }</span>
                }
            </span>
            <span class="ascii" aria-hidden="true">
                for (column, cell) in line.cells.iter().enumerate() {
                    <span class={cell_class(*cell)} data-at={(line.offset + column).to_string()}>
                        { cell.ascii() }
                    </span>
                }
            </span>
        </div>
    }
}

fn cell_class(cell: Cell) -> yew::Classes {
    let light = match cell.light {
        Light::Dark => None,
        Light::Faint => Some("around"),
        Light::Full => Some("lit"),
    };
    classes!(
        part_class(cell.part),
        light,
        cell.is_wrong.then_some("wrong"),
        cell.is_marked.then_some("marked")
    )
}
