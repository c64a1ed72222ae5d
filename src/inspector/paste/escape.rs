//! Strings of programming languages: `\x10\x25`, `b'\x10%\x00\x04MQTT'`, `"\x10%" "\x00"`.

use super::gather::{Found, Gather, Wrong, rows};
use super::label;
use super::pasted::PasteProblemKind;

/// Whether there is a byte written as `\x10`.
pub(super) fn is_escaped(text: &str) -> bool {
    text.as_bytes().windows(4).any(|four| {
        matches!(four, [b'\\', b'x', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
    })
}

/// Reads every string; where there are no quotation marks, every line.
pub(super) fn read(text: &str) -> Found {
    let first = text.find("\\x").unwrap_or_default();
    // `\x22` is no quotation mark, and one that is not before the first byte belongs to it.
    let quoted = text[..first].contains(['"', '\'']);
    if quoted { read_strings(text) } else { read_lines(text) }
}

fn read_lines(text: &str) -> Found {
    let mut gather = Gather::default();
    let mut waiting = Vec::new();
    let mut direction = None;
    for (start, line) in rows(text) {
        // What is before the first byte may say which way it went.
        let label = label::strip(&line[..line.find('\\').unwrap_or(line.len())]);
        if label.labelled || line.trim().is_empty() {
            gather.add(direction, std::mem::take(&mut waiting));
            direction = label.direction;
        }
        let begin = if label.labelled { line.find('\\').unwrap_or(line.len()) } else { 0 };
        let code = line[begin..].trim_end();
        let space = code.len() - code.trim_start().len();
        let (bytes, wrong) = unescape(code.trim_start(), start + begin + space);
        waiting.extend(bytes);
        if wrong.is_some() {
            gather.add(direction, waiting);
            return (gather.finish(), wrong);
        }
    }
    gather.add(direction, waiting);
    (gather.finish(), None)
}

fn read_strings(text: &str) -> Found {
    let mut gather = Gather::default();
    let mut waiting = Vec::new();
    let mut direction = None;
    let mut at = 0;
    while let Some(open_at) = text[at..].find(['"', '\'']).map(|found| at + found) {
        // Strings with nothing between them are one: "\x10" "\x25".
        let between = text[at..open_at].trim_end_matches(['b', 'B']);
        if !between
            .trim_matches(|character: char| character.is_whitespace() || "\\+".contains(character))
            .is_empty()
        {
            gather.add(direction, std::mem::take(&mut waiting));
            let line = between.rsplit('\n').next().unwrap_or_default();
            direction = label::strip(line).direction;
        }
        let open = char::from(text.as_bytes()[open_at]);
        let inside = &text[open_at + 1..];
        let close = closing(inside, open);
        let (bytes, wrong) = unescape(&inside[..close.unwrap_or(inside.len())], open_at + 1);
        waiting.extend(bytes);
        let unclosed =
            close.is_none().then_some(Wrong { at: open_at, kind: PasteProblemKind::Unclosed { open } });
        if let Some(wrong) = wrong.or(unclosed) {
            gather.add(direction, waiting);
            return (gather.finish(), Some(wrong));
        }
        at = open_at + 1 + close.map_or(inside.len(), |close| close + 1);
    }
    gather.add(direction, waiting);
    (gather.finish(), None)
}

/// Where the quotation mark is that closes a string.
fn closing(inside: &str, open: char) -> Option<usize> {
    let mut escaped = false;
    for (at, character) in inside.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == open => return Some(at),
            _ => {}
        }
    }
    None
}

/// The bytes of a string that begins at an offset of the text, up to what means nothing.
pub(super) fn unescape(inside: &str, start: usize) -> (Vec<u8>, Option<Wrong>) {
    let mut bytes = Vec::new();
    let mut characters = inside.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if character != '\\' {
            bytes.extend(character.encode_utf8(&mut [0; 4]).bytes());
            continue;
        }
        let escape = characters.next();
        let byte = match escape.map(|(_, escape)| escape) {
            Some('x') => {
                let digits = inside
                    .get(at + 2..at + 4)
                    .filter(|two| two.bytes().all(|digit| digit.is_ascii_hexdigit()));
                characters.next();
                characters.next();
                digits.and_then(|digits| u8::from_str_radix(digits, 16).ok())
            }
            Some('0'..='7') => {
                let digits =
                    inside[at + 1..].bytes().take(3).take_while(|digit| matches!(digit, b'0'..=b'7')).count();
                for _ in 1..digits {
                    characters.next();
                }
                u8::from_str_radix(&inside[at + 1..at + 1 + digits], 8).ok()
            }
            Some('n') => Some(b'\n'),
            Some('r') => Some(b'\r'),
            Some('t') => Some(b'\t'),
            Some('a') => Some(7),
            Some('b') => Some(8),
            Some('v') => Some(11),
            Some('f') => Some(12),
            Some('e') => Some(27),
            Some(same @ ('\\' | '\'' | '"' | '?')) => Some(same as u8),
            // A line that goes on.
            Some('\n') => continue,
            Some(_) | None => None,
        };
        let Some(byte) = byte else {
            let found = escape.map(|(_, escape)| escape);
            return (bytes, Some(Wrong { at: start + at, kind: PasteProblemKind::UnknownEscape { found } }));
        };
        bytes.push(byte);
    }
    (bytes, None)
}
