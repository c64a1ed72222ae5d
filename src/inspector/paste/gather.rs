//! Bytes as they are found into pieces that belong together.

use dissect::split;

use super::pasted::{PasteProblemKind, Piece};
use crate::inspector::Direction;

/// Where a text goes wrong, in bytes from its beginning.
#[derive(Debug)]
pub(super) struct Wrong {
    pub at: usize,
    pub kind: PasteProblemKind,
}

/// What a reader found before the first wrong thing, if there is one.
pub(super) type Found = (Vec<Piece>, Option<Wrong>);

/// Collects bytes.
#[derive(Default)]
pub(super) struct Gather {
    pieces: Vec<Piece>,
    /// Where in the newest piece its last, unfinished frame begins.
    settled: usize,
}

impl Gather {
    /// Adds bytes that may belong to what came before, or may be something new: a line of a log, a block of hex.
    ///
    /// They are something new when they go another way, when nothing unfinished is before them, and when they
    /// are whole frames by themselves: then what is before them is broken, and must not spoil them too.
    pub fn add(&mut self, direction: Option<Direction>, bytes: Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        if let Some(newest) = self.pieces.last_mut()
            && newest.direction == direction
            && self.settled < newest.bytes.len()
            && !split(&bytes).rest.is_empty()
        {
            newest.bytes.extend(bytes);
            self.settled += split(&newest.bytes[self.settled..]).rest.start;
            return;
        }
        self.settled = split(&bytes).rest.start;
        self.pieces.push(Piece { direction, bytes });
    }

    /// The pieces. Where the device was said to receive a CONNECT, the text is the platform's: ways are turned.
    pub fn finish(mut self) -> Vec<Piece> {
        let connects = |direction| {
            let mut pieces = self.pieces.iter().filter(|piece| piece.direction == Some(direction));
            pieces.any(|piece| piece.bytes.first() == Some(&0x10))
        };
        if connects(Direction::Received) && !connects(Direction::Sent) {
            for piece in &mut self.pieces {
                piece.direction = piece.direction.map(|direction| match direction {
                    Direction::Sent => Direction::Received,
                    Direction::Received => Direction::Sent,
                });
            }
        }
        self.pieces
    }
}

/// The lines of a text, each with where it begins.
pub(super) fn rows(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let at = start;
        start += line.len();
        (at, line.trim_end_matches(['\n', '\r']))
    })
}
