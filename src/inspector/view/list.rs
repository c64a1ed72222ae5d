//! The list of frames: drawn only as far as it can be seen, however long it is.

use dissect::{Head, PacketType, split};
use yew::{
    AttrValue, Callback, Event, Html, KeyboardEvent, Properties, classes, component, html, use_effect_with,
    use_mut_ref, use_state_eq,
};

use super::listed::Listed;
use crate::browser;
use crate::inspector::summary::gist;
use crate::inspector::window::Scroll;
use crate::inspector::{Capture, Captured, Direction, Filter};
use crate::locale::Language;
use crate::widgets::clock;

/// What the list shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct FrameListProps {
    /// The language of its words.
    pub(super) language: Language,
    /// The frames.
    pub(super) capture: Capture,
    /// Which of them are listed.
    pub(super) listed: Listed,
    /// What lists them.
    pub(super) filter: Filter,
    /// Whether it can be seen: out of sight nothing scrolls.
    pub(super) visible: bool,
    /// The number of the frame that is looked at.
    pub(super) chosen: Option<u64>,
    /// Called with the number of the frame to look at.
    pub(super) on_choose: Callback<u64>,
}

/// The height of a row in CSS pixels; the style sheet says the same.
const ROW: u32 = 28;
/// The list's id, and the beginning of its rows' ids.
const LIST: &str = "frames";

/// The frames, oldest first. It follows the newest until the person scrolls away from it.
#[component]
pub(super) fn FrameList(props: &FrameListProps) -> Html {
    let FrameListProps { language, capture, listed, filter, chosen, .. } = props;
    let words = &language.words().frames;
    let scroll = use_state_eq(Scroll::default);
    let follows = use_state_eq(|| true);
    // The number of the first frame in sight.
    let first = use_mut_ref(|| None::<u64>);

    let total = listed.len();
    let rows = scroll.rows(total, ROW);
    {
        // Keeps the newest in sight while it follows, and what is being read in its place while it does not.
        let (follows, first, listed, top) = (*follows, first.clone(), listed.clone(), scroll.top);
        use_effect_with((total, capture.evicted(), props.visible), move |_| {
            let first = *first.borrow();
            if follows {
                browser::scroll_to_end(LIST);
            } else if let Some(number) = first {
                // Evicted itself, it leaves its place to the oldest that is kept.
                let position = listed.position(number).unwrap_or_default();
                let now = u32::try_from(position).unwrap_or(u32::MAX).saturating_mul(ROW) + top % ROW;
                if now != top {
                    browser::scroll_to(LIST, now);
                }
            }
        });
    }

    let onscroll = {
        let (scroll, follows) = (scroll.clone(), follows.clone());
        let (first, listed) = (first.clone(), listed.clone());
        Callback::from(move |event: Event| {
            let now = browser::scroll(&event);
            *first.borrow_mut() = listed.get((now.top / ROW) as usize);
            // Only upwards leads away: when frames come quickly, the end has moved on before it is told that it was
            // reached.
            if now.is_at_end() {
                follows.set(true);
            } else if now.top < scroll.top {
                follows.set(false);
            }
            scroll.set(now);
        })
    };
    let onkeydown = {
        let listed = listed.clone();
        let (chosen, scroll, on_choose) = (*chosen, *scroll, props.on_choose.clone());
        Callback::from(move |event: KeyboardEvent| {
            // With others held down, keys belong to the browser.
            if event.ctrl_key() || event.alt_key() || event.meta_key() {
                return;
            }
            let here = chosen.and_then(|number| listed.position(number));
            let Some(index) = step(&event.key(), here, total, scroll.height / ROW) else { return };
            event.prevent_default();
            if let Some(top) = scroll.to_show(index, ROW) {
                browser::scroll_to(LIST, top);
            }
            if let Some(number) = listed.get(index) {
                on_choose.emit(number);
            }
        })
    };
    let below = total.saturating_sub(((scroll.top + scroll.height) / ROW) as usize);
    let active = chosen.filter(|number| listed.position(*number).is_some_and(|index| rows.contains(&index)));
    html! {
        <div class="frame-list">
            <div class="frame-columns" aria-hidden="true">
                { for [
                    words.column_number, words.column_time, "", words.column_type, words.column_id,
                    words.column_summary, words.column_size, words.column_answer,
                ].map(|name| html! { <span>{ name }</span> }) }
            </div>
            <div
                id={LIST} class="frames" role="listbox" tabindex="0" aria-label={words.list}
                aria-activedescendant={active.map(row_id)} {onscroll} {onkeydown}
            >
                { space(rows.start) }
                for index in rows.clone() {
                    if let Some(frame) = listed.get(index).and_then(|number| capture.get(number)) {
                        <Row
                            key={frame.number} language={*language} frame={frame.clone()} {index} {total}
                            shown={filter.secrets_shown} chosen={*chosen == Some(frame.number)} on_choose={props.on_choose.clone()}
                        />
                    }
                }
                { space(total - rows.end) }
            </div>
            if !*follows && below > 0 {
                <button type="button" class="quiet to-newest" onclick={
                    let follows = follows.clone();
                    move |_| {
                        follows.set(true);
                        browser::scroll_to_end(LIST);
                    }
                }>{ (words.to_newest)(below as u64) }</button>
            }
        </div>
    }
}

