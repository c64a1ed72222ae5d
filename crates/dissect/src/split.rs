//! Bytes into frames, without judging them.

use std::ops::Range;

use crate::remaining_length::RemainingLength;

/// Bytes as frames.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Split {
    /// Where each whole frame lies, in order and without gaps.
    pub frames: Vec<Range<usize>>,
    /// What is left behind them: an unfinished frame, or bytes in which no frame can begin. Often empty.
    pub rest: Range<usize>,
}

impl Split {
    /// The frames and, unless it is empty, the rest: together all of the bytes, in order and without gaps.
    pub fn pieces(self) -> impl Iterator<Item = Range<usize>> {
        let rest = Some(self.rest).filter(|rest| !rest.is_empty());
        self.frames.into_iter().chain(rest)
    }
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
    if matches!(bytes.first()? >> 4, 0 | 15) {
        return None;
    }
    let length = RemainingLength::read(bytes)?.frame_length();
    (length <= bytes.len()).then_some(length)
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

    #[test]
    fn leaves_no_byte_out() {
        let pieces = |bytes: &[u8]| split(bytes).pieces().collect::<Vec<_>>();
        assert_eq!(pieces(b"\xC0\x00\xD0\x00\x20"), [0..2, 2..4, 4..5]);
        assert_eq!(pieces(b"\xC0\x00"), vec![0..2]);
        assert_eq!(pieces(b""), []);
    }
}
