//! The panes of one frame, and what links them.

use std::fmt;
use std::ops::Range;
use std::rc::Rc;

use bytes::Bytes;
use yew::{
    AttrValue, Callback, Html, Properties, Reducible, component, html, use_effect_with, use_memo,
    use_reducer_eq,
};

use super::explanation::Explanation;
use super::fault::FaultBanner;
use super::field_tree::{FieldTree, ROW_HEIGHT};
use super::hex_pane::HexPane;
use super::taken_apart::{Same, TakenApart};
use crate::browser;
use crate::inspector::attention::{Attention, Notice, Target};
use crate::inspector::outline;
use crate::locale::Language;

/// What [`Anatomy`] shows and gives.
#[derive(PartialEq, Properties)]
pub struct AnatomyProps {
    /// Begins the ids of everything in it: several may stand on a page. Letters, digits and hyphens.
    pub id: AttrValue,
    /// The language of names and explanations.
    pub language: Language,
    /// One frame, or what is left of one.
    pub bytes: Bytes,
    /// Whether secrets are shown; otherwise they are dots.
    pub shown: bool,
    /// Whether all of it is secret, whatever it seems to be.
    #[prop_or_default]
    pub hidden: bool,
    /// Bytes to mark, such as differences; in order and apart.
    #[prop_or_default]
    pub marks: Vec<Range<usize>>,
    /// Called with the offset of the byte that is chosen, or that a chosen field begins with, and with `None`
    /// when it is let go.
    #[prop_or_default]
    pub on_select: Callback<Option<usize>>,
    /// Bytes in a line of hex; by default as many as the box has room for, 8 or 16.
    #[prop_or_default]
    pub columns: Option<usize>,
}

impl fmt::Debug for AnatomyProps {
    /// Leaves the bytes out: those of a CONNECT hold the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnatomyProps").field("id", &self.id).finish_non_exhaustive()
    }
}

/// One frame: its fields as a tree, its bytes as hex, and what the one that is looked at means.
#[component]
pub fn Anatomy(props: &AnatomyProps) -> Html {
    let AnatomyProps { id, language, bytes, shown, marks, columns, .. } = props;
    let frame = use_memo((Same(bytes.clone()), props.hidden), |(Same(bytes), hidden)| {
        TakenApart::new(bytes.clone(), *hidden)
    });
    let frame = (*frame).clone();
    let attending = use_reducer_eq(Attending::default);
    let Attending(attention) = &*attending;
    let root = &frame.dissection().root;
    let rows = use_memo((frame.clone(), attention.openings().clone()), |(frame, openings)| {
        outline::rows(&frame.dissection().root, openings)
    });
    let on_notice = {
        let dispatcher = attending.dispatcher();
        use_memo((frame.clone(), props.on_select.clone()), move |(frame, on_select)| {
            let (frame, on_select) = (frame.clone(), on_select.clone());
            Callback::from(move |notice: Notice| {
                match &notice {
                    Notice::Focused(target) | Notice::Pinned(target) => {
                        on_select.emit(target.offset(&frame.dissection().root));
                    }
                    Notice::Released => on_select.emit(None),
                    Notice::Hovered(_) | Notice::Left | Notice::Turned(_) | Notice::AskedMore(_) => {}
                }
                dispatcher.dispatch((notice, frame.clone()));
            })
        })
    };
    let on_notice: Callback<Notice> = (*on_notice).clone();

    let target = attention.lit(root).cloned();
    let place = target.as_ref().map(|target| target.place(root));
    let lit = target.as_ref().and_then(|target| target.span(root)).unwrap_or_default();
    // The bytes of the whole frame around a part of it would say nothing.
    let group = place.as_ref().and_then(|place| place.parent()).map(|(group, _)| group);
    let group = group.filter(|group| group.parent().is_some()).and_then(|group| group.find(root));
    let around = group.map(|group| group.span()).unwrap_or_default();
    let lit_row = place.as_ref().and_then(|place| outline::row_of(&rows, place));
    let chosen = attention.chosen(root);
    let current_row = chosen.and_then(|chosen| outline::row_of(&rows, &chosen.place(root))).unwrap_or(0);
    let current_byte = chosen.and_then(|chosen| chosen.offset(root)).unwrap_or(0);

    // Each pane follows the other; the one that the pointer is in stays where it is.
    let is_hovering = attention.is_hovering(root);
    let is_field = matches!(target, Some(Target::Field(_)));
    let followed = place.clone().filter(|_| !(is_hovering && is_field));
    // Not when rows come and go above it: then the person is busy elsewhere.
    use_effect_with((id.clone(), followed), move |(id, followed)| {
        if let Some(row) = lit_row.filter(|_| followed.is_some()) {
            // With its neighbours.
            browser::reveal(&format!("{id}-tree"), row.saturating_sub(1) * ROW_HEIGHT, 3 * ROW_HEIGHT);
        }
    });
    let byte = target.as_ref().and_then(|target| target.offset(root)).filter(|_| !is_hovering || is_field);
    let words = &language.words().inspector;
    html! {
        <div {id} class="anatomy"><div class="panes">
            if let Some(fault) = frame.dissection().fault.clone() {
                <FaultBanner language={*language} {fault} length={bytes.len()} hides={!frame.hidden(*shown).is_empty()} on_notice={on_notice.clone()} />
            }
            <section class="fields-pane" aria-labelledby={format!("{id}-fields")}>
                <h3 id={format!("{id}-fields")}>{ words.fields }</h3>
                <FieldTree
                    {id} language={*language} frame={frame.clone()} shown={*shown} {rows}
                    lit={place} {lit_row} {current_row} on_notice={on_notice.clone()}
                />
            </section>
            <section class="hex-pane" aria-labelledby={format!("{id}-bytes")}>
                <h3 id={format!("{id}-bytes")}>{ words.hex }</h3>
                <HexPane
                    {id} language={*language} frame={frame.clone()} shown={*shown} marks={marks.clone()}
                    {lit} {around} {current_byte} reveal={byte} columns={*columns} on_notice={on_notice.clone()}
                />
            </section>
            <Explanation
                {id} language={*language} frame={frame.clone()} shown={*shown} {target}
                is_pinned={attention.is_pinned(root)} {on_notice}
            />
        </div></div>
    }
}

/// [`Attention`] as Yew wants to have it.
#[derive(PartialEq, Default)]
struct Attending(Attention);

impl Reducible for Attending {
    type Action = (Notice, TakenApart);

    fn reduce(self: Rc<Self>, (notice, frame): Self::Action) -> Rc<Self> {
        let mut attention = self.0.clone();
        attention.apply(notice, &frame.dissection().root);
        Rc::new(Self(attention))
    }
}
