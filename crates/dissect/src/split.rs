//! Bytes into frames, without judging them.

use std::ops::Range;

/// Bytes as frames.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Split {
    /// Where each whole frame lies, in order and without gaps.
    pub frames: Vec<Range<usize>>,
    /// What is left behind them: an unfinished frame, or bytes in which no frame can begin. Often empty.
    pub rest: Range<usize>,
}

/// Cuts bytes where one frame ends and the next begins, by their remaining lengths alone (MQTT 3.1.1 §2.2.3).
///
/// A frame that breaks other rules is a frame all the same: [`dissect`](crate::dissect) says what is wrong
/// with it. Behind a reserved packet type or a remaining length of more than four bytes nobody can tell where
/// the next frame begins.
pub fn split(bytes: &[u8]) -> Split {
    let mut frames = Vec::new();
    let mut start = 0;
    while let Some(length) = frame_length(&bytes[start..]) {
        frames.push(start..start + length);
        start += length;
    }
    Split { frames, rest: start..bytes.len() }
}

/// The length of the frame that `bytes` begin with, fixed header included, if all of it is there.
fn frame_length(bytes: &[u8]) -> Option<usize> {
    let (&first, rest) = bytes.split_first()?;
    if matches!(first >> 4, 0 | 15) {
        return None;
    }
    let mut remaining = 0;
    for (index, &byte) in rest.iter().take(4).enumerate() {
        remaining |= usize::from(byte & 0x7F) << (7 * index);
        if byte & 0x80 == 0 {
            let length = 1 + index + 1 + remaining;
            return (length <= bytes.len()).then_some(length);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_between_frames() {
        let bytes = b"\xC0\x00\x30\x04\x00\x01aX\x20\x02\x00";
        assert_eq!(split(bytes), Split { frames: vec![0..2, 2..8], rest: 8..11 });
        assert_eq!(split(b"GET / HTTP/1.1").frames, []);
        assert_eq!(split(b"\x30\x80\x80\x80\x80\x01"), Split { frames: vec![], rest: 0..6 });
        assert_eq!(split(b""), Split { frames: vec![], rest: 0..0 });
    }
}
