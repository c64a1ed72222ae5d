//! What is drawn: a few rows of a timeline, each with everything that its arrow and its sentence need.

use std::ops::Range;
use std::time::Duration;

use dissect::{Head, PacketType};

use super::breaks::{Break, Spot};
use super::exchange::{Exchange, due, only_answers, step};
use super::timeline::Timeline;
use super::tracks::{Bar, BarPart, BarState, Bars};
use crate::inspector::capture::{Capture, Captured, Direction};

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Which it is.
    pub spot: Spot,
    /// What it shows.
    pub kind: RowKind,
    /// The bars that go through it.
    pub bars: Bars,
}

/// What a row shows.
#[derive(Debug, Clone, PartialEq)]
pub enum RowKind {
    /// An arrow.
    Frame(Box<FrameRow>),
    /// Something between the arrows.
    Break(Break),
}

/// An arrow.
#[derive(Debug, Clone, PartialEq)]
pub struct FrameRow {
    /// The frame.
    pub frame: Captured,
    /// What it belongs to; `None` for frames that nobody answers and that answer nothing.
    pub thread: Option<Thread>,
    /// What is said of its answer.
    pub says: Says,
}

/// What joins a frame with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thread {
    /// The bar that joins them, counted from 0; `None` where all were taken.
    pub track: Option<u8>,
    /// Which of the four steps of QoS 2 it is, counted from 1.
    pub step: Option<u8>,
    /// The frame that sent the same first.
    pub origin: Option<u64>,
    /// The frame that sends the same again.
    pub again: Option<u64>,
}

/// What is said of a frame and its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// Nothing.
    Nothing,
    /// A message at QoS 0: nobody answers.
    Unanswered,
    /// Another frame answers it.
    Answered {
        /// Its number.
        by: u64,
        /// How long it took.
        after: Duration,
    },
    /// It answers another frame, and nothing more is to come.
    Answers {
        /// The other's number.
        number: u64,
        /// How long it took.
        after: Duration,
    },
    /// It answers another frame, which asks for another packet.
    Wrong {
        /// The other's number.
        number: u64,
        /// What it asks for.
        due: PacketType,
    },
    /// It answers nothing that is listed.
    Unmatched,
    /// Its answer is awaited.
    Waits {
        /// What is awaited.
        owed: Owed,
        /// For how long.
        since: Duration,
    },
    /// Its answer did not come before its connection was over.
    Never(Owed),
}

/// An answer that has not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owed {
    /// The number of the frame to be answered.
    pub number: u64,
    /// Who waits: the side that began with a frame this way.
    pub direction: Direction,
    /// What is awaited.
    pub packet_type: PacketType,
    /// Its packet identifier, where it is to have one.
    pub packet_id: Option<u16>,
}

impl Timeline {
    /// What rows of the list show at a moment of the frames' clock.
    pub fn rows(&self, capture: &Capture, range: Range<usize>, now: Duration) -> Vec<Row> {
        let range = range.start.min(self.len())..range.end.min(self.len());
        let mut rows: Vec<Row> = range.clone().filter_map(|row| self.row(capture, row, now)).collect();
        self.draw_bars(&mut rows, range);
        rows
    }

    /// What is awaited, and for how long at a moment of the frames' clock: the oldest, so many at most. And how many
    /// more.
    pub fn waiting(&self, capture: &Capture, now: Duration, limit: usize) -> (Vec<(Owed, Duration)>, usize) {
        let open = self.open();
        let rest = open.len().saturating_sub(limit);
        let since = |frame: &Captured| Some((owed(frame)?, now.saturating_sub(frame.moment)));
        let waiting = open.take(limit).filter_map(|exchange| since(capture.get(exchange?.last)?)).collect();
        (waiting, rest)
    }

    fn row(&self, capture: &Capture, row: usize, now: Duration) -> Option<Row> {
        let (spot, found) = self.breaks.at(row, self.evicted);
        let kind = match (spot, found) {
            (Spot::Frame(number), _) => {
                RowKind::Frame(Box::new(self.frame_row(capture.get(number)?, capture, now)))
            }
            (Spot::Break { .. }, found) => RowKind::Break(found?.clone()),
        };
        Some(Row { spot, kind, bars: Bars::default() })
    }

