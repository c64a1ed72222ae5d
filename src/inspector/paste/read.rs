//! Which costume a text wears. Decided by all of it; hex where it could be several.

use super::gather::{Found, Wrong};
use super::pasted::{Costume, PasteProblem, PasteProblemKind, Pasted};
use super::{array, base64, dump, escape, log, serial};

/// Reads the bytes in a text. Any text will do; an empty one gives no pieces and no problem.
pub fn read(text: &str) -> Pasted {
    // Each costume has a sign that no other one has; plain hex has none and comes last.
    let (costume, found) = if serial::is_serial(text) {
        (Costume::Serial, serial::read(text))
    } else if let Some(rows) = dump::rows_of(text) {
        (Costume::Dump, dump::read(&rows))
    } else if escape::is_escaped(text) {
        (Costume::Escapes, escape::read(text))
    } else if array::is_array(text) {
        (Costume::Array, array::read(text))
    } else if let Some(found) = base64::read(text) {
        (Costume::Base64, found)
    } else {
        let (found, labelled) = log::read(text);
        (if labelled { Costume::Log } else { Costume::Hex }, found)
    };
    pasted(text, costume, found)
}

/// Reads a text that is known to be hex, with comments and labels at most.
pub(in crate::inspector) fn read_hex(text: &str) -> Pasted {
    pasted(text, Costume::Hex, log::read(text).0)
}

fn pasted(text: &str, costume: Costume, (pieces, wrong): Found) -> Pasted {
    let nothing = pieces.is_empty() && !text.trim().is_empty();
    let begin = text.len() - text.trim_start().len();
    let wrong = wrong.or(nothing.then_some(Wrong { at: begin, kind: PasteProblemKind::NoBytes }));
    let problem = wrong.map(|Wrong { at, kind }| {
        let before = text.get(..at).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        PasteProblem { line, column: before[line_start..].chars().count() + 1, kind }
    });
    Pasted { costume, pieces, problem }
}
