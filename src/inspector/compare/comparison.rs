//! The rows of a comparison, and what they come to.

use std::ops::Range;

use dissect::{Field, dissect, split};

use super::consequence::let_follow;
use super::pairing::pair;

/// Two frames side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The fields of both, those that only one has where they would stand; a field before its parts. Of a field
    /// that only one has there are no parts.
    pub rows: Vec<Row>,
    /// The bytes of mine that are different and should not be, in order and apart.
    pub differing: Vec<Range<usize>>,
}

/// A field of one frame or of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// How many fields it is part of; 0 for the whole frame.
    pub depth: usize,
    /// What it is.
    pub field: Field,
    /// Which bits of its byte; `0xFF` for whole bytes.
    pub mask: u8,
    /// Its bytes in the frame that should be.
    pub expected: Option<Range<usize>>,
    /// Its bytes in the frame that is.
    pub mine: Option<Range<usize>>,
    /// How they compare; of a field with parts, what its parts come to.
    pub verdict: Verdict,
    /// It has parts, each in a row of its own.
    pub has_parts: bool,
}

/// How a field of one frame compares to the same one of the other. The worst comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Equal bytes or bits.
    Same,
    /// Not equal, and none is wrong: the sender may choose.
    Free,
    /// Not equal because something else is not.
    Follows,
    /// Missing in mine.
    OnlyExpected,
    /// Should not be there.
    OnlyMine,
    /// Not equal.
    Different,
}

impl Verdict {
    /// Whether it is a mistake by itself.
    pub fn is_mistake(self) -> bool {
        matches!(self, Self::OnlyExpected | Self::OnlyMine | Self::Different)
    }
}

impl Comparison {
    /// The mistakes, each where it is and not again in the fields that it is part of; the first one first.
    pub fn mistakes(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.verdict.is_mistake() && !row.has_parts)
    }
}

/// Compares the frame that should be with the frame that is. Any bytes will do.
pub fn compare(expected: &[u8], mine: &[u8]) -> Comparison {
    let sides = Sides { expected, mine };
    let dissections = [dissect(expected), dissect(mine)];
    let mut rows = pair(sides, &dissections);
    let [_, dissection] = dissections;
    let_follow(&mut rows, sides, dissection.fault.map(|fault| fault.offset));
    sum_up(&mut rows);
    let differing = differing(&rows, sides);
    Comparison { rows, differing }
}

/// Which of some bytes are to be compared with an expected frame of so many bytes, where they were cut into frames
/// and `frame` is one of them.
///
/// A remaining length that is too small leaves the end of its frame behind as bytes that are no frame: where the
/// frame is broken, they are taken for its own.
pub fn meant(expected: usize, bytes: &[u8], frame: Range<usize>) -> Range<usize> {
    let Some((whole, behind)) = bytes.get(frame.start..).and_then(|from| from.split_at_checked(frame.len()))
    else {
        return frame;
    };
    if !split(behind).frames.is_empty() || dissect(whole).fault.is_none() {
        return frame;
    }
    let end = bytes.len().min(frame.start.saturating_add(expected));
    frame.start..frame.end.max(end)
}

/// The bytes of both frames.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    pub expected: &'a [u8],
    pub mine: &'a [u8],
}

/// Gives the fields with parts the verdict that their parts come to.
fn sum_up(rows: &mut [Row]) {
    for index in (0..rows.len()).rev() {
        let Row { depth, has_parts: true, .. } = rows[index] else { continue };
        let parts = rows[index + 1..].iter().take_while(|row| row.depth > depth);
        let worst = parts.map(|row| row.verdict).max().unwrap_or(Verdict::Same);
        rows[index].verdict = if worst.is_mistake() { Verdict::Different } else { worst };
    }
}

/// The bytes of mine that are mistakes.
fn differing(rows: &[Row], sides: Sides<'_>) -> Vec<Range<usize>> {
    let mistakes = rows.iter().filter(|row| row.verdict.is_mistake() && !row.has_parts);
    let found = mistakes.filter_map(|row| {
        let mine = row.mine.clone()?;
        let narrow = match row.expected.clone() {
            Some(expected) => narrowed(sides, expected, mine),
            None => mine,
        };
        Some((narrow.start, narrow.end)).filter(|(start, end)| start < end)
    });
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (start, end) in sorted(found) {
        match ranges.last_mut().filter(|last| last.end >= start) {
            Some(last) => last.end = last.end.max(end),
            None => ranges.push(start..end),
        }
    }
    ranges
}

/// The part of a field of mine without what both begin and end with; all of it where mine only lacks something.
fn narrowed(sides: Sides<'_>, expected: Range<usize>, mine: Range<usize>) -> Range<usize> {
    let should = sides.expected.get(expected).unwrap_or_default();
    let is = sides.mine.get(mine.clone()).unwrap_or_default();
    let equal = |(one, other): &(&u8, &u8)| one == other;
    let front = should.iter().zip(is).take_while(equal).count();
    let back = should[front..].iter().rev().zip(is[front..].iter().rev()).take_while(equal).count();
    let narrow = mine.start + front..mine.end - back;
    if narrow.is_empty() { mine } else { narrow }
}

/// Pairs in order. They nearly are: to put each where it belongs moves few, and takes less code than sorting.
fn sorted(pairs: impl Iterator<Item = (usize, usize)>) -> Vec<(usize, usize)> {
    let mut sorted = Vec::new();
    for pair in pairs {
        sorted.insert(sorted.partition_point(|other| *other < pair), pair);
    }
    sorted
}
