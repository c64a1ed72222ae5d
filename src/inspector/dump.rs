//! A frame as lines of hex: which of them are drawn, and how each byte looks.

use std::ops::Range;

use dissect::{Dissection, Field};

use super::key::Key;

/// The height of a line in pixels, as in the style sheet.
pub const LINE_HEIGHT: usize = 24;
/// Lines drawn above and below those that are seen, so that slow scrolling draws nothing anew.
const SPARE: usize = 8;

/// Bytes laid out in lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
    /// How many bytes there are.
    pub length: usize,
    /// How many of them stand in a line; not 0.
    pub columns: usize,
}

impl Grid {
    /// How many lines there are.
    pub fn lines(self) -> usize {
        self.length.div_ceil(self.columns)
    }

    /// The line that a byte stands in.
    pub fn line_of(self, offset: usize) -> usize {
        offset / self.columns
    }

    /// The bytes of a line.
    pub fn span(self, line: usize) -> Range<usize> {
        (line * self.columns).min(self.length)..((line + 1) * self.columns).min(self.length)
    }

    /// The lines to draw in a box that is `height` pixels high and scrolled down by `top`. It changes with
    /// every few lines only.
    pub fn window(self, top: usize, height: usize) -> Range<usize> {
        let first = (top / LINE_HEIGHT / SPARE * SPARE).saturating_sub(SPARE);
        let drawn = height.div_ceil(LINE_HEIGHT).next_multiple_of(SPARE) + 3 * SPARE;
        // A box may still be scrolled to where a longer frame had lines.
        let first = first.min(self.lines().saturating_sub(drawn));
        first..(first + drawn).min(self.lines())
    }

    /// The byte that a key leads to; `None` where it leads nowhere or is no key of movement. Home and End
    /// lead to the ends of the line; `page` is how many lines are seen at once.
    pub fn step(self, offset: usize, key: Key, page: usize) -> Option<usize> {
        let last = self.length.checked_sub(1)?;
        let line = self.span(self.line_of(offset));
        let leap = page.max(1) * self.columns;
        let to = match key {
            Key::Left => offset.checked_sub(1)?,
            Key::Right => offset + 1,
            Key::Up => offset.checked_sub(self.columns)?,
            Key::Down => offset + self.columns,
            Key::Home => line.start,
            Key::End => line.end.checked_sub(1)?,
            // The same column as far as there are lines.
            Key::PageUp => offset.checked_sub(leap).unwrap_or(offset % self.columns),
            Key::PageDown if offset + leap > last => last,
            Key::PageDown => offset + leap,
            Key::Enter | Key::Escape => return None,
        };
        (to <= last && to != offset).then_some(to)
    }
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Bytes before its first one.
    pub offset: usize,
    /// Its bytes.
    pub cells: Vec<Cell>,
}

/// How one byte looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The byte; `None` for one that must not be shown.
    pub byte: Option<u8>,
    /// Which part of the frame it belongs to.
    pub part: Part,
    /// How brightly it is lit.
    pub light: Light,
    /// Whether it is the first wrong one.
    pub is_wrong: bool,
    /// Whether it is marked, as a difference is.
    pub is_marked: bool,
}

/// A part of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the specification")]
pub enum Part {
    FixedHeader,
    VariableHeader,
    Payload,
    Undecoded,
}

/// How brightly a byte or a row is lit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Light {
    /// Not at all.
    #[default]
    Dark,
    /// It belongs to the same group as what is looked at.
    Faint,
    /// It is what is looked at.
    Full,
}

/// What makes bytes look as they do.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// The frame.
    pub frame: &'a [u8],
    /// What it consists of.
    pub dissection: &'a Dissection,
    /// Bytes that must not be shown.
    pub hidden: &'a [Range<usize>],
    /// Bytes that are marked, in order and apart.
    pub marks: &'a [Range<usize>],
    /// Bytes of the field that is looked at.
    pub lit: &'a Range<usize>,
    /// Bytes of the group that it belongs to.
    pub around: &'a Range<usize>,
}

impl Look<'_> {
    /// The line of these bytes, which must be bytes of the frame.
    pub fn line(&self, span: Range<usize>) -> Line {
        let offset = span.start;
        let bytes = self.frame.get(span).unwrap_or_default();
        let cells = bytes.iter().enumerate().map(|(index, byte)| self.cell(offset + index, *byte));
        Line { offset, cells: cells.collect() }
    }

    fn cell(&self, offset: usize, byte: u8) -> Cell {
        let light = match offset {
            offset if self.lit.contains(&offset) => Light::Full,
            offset if self.around.contains(&offset) => Light::Faint,
            _ => Light::Dark,
        };
        let behind = self.marks.partition_point(|mark| mark.end <= offset);
        Cell {
            byte: (!is_hidden(self.hidden, offset)).then_some(byte),
            part: part_of(self.dissection, offset),
            light,
            is_wrong: self.dissection.fault.as_ref().is_some_and(|fault| fault.offset == offset),
            is_marked: self.marks.get(behind).is_some_and(|mark| mark.contains(&offset)),
        }
    }
}

impl Cell {
    /// Two digits; dots for a byte that must not be shown.
    pub fn hex(self) -> String {
        self.byte.map_or_else(|| "••".to_owned(), |byte| format!("{byte:02x}"))
    }

    /// The character, where it is one of ASCII that can be seen, otherwise a dot.
    pub fn ascii(self) -> char {
        match self.byte {
            Some(byte @ b' '..=b'~') => char::from(byte),
            Some(_) => '.',
            None => '•',
        }
    }
}

/// Whether a byte must not be shown.
pub fn is_hidden(hidden: &[Range<usize>], offset: usize) -> bool {
    hidden.iter().any(|range| range.contains(&offset))
}

