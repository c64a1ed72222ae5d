//! Hex dumps: offset, bytes, characters.
//!
//! ```text
//! 00000000: 1025 0004 4d51 5454 04c2 0078 0009 3239  .%..MQTT...x..29     xxd
//! 00000000  10 25 00 04 4d 51 54 54  04 c2 …  |.%..MQTT…|               hexdump -C
//! 0000020 36 37 00 06 31 33 35 33 39 33 00 08 …                            od -t x1, whose offsets are octal
//! 0000   10 25 00 04 4d 51 54 54 04 c2 00 78 00 09 32 39   .%..MQTT…    Wireshark
//!         0x0000:  4500 0055 1c46 4000 4006 …  E..U.F@.@.…              tcpdump -X
//! I (412) mqtt: 0x3ffb4280   10 25 00 04 4d 51 …  |.%..MQ…|                ESP_LOG_BUFFER_HEXDUMP
//! ```
//!
//! What the characters look like decides nothing: `29` may be both. How many bytes a row has is told by the offset
//! of the next one, and by the number of characters where no row follows.

use dissect::split;

use super::gather::{Found, Gather, Wrong, rows};
use super::label;
use super::pasted::PasteProblemKind;
use crate::inspector::file::{Segment, without_headers};

/// A row of a dump.
pub(super) struct Row<'a> {
    /// Where the row begins in the text.
    start: usize,
    kind: Kind<'a>,
}

enum Kind<'a> {
    /// An offset, and what is behind it, at so many bytes from the beginning of the text.
    Bytes { offset: usize, at: usize, content: &'a str },
    /// The same in the log of an ESP32, where the offset is an address in memory.
    Addressed { address: usize, at: usize, content: &'a str },
    /// `*`: the row before it again, until the next offset.
    Repeated,
    /// Something else.
    Other,
}

/// Bytes that a dump may leave out as repeated, all in all.
const LIMIT: usize = 16 * 1024 * 1024;
/// Bytes in a row at most.
const WIDEST: usize = 64;

/// The rows of a text, if it is a dump: most lines begin with an offset, and the offsets grow by what a row holds.
pub(super) fn rows_of(text: &str) -> Option<Vec<Row<'_>>> {
    let rows_in = |radix| -> Vec<Row<'_>> {
        rows(text).map(|(start, line)| Row { start, kind: kind(start, line, radix) }).collect()
    };
    let (hex, octal) = (rows_in(16), rows_in(8));
    let rows = if fitting(&octal) > fitting(&hex) { octal } else { hex };
    // The address of a log says it all: nothing else in the log is a row.
    let addressed: Vec<Row<'_>> = addressed_rows(text).collect();
    if !addressed.is_empty() {
        return Some(addressed);
    }
    let written = text.lines().filter(|line| !line.trim().is_empty()).count();
    let offsets: Vec<usize> = rows
        .iter()
        .filter_map(|row| match row.kind {
            Kind::Bytes { offset, .. } => Some(offset),
            Kind::Addressed { .. } | Kind::Repeated | Kind::Other => None,
        })
        .collect();
    let repeats = rows.iter().any(|row| matches!(row.kind, Kind::Repeated));
    let first = *offsets.first()?;
    // A frame never begins with 00: at the beginning of a text 0000 is an offset.
    let begins = first == 0 || offsets.len() > 1;
    let steps = offsets.windows(2).filter(|pair| {
        let step = pair[1].checked_sub(pair[0]);
        pair[1] == 0 || step.is_some_and(|step| step > 0 && (step <= WIDEST || repeats))
    });
    let steady = (steps.count() + 1) * 4 >= offsets.len() * 3;
    (begins && steady && offsets.len() * 2 >= written).then_some(rows)
}

