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
    let bracketed = list(text).is_some_and(|(_, list)| {
        let elements = || list.split([',', '}', ']']).map(str::trim).filter(|element| !element.is_empty());
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

/// What is inside the first braces, or brackets with a comma, and where.
fn list(text: &str) -> Option<(usize, &str)> {
    let open = text.find('{').or_else(|| {
        let brackets = text.match_indices('[').map(|(at, _)| at);
        let is_list = |at: &usize| {
            let inside = &text[at + 1..];
            inside.find(['[', ']', ',']).is_some_and(|first| inside[first..].starts_with(','))
        };
        brackets.into_iter().find(is_list)
    })?;
    Some((open + 1, &text[open + 1..]))
}

/// Reads every list; where there is none, all of the text is one.
pub(super) fn read(text: &str) -> Found {
    let text = &without_comments(text);
    let mut gather = Gather::default();
    let mut from = 0;
    let mut any = false;
    while let Some((start, inside)) = list(&text[from..]) {
        any = true;
        let start = from + start;
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
    while let Some(at) = rest.find("//").into_iter().chain(rest.find("/*")).min() {
        clean.push_str(&rest[..at]);
        let comment = &rest[at..];
        let end = if comment.starts_with("//") {
            comment.find('\n')
        } else {
            comment[2..].find("*/").map(|end| end + 4)
        };
        let end = end.unwrap_or(comment.len());
        clean.extend(comment[..end].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        rest = &comment[end..];
    }
    clean.push_str(rest);
    clean
}
