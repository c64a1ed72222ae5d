//! What stands before the hex in a line of a log: times, ways, names.

use std::ops::RangeInclusive;

use super::{hex, log};
use crate::inspector::Direction;

/// A line without what stands before its hex.
pub(super) struct Labelled<'a> {
    /// Which way it says that its bytes went.
    pub direction: Option<Direction>,
    /// There is a time, or a word for a way.
    pub labelled: bool,
    /// The characters that follow are text, not hex.
    pub text: bool,
    /// What is left.
    pub rest: &'a str,
}

/// Words for the ways, in lower case. The longer ones first.
const WAYS: [(&str, Direction); 17] = [
    ("sending", Direction::Sent),
    ("send", Direction::Sent),
    ("sent", Direction::Sent),
    ("txd", Direction::Sent),
    ("tx", Direction::Sent),
    ("已发送", Direction::Sent),
    ("发送", Direction::Sent),
    ("发出", Direction::Sent),
    ("上行", Direction::Sent),
    ("received", Direction::Received),
    ("receive", Direction::Received),
    ("recv", Direction::Received),
    ("rxd", Direction::Received),
    ("rx", Direction::Received),
    ("接收", Direction::Received),
    ("收到", Direction::Received),
    ("下行", Direction::Received),
];

/// Words that say so at the beginning of a line only: elsewhere they mean other things.
const SHORT_WAYS: [(&str, Direction); 7] = [
    ("out", Direction::Sent),
    ("wrote", Direction::Sent),
    ("write", Direction::Sent),
    ("发", Direction::Sent),
    ("in", Direction::Received),
    ("read", Direction::Received),
    ("收", Direction::Received),
];

/// Arrows; the longer ones first.
const ARROWS: [(&str, Direction); 12] = [
    ("-->", Direction::Sent),
    ("==>", Direction::Sent),
    ("->", Direction::Sent),
    ("=>", Direction::Sent),
    (">>", Direction::Sent),
    ("→", Direction::Sent),
    ("<--", Direction::Received),
    ("<==", Direction::Received),
    ("<-", Direction::Received),
    ("<=", Direction::Received),
    ("<<", Direction::Received),
    ("←", Direction::Received),
];

/// Bytes of a name at most: long lines are looked through once, not once for every colon.
const LONGEST_NAME: usize = 120;

/// Takes times and ways off the beginning of a line, and then a name that ends in a colon, if hex follows it.
pub(super) fn strip(line: &str) -> Labelled<'_> {
    let mut found = Labelled { direction: None, labelled: false, text: false, rest: line };
    loop {
        let rest = found
            .rest
            .trim_start_matches(|character| hex::is_separator(character) || "#>*=".contains(character));
        // An arrow is made of such characters: look for it before they are passed over.
        let passed = &found.rest[..found.rest.len() - rest.len()];
        if let Some((_, way)) =
            ARROWS.iter().find(|(arrow, _)| passed.contains(arrow) || rest.starts_with(arrow))
        {
            found.direction = found.direction.or(Some(*way));
            found.labelled = true;
        }
        let rest = rest.trim_start_matches(['→', '←']).trim_start();
        let length = clock(rest);
        if length > 0 {
            found.labelled = true;
            found.rest = &rest[length..];
            continue;
        }
        if let Some((behind, way)) = way(&WAYS, rest).or_else(|| way(&SHORT_WAYS, rest)) {
            found.direction = found.direction.or(Some(way));
            found.labelled = true;
            found.rest = &behind[count(behind)..];
            continue;
        }
        found.rest = rest;
        break;
    }
    if let Some(behind) = esp_prefix(found.rest)
        && !found.rest[behind..].trim().is_empty()
        && hex::read(&found.rest[behind..]).is_ok()
    {
        found.direction = found.direction.or(way_within(&found.rest[..behind]));
        found.labelled = true;
        found.rest = &found.rest[behind..];
        return found;
    }
    if hex::read(found.rest).is_err() && !begins_like_hex(found.rest) {
        strip_name(&mut found);
    }
    found
}

/// How long what an ESP32 puts before what it logs is, with what a tool put before that: `I (412) mqtt: `.
pub(super) fn esp_prefix(line: &str) -> Option<usize> {
    let open = line.find(" (")?;
    let before = &line[..open];
    let level = before.strip_suffix(['E', 'W', 'I', 'D', 'V'])?;
    let (time, behind) = line[open + 2..].split_once(')')?;
    let is_time = time.starts_with(|first: char| first.is_ascii_digit())
        && time.chars().all(|character| character.is_ascii_digit() || ":.- ".contains(character));
    let (tag, behind) = behind.strip_prefix(' ')?.split_once(": ")?;
    let is_tag = !tag.is_empty() && tag.len() <= LONGEST_NAME;
    let is_level = !level.ends_with(|last: char| last.is_ascii_alphanumeric());
    (is_time && is_tag && is_level).then_some(line.len() - behind.len())
}