/// How many rows hold as many bytes as the offset of the next one says.
fn fitting(rows: &[Row<'_>]) -> usize {
    let fits = |pair: &&[Row<'_>]| match (&pair[0].kind, &pair[1].kind) {
        (Kind::Bytes { offset, content, .. }, Kind::Bytes { offset: next, .. }) => {
            next.checked_sub(*offset).is_some_and(|step| step > 0 && step == row_bytes(content, None).0.len())
        }
        _ => false,
    };
    rows.windows(2).filter(fits).count()
}

/// The rows that an ESP32 logs: `I (412) mqtt: 0x3ffb4280   c0 00  |..|`.
fn addressed_rows(text: &str) -> impl Iterator<Item = Row<'_>> {
    rows(text).filter_map(|(start, line)| {
        let prefix = label::esp_prefix(line)?;
        let digits = line[prefix..].trim_start().strip_prefix("0x")?;
        let (address, content) = digits.split_at_checked(8)?;
        let address = usize::from_str_radix(address, 16).ok()?;
        let at = start + line.len() - content.len();
        let is_row = content.starts_with([' ', '\t']) && content.contains(" |");
        is_row.then_some(Row { start, kind: Kind::Addressed { address, at, content } })
    })
}

/// What a row is whose offset is written in a radix: 16 or, in seven digits with nothing around them, 8.
fn kind(start: usize, line: &str, radix: u32) -> Kind<'_> {
    let trimmed = line.trim_start();
    if trimmed.trim_end() == "*" {
        return Kind::Repeated;
    }
    let digits = trimmed.strip_prefix("0x").unwrap_or(trimmed);
    let length = digits.bytes().take_while(u8::is_ascii_hexdigit).count();
    let lengths = if radix == 8 { 7..=7 } else { 3..=8 };
    if !lengths.contains(&length) {
        return Kind::Other;
    }
    let Ok(offset) = usize::from_str_radix(&digits[..length], radix) else { return Kind::Other };
    let behind = &digits[length..];
    let content = behind.strip_prefix([':', 'h']).unwrap_or(behind);
    if !(content.is_empty() || content.starts_with([' ', '\t'])) {
        return Kind::Other;
    }
    Kind::Bytes { offset, at: start + line.len() - content.len(), content }
}

