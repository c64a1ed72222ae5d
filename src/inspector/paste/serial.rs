//! What is said over a serial line to a modem that does TCP, and what it answers.
//!
//! ```text
//! AT+CIPSEND=39            announces 39 bytes
//! OK
//! > 10 25 00 04 …          the bytes, as hex or as they are
//! Recv 39 bytes
//! SEND OK
//! +IPD,4:20 02 00 00       4 bytes have come
//! AT+NSOSD=0,2,C000        2 bytes, as hex in the command itself
//! ```

use super::gather::{Found, Gather, Wrong, rows};
use super::label::Labelled;
use super::pasted::PasteProblemKind;
use super::{hex, label};
use crate::inspector::Direction;

/// Commands that announce bytes to be sent.
const SENDING: [&str; 3] = ["AT+CIPSEND", "AT+QISEND", "AT+NSOSD"];
/// Commands that hold the bytes themselves as hex, behind the number of a connection and how many they are; the
/// first one may leave out how many.
const INLINE: [&str; 2] = ["AT+QISENDEX=", "AT+NSOSD="];
/// What precedes bytes that have come.
const INCOMING: &str = "+IPD,";
/// What modems say besides, in lower case.
const CHATTER: [&str; 19] = [
    "at",
    "ok",
    "error",
    "fail",
    ">",
    "send",
    "recv ",
    "busy",
    "connect",
    "closed",
    "link",
    "wifi",
    "ready",
    "+cip",
    "data accept",
    "no change",
    "unlink",
    "+qi",
    "alr",
];

/// Whether a modem is spoken to.
pub(super) fn is_serial(text: &str) -> bool {
    SENDING.iter().chain([&INCOMING]).any(|sign| find(text, sign).is_some())
}

/// Bytes that were announced.
struct Expected {
    direction: Direction,
    /// How many; `None` where they end with whatever is said next.
    count: Option<usize>,
    /// Where they were announced.
    at: usize,
    bytes: Vec<u8>,
    /// Something that is no byte was said where they should have come.
    lost: Option<usize>,
    /// Whether they may still be there as they are: looked for once, which may be far.
    may_be_raw: bool,
}

impl Expected {
    fn new(direction: Direction, count: Option<usize>, at: usize) -> Self {
        Self { direction, count, at, bytes: Vec::new(), lost: None, may_be_raw: true }
    }
}

/// Reads what was sent and received. The first announcement that was not kept is the problem; reading goes on.
pub(super) fn read(text: &str) -> Found {
    let mut gather = Gather::default();
    let mut wrong = None;
    let mut expected: Option<Expected> = None;
    // Bytes as they are may go on over several lines.
    let mut skip_to = 0;
    // The last bytes that a command held.
    let mut last_inline = "";
    for (start, line) in rows(text) {
        if start + line.len() < skip_to {
            continue;
        }
        let begin = skip_to.saturating_sub(start).min(line.len());
        let Labelled { rest: line_rest, direction: way, .. } = label::strip(&line[begin..]);
        let at = start + line.len() - line_rest.len();
        if let Some((count, offset, data)) = inline(line) {
            settle(expected.take(), &mut gather, &mut wrong);
            // A modem may say a command back.
            let is_echo = way == Some(Direction::Received) && data == last_inline;
            last_inline = data;
            if is_echo {
                continue;
            }
            let mut sent = Expected::new(Direction::Sent, count, at);
            sent.bytes = hex::read(data).unwrap_or_else(|(bytes, column, kind)| {
                wrong.get_or_insert(Wrong { at: start + offset + column, kind });
                bytes
            });
            settle(Some(sent), &mut gather, &mut wrong);
            continue;
        }
        if let Some(count) = announced(line) {
            settle(expected.take(), &mut gather, &mut wrong);
            expected = Some(Expected::new(Direction::Sent, count, at));
            continue;
        }
        let (mut body, mut at) = (line_rest, at);
        if let Some((sign, count, behind)) = incoming(line) {
            settle(expected.take(), &mut gather, &mut wrong);
            expected = Some(Expected::new(Direction::Received, Some(count), start + sign));
            (body, at) = (&line[behind..], start + behind);
        }
        let Some(waiting) = expected.as_mut() else { continue };
        let prompted = body.trim_start_matches('>');
        at += body.len() - prompted.len();
        match hex::read(prompted) {
            Ok(bytes) => waiting.bytes.extend(bytes),
            Err(_) if is_chatter(prompted) => {
                if !waiting.bytes.is_empty() {
                    settle(expected.take(), &mut gather, &mut wrong);
                }
            }
            Err((_, offset, kind)) => {
                let from =
                    if waiting.direction == Direction::Sent { at + leading_space(prompted) } else { at };
                let missing = waiting.count.map(|count| count.saturating_sub(waiting.bytes.len()));
                let missing = missing.filter(|missing| *missing > 0 && waiting.may_be_raw);
                let found = missing.and_then(|missing| raw(&text[from..], missing));
                waiting.may_be_raw = found.is_some();
                match found {
                    Some((bytes, length)) => {
                        waiting.bytes.extend(bytes);
                        skip_to = from + length;
                    }
                    None if prompted.contains(char::REPLACEMENT_CHARACTER) => {
                        waiting.lost.get_or_insert(at);
                    }
                    None if label::begins_like_hex(prompted.trim_start()) => {
                        wrong = wrong.or(Some(Wrong { at: at + offset, kind }));
                    }
                    None => {
                        waiting.lost.get_or_insert(at);
                    }
                }
            }
        }
        if expected.as_ref().is_some_and(|waiting| waiting.count == Some(waiting.bytes.len())) {
            settle(expected.take(), &mut gather, &mut wrong);
        }
    }
    settle(expected, &mut gather, &mut wrong);
    (gather.finish(), wrong)
}

