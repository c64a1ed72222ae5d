//! The elements of an array: C, Arduino, Java, Python, JavaScript.
//!
//! ```text
//! const uint8_t connect[39] = { 0x10, 0x25, /* length */ 'M', 81, … };
//! bytes([0x10, 0x25])        new byte[] { 0x10, (byte) 0xC2, -62 }
//! ```

use super::gather::{Found, Gather, Wrong};
use super::pasted::PasteProblemKind;

/// Whether there is a number that begins with `0x`, or a list in brackets that is not plain hex.
pub(super) fn is_array(text: &str) -> bool {
    let bytes = text.as_bytes();
    let numbers = bytes.windows(3).enumerate().any(|(at, three)| {
        let begins = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        begins && matches!(three, [b'0', b'x' | b'X', digit] if digit.is_ascii_hexdigit())
    });
    let bracketed = Lists::of(text).next(0).is_some_and(|start| {
        let elements =
            || text[start..].split([',', '}', ']']).map(str::trim).filter(|element| !element.is_empty());
        // `{10,25,4D}` is hex; `{16,37,0}`, `{-1, 200}` are decimal.
        elements().count() > 1
            && elements().any(|element| element.len() != 2 && element.parse::<i16>().is_ok())
    });
    bracketed || numbers && !is_log(text)
}

/// Whether it is read without a fault as lines with labels, such as `TX: 0x10 0x25`.
fn is_log(text: &str) -> bool {
    let ((pieces, wrong), labelled) = super::log::read(text);
    labelled && wrong.is_none() && !pieces.is_empty() && !text.contains('{')
}

/// The lists of a text.
struct Lists<'a> {
    text: &'a str,
    /// Where its last brace opens. Known once, so that no list is looked for to the end of the text in vain.
    last_brace: Option<usize>,
}

impl<'a> Lists<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, last_brace: text.rfind('{') }
    }

    /// Where the next list begins inside: behind a brace or, where no more of them opens, behind a bracket that has
    /// a comma in it.
    fn next(&self, from: usize) -> Option<usize> {
        let rest = self.text.get(from..)?;
        let open = if self.last_brace.is_some_and(|last| last >= from) {
            rest.find('{')?
        } else {
            let is_list = |at: &usize| {
                let inside = &rest[at + 1..];
                inside.find(['[', ']', ',']).is_some_and(|first| inside[first..].starts_with(','))
            };
            rest.match_indices('[').map(|(at, _)| at).find(is_list)?
        };
        Some(from + open + 1)
    }
}

/// Reads every list; where there is none, all of the text is one.
pub(super) fn read(text: &str) -> Found {
    let text = &without_comments(text);
    let mut gather = Gather::default();
    let mut from = 0;
    let mut any = false;
    let lists = Lists::of(text);
    while let Some(start) = lists.next(from) {
        any = true;
        let inside = &text[start..];
        let end = inside.find(['}', ']', '{']);
        let (bytes, wrong) = elements(text, start, start + end.unwrap_or(inside.len()));
        gather.add(None, bytes);
        let unclosed = || {
            let open = text[..start].chars().next_back().unwrap_or('{');
            end.is_none().then_some(Wrong { at: start - 1, kind: PasteProblemKind::Unclosed { open } })
        };
        if let Some(wrong) = wrong.or_else(unclosed) {
            return (gather.finish(), Some(wrong));
        }
        from = start + end.unwrap_or(inside.len());
    }
    if any {
        return (gather.finish(), None);
    }
    let (bytes, wrong) = elements(text, 0, text.len());
    gather.add(None, bytes);
    (gather.finish(), wrong)
}

/// Reads the elements between two offsets of the text.
fn elements(text: &str, from: usize, to: usize) -> (Vec<u8>, Option<Wrong>) {
    let mut bytes = Vec::new();
    let mut at = from;
    while let Some(rest) = text.get(at..to).filter(|rest| !rest.is_empty()) {
        let trimmed =
            rest.trim_start_matches(|character: char| character.is_whitespace() || ",;".contains(character));
        at += rest.len() - trimmed.len();
        let cast = ["(byte)", "(uint8_t)", "(char)", "(unsigned char)"];
        if let Some(cast) = cast.iter().find(|cast| trimmed.starts_with(**cast)) {
            at += cast.len();
            continue;
        }
        if trimmed.is_empty() {
            break;
        }
        // A character may be a separator.
        let length = match trimmed.strip_prefix('\'') {
            Some(quoted) => {
                quoted.char_indices().skip(1).find(|(_, character)| *character == '\'').map(|(at, _)| at + 2)
            }
            None => trimmed.find(|character: char| character.is_whitespace() || ",;".contains(character)),
        };
        let element = &trimmed[..length.unwrap_or(trimmed.len())];
        let Some(byte) = element_value(element) else {
            let found = element.chars().take(16).collect();
            return (bytes, Some(Wrong { at, kind: PasteProblemKind::NotAByte { found } }));
        };
        bytes.push(byte);
        at += element.len();
    }
    (bytes, None)
}

/// The byte that an element is: `0x10`, `0b101`, `16`, `-62`, `'M'`, `'\0'`, `'\x10'`, `16U`.
fn element_value(element: &str) -> Option<u8> {
    if let Some(quoted) = element.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        let (bytes, wrong) = super::escape::unescape(quoted, 0);
        return if let ([byte], None) = (&bytes[..], wrong) { Some(*byte) } else { None };
    }
    let number = element.trim_end_matches(['u', 'U', 'l', 'L']);
    let lower = number.to_ascii_lowercase();
    let based = lower
        .strip_prefix("0x")
        .map(|digits| (digits, 16))
        .or_else(|| lower.strip_prefix("0b").map(|digits| (digits, 2)));
    if let Some((digits, base)) = based {
        // `from_str_radix` takes signs too.
        return u8::from_str_radix(digits, base).ok().filter(|_| !digits.starts_with('+'));
    }
    let value: i16 = number.parse().ok()?;
    u8::try_from(value).ok().or_else(|| i8::try_from(value).ok().map(i8::cast_unsigned))
}

/// The text with spaces where comments were, so that every offset stays.
fn without_comments(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    // Looked for by its first character alone: what is not there would be looked for to the end each time.
    while let Some(at) = rest.find('/') {
        let (before, comment) = rest.split_at(at);
        clean.push_str(before);
        let end = match comment.as_bytes() {
            [_, b'/', ..] => comment.find('\n').unwrap_or(comment.len()),
            [_, b'*', ..] => comment[2..].find("*/").map_or(comment.len(), |end| end + 4),
            _ => {
                clean.push('/');
                rest = &comment[1..];
                continue;
            }
        };
        clean.extend(comment[..end].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        rest = &comment[end..];
    }
    clean.push_str(rest);
    clean
}
