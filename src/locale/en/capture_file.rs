//! Capture files and pasted bytes.

use crate::inspector::Direction;
use crate::inspector::compare::Verdict;
use crate::inspector::file::{Format, ImportProblem, LineProblem, SIZE_LIMIT};
use crate::inspector::paste::{Costume, PasteProblem, PasteProblemKind};
use crate::locale::words::CaptureFileWords;

pub(super) const CAPTURE_FILE: CaptureFileWords = CaptureFileWords {
    save: "Save the capture",
    format: "Format",
    format_name,
    format_hint,
    with_secrets: "With passwords and tokens",
    with_secrets_hint: "Otherwise every byte of a password (auth info or token) becomes *; lengths stay.",
    nothing_to_save: "There are no frames yet. Connect first.",

    open: "Open a capture file",
    open_hint: "pcapng or pcap of Wireshark or tcpdump, JSON Lines of this page, or hex; up to 256 MB. It stays in this page.",
    opened: |name, frames| match frames {
        1 => format!("{name}: 1 frame"),
        _ => format!("{name}: {frames} frames"),
    },
    close: "Close the file",
    import_problem,

    paste_label: "Bytes from anywhere",
    paste_hint: "Hex in any spelling, C arrays, Python strings, AT command logs, logs of serial tools, hex dumps, Base64.",
    costume,
    pasted: |kind, frames, bytes| {
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        format!("Read as {}: {bytes} byte{}, {frames} frame{}", costume(kind), plural(bytes), plural(frames))
    },
    rest: |bytes| match bytes {
        1 => "1 byte at the end is no whole frame.".to_owned(),
        _ => format!("{bytes} bytes at the end are no whole frame."),
    },
    paste_problem,

    compare_title: "Compare",
    compare_hint: "The frame that the form would make beside yours, field by field in the order of the bytes. What only follows from another difference is marked as such.",
    expected: "Expected",
    mine: "Yours",
    verdict,
    mistakes: |count| match count {
        0 => "No mistake: the frames say the same.".to_owned(),
        1 => "1 mistake".to_owned(),
        _ => format!("{count} mistakes. Begin with the first; the others may come from it."),
    },
};

fn format_name(format: Format) -> &'static str {
    match format {
        Format::Pcapng => "pcapng (Wireshark)",
        Format::JsonLines => "JSON Lines",
        Format::Hex => "Hex text",
    }
}

fn format_hint(format: Format) -> &'static str {
    match format {
        Format::Pcapng => {
            "Wireshark opens it and reads MQTT without settings. IP and TCP around the frames are made up, and marked so."
        }
        Format::JsonLines => "One JSON object a frame, for programs and for this page.",
        Format::Hex => {
            "A comment and the bytes of each frame; grep -v '^#' file | xxd -r -p gives the bytes alone."
        }
    }
}

fn import_problem(problem: &ImportProblem) -> String {
    match problem {
        ImportProblem::TooBig { size } => {
            let (size, limit) = (size >> 20, SIZE_LIMIT >> 20);
            format!(
                "The file has {size} MB, the limit is {limit} MB. Filter it in Wireshark by mqtt and save that."
            )
        }
        ImportProblem::Compressed => "The file is compressed. Unpack it and open what is inside.".to_owned(),
        ImportProblem::UnknownFormat => {
            "This is neither pcapng nor pcap, and it is no text. Open a capture of Wireshark or tcpdump, or a file saved here.".to_owned()
        }
        ImportProblem::Cut { block, offset } => format!(
            "The file ends in the middle of block {block}, which begins at byte {offset}. What is before it was read; copy the file again if more should be there."
        ),
        ImportProblem::Damaged { block, offset } => format!(
            "Block {block} at byte {offset} of the file is damaged. What could be read is shown; copy the file again if more should be there."
        ),
        ImportProblem::LinkType { number } => format!(
            "The packets were captured on a kind of interface that is not read here (link type {number}). Capture on Ethernet, WLAN in normal mode or loopback."
        ),
        ImportProblem::Gap { connection, direction, missing } => {
            let side = match direction {
                Direction::Sent => "the device",
                Direction::Received => "the platform",
            };
            format!(
                "Connection {connection}: {missing} bytes of {side} were not captured. What it said before is shown, what came later cannot be read."
            )
        }
        ImportProblem::NoMqtt { packets } => format!(
            "None of the {packets} packets is MQTT over TCP without TLS. Capture at port 1883 or 6002 while the device logs in."
        ),
        ImportProblem::Line { line, problem: LineProblem::NotJson { column } } => {
            format!("Line {line} is no JSON (column {column}). The lines before it were read; correct it and open the file again.")
        }
        ImportProblem::Line { line, problem: LineProblem::Member { name } } => {
            format!("Line {line} lacks a valid \"{name}\". The lines before it were read; correct it and open the file again.")
        }
        ImportProblem::Text(problem) => paste_problem(problem),
    }
}

fn costume(costume: Costume) -> &'static str {
    match costume {
        Costume::Hex => "hex",
        Costume::Log => "a log with hex",
        Costume::Dump => "a hex dump",
        Costume::Array => "an array",
        Costume::Escapes => "a string with escapes",
        Costume::Serial => "AT commands",
        Costume::Base64 => "Base64",
    }
}

fn paste_problem(problem: &PasteProblem) -> String {
    let PasteProblem { line, column, kind } = problem;
    let sentence = match kind {
        PasteProblemKind::NoBytes => "there are no bytes. Paste hex such as C0 00".to_owned(),
        PasteProblemKind::NotHex { found } => {
            format!("{found:?} is no hex digit. Correct or remove it")
        }
        PasteProblemKind::OddDigits { digits } => {
            format!("{digits} hex digits stand together; a byte has two. Add the missing one or a space")
        }
        PasteProblemKind::NotAByte { found } => {
            format!("{found:?} is no byte. Elements are 0 to 255, such as 0x10, 16 or 'M'")
        }
        PasteProblemKind::UnknownEscape { found: Some(found) } => {
            format!("\\{found} is no escape. Write bytes as \\x10, with two digits")
        }
        PasteProblemKind::UnknownEscape { found: None } => {
            "nothing follows the backslash. Copy the string as a whole".to_owned()
        }
        PasteProblemKind::Unclosed { open } => {
            format!("{open} is never closed. Copy the text as a whole")
        }
        PasteProblemKind::Offset { expected, found } => {
            format!(
                "the offset is {found:04X}, but {expected:04X} comes next. A row is missing or was changed"
            )
        }
        PasteProblemKind::Count { announced, found } => format!(
            "{announced} bytes are announced, and {found} are there. A modem waits for what is missing, and takes for a command what is too much"
        ),
        PasteProblemKind::Lost => {
            "the bytes were copied as text and are lost. Let the tool show hex and copy again".to_owned()
        }
        PasteProblemKind::ShownAsText => {
            "the tool shows text here. Let it send and show hex, and copy again".to_owned()
        }
        PasteProblemKind::NotBase64 { found } => {
            format!("{found:?} does not occur in Base64. Remove it")
        }
        PasteProblemKind::Base64Length => {
            "the Base64 text ends too early: a character is missing. Copy it as a whole".to_owned()
        }
        PasteProblemKind::TooLong { limit } => {
            format!("the dump is longer than {limit} bytes. Paste the part with the frames")
        }
    };
    format!("Line {line}, column {column}: {sentence}.")
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Same => "same",
        Verdict::Free => "may differ",
        Verdict::Follows => "follows from another difference",
        Verdict::OnlyExpected => "missing in yours",
        Verdict::OnlyMine => "should not be there",
        Verdict::Different => "different",
    }
}
