//! Texts and bytes as each language writes them.
//!
//! Whatever is typed stays inside its literal: what could end it, what is not plain to see and what the language
//! would read as something else is escaped. The tests read every literal back.

use std::fmt::Write as _;

/// The text as far as tools can take it that end texts with U+0000.
pub(super) fn before_nul(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

/// Columns after which a literal of several lines goes on below.
const WIDTH: usize = 72;

/// Whether a character shows itself as what it is: no control, no mark that reorders or hides its neighbours.
pub(super) fn is_plain(character: char) -> bool {
    match character {
        ' '..='~' => true,
        '\0'..='\u{A0}' => false,
        // One character long where Rust itself would print it as it is.
        character => character.escape_debug().len() == 1,
    }
}

/// A Python `str`.
pub(super) fn python_text(text: &str) -> String {
    let mut literal = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => literal.extend(['\\', character]),
            character if is_plain(character) => literal.push(character),
            character => append(&mut literal, format_args!("\\U{:08x}", u32::from(character))),
        }
    }
    literal.push('"');
    literal
}

/// Python `bytes`, in lines when there are many.
pub(super) fn python_bytes(bytes: &[u8]) -> String {
    let (mut lines, mut line) = (String::new(), String::new());
    for byte in bytes {
        if line.len() >= WIDTH {
            append(&mut lines, format_args!("    b'{line}'\n"));
            line.clear();
        }
        match byte {
            b'\'' | b'\\' => line.extend(['\\', char::from(*byte)]),
            b' '..=b'~' => line.push(char::from(*byte)),
            byte => append(&mut line, format_args!("\\x{byte:02x}")),
        }
    }
    if lines.is_empty() { format!("b'{line}'") } else { format!("(\n{lines}    b'{line}'\n)") }
}

/// A string of C or C++.
pub(super) fn c_text(text: &str) -> String {
    let mut literal = String::from("\"");
    for character in text.chars() {
        match character {
            // A question mark could begin a trigraph.
            '"' | '\\' | '?' => literal.extend(['\\', character]),
            character if is_plain(character) => literal.push(character),
            // Octal, because a hexadecimal escape would take the digits that follow.
            character => octal(&mut literal, character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    literal.push('"');
    literal
}

/// What stands between the braces of a byte array of C, a line of twelve behind `indent`.
pub(super) fn c_bytes(bytes: &[u8], indent: &str) -> String {
    let mut lines = String::new();
    for chunk in bytes.chunks(12) {
        let line: Vec<String> = chunk.iter().map(|byte| format!("0x{byte:02X},")).collect();
        append(&mut lines, format_args!("{indent}{}\n", line.join(" ")));
    }
    lines
}

/// One word of a POSIX shell.
pub(super) fn shell_word(text: &str) -> String {
    let bare = |character: char| character.is_ascii_alphanumeric() || "._:/-".contains(character);
    if !text.is_empty() && text.chars().all(bare) {
        return text.to_owned();
    }
    // A command's output would lose its last line break.
    if text.chars().all(is_plain) || text.ends_with('\n') {
        format!("'{}'", text.replace('\'', r"'\''"))
    } else {
        format!("\"$(printf {})\"", shell_printf(text.as_bytes()))
    }
}

/// The argument with which the shell's `printf` writes these bytes.
pub(super) fn shell_printf(bytes: &[u8]) -> String {
    let mut literal = String::from("'");
    for (index, byte) in bytes.iter().enumerate() {
        match byte {
            b'\\' | b'%' => literal.extend([char::from(*byte); 2]),
            // A quote would end the word, a first minus begin an option.
            b'\'' => octal(&mut literal, &[*byte]),
            b'-' if index == 0 => octal(&mut literal, &[*byte]),
            b' '..=b'~' => literal.push(char::from(*byte)),
            byte => octal(&mut literal, &[*byte]),
        }
    }
    literal.push('\'');
    literal
}

/// A string parameter of an AT command; `None` where AT has no way to write it.
pub(super) fn at_text(text: &str) -> Option<String> {
    let mut literal = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' | ',' => literal.extend(['\\', character]),
            character if is_plain(character) => literal.push(character),
            _ => return None,
        }
    }
    literal.push('"');
    Some(literal)
}

/// Bytes as pairs of hexadecimal digits, a line of sixteen.
pub(super) fn hex(bytes: &[u8]) -> String {
    let mut lines = String::new();
    for chunk in bytes.chunks(16) {
        let line: Vec<String> = chunk.iter().map(|byte| format!("{byte:02X}")).collect();
        append(&mut lines, format_args!("{}\n", line.join(" ")));
    }
    lines
}

fn octal(literal: &mut String, bytes: &[u8]) {
    for byte in bytes {
        append(literal, format_args!("\\{byte:03o}"));
    }
}

fn append(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = text.write_fmt(arguments);
}

#[cfg(test)]
mod tests;
