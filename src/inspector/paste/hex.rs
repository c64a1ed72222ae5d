//! Hex digits into bytes.

use super::pasted::PasteProblemKind;

/// Digits that stand together.
struct Run<'a> {
    /// Where it begins.
    at: usize,
    digits: &'a str,
    /// Written as `0x10` or `10h`: a number by itself, however few digits it has.
    marked: bool,
}

/// Reads a line of hex: an even number of digits together, with anything between them that people put there.
///
/// Single digits count as bytes where no more than two stand together anywhere: `10 25 0 4`.
///
/// # Errors
///
/// What is wrong, at how many bytes from the beginning of the line, and the bytes before it. A digit too few in a
/// line without a gap is missed at its last digit.
pub(super) fn read(line: &str) -> Result<Vec<u8>, (Vec<u8>, usize, PasteProblemKind)> {
    let mut bytes = Vec::with_capacity(line.len() / 2);
    let (runs, wrong) = runs(line);
    // One digit was left out or cut off somewhere in it: most often at its end.
    let unbroken = runs.len() == 1 && !runs[0].marked && wrong.is_none();
    let single = runs.len() > 1 && runs.iter().all(|run| run.digits.len() <= 2);
    for Run { at, digits, marked } in runs {
        if digits.len() % 2 == 1 && !(digits.len() == 1 && (single || marked)) {
            let whole = if unbroken { digits.len() - 1 } else { 0 };
            bytes.extend(values(&digits[..whole]));
            return Err((bytes, at + whole, PasteProblemKind::OddDigits { digits: digits.len() }));
        }
        bytes.extend(values(digits));
    }
    match wrong {
        Some((at, found)) => Err((bytes, at, PasteProblemKind::NotHex { found })),
        None => Ok(bytes),
    }
}

/// The bytes that digits are, two of them each.
fn values(digits: &str) -> impl Iterator<Item = u8> {
    digits.as_bytes().chunks(2).map(|pair| {
        pair.iter().fold(0, |value, digit| value << 4 | char::from(*digit).to_digit(16).unwrap_or(0) as u8)
    })
}

/// The runs of a line up to the first character that is neither digit nor separator, and that character.
fn runs(line: &str) -> (Vec<Run<'_>>, Option<(usize, char)>) {
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(first) = line[at..].chars().next() {
        if is_separator(first) {
            at += first.len_utf8();
            continue;
        }
        let rest = &line[at..];
        let prefixed = rest.strip_prefix("0x").or_else(|| rest.strip_prefix("0X"));
        let start = line.len() - prefixed.unwrap_or(rest).len();
        let length = line[start..].bytes().take_while(u8::is_ascii_hexdigit).count();
        let mut end = start + length;
        let suffixed = length > 0 && line[end..].starts_with(['h', 'H']);
        end += usize::from(suffixed);
        // A word that begins with hex digits is no hex.
        let behind = line[end..].chars().next().filter(|next| !is_separator(*next));
        if let Some(found) = behind {
            return (runs, Some((end, found)));
        }
        if length == 0 {
            // Nothing but `0x`.
            return (runs, Some((at, first)));
        }
        let marked = prefixed.is_some() || suffixed;
        runs.push(Run { at, digits: &line[start..start + length], marked });
        at = end;
    }
    (runs, None)
}

/// What may stand between hex digits.
pub(super) fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '\0' | '\u{FEFF}' | '\u{200B}')
        || ",;:-_|.\"'[](){}<>/\\，、；：。□◇◆".contains(character)
}