/// Hands over what came of an announcement.
fn settle(expected: Option<Expected>, gather: &mut Gather, wrong: &mut Option<Wrong>) {
    let Some(Expected { direction, count, at, bytes, lost, .. }) = expected else { return };
    let found = bytes.len();
    if let Some(lost) = lost {
        wrong.get_or_insert(Wrong { at: lost, kind: PasteProblemKind::Lost });
    } else if let Some(announced) = count.filter(|announced| *announced != found && found > 0) {
        wrong.get_or_insert(Wrong { at, kind: PasteProblemKind::Count { announced, found } });
    }
    gather.add(Some(direction), bytes);
}

/// How many bytes a command announces; `Some(None)` where it sends without a number.
fn announced(line: &str) -> Option<Option<usize>> {
    let (at, command) = SENDING.iter().find_map(|command| find(line, command).map(|at| (at, command)))?;
    let arguments =
        line[at + command.len()..].trim_start_matches(|character: char| character.is_ascii_alphabetic());
    // `=39`, or `=0,39` with the number of a connection before it; an address may follow.
    let numbers = arguments.strip_prefix('=').unwrap_or_default().split(',').map(str::trim);
    let numbers = numbers.map_while(|number| number.parse::<usize>().ok());
    Some(numbers.last())
}

/// The bytes that a command holds, where they begin in the line, and how many it says that there are. Nothing where
/// it only announces them.
fn inline(line: &str) -> Option<(Option<usize>, usize, &str)> {
    let (at, command) = INLINE.iter().find_map(|command| find(line, command).map(|at| (at, command)))?;
    let mut offset = at + command.len();
    let arguments = line[offset..].split(',').map(|argument| {
        let begin = offset;
        offset += argument.len() + 1;
        (begin, argument)
    });
    // A flag and a number may follow the bytes.
    let arguments: Vec<(usize, &str)> = arguments.take(3).collect();
    match arguments[..] {
        [_, (_, count), (at, data)] => Some((count.trim().parse().ok(), at, data)),
        [_, (at, data)] if *command == INLINE[0] => Some((None, at, data)),
        _ => None,
    }
}

/// Where `+IPD,` is, how many bytes it announces, and where they begin.
fn incoming(line: &str) -> Option<(usize, usize, usize)> {
    let sign = find(line, INCOMING)?;
    let arguments = &line[sign + INCOMING.len()..];
    let colon = arguments.find(':')?;
    // `4`, or `0,4` with the number of a connection before it, or `4,192.0.2.1,6002`.
    let numbers = arguments[..colon].split(',').map_while(|number| number.trim().parse::<usize>().ok());
    let numbers: Vec<usize> = numbers.take(2).collect();
    let address = arguments[..colon].split(',').nth(1).is_some_and(|second| second.contains(['.', '"']));
    let count = if address { numbers.first() } else { numbers.last() };
    Some((sign, *count?, sign + INCOMING.len() + colon + 1))
}

/// So many bytes as they are, and how much of the text they take; `None` where it holds others.
fn raw(text: &str, count: usize) -> Option<(Vec<u8>, usize)> {
    let bytes = text.as_bytes().get(..count)?;
    let lost = char::REPLACEMENT_CHARACTER;
    let taken = text.get(..count).filter(|taken| !taken.contains(lost))?;
    // Bytes below 0x80 and whole characters of UTF-8 survive being copied; others do not.
    Some((bytes.to_vec(), taken.len()))
}

fn is_chatter(line: &str) -> bool {
    let line = line.trim().to_ascii_lowercase();
    line.is_empty() || CHATTER.iter().any(|word| line.starts_with(word))
}

/// One space follows the prompt.
fn leading_space(text: &str) -> usize {
    usize::from(text.starts_with(' '))
}

/// Where a word is, whatever its case.
fn find(text: &str, word: &str) -> Option<usize> {
    text.as_bytes().windows(word.len()).position(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}
