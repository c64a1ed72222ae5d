//! What is drawn with lines: arrows, life lines with the bars beside them, the keep-alive dial.

use std::time::Duration;

use yew::{Html, classes, html};

use crate::inspector::Direction;
use crate::inspector::lanes::{Bar, BarPart, BarState, Clock, TRACKS};

/// The measures of a row, in CSS pixels; the style sheet says the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Size {
    /// Its height.
    pub(super) row: u32,
    /// From its top to the arrow.
    arrow: u32,
    /// The width of a side: a life line and its bars.
    side: i32,
    /// From the life line to the nearest bar, and from bar to bar.
    bar: i32,
}

impl Size {
    /// One line of words above the arrow.
    pub(super) const WIDE: Self = Self { row: 46, arrow: 24, side: 34, bar: 7 };
    /// Two lines above it, and two below.
    pub(super) const NARROW: Self = Self { row: 72, arrow: 39, side: 24, bar: 5 };
}

/// The look of a life line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// There is a connection.
    Solid,
    /// Time passes.
    Dashed,
}

/// From the inner edge of a side to the life line.
const LIFE: i32 = 3;

/// A life line and the bars beside it. The device's are drawn from right to left, the platform's from left to right.
pub(super) fn side(bars: &[Option<Bar>; TRACKS], line: Line, size: Size, whose: Direction) -> Html {
    let x = |from_edge: i32| match whose {
        Direction::Sent => size.side - from_edge,
        Direction::Received => from_edge,
    };
    let (bottom, middle) = (size.row.to_string(), size.arrow);
    let life = x(LIFE).to_string();
    html! {
        <svg class="lane-side" width={size.side.to_string()} height={bottom.clone()} aria-hidden="true">
            <line
                class={classes!("life", (line == Line::Dashed).then_some("dashed"))}
                x1={life.clone()} x2={life} y1="0" y2={bottom}
            />
            for (place, bar) in (0_u8..).zip(bars) {
                if let Some(bar) = bar {
                    { stroke(*bar, place, x(LIFE), x(LIFE + size.bar * (i32::from(place) + 1)), middle, size.row) }
                }
            }
        </svg>
    }
}

/// One bar at `x`, joined with the life line at `life` where a frame of its exchange goes by.
fn stroke(bar: Bar, place: u8, life: i32, x: i32, middle: u32, bottom: u32) -> Html {
    let path = match (bar.part, bar.state) {
        (BarPart::Begin, _) => format!("M{life} {middle}H{x}V{bottom}"),
        (BarPart::Through, _) => format!("M{x} 0V{bottom}"),
        (BarPart::Step, _) => format!("M{x} 0V{bottom}M{x} {middle}H{life}"),
        (BarPart::End, BarState::Done | BarState::Waits) => format!("M{x} 0V{middle}H{life}"),
        (BarPart::End, BarState::Never) => format!("M{x} 0V{middle}m-3 -3l6 6m0 -6l-6 6"),
    };
    let state = match bar.state {
        BarState::Done => None,
        BarState::Waits => Some("waits"),
        BarState::Never => Some("never"),
    };
    html! { <path class={classes!("bar", track_class(place), state)} d={path} /> }
}

/// The arrow from life line to life line.
pub(super) fn arrow(direction: Direction, size: Size) -> Html {
    let y = size.arrow.to_string();
    let (x, head) = match direction {
        Direction::Sent => ("100%", "M-8 -5L2 0L-8 5"),
        Direction::Received => ("0", "M8 -5L-2 0L8 5"),
    };
    html! {
        <svg class="lane-arrow" width="100%" height={size.row.to_string()} aria-hidden="true">
            <line x1="0" x2="100%" y1={y.clone()} y2={y.clone()} />
            <svg {x} {y} overflow="visible"><path d={head} /></svg>
        </svg>
    }
}

/// A dial that fills while the device says nothing.
pub(super) fn dial(clock: Clock) -> Html {
    let hundredths = match clock {
        Clock::Off { .. } => 0,
        Clock::Runs { keep_alive, quiet } => share(quiet, keep_alive),
        Clock::Pinged { .. } => 100,
    };
    html! {
        <svg class="dial" width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true">
            <circle r="7" />
            <circle class="passed" r="7" pathLength="100" transform="rotate(-90)" stroke-dasharray={format!("{hundredths} 100")} />
        </svg>
    }
}

fn share(part: Duration, whole: Duration) -> u128 {
    (part.as_millis() * 100).checked_div(whole.as_millis()).unwrap_or(0).min(100)
}

/// The class of what belongs to a bar.
pub(super) fn track_class(place: u8) -> &'static str {
    ["track-0", "track-1", "track-2", "track-3"].get(usize::from(place)).copied().unwrap_or("track-0")
}
