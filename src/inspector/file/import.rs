//! A file into frames: which kind it is, and what can be wrong with it.

use std::fmt;
use std::time::Duration;

use time::OffsetDateTime;

use super::{block, hex, json_lines, recording};
use crate::inspector::paste::PasteProblem;
use crate::inspector::{Captured, Direction};

/// What a file gave.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Import {
    /// The frames that could be read, in the order in which they were there as a whole.
    pub frames: Vec<Captured>,
    /// What could not be read, if anything.
    pub problem: Option<ImportProblem>,
}

/// What is wrong with a file. What could be read is read all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportProblem {
    /// It is larger than [`SIZE_LIMIT`]; nothing of it was read.
    TooBig {
        /// Its bytes.
        size: usize,
    },
    /// It is compressed; nothing of it was read.
    Compressed,
    /// It begins like none of the formats that are read.
    UnknownFormat,
    /// It ends in the middle of a block (pcapng) or packet (pcap).
    Cut {
        /// Which one, counted from 1; a pcap file's header counts.
        block: usize,
        /// Where it begins, in bytes from the beginning of the file.
        offset: usize,
    },
    /// A block (pcapng) or packet (pcap) is none.
    Damaged {
        /// Which one, counted from 1; a pcap file's header counts.
        block: usize,
        /// Where it begins, in bytes from the beginning of the file.
        offset: usize,
    },
    /// Packets are wrapped in something that is not read here.
    LinkType {
        /// Its number in the list of link-layer header types.
        number: i32,
    },
    /// Bytes of a connection were not captured: what that side said from there on could not be read.
    Gap {
        /// The connection, counted from 1.
        connection: u32,
        /// Which side.
        direction: Direction,
        /// How many bytes are missing.
        missing: u32,
    },
    /// None of the packets is MQTT.
    NoMqtt {
        /// How many packets there are.
        packets: usize,
    },
    /// A line of a JSON Lines file is none of a capture.
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        problem: LineProblem,
    },
    /// A text of bytes has something else in it.
    Text(PasteProblem),
}

/// What is wrong with a line of a JSON Lines file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineProblem {
    /// It is no JSON.
    NotJson {
        /// Where, counted from 1 in bytes.
        column: usize,
    },
    /// A member is missing or is not what it should be.
    Member {
        /// Its name.
        name: &'static str,
    },
}

impl fmt::Display for ImportProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooBig { size } => write!(f, "{size} bytes, the limit is {SIZE_LIMIT}"),
            Self::Compressed => f.write_str("the file is compressed"),
            Self::UnknownFormat => f.write_str("neither pcapng nor pcap, JSON Lines or hex"),
            Self::Cut { block, offset } => write!(f, "the file ends inside block {block} at byte {offset}"),
            Self::Damaged { block, offset } => write!(f, "block {block} at byte {offset} is damaged"),
            Self::LinkType { number } => write!(f, "link-layer header type {number} is not read"),
            Self::Gap { connection, direction, missing } => {
                write!(f, "connection {connection} lacks {missing} bytes {direction:?}")
            }
            Self::NoMqtt { packets } => write!(f, "no MQTT in {packets} packets"),
            Self::Line { line, problem: LineProblem::NotJson { column } } => {
                write!(f, "no JSON at line {line}, column {column}")
            }
            Self::Line { line, problem: LineProblem::Member { name } } => {
                write!(f, "member {name} at line {line} is missing or wrong")
            }
            Self::Text(problem) => problem.fmt(f),
        }
    }
}

impl std::error::Error for ImportProblem {}

/// Files of more bytes are refused.
pub const SIZE_LIMIT: usize = 256 * 1024 * 1024;

/// Reads frames from a file of any of the kinds that are read: told by its content, whatever its name. Any bytes
/// will do.
pub fn import(file: &[u8]) -> Import {
    if file.len() > SIZE_LIMIT {
        return ImportProblem::TooBig { size: file.len() }.into();
    }
    match file {
        [0x0A, 0x0D, 0x0D, 0x0A, ..] => recording::read(block::Reader::pcapng(file)),
        [0xD4, 0xC3, 0xB2, 0xA1, ..]
        | [0xA1, 0xB2, 0xC3, 0xD4, ..]
        | [0x4D, 0x3C, 0xB2, 0xA1, ..]
        | [0xA1, 0xB2, 0x3C, 0x4D, ..] => recording::read(block::Reader::pcap(file)),
        // gzip, Zip, Zstandard, xz
        [0x1F, 0x8B, ..]
        | [b'P', b'K', 3, 4, ..]
        | [0x28, 0xB5, 0x2F, 0xFD, ..]
        | [0xFD, b'7', b'z', b'X', b'Z', ..] => ImportProblem::Compressed.into(),
        // Texts hold no null character, and something.
        _ if file.is_empty() || file.contains(&0) => ImportProblem::UnknownFormat.into(),
        _ => {
            // Tools of Chinese makers write GBK: their words are lost here, the hex is not.
            let text = String::from_utf8_lossy(file);
            let text = text.trim_start_matches('\u{FEFF}');
            if text.trim_start().starts_with("{\"") { json_lines::read(text) } else { hex::read(text) }
        }
    }
}

/// The moment of a frame of which only the time on the wall is known.
pub(super) fn moment(at: OffsetDateTime) -> Duration {
    Duration::try_from(at - OffsetDateTime::UNIX_EPOCH).unwrap_or_default()
}

impl From<ImportProblem> for Import {
    /// Nothing could be read.
    fn from(problem: ImportProblem) -> Self {
        Self { frames: Vec::new(), problem: Some(problem) }
    }
}