    fn frame_row(&self, frame: &Captured, capture: &Capture, now: Duration) -> FrameRow {
        let head = Head::read(&frame.bytes);
        let exchange = self.exchange_of(frame.number);
        let thread = exchange.map(|exchange| {
            let is_first = exchange.first == frame.number;
            Thread {
                track: exchange.track,
                step: step(&head),
                origin: exchange.origin.filter(|_| is_first),
                again: exchange.again.filter(|_| exchange.last == frame.number),
            }
        });
        FrameRow { frame: frame.clone(), thread, says: says(frame, &head, exchange, capture, now) }
    }

    /// Draws the bars of every exchange that goes through these rows.
    fn draw_bars(&self, rows: &mut [Row], range: Range<usize>) {
        let Some(last) = range.end.checked_sub(1).and_then(|row| self.spot(row)) else { return };
        let end = match last {
            Spot::Frame(number) => number + 1,
            Spot::Break { before, .. } => before,
        };
        for (side, place, firsts) in self.tracks.before(end) {
            let spans =
                firsts.filter_map(|first| self.exchange(first).and_then(|exchange| self.span(exchange)));
            // The bars of one track do not overlap: the first that ends above these rows is the last to look at.
            for (span, state) in spans.take_while(|(span, _)| span.end >= range.start) {
                for row in range.start.max(span.start)..range.end.min(span.end + 1) {
                    let Some(drawn) = rows.get_mut(row - range.start) else { continue };
                    let part = match (row == span.start, row == span.end && state != BarState::Waits) {
                        (true, _) => BarPart::Begin,
                        (false, true) => BarPart::End,
                        (false, false) if self.is_step(drawn, side, place) => BarPart::Step,
                        (false, false) => BarPart::Through,
                    };
                    drawn.bars[side][place] = Some(Bar { part, state });
                }
            }
        }
    }

    /// The rows of an exchange from its first to its last, and what became of it.
    fn span(&self, exchange: &Exchange) -> Option<(Range<usize>, BarState)> {
        let row = |number| self.row_of(Spot::Frame(number));
        let start = row(exchange.first)?;
        let bottom = self.len().checked_sub(1)?;
        Some(match exchange.ended {
            _ if exchange.done => (start..row(exchange.last)?, BarState::Done),
            None => (start..bottom, BarState::Waits),
            // The row after the last frame says why.
            Some(before) => {
                (start..row(before - 1).map_or(bottom, |row| row + 1).min(bottom), BarState::Never)
            }
        })
    }

    fn is_step(&self, row: &Row, side: usize, place: usize) -> bool {
        let Spot::Frame(number) = row.spot else { return false };
        self.exchange_of(number).is_some_and(|exchange| {
            exchange.track == u8::try_from(place).ok()
                && side == usize::from(exchange.direction == Direction::Received)
        })
    }
}

fn says(
    frame: &Captured,
    head: &Head<'_>,
    exchange: Option<&Exchange>,
    capture: &Capture,
    now: Duration,
) -> Says {
    if let Some(exchange) = exchange
        && !exchange.done
        && exchange.last == frame.number
    {
        return match owed(frame) {
            Some(owed) if exchange.is_open() => Says::Waits { owed, since: now.saturating_sub(frame.moment) },
            Some(owed) => Says::Never(owed),
            None => Says::Nothing,
        };
    }
    let answers = head.packet_type.is_some_and(only_answers);
    match frame.pair {
        Some(pair) if pair.number > frame.number => {
            Says::Answered { by: pair.number, after: pair.round_trip }
        }
        Some(pair) => match asked(capture, pair.number) {
            Some(due) if Some(due) != head.packet_type => Says::Wrong { number: pair.number, due },
            Some(_) | None => Says::Answers { number: pair.number, after: pair.round_trip },
        },
        None if answers => Says::Unmatched,
        None if head.packet_type == Some(PacketType::Publish) && head.qos == 0 => Says::Unanswered,
        None => Says::Nothing,
    }
}

/// What the frame with a number asks for.
fn asked(capture: &Capture, number: u64) -> Option<PacketType> {
    due(&Head::read(&capture.get(number)?.bytes))
}

/// What a frame without an answer waits for.
fn owed(frame: &Captured) -> Option<Owed> {
    let head = Head::read(&frame.bytes);
    Some(Owed {
        number: frame.number,
        direction: frame.direction,
        packet_type: due(&head)?,
        packet_id: head.packet_id,
    })
}
