//! Frames as hex: a comment that says what follows, then 16 bytes a line.
//!
//! ```text
//! # 3 2026-05-01T04:00:00.123Z sent 1 PUBLISH $dp
//! 30 0A 00 03 24 64 70 03 00 02 7B 7D
//! ```

use std::fmt::Write as _;

use bytes::Bytes;
use dissect::{PacketType, split};
use time::OffsetDateTime;

use super::export::Exported;
use super::import::{Import, ImportProblem, moment};
use super::json_lines::{direction_name, read_direction, read_time, written_time};
use crate::inspector::paste::{self, Piece};
use crate::inspector::{Captured, Direction};

pub(super) fn write(frames: &mut dyn Iterator<Item = Exported<'_>>) -> Vec<u8> {
    let mut file = String::new();
    for exported in frames {
        let head = exported.head();
        let Exported { frame, bytes, masked } = &exported;
        let (at, direction) = (written_time(frame.at), direction_name(frame.direction));
        let name = head.packet_type.map_or("?", PacketType::name);
        let _ = write!(file, "# {} {at} {direction} {} {name}", frame.number, frame.connection);
        if let Some(topic) = head.topic {
            // A topic may hold a line break, behind which a comment would be over.
            let _ = write!(file, " {}", topic.escape_debug());
        }
        file.push_str(if *masked { " (masked)\n" } else { "\n" });
        for row in bytes.chunks(16) {
            for (index, byte) in row.iter().enumerate() {
                file.push_str(if index == 0 { "" } else { " " });
                let digit = |value: u8| char::from(b"0123456789ABCDEF"[usize::from(value & 15)]);
                file.extend([digit(byte >> 4), digit(*byte)]);
            }
            file.push('\n');
        }
        file.push('\n');
    }
    file.into_bytes()
}

/// Reads what [`write()`] wrote, or pasted bytes of any kind.
pub(super) fn read(text: &str) -> Import {
    let Some(first) = text.lines().position(|line| Comment::read(line).is_some()) else {
        return read_pasted(text);
    };
    let mut import = Import::default();
    let mut lines = text.lines().enumerate().skip(first).peekable();
    while let Some((index, line)) = lines.next() {
        let Some(comment) = Comment::read(line) else { continue };
        // What belongs to a comment is read as if it were pasted alone.
        let mut body = String::new();
        while let Some((_, line)) = lines.next_if(|(_, line)| Comment::read(line).is_none()) {
            body.push_str(line);
            body.push('\n');
        }
        let pasted = paste::read_hex(&body);
        let bytes: Vec<u8> = pasted.pieces.into_iter().flat_map(|piece| piece.bytes).collect();
        let Comment { at, direction, connection } = comment;
        import.frames.push(Captured::new(at, moment(at), direction, connection, Bytes::from(bytes)));
        if let Some(mut problem) = pasted.problem {
            problem.line += index + 1;
            import.problem = Some(ImportProblem::Text(problem));
            break;
        }
    }
    import
}

/// The line above a frame.
struct Comment {
    at: OffsetDateTime,
    direction: Direction,
    connection: u32,
}

impl Comment {
    fn read(line: &str) -> Option<Self> {
        let mut words = line.strip_prefix("# ")?.split(' ');
        words.next()?.parse::<u64>().ok()?;
        let at = read_time(words.next()?)?;
        let direction = read_direction(words.next()?)?;
        let connection = words.next()?.parse().ok()?;
        Some(Self { at, direction, connection })
    }
}

/// Bytes of which nobody wrote down when they were sent.
fn read_pasted(text: &str) -> Import {
    let pasted = paste::read(text);
    let mut frames = Vec::new();
    let at = OffsetDateTime::UNIX_EPOCH;
    for Piece { direction, bytes } in pasted.pieces {
        for range in split(&bytes).pieces() {
            // A copy of its own: who keeps a frame must not keep all of the text's bytes.
            let frame = Bytes::copy_from_slice(&bytes[range]);
            let direction = direction.unwrap_or_else(|| usual_direction(&frame));
            frames.push(Captured::new(at, moment(at), direction, 1, frame));
        }
    }
    Import { frames, problem: pasted.problem.map(ImportProblem::Text) }
}

/// Which way a frame goes that goes only one way; the device's for all others.
fn usual_direction(frame: &[u8]) -> Direction {
    match frame.first().and_then(|first| PacketType::of_first_byte(*first)) {
        Some(PacketType::Connack | PacketType::Suback | PacketType::Unsuback | PacketType::Pingresp) => {
            Direction::Received
        }
        Some(
            PacketType::Connect
            | PacketType::Publish
            | PacketType::Puback
            | PacketType::Pubrec
            | PacketType::Pubrel
            | PacketType::Pubcomp
            | PacketType::Subscribe
            | PacketType::Unsubscribe
            | PacketType::Pingreq
            | PacketType::Disconnect,
        )
        | None => Direction::Sent,
    }
}
