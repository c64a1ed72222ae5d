//! What the field that is looked at means.

use dissect::{Field, Node};
use yew::{AttrValue, Callback, Html, Properties, component, html};

use super::taken_apart::TakenApart;
use crate::browser;
use crate::inspector::attention::{Notice, Target};
use crate::inspector::dump::{bit_pattern, hex, is_hidden};
use crate::inspector::place::Piece;
use crate::inspector::summary::summary;
use crate::inspector::value::{about, is_writing, names, value_text};
use crate::locale::Language;

/// What an [`Explanation`] shows and gives.
#[derive(PartialEq, Properties)]
pub(super) struct ExplanationProps {
    pub(super) id: AttrValue,
    pub(super) language: Language,
    pub(super) frame: TakenApart,
    pub(super) shown: bool,
    pub(super) target: Option<Target>,
    pub(super) is_pinned: bool,
    pub(super) on_notice: Callback<Notice>,
}

/// Characters of a value.
const VALUE: usize = 600;
/// Bytes of a field.
const HEX: usize = 48;

/// Name, value, bytes, bits, meaning and source of one field.
#[component]
pub(super) fn Explanation(props: &ExplanationProps) -> Html {
    let ExplanationProps { id, language, frame, target, is_pinned, on_notice, .. } = props;
    let words = &language.words().inspector;
    let root = &frame.dissection().root;
    let found = target.as_ref().and_then(|target| Some((target, target.place(root).find(root)?)));
    let on_release = {
        let (id, on_notice) = (id.clone(), on_notice.clone());
        Callback::from(move |_| {
            on_notice.emit(Notice::Released);
            // The button goes; where the keyboard went on from is near.
            browser::focus(&format!("{id}-hex"));
        })
    };
    let names = found.map(|(target, _)| names(&target.place(root), root, *language)).unwrap_or_default();
    html! {
        <section class="explanation" aria-label={words.explanation} id={format!("{id}-explanation")}>
            if let Some((target, piece)) = found {
                <h3>
                    for (index, name) in names.iter().enumerate() {
                        if index + 1 < names.len() {
                            <span class="crumb">{ format!("{name} › ") }</span>
                        } else {
                            { *name }
                        }
                    }
                </h3>
                if *is_pinned {
                    <button type="button" class="quiet" onclick={on_release}>
                        { words.release }
                    </button>
                }
                if let Some(owner) = owner(root, target, piece) {
                    <p class="meaning">
                        <strong>{ about(owner, *language).name }</strong>{ " — " }
                        { about(owner, *language).explanation }
                    </p>
                }
                <p class="meaning">{ about(piece.field(), *language).explanation }</p>
                { facts(props, target, piece) }
            } else {
                <h3><code>{ summary(frame.bytes(), language.words()) }</code></h3>
                <p class="meaning">{ about(Field::Frame, *language).explanation }</p>
                <p class="hint">{ words.explanation_hint }</p>
            }
        </section>
    }
}

/// What a text, a number or a length belongs to: that is what it is really about.
fn owner(root: &Node, target: &Target, piece: Piece<'_>) -> Option<Field> {
    let mut around = target.place(root);
    let mut field = piece.field();
    while is_writing(field) {
        around = around.parent()?.0;
        field = around.find(root)?.field();
    }
    (field != piece.field() && field != Field::Frame).then_some(field)
}

fn facts(props: &ExplanationProps, target: &Target, piece: Piece<'_>) -> Html {
    let ExplanationProps { language, frame, shown, .. } = props;
    let words = &language.words().inspector;
    let hidden = frame.hidden(*shown);
    let span = piece.span();
    let value = value_text(piece, frame.bytes(), language.words(), hidden, VALUE);
    let byte = match target {
        Target::Byte(offset) if span.len() > 1 => Some(*offset),
        Target::Byte(_) | Target::Field(_) => None,
    };
    html! {
        <dl class="facts">
            if !value.is_empty() {
                <dt>{ words.value }</dt>
                <dd><span class="said">{ value }</span></dd>
            }
            <dt>{ words.place }</dt>
            <dd>{ (words.offset_and_length)(span.start, span.len()) }</dd>
            if !span.is_empty() {
                <dt>{ words.bytes }</dt>
                <dd><code>{ hex(frame.bytes(), span.clone(), hidden, HEX) }</code></dd>
            }
            if let Some(offset) = byte {
                <dt>{ words.this_byte }</dt>
                <dd>{ one_byte(props, offset) }</dd>
            }
            if !piece.node().bits.is_empty() {
                <dt>{ words.bits }</dt>
                <dd>{ bits(props, piece) }</dd>
            }
            <dt>{ words.clause }</dt>
            <dd>{ about(piece.field(), *language).clause.replace("reference", words.reference) }</dd>
        </dl>
    }
}

/// One byte of several: where it is, and all that it can be read as.
fn one_byte(props: &ExplanationProps, offset: usize) -> Html {
    let words = &props.language.words().inspector;
    let place = (words.offset)(offset);
    if is_hidden(props.frame.hidden(props.shown), offset) {
        return html! { <>{ place }{ " · " }{ words.hidden }</> };
    }
    let byte = props.frame.bytes().get(offset).copied().unwrap_or_default();
    let character = match byte {
        b' '..=b'~' => format!(" = '{}'", char::from(byte)),
        _ => String::new(),
    };
    let pattern = bit_pattern(byte, 0xFF);
    html! { <>{ place }{ " · " }<code>{ format!("{byte:02x} = {pattern} = {byte}{character}") }</code></> }
}

/// The bits of a byte, named, the highest first.
fn bits(props: &ExplanationProps, piece: Piece<'_>) -> Html {
    let ExplanationProps { language, frame, shown, .. } = props;
    let node = piece.node();
    let hidden = frame.hidden(*shown);
    let byte = frame.bytes().get(node.span.start).copied().unwrap_or_default();
    html! {
        <table class="bits">
            <tbody>
                for bits in &node.bits {
                    <tr class={(piece == Piece::Bits { node, bits }).then_some("lit")}>
                        <td class="numbers">{ bit_numbers(bits.mask) }</td>
                        <td><code>{ bit_pattern(byte, bits.mask) }</code></td>
                        <th scope="row">{ about(bits.field, *language).name }</th>
                        <td>
                            { value_text(Piece::Bits { node, bits }, frame.bytes(), language.words(), hidden, VALUE) }
                        </td>
                    </tr>
                }
            </tbody>
        </table>
    }
}

/// `7–4`, or `3`.
fn bit_numbers(mask: u8) -> String {
    let (highest, lowest) = (7_u32.saturating_sub(mask.leading_zeros()), mask.trailing_zeros());
    if highest == lowest { highest.to_string() } else { format!("{highest}–{lowest}") }
}