/// Reads a dump, or several one after the other. What is around a segment of TCP is taken off.
pub(super) fn read(rows: &[Row<'_>]) -> Found {
    let mut gather = Gather::default();
    let mut block = Block::default();
    let mut wrong = None;
    let mut repeatable = LIMIT;
    for (index, row) in rows.iter().enumerate() {
        let (offset, at, content) = match row.kind {
            Kind::Bytes { offset, at, content } => (offset, at, content),
            Kind::Addressed { address, at, content } => {
                if block.is_left_by(address) {
                    block.flush(&mut gather);
                }
                (address, at, content)
            }
            Kind::Repeated | Kind::Other => {
                block.repeat |= matches!(row.kind, Kind::Repeated);
                continue;
            }
        };
        if let Err(kind) = block.go_to(offset, &mut repeatable, &mut gather) {
            wrong = Some(Wrong { at: row.start, kind });
            break;
        }
        let next = rows[index + 1..].iter().find(|row| !matches!(row.kind, Kind::Other));
        let length = match next.map(|row| &row.kind) {
            Some(Kind::Bytes { offset: next, .. }) => next.checked_sub(offset),
            // The next offset is several rows away, or another buffer's.
            Some(Kind::Addressed { .. } | Kind::Repeated | Kind::Other) | None => None,
        };
        let length = length.filter(|length| (1..=WIDEST).contains(length));
        let (bytes, bad) = row_bytes(content, length);
        block.push(&bytes);
        if let Some((column, kind)) = bad {
            wrong = Some(Wrong { at: at + column, kind });
            break;
        }
    }
    block.flush(&mut gather);
    (gather.finish(), wrong)
}

/// The bytes from one offset 0 to the next.
#[derive(Default)]
struct Block {
    /// The offset of its first row: where only a part was copied, not 0.
    origin: usize,
    bytes: Vec<u8>,
    /// How long its last row is.
    row: usize,
    repeat: bool,
}

impl Block {
    /// Gets ready for a row at an offset: ends the block where another begins, repeats rows where they were left
    /// out.
    fn go_to(
        &mut self,
        offset: usize,
        repeatable: &mut usize,
        gather: &mut Gather,
    ) -> Result<(), PasteProblemKind> {
        if self.bytes.is_empty() || offset == 0 {
            self.flush(gather);
            self.origin = offset;
            return Ok(());
        }
        let expected = self.origin.saturating_add(self.bytes.len());
        if offset > expected && std::mem::take(&mut self.repeat) {
            let missing = offset - expected;
            let left = repeatable.checked_sub(missing);
            *repeatable = left.ok_or(PasteProblemKind::TooLong { limit: LIMIT })?;
            let row = self.bytes[self.bytes.len() - self.row..].to_vec();
            self.bytes.extend(row.iter().cycle().take(missing));
            return Ok(());
        }
        if offset == expected { Ok(()) } else { Err(PasteProblemKind::Offset { expected, found: offset }) }
    }

    /// Whether a row at an address is another buffer's: unless it goes on where the block ends, or a little behind
    /// that while a frame is unfinished, when rows are missing.
    fn is_left_by(&self, address: usize) -> bool {
        let expected = self.origin.saturating_add(self.bytes.len());
        let is_near = address.checked_sub(expected).is_some_and(|gap| gap <= WIDEST);
        address != expected && (!is_near || split(&self.bytes).rest.is_empty())
    }

    fn push(&mut self, bytes: &[u8]) {
        // A last row that is an offset alone says how long all of it is.
        if !bytes.is_empty() {
            self.row = bytes.len();
            self.bytes.extend_from_slice(bytes);
        }
    }

    fn flush(&mut self, gather: &mut Gather) {
        let block = std::mem::take(self);
        match without_headers(&block.bytes) {
            Some((Segment { data, .. }, direction)) => gather.add(direction, data.to_vec()),
            None => gather.add(None, block.bytes),
        }
    }
}

/// The bytes of a row, of which there are `length` where that is known, and what is wrong with it at which offset.
fn row_bytes(content: &str, length: Option<usize>) -> (Vec<u8>, Option<(usize, PasteProblemKind)>) {
    let bar = content.find(" |");
    let hex = bar.map_or(content, |bar| &content[..bar]);
    let mut bytes = Vec::new();
    let mut at = 0;
    while bytes.len() < length.unwrap_or(WIDEST) {
        let gap = hex[at..].len() - hex[at..].trim_start().len();
        let token_at = at + gap;
        let token = hex[token_at..].split([' ', '\t']).next().unwrap_or_default();
        let Some(first) = token.chars().next() else {
            let missing = length.is_some_and(|length| bytes.len() < length);
            let (expected, found) = (length.unwrap_or_default(), bytes.len());
            let kind = PasteProblemKind::Count { announced: expected, found };
            return (bytes, (missing && found > 0).then_some((token_at, kind)));
        };
        let may_be_characters = length.is_none() && bar.is_none() && gap > 1 && !bytes.is_empty();
        if may_be_characters && hex[token_at..].chars().count() == bytes.len() {
            // As many characters as bytes: these are the characters.
            break;
        }
        let digits = token.bytes().take_while(u8::is_ascii_hexdigit).count();
        if digits < token.len() || !digits.is_multiple_of(2) {
            if length.is_none() && gap > 1 && !bytes.is_empty() {
                break;
            }
            let kind = if digits < token.len() {
                let found = token[digits..].chars().next().unwrap_or(first);
                PasteProblemKind::NotHex { found }
            } else {
                PasteProblemKind::OddDigits { digits }
            };
            return (bytes, Some((token_at + if digits < token.len() { digits } else { 0 }, kind)));
        }
        for pair in token.as_bytes().chunks(2) {
            let value = pair.iter().filter_map(|digit| char::from(*digit).to_digit(16));
            bytes.push(value.fold(0, |byte, digit| byte << 4 | digit as u8));
        }
        at = token_at + token.len();
    }
    (bytes, None)
}
