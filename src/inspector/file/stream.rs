//! The segments of one side into the bytes that it said.

use time::OffsetDateTime;

use super::flow::{Part, Side};

/// What one side of a connection said.
pub(super) struct Stream {
    /// From the first byte to the last, or to the first that was not captured.
    pub bytes: Vec<u8>,
    /// For every segment that added bytes: how far the stream reached then, and which packet it took.
    pub reached: Vec<Reached>,
    /// How many bytes are missing behind them, if any are.
    pub missing: Option<u32>,
}

/// A point in a stream.
#[derive(Clone, Copy)]
pub(super) struct Reached {
    /// Bytes of the stream that were there.
    pub length: usize,
    /// The packet with which they were, counted from 0.
    pub packet: usize,
    /// When that was.
    pub at: OffsetDateTime,
}

/// Puts segments in order, and drops what was sent twice.
pub(super) fn stream(side: &Side<'_>) -> Stream {
    let mut stream = Stream { bytes: Vec::new(), reached: Vec::new(), missing: None };
    let Some(first) = side.parts.first() else { return stream };
    // Sequence numbers wrap at 2³². No file holds half as many bytes: all numbers are near to the first one.
    let near = |sequence: u32| i64::from(sequence.wrapping_sub(first.sequence).cast_signed());
    // Of what was sent twice the first comes first.
    let mut order: Vec<(i64, usize)> = Vec::with_capacity(side.parts.len());
    order.extend(side.parts.iter().enumerate().map(|(index, part)| (near(part.sequence), index)));
    order.sort_unstable();
    let mut parts = order.into_iter().map(|(begin, index)| (begin, &side.parts[index])).peekable();
    // Before a capture that began late there may be a probe whether the connection still stands: one byte, which
    // no frame begins with.
    if side.start.is_none() && side.parts.len() > 1 {
        let _ = parts.next_if(|(_, part)| part.data == [0]);
    }
    let mut next = match side.start {
        Some(start) => near(start),
        None => parts.peek().map_or(0, |(begin, _)| *begin),
    };
    for (begin, part) in parts {
        if begin > next {
            stream.missing = u32::try_from(begin - next).ok();
            break;
        }
        let fresh = usize::try_from(next - begin).ok().and_then(|known| part.data.get(known..));
        let Some(fresh) = fresh.filter(|fresh| !fresh.is_empty()) else { continue };
        stream.bytes.extend_from_slice(fresh);
        next = begin + part.data.len() as i64;
        // Bytes are there when those before them are.
        let Part { at, packet, .. } = *part;
        let before = stream.reached.last().filter(|before| before.packet > packet);
        let (at, packet) = before.map_or((at, packet), |before| (before.at, before.packet));
        stream.reached.push(Reached { length: stream.bytes.len(), packet, at });
    }
    stream
}