/// Which part of the frame a byte belongs to.
fn part_of(dissection: &Dissection, offset: usize) -> Part {
    // Behind a fault nothing is decoded.
    if dissection.fault.as_ref().is_some_and(|fault| offset >= fault.offset) {
        return Part::Undecoded;
    }
    let child = dissection.root.children.iter().find(|child| child.span.contains(&offset));
    let field = child.map_or(dissection.root.field, |child| child.field);
    if field == Field::FixedHeader {
        Part::FixedHeader
    } else if field == Field::VariableHeader {
        Part::VariableHeader
    } else if field == Field::Undecoded {
        Part::Undecoded
    } else {
        Part::Payload
    }
}

/// Bytes as hex, two digits each; dots for those that must not be shown.
///
/// Of more than `limit` bytes only those.
pub fn hex(frame: &[u8], span: Range<usize>, hidden: &[Range<usize>], limit: usize) -> String {
    let bytes = frame.get(span.clone()).unwrap_or_default();
    let mut text = String::with_capacity(3 * bytes.len().min(limit) + 8);
    for (index, byte) in bytes.iter().take(limit).enumerate() {
        if index > 0 {
            text.push(' ');
        }
        match is_hidden(hidden, span.start + index) {
            true => text.push_str("••"),
            false => text.push_str(&format!("{byte:02x}")),
        }
    }
    if bytes.len() > limit {
        text.push_str(" …");
    }
    text
}

/// Some bits of a byte, dots in place of the others: `.... .1..`.
pub fn bit_pattern(byte: u8, mask: u8) -> String {
    let mut text = String::with_capacity(9);
    for bit in (0..8).rev() {
        text.push(match (mask >> bit & 1, byte >> bit & 1) {
            (0, _) => '.',
            (_, 0) => '0',
            _ => '1',
        });
        if bit == 4 {
            text.push(' ');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::slice;

    use dissect::{Fault, Problem, dissect};

    use super::*;

    #[test]
    fn draws_what_is_seen_and_little_more() {
        let grid = Grid { length: 3_000_000, columns: 16 };
        assert_eq!(grid.lines(), 187_500);
        assert_eq!(grid.window(0, 240), 0..40);
        assert_eq!(grid.window(7 * LINE_HEIGHT, 240), 0..40);
        assert_eq!(grid.window(1_000 * LINE_HEIGHT, 240), 992..1_032);
        assert_eq!(grid.window(187_499 * LINE_HEIGHT, 240), 187_460..187_500);
        assert_eq!(Grid { length: 40, columns: 8 }.window(0, 240), 0..5);
        assert_eq!(Grid { length: 0, columns: 8 }.window(500, 240), 0..0);
        assert_eq!(grid.span(187_499), 2_999_984..3_000_000);
        assert_eq!(Grid { length: 41, columns: 16 }.span(2), 32..41);
    }

    #[test]
    fn keys_move_byte_by_byte_and_stay_inside() {
        let grid = Grid { length: 41, columns: 16 };
        let step = |offset, key| grid.step(offset, key, 2);
        assert_eq!(step(0, Key::Left), None);
        assert_eq!(step(15, Key::Right), Some(16));
        assert_eq!(step(40, Key::Right), None);
        assert_eq!((step(20, Key::Up), step(4, Key::Up)), (Some(4), None));
        assert_eq!((step(20, Key::Down), step(30, Key::Down)), (Some(36), None));
        assert_eq!((step(20, Key::Home), step(20, Key::End)), (Some(16), Some(31)));
        assert_eq!(step(35, Key::End), Some(40));
        assert_eq!((step(20, Key::PageUp), step(40, Key::PageUp)), (Some(4), Some(8)));
        assert_eq!((step(3, Key::PageDown), step(20, Key::PageDown)), (Some(35), Some(40)));
        assert_eq!(step(3, Key::Enter), None);
        assert_eq!(Grid { length: 0, columns: 16 }.step(0, Key::Right, 1), None);
    }

    #[test]
    fn bytes_look_as_what_they_are() {
        let mut dissection = dissect(b"\xC0\x00");
        dissection.fault = Some(Fault { offset: 1, problem: Problem::Surplus { surplus: 1 } });
        let look = Look {
            frame: b"\xC0\x00",
            dissection: &dissection,
            hidden: slice::from_ref(&(1..2)),
            marks: slice::from_ref(&(0..1)),
            lit: &(0..1),
            around: &(0..2),
        };
        let line = look.line(0..2);
        let hex: Vec<String> = line.cells.iter().map(|cell| cell.hex()).collect();
        assert_eq!(hex, ["c0", "••"]);
        assert_eq!(line.cells.iter().map(|cell| cell.ascii()).collect::<String>(), ".•");
        assert_eq!(line.cells[0].part, Part::FixedHeader);
        assert_eq!((line.cells[0].light, line.cells[1].light), (Light::Full, Light::Faint));
        assert_eq!((line.cells[1].part, line.cells[1].is_wrong), (Part::Undecoded, true));
        assert!(line.cells[0].is_marked && !line.cells[1].is_marked);
    }

    #[test]
    fn writes_hex_and_bits() {
        assert_eq!(hex(b"\x00\x04MQTT", 1..4, slice::from_ref(&(2..3)), 9), "04 •• 51");
        assert_eq!(hex(b"\x00\x04MQTT", 0..6, &[], 2), "00 04 …");
        assert_eq!(hex(b"a", 3..9, &[], 2), "");
        assert_eq!(bit_pattern(0xC2, 0x80), "1... ....");
        assert_eq!(bit_pattern(0xC2, 0x18), "...0 0...");
    }
}