/// Room for rows that are not drawn. Its height is an attribute, since a strict page lets no element bring a
/// style of its own.
fn space(rows: usize) -> Html {
    let height = u32::try_from(rows).unwrap_or(u32::MAX).saturating_mul(ROW);
    html! {
        if rows > 0 {
            <svg class="space" width="1" height={height.to_string()} aria-hidden="true" />
        }
    }
}

/// Whether nothing of a frame may be shown but its length.
pub(super) fn is_hidden(frame: &Captured) -> bool {
    frame.secrets().first().is_some_and(|secret| *secret == (0..frame.bytes.len()))
}

/// Where a key leads to from row `here`; `None` for keys that lead nowhere.
pub(super) fn step(key: &str, here: Option<usize>, total: usize, page: u32) -> Option<usize> {
    let last = total.checked_sub(1)?;
    let page = (page as usize).max(1);
    let to = match (key, here) {
        ("ArrowDown", Some(here)) => here.saturating_add(1),
        ("ArrowUp", Some(here)) => here.saturating_sub(1),
        ("PageDown", Some(here)) => here.saturating_add(page),
        ("PageUp", Some(here)) => here.saturating_sub(page),
        ("Home", _) => 0,
        ("End" | "ArrowUp" | "PageUp", _) => last,
        ("ArrowDown" | "PageDown", None) => 0,
        _ => return None,
    };
    Some(to.min(last))
}

fn row_id(number: u64) -> AttrValue {
    format!("{LIST}-{number}").into()
}

/// What a row shows and gives.
#[derive(Debug, PartialEq, Properties)]
struct RowProps {
    language: Language,
    frame: Captured,
    index: usize,
    total: usize,
    /// Whether secrets are seen.
    shown: bool,
    chosen: bool,
    on_choose: Callback<u64>,
}

/// One frame of the list.
#[component]
fn Row(props: &RowProps) -> Html {
    let RowProps { language, frame, index, total, shown, chosen, on_choose } = props;
    let words = &language.words().frames;
    let hidden = !shown && is_hidden(frame);
    let head = Head::read(if hidden { &[] } else { &frame.bytes });
    let name = head.packet_type.map_or("?", PacketType::name);
    let whole = split(&frame.bytes).rest.is_empty();
    let text = if hidden { words.hidden.to_owned() } else { gist(&frame.bytes, language.words()) };
    let way = match frame.direction {
        Direction::Sent => words.sent,
        Direction::Received => words.received,
    };
    let remark = frame.remark.as_deref().map(language.words().sending.remark);
    let number = frame.number;
    let onclick = on_choose.reform(move |_| number);
    html! {
        <div
            id={row_id(number)} role="option" aria-selected={chosen.to_string()}
            aria-posinset={(index + 1).to_string()} aria-setsize={total.to_string()}
            class={classes!("frame", way_class(frame.direction), (!whole).then_some("broken"))}
            {onclick}
        >
            <span class="frame-number">{ number }</span>
            <span class="frame-time">{ clock(frame.at) }</span>
            <span class="frame-way" aria-label={way} title={(words.connection)(frame.connection)}>{ arrow(frame.direction) }</span>
            <span class="frame-type">{ name }</span>
            <span class="frame-id">{ head.packet_id.map(|id| id.to_string()) }</span>
            <span class="frame-summary">
                if frame.composed {
                    <span class="badge">{ words.composed }</span>{ " " }
                }
                { text }
                if let Some(remark) = &remark {
                    { " " }<span class="remark" title={remark.clone()}>{ remark }</span>
                }
            </span>
            <span class="frame-size">{ frame.bytes.len() }</span>
            <span class="frame-answer">
                if let Some(pair) = frame.pair {
                    { (words.answered)(pair.number, pair.round_trip) }
                }
            </span>
        </div>
    }
}

/// Up to the platform, down to the device.
pub(super) fn arrow(direction: Direction) -> &'static str {
    match direction {
        Direction::Sent => "↑",
        Direction::Received => "↓",
    }
}

fn way_class(direction: Direction) -> &'static str {
    match direction {
        Direction::Sent => "sent",
        Direction::Received => "received",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_through_the_list_and_not_beyond() {
        assert_eq!(step("ArrowDown", None, 3, 10), Some(0));
        assert_eq!(step("ArrowUp", None, 3, 10), Some(2));
        assert_eq!(step("ArrowDown", Some(2), 3, 10), Some(2));
        assert_eq!(step("ArrowUp", Some(0), 3, 10), Some(0));
        assert_eq!(step("PageDown", Some(5), 100, 10), Some(15));
        assert_eq!(step("PageUp", Some(5), 100, 10), Some(0));
        assert_eq!((step("Home", Some(5), 9, 1), step("End", None, 9, 1)), (Some(0), Some(8)));
        assert_eq!((step("a", Some(1), 9, 1), step("Home", None, 0, 1)), (None, None));
    }
}
