//! Collecting whole frames out of chunks that may be cut anywhere.

use bytes::{Bytes, BytesMut};
use mqttbytes::v4::{self, Packet};

use crate::error::{FrameError, FrameProblem};
use crate::strict;

/// One frame: the packet it carries and the bytes it came as.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// The frame exactly as received, fixed header included.
    pub bytes: Bytes,
    /// What the bytes say.
    pub packet: Packet,
}

/// The receiving half of a byte stream.
///
/// [`push`](Self::push) what arrives, then call [`poll_frame`](Self::poll_frame) until it gives `None`.
/// Holds at most one unfinished frame of the given limit. After an error the stream has no more frames:
/// nobody can tell where the next would begin.
#[derive(Debug)]
pub struct Frames {
    buffer: BytesMut,
    max_remaining_length: usize,
    failed: Option<FrameError>,
}

impl Frames {
    /// Accepts frames whose remaining length is at most `max_remaining_length` bytes.
    pub fn new(max_remaining_length: usize) -> Self {
        Self { buffer: BytesMut::new(), max_remaining_length, failed: None }
    }

    /// Adds bytes as they arrived.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.failed.is_none() {
            self.buffer.extend_from_slice(bytes);
        }
    }

    /// The next whole frame, `None` while its end has not arrived.
    ///
    /// # Errors
    ///
    /// The first rule of MQTT 3.1.1 that the stream breaks, and the same one ever after.
    pub fn poll_frame(&mut self) -> Result<Option<Frame>, FrameError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        self.take_frame().inspect_err(|error| {
            self.failed = Some(*error);
            self.buffer = BytesMut::new();
        })
    }

    fn take_frame(&mut self) -> Result<Option<Frame>, FrameError> {
        let Some(&first) = self.buffer.first() else { return Ok(None) };
        // Before the rest has arrived: a peer that speaks something else should hear so at once.
        strict::check_first_byte(first)?;

        let header = match mqttbytes::check(self.buffer.iter(), self.max_remaining_length) {
            Ok(header) => header,
            Err(mqttbytes::Error::InsufficientBytes(_)) => return Ok(None),
            Err(mqttbytes::Error::PayloadSizeLimitExceeded(found)) => {
                let limit = self.max_remaining_length;
                return Err(FrameError { offset: 1, problem: FrameProblem::TooLarge { found, limit } });
            }
            Err(_) => return Err(FrameError { offset: 1, problem: FrameProblem::RemainingLength }),
        };

        let bytes = self.buffer.split_to(header.frame_length()).freeze();
        strict::check_bytes(&bytes)?;
        let packet = v4::read(&mut BytesMut::from(&bytes[..]), self.max_remaining_length)
            .map_err(|error| strict::explain(&bytes, error))?;
        strict::check_packet(&bytes, &packet)?;
        Ok(Some(Frame { bytes, packet }))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn waits_for_the_rest_of_a_frame() {
        let mut frames = Frames::new(100);
        frames.push(&[0x20]);
        assert_eq!(frames.poll_frame(), Ok(None));
        frames.push(&[0x02, 0x00]);
        assert_eq!(frames.poll_frame(), Ok(None));
        frames.push(&[0x00, 0xD0]);
        assert_eq!(frames.poll_frame().unwrap().unwrap().bytes, &[0x20, 2, 0, 0][..]);
        assert_eq!(frames.poll_frame(), Ok(None));
    }

    #[test]
    fn refuses_a_foreign_protocol_at_its_first_byte() {
        let mut frames = Frames::new(100);
        frames.push(b"H");
        let error = frames.poll_frame().unwrap_err();
        assert_eq!(error.to_string(), "fixed-header flags are 1000, must be 0000 at byte 0 of the frame");
        frames.push(&[0xD0, 0x00]);
        assert_eq!(frames.poll_frame(), Err(error), "a broken stream stays broken");
    }

    #[test]
    fn refuses_a_frame_over_the_limit_before_it_has_arrived() {
        let mut frames = Frames::new(100);
        frames.push(&[0x30, 0x65]);
        let problem = FrameProblem::TooLarge { found: 101, limit: 100 };
        assert_eq!(frames.poll_frame(), Err(FrameError { offset: 1, problem }));
    }

    fn read_all(chunks: &[&[u8]]) -> (Vec<Frame>, Option<FrameError>) {
        let mut frames = Frames::new(1_000);
        let mut read = Vec::new();
        for chunk in chunks {
            frames.push(chunk);
            loop {
                match frames.poll_frame() {
                    Ok(Some(frame)) => read.push(frame),
                    Ok(None) => break,
                    Err(error) => return (read, Some(error)),
                }
            }
        }
        (read, None)
    }

    proptest! {
        #[test]
        fn any_bytes_give_the_same_frames_whatever_the_cuts(
            bytes in prop::collection::vec(any::<u8>(), 0..60),
            cut in 0usize..60,
        ) {
            let cut = cut.min(bytes.len());
            prop_assert_eq!(read_all(&[&bytes]), read_all(&[&bytes[..cut], &bytes[cut..]]));
            let single: Vec<&[u8]> = bytes.chunks(1).collect();
            prop_assert_eq!(read_all(&[&bytes]), read_all(&single));
        }
    }
}
