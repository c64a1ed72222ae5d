//! Lines of hex, plain or with labels before them.

use std::net::Ipv4Addr;

use super::gather::{Found, Gather, Wrong, rows};
use super::hex;
use super::label::{self, Labelled};
use super::pasted::PasteProblemKind;

/// Reads hex line by line, and tells whether any line has a label.
pub(super) fn read(text: &str) -> (Found, bool) {
    let mut gather = Gather::default();
    let mut any_label = false;
    let mut direction = None;
    // Lines without a label go on where the line before them ended.
    let mut waiting = Vec::new();
    let mut wrong = None;
    let mut chatter = None;
    // A tool shows what comes as text, and goes on so until it says otherwise.
    let (mut in_text, mut text_at) = (false, None);
    for (start, line) in rows(text) {
        let code = line.find("//").map_or(line, |comment| &line[..comment]);
        if code.trim().is_empty() {
            gather.add(direction, std::mem::take(&mut waiting));
            continue;
        }
        let Labelled { direction: way, labelled, text: as_text, rest } = label::strip(code);
        let at = start + code.len() - rest.len();
        if labelled || code.trim_start().starts_with('#') {
            gather.add(direction, std::mem::take(&mut waiting));
            // A line that only says when belongs to whoever is speaking.
            direction = way.or(direction.filter(|_| rest.trim().is_empty()));
            in_text = as_text;
        }
        any_label |= labelled;
        if in_text {
            if !rest.trim().is_empty() {
                text_at.get_or_insert(Wrong { at, kind: PasteProblemKind::ShownAsText });
            }
            continue;
        }
        match hex::read(rest) {
            Ok(bytes) => waiting.extend(bytes),
            Err((bytes, offset, kind)) => {
                let kind = Wrong { at: at + offset, kind };
                if is_chatter(rest) {
                    chatter.get_or_insert(kind);
                    continue;
                }
                waiting.extend(bytes);
                wrong = Some(kind);
                break;
            }
        }
    }
    gather.add(direction, waiting);
    let pieces = gather.finish();
    // Words alone are no bytes that somebody talked around: the first of them is what is wrong.
    let wrong = wrong.or(text_at).or(chatter.filter(|_| pieces.is_empty()));
    ((pieces, wrong), any_label)
}

/// Whether a line speaks: it has a word, and less than half of it is hex.
///
/// A slip of the finger makes no word: `1O 25 00` is bad hex.
pub(super) fn is_chatter(line: &str) -> bool {
    let is_address = |token: &&str| {
        let bare = token.trim_matches(|character: char| !character.is_ascii_digit());
        token.starts_with(':') || bare.parse::<Ipv4Addr>().is_ok()
    };
    let tokens = || {
        let words = line.split_whitespace().filter(|token| !is_address(token));
        words.flat_map(|token| token.split(hex::is_separator)).filter(|token| !token.is_empty())
    };
    let is_word = |token: &str| {
        let letters = token.chars().filter(|character| is_letter(*character)).count();
        let hex = token.chars().all(|character| character.is_ascii_hexdigit());
        !hex && (letters >= 3 || letters > 0 && !token.is_ascii())
    };
    let bytes = tokens().filter(|token| label::begins_like_hex(token)).count();
    tokens().any(is_word) && bytes * 2 < tokens().count()
}

/// Latin letters and whatever is no ASCII. The tables of all letters would take more room than this is worth.
fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic() || !character.is_ascii()
}