/// A name, a count, an address: whatever ends in a colon or the like and has hex or nothing behind it.
fn strip_name(found: &mut Labelled<'_>) {
    let rest = found.rest;
    // A title: nothing follows, and what looks like hex in it is an address.
    let title = rest.trim_end().ends_with([':', '：', '>']) && !rest.contains('<');
    let begin = rest.char_indices().take_while(|(at, _)| *at < LONGEST_NAME);
    let ends = begin.filter(|(_, character)| ":：>=]）)".contains(*character));
    let behind = ends
        .map(|(at, end)| at + end.len_utf8())
        .find(|behind| hex::read(&rest[*behind..]).is_ok())
        .map(|behind| if title { rest.len() } else { behind })
        // Nothing is left of a line only if it speaks.
        .filter(|behind| !rest[*behind..].trim().is_empty() || log::is_chatter(rest));
    let Some(behind) = behind else {
        if let Some(way) = way_within(rest) {
            found.direction = found.direction.or(Some(way));
            found.labelled = true;
        }
        return;
    };
    let name = &rest[..behind];
    found.text = name.to_ascii_lowercase().contains("ascii");
    found.direction = found.direction.or(way_within(name));
    found.labelled = true;
    found.rest = &rest[behind..];
}

/// The first token is two hex digits or several pairs of them.
pub(super) fn begins_like_hex(text: &str) -> bool {
    let length = text.bytes().take_while(u8::is_ascii_hexdigit).count();
    length > 0 && length.is_multiple_of(2) && text[length..].chars().next().is_none_or(hex::is_separator)
}

/// A way at the beginning, and what is behind its word.
fn way<'a>(words: &[(&str, Direction)], text: &'a str) -> Option<(&'a str, Direction)> {
    words.iter().find_map(|(word, way)| {
        let (head, behind) = text.split_at_checked(word.len())?;
        let ends = !word.is_ascii() || !behind.starts_with(|next: char| next.is_ascii_alphanumeric());
        (head.eq_ignore_ascii_case(word) && ends).then_some((behind, *way))
    })
}

/// How many bytes of what is behind a way are a count in brackets: `[4]:`, `(4):`. Zero where there is none.
///
/// Without a colon it stands at the word, and no more brackets follow: `[20] [02]` are bytes.
fn count(behind: &str) -> usize {
    let trimmed = behind.trim_start();
    let closing = match trimmed.chars().next() {
        Some('[') => ']',
        Some('(') => ')',
        Some(_) | None => return 0,
    };
    let digits = trimmed[1..].bytes().take_while(u8::is_ascii_digit).count();
    let Some(rest) = trimmed[1 + digits..].strip_prefix(closing).filter(|_| digits > 0) else { return 0 };
    let next = rest.trim_start();
    let is_alone = trimmed.len() == behind.len() && next.len() < rest.len() && !next.starts_with(['[', '(']);
    if next.starts_with([':', '：', '=', '>']) || is_alone { behind.len() - rest.len() } else { 0 }
}

/// A way anywhere, at the beginning of a word.
fn way_within(text: &str) -> Option<Direction> {
    let mut before = ' ';
    for (at, character) in text.char_indices() {
        if !before.is_ascii_alphanumeric()
            && let Some((_, way)) = way(&WAYS, &text[at..])
        {
            return Some(way);
        }
        before = character;
    }
    None
}

/// How many bytes of the beginning are a date or a time. Zero where there is none.
///
/// `2026-05-01`, `12:00:01`, `12:00:01.123`, `2026-05-01T12:00:01.123Z`, `0.123456`. A time that is all of a line is
/// none: `10:25:00` is three bytes.
fn clock(text: &str) -> usize {
    let date = numbers(text, [1970..=2100, 1..=12, 1..=31], &['-', '/', '.']);
    let behind = text[date..].strip_prefix(['T', ' ']).unwrap_or(&text[date..]);
    let mut time = numbers(behind, [0..=23, 0..=59, 0..=60], &[':']);
    if time > 0 && behind[time..].starts_with(['.', ',', ':']) {
        let digits = behind[time + 1..].bytes().take_while(u8::is_ascii_digit).count();
        // `10:25:00:04:4D` goes on as hex does.
        let fraction = behind[time..].starts_with(['.', ',']) || digits == 3;
        time = if fraction && digits > 0 { time + 1 + digits } else { 0 };
        time += usize::from(time > 0 && behind[time..].starts_with('Z'));
    }
    if time > 0 && is_end(&behind[time..]) && (date > 0 || has_more(&behind[time..])) {
        return text.len() - behind.len() + time;
    }
    if date > 0 && is_end(&text[date..]) {
        return date;
    }
    // Seconds since the beginning, with something behind them.
    let whole = text.bytes().take_while(u8::is_ascii_digit).count();
    let fraction =
        text[whole..].strip_prefix('.').map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    if whole == 0 || fraction < 3 {
        return 0;
    }
    let seconds = whole + 1 + fraction;
    let behind = &text[seconds..];
    if is_end(behind) && has_more(behind) { seconds } else { 0 }
}

/// Whether anything but white space follows. Looks no further than that.
fn has_more(text: &str) -> bool {
    !text.trim_start().is_empty()
}

fn is_end(text: &str) -> bool {
    text.chars().next().is_none_or(|next| !next.is_ascii_alphanumeric() && !".:-".contains(next))
}

/// How many bytes of the beginning are numbers in these ranges with one kind of character between them.
fn numbers(text: &str, ranges: [RangeInclusive<u16>; 3], between: &[char]) -> usize {
    let mut at = 0;
    let mut separator = None;
    for (index, range) in ranges.into_iter().enumerate() {
        if index > 0 {
            let Some(next) = text[at..].chars().next().filter(|next| between.contains(next)) else {
                return 0;
            };
            if *separator.get_or_insert(next) != next {
                return 0;
            }
            at += next.len_utf8();
        }
        let count = text[at..].bytes().take_while(u8::is_ascii_digit).count();
        let number = text[at..at + count].parse().ok().filter(|number| range.contains(number));
        if number.is_none() || count > 4 {
            return 0;
        }
        at += count;
    }
    at
}
