//! The list of arrows: drawn only as far as it can be seen, however long it is.

use std::time::Duration;

use yew::{
    AttrValue, Callback, Event, Html, KeyboardEvent, Properties, classes, component, html, use_effect_with,
    use_mut_ref, use_state_eq,
};

use super::follow::Followed;
use super::row::LaneRow;
use super::strokes::Size;
use crate::browser;
use crate::inspector::lanes::Spot;
use crate::inspector::view::list::step;
use crate::inspector::{Capture, Scroll};
use crate::locale::Language;

/// What the list shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct LaneListProps {
    pub(super) language: Language,
    /// The frames.
    pub(super) capture: Capture,
    /// What they belong to.
    pub(super) followed: Followed,
    /// The time on their clock.
    pub(super) now: Duration,
    /// The row that is looked at.
    pub(super) chosen: Option<Spot>,
    /// Called with the row to look at.
    pub(super) on_choose: Callback<Spot>,
}

/// The list's id, and the beginning of its rows' ids.
const LIST: &str = "lanes";
/// The narrowest list in which a row's words have one line, in pixels.
const WIDE: usize = 560;

/// The rows, oldest first. It follows the newest until the person scrolls away from it.
#[component]
pub(super) fn LaneList(props: &LaneListProps) -> Html {
    let LaneListProps { language, capture, followed, now, chosen, on_choose } = props;
    let words = language.words();
    let scroll = use_state_eq(Scroll::default);
    let follows = use_state_eq(|| true);
    let wide = use_state_eq(|| true);
    let seen = use_mut_ref(|| None::<u64>);
    let size = if *wide { Size::WIDE } else { Size::NARROW };

    let timeline = followed.get();
    let total = timeline.len();
    let drawn = scroll.rows(total, size.row);
    let rows = timeline.rows(capture, drawn.clone(), *now);
    let rows = drawn.clone().zip(rows).map(|(index, row)| (index, row.spot, row));
    {
        let wide = wide.clone();
        use_effect_with((), move |()| {
            let watch = browser::watch_size(LIST, move |width, _| wide.set(width >= WIDE));
            move || drop(watch)
        });
    }
    {
        // Keeps the newest in sight while it follows, and what is being read in its place while it does not.
        let (follows, seen, top) = (*follows, seen.clone(), scroll.top);
        use_effect_with((total, timeline.gone(), size.row), move |(_, gone, row)| {
            let before = seen.borrow_mut().replace(*gone).unwrap_or(*gone);
            let rows = u32::try_from(gone.saturating_sub(before)).unwrap_or(u32::MAX);
            if follows {
                browser::scroll_to_end(LIST);
            } else if rows > 0 && top > 0 {
                browser::scroll_to(LIST, top.saturating_sub(rows.saturating_mul(*row)));
            }
        });
    }

    let onscroll = {
        let (scroll, follows) = (scroll.clone(), follows.clone());
        Callback::from(move |event: Event| {
            let now = browser::scroll(&event);
            follows.set(now.is_at_end());
            scroll.set(now);
        })
    };
    let onkeydown = {
        let (followed, chosen, scroll, on_choose) = (followed.clone(), *chosen, *scroll, on_choose.clone());
        Callback::from(move |event: KeyboardEvent| {
            let timeline = followed.get();
            let here = chosen.and_then(|spot| timeline.row_of(spot));
            let Some(row) = step(&event.key(), here, timeline.len(), scroll.height / size.row) else {
                return;
            };
            event.prevent_default();
            if let Some(top) = scroll.to_show(row, size.row) {
                browser::scroll_to(LIST, top);
            }
            if let Some(spot) = timeline.spot(row) {
                on_choose.emit(spot);
            }
        })
    };
    let below = total.saturating_sub(((scroll.top + scroll.height) / size.row) as usize);
    let active = chosen.filter(|spot| timeline.row_of(*spot).is_some_and(|row| drawn.contains(&row)));
    html! {
        <div class={classes!("lanes", (!*wide).then_some("narrow"))}>
            <div class="lane-heads" aria-hidden="true">
                <span>{ words.lanes.device }</span>
                <span>{ words.lanes.platform }</span>
            </div>
            <div
                id={LIST} class="lane-list" role="listbox" tabindex="0" aria-label={words.lanes.list}
                aria-activedescendant={active.map(row_id)} {onscroll} {onkeydown}
            >
                { space(drawn.start, size) }
                for (index, spot, row) in rows {
                    <LaneRow
                        key={row_id(spot).to_string()} id={row_id(spot)} language={*language} {index} {total} {size}
                        chosen={*chosen == Some(spot)} {row} on_choose={on_choose.clone()}
                    />
                }
                { space(total - drawn.end, size) }
            </div>
            if !*follows && below > 0 {
                <button type="button" class="quiet to-newest" onclick={
                    let follows = follows.clone();
                    move |_| {
                        follows.set(true);
                        browser::scroll_to_end(LIST);
                    }
                }>{ (words.frames.to_newest)(below as u64) }</button>
            }
        </div>
    }
}

/// The height of rows that are not drawn.
fn space(rows: usize, size: Size) -> Html {
    html! { <svg class="space" width="1" height={(rows as u32 * size.row).to_string()} aria-hidden="true" /> }
}

fn row_id(spot: Spot) -> AttrValue {
    match spot {
        Spot::Frame(number) => format!("lane-{number}"),
        Spot::Break { before, nth } => format!("lane-{before}-{nth}"),
    }
    .into()
}
