//! What a pasted text gives.

use std::fmt;

use crate::inspector::Direction;

/// What a pasted text gives.
#[derive(Clone, PartialEq, Eq)]
pub struct Pasted {
    /// What it was taken for.
    pub costume: Costume,
    /// The bytes in it. None is empty.
    pub pieces: Vec<Piece>,
    /// Where it goes wrong, if it does. The pieces are those before.
    pub problem: Option<PasteProblem>,
}

/// Bytes that belong together. They may be several frames, or a part of one.
#[derive(Clone, PartialEq, Eq)]
pub struct Piece {
    /// Which way they went, where the text says so.
    pub direction: Option<Direction>,
    /// At least one.
    pub bytes: Vec<u8>,
}

/// The ways in which people write bytes down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Costume {
    /// `10 25 00`, `102500`, `10:25:00`, `10-25-00`, `0x10 0x25`, `10h 25h`
    Hex,
    /// Lines with times or with words for sending and receiving before the hex.
    Log,
    /// Offsets before the hex, characters behind it.
    Dump,
    /// The elements of an array in a programming language: `{0x10, 37, 'M'}`.
    Array,
    /// A string in a programming language: `b'\x10%\x00'`.
    Escapes,
    /// What a modem is told and answers: `AT+CIPSEND=39`, `+IPD,4:`.
    Serial,
    /// Base64, with either alphabet.
    Base64,
}

/// The first thing that a text should not have, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasteProblem {
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1, in characters.
    pub column: usize,
    /// What is there.
    pub kind: PasteProblemKind,
}

/// What can be wrong with a pasted text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasteProblemKind {
    /// There are no bytes in it.
    NoBytes,
    /// Neither a hex digit nor anything that may stand between them.
    NotHex {
        /// What is there.
        found: char,
    },
    /// Two digits are a byte, and one is left over.
    OddDigits {
        /// How many digits stand there together.
        digits: usize,
    },
    /// An element of an array that is no byte.
    NotAByte {
        /// What is there, or its beginning.
        found: String,
    },
    /// A backslash and something that means nothing behind it.
    UnknownEscape {
        /// What stands behind the backslash; `None` at the end of the text.
        found: Option<char>,
    },
    /// What is opened here is never closed.
    Unclosed {
        /// A quotation mark or a bracket.
        open: char,
    },
    /// The offset of a row is not where the row before it ends.
    Offset {
        /// Where the row before it ends.
        expected: usize,
        /// What the row says.
        found: usize,
    },
    /// A modem's command or message announces more or fewer bytes than there are.
    Count {
        /// How many it announces.
        announced: usize,
        /// How many there are.
        found: usize,
    },
    /// Bytes that are no text were copied as text, and are lost.
    Lost,
    /// It is shown as text where hex was expected: the tool has to be switched to hex.
    ShownAsText,
    /// No character of Base64.
    NotBase64 {
        /// What is there.
        found: char,
    },
    /// Base64 ends too early.
    Base64Length,
    /// More bytes than are read from a text.
    TooLong {
        /// How many are.
        limit: usize,
    },
}

impl fmt::Debug for Pasted {
    /// Leaves the bytes out: those of a CONNECT hold the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lengths: Vec<usize> = self.pieces.iter().map(|piece| piece.bytes.len()).collect();
        f.debug_struct("Pasted")
            .field("costume", &self.costume)
            .field("lengths", &lengths)
            .field("problem", &self.problem)
            .finish()
    }
}

impl fmt::Debug for Piece {
    /// Leaves the bytes out, as [`Pasted`] does.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Piece")
            .field("direction", &self.direction)
            .field("length", &self.bytes.len())
            .finish()
    }
}

impl fmt::Display for PasteProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} at line {}, column {}", self.kind, self.line, self.column)
    }
}

impl std::error::Error for PasteProblem {}
