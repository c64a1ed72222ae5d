//! The rows that are no frames, and where in the list they stand. Frames have numbers without gaps; with the few
//! breaks between them, any row is found by bisection.

use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use super::mark::Mark;

/// What stands between two frames.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Break {
    /// Nothing, for so long.
    Silence(Duration),
    /// What follows belongs to another connection.
    Connection {
        /// Its number, counted from 1.
        number: u32,
        /// Whether it was seen before: two were open at once.
        again: bool,
        /// Whether a person wrote its first bytes.
        composed: bool,
    },
    /// Something happened.
    Mark(Rc<Mark>),
}

/// A row that stays the same however many are added or dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// The frame with this number.
    Frame(u64),
    /// Something before that frame.
    Break {
        /// The number of the frame, whether it came already or not.
        before: u64,
        /// Which of the breaks that stand there, counted from 0.
        nth: usize,
    },
}

/// Every break, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Breaks(VecDeque<(u64, Break)>);

impl Breaks {
    /// Adds one before a frame, behind those that stand there already.
    pub(super) fn insert(&mut self, before: u64, added: Break) {
        let place = self.0.partition_point(|(other, _)| *other <= before);
        self.0.insert(place, (before, added));
    }

    /// The last that stands before a frame.
    pub(super) fn last_before(&mut self, before: u64) -> Option<&mut Break> {
        let place = self.0.partition_point(|(other, _)| *other <= before);
        let (other, found) = self.0.get_mut(place.checked_sub(1)?)?;
        (*other == before).then_some(found)
    }

    /// Forgets those before frames that are no longer kept. Gives how many.
    pub(super) fn evict(&mut self, evicted: u64) -> usize {
        let gone = self.0.partition_point(|(before, _)| *before <= evicted);
        self.0.drain(..gone);
        gone
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// What a row of the list is, and the break where it is one. The first row belongs to the frame after `evicted`.
    pub(super) fn at(&self, row: usize, evicted: u64) -> (Spot, Option<&Break>) {
        let upto = self.upto(row, evicted);
        let last = upto.checked_sub(1).and_then(|index| Some((index, self.0.get(index)?)));
        if let Some((index, (before, found))) = last
            && self.row(index, evicted) == Some(row)
        {
            let first = self.0.partition_point(|(other, _)| other < before);
            return (Spot::Break { before: *before, nth: index - first }, Some(found));
        }
        (Spot::Frame(evicted + 1 + (row - upto) as u64), None)
    }

    /// The row of a spot, whether it is there or not; `None` for those before the first row.
    pub(super) fn row_of(&self, spot: Spot, evicted: u64) -> Option<usize> {
        match spot {
            Spot::Frame(number) => {
                let frames = usize::try_from(number.checked_sub(evicted + 1)?).ok()?;
                Some(frames + self.0.partition_point(|(before, _)| *before <= number))
            }
            Spot::Break { before, nth } => {
                let index = self.0.partition_point(|(other, _)| *other < before) + nth;
                (self.0.get(index)?.0 == before).then(|| self.row(index, evicted)).flatten()
            }
        }
    }

    /// The row of a break: the frames before it and the breaks before it.
    fn row(&self, index: usize, evicted: u64) -> Option<usize> {
        let (before, _) = self.0.get(index)?;
        Some(usize::try_from(before.checked_sub(evicted + 1)?).ok()? + index)
    }

    /// How many breaks stand up to a row.
    fn upto(&self, row: usize, evicted: u64) -> usize {
        let (mut low, mut high) = (0, self.0.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.row(middle, evicted).is_none_or(|other| other <= row) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}
