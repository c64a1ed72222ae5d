//! The bars beside the life lines: each joins the frames of one exchange from the request down to the last answer.
//! A few run side by side; when all are taken an exchange has none, and only its number joins it.

use std::collections::VecDeque;

use crate::inspector::capture::Direction;

/// Bars side by side, on each side.
pub const TRACKS: usize = 4;

/// What the bars of one row look like: the device's side, then the platform's.
pub type Bars = [[Option<Bar>; TRACKS]; 2];

/// A bar as it goes through one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// Which part of it.
    pub part: BarPart,
    /// What became of the exchange.
    pub state: BarState,
}

/// A part of a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BarPart {
    /// The request.
    Begin,
    /// A row between, with nothing of it.
    Through,
    /// An answer that is answered in turn.
    Step,
    /// The last answer, or the end of the connection.
    End,
}

/// What became of an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BarState {
    /// It came to its end.
    Done,
    /// It waits.
    Waits,
    /// Its connection was over before.
    Never,
}

/// Which exchange has which bar.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Tracks {
    /// The first frames of the exchanges of each bar, growing. They do not overlap.
    lists: [[VecDeque<u64>; TRACKS]; 2],
    /// Which exchange has it now.
    busy: [[Option<u64>; TRACKS]; 2],
}

impl Tracks {
    /// A bar for the exchange that begins with this frame.
    pub(super) fn take(&mut self, direction: Direction, first: u64) -> Option<u8> {
        let side = side(direction);
        let free = self.busy[side].iter().position(Option::is_none)?;
        self.busy[side][free] = Some(first);
        self.lists[side][free].push_back(first);
        u8::try_from(free).ok()
    }

    /// The exchange has no more need of its bar.
    pub(super) fn release(&mut self, first: u64) {
        for busy in self.busy.iter_mut().flatten() {
            busy.take_if(|other| *other == first);
        }
    }

    /// Forgets exchanges whose first frame is no longer kept.
    pub(super) fn evict(&mut self, evicted: u64) {
        for list in self.lists.iter_mut().flatten() {
            let gone = list.partition_point(|first| *first <= evicted);
            list.drain(..gone);
        }
        for busy in self.busy.iter_mut().flatten() {
            busy.take_if(|first| *first <= evicted);
        }
    }

    /// For each bar, its side and place, the exchanges that began before frame `end`, newest first.
    pub(super) fn before(&self, end: u64) -> impl Iterator<Item = (usize, usize, impl Iterator<Item = u64>)> {
        self.lists.iter().enumerate().flat_map(move |(side, lists)| {
            lists.iter().enumerate().map(move |(place, list)| {
                let upto = list.partition_point(|first| *first < end);
                (side, place, list.range(..upto).rev().copied())
            })
        })
    }
}

/// The side that waits for the answer.
fn side(direction: Direction) -> usize {
    match direction {
        Direction::Sent => 0,
        Direction::Received => 1,
    }
}
