//! Collecting whole frames out of chunks that may be cut anywhere.

use bytes::{Buf, Bytes, BytesMut};
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
/// nobody can tell where the next would begin. What could not be read is kept for those who want to see it:
/// see [`take_rest`](Self::take_rest).
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

    /// Adds bytes as they arrived. After an error they are dropped.
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
        self.take_frame().inspect_err(|error| self.failed = Some(*error))
    }

    /// Everything that arrived and was no frame: an unfinished one, or, after an error, the bytes from the
    /// beginning of the frame at fault. How many there are depends on how the stream was cut: a fault is told
    /// before the rest of its frame has arrived.
    pub fn take_rest(&mut self) -> Bytes {
        std::mem::take(&mut self.buffer).freeze()
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

        let length = header.frame_length();
        let bytes = &self.buffer[..length];
        strict::check_bytes(bytes)?;
        let mut packet = v4::read(&mut BytesMut::from(bytes), self.max_remaining_length)
            .map_err(|error| strict::explain(bytes, error))?;
        strict::check_packet(bytes, &packet)?;

        // A copy of its own: who keeps a frame must not keep everything that arrived with it. And only one,
        // for who keeps both the frame and its payload.
        let bytes = Bytes::copy_from_slice(bytes);
        self.buffer.advance(length);
        if let Packet::Publish(publish) = &mut packet {
            publish.payload = bytes.slice(length - publish.payload.len()..);
        }
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

    #[test]
    fn keeps_what_could_not_be_read() {
        let mut frames = Frames::new(100);
        frames.push(&[0xD0, 0x00, 0x30, 0x04, 0x00, 0x02, b'a', b'#', 0xD0, 0x00]);
        assert!(frames.poll_frame().is_ok_and(|frame| frame.is_some()));
        frames.poll_frame().unwrap_err();
        frames.push(&[0x00]);
        assert_eq!(frames.take_rest(), [0x30, 0x04, 0x00, 0x02, b'a', b'#', 0xD0, 0x00].as_slice());
        assert_eq!(frames.take_rest(), Bytes::new());

        let mut frames = Frames::new(100);
        frames.push(&[0xD0, 0x00, 0x30, 0x04, 0x00]);
        while let Ok(Some(_)) = frames.poll_frame() {}
        assert_eq!(frames.take_rest(), [0x30, 0x04, 0x00].as_slice());
    }

    #[test]
    fn a_payload_shares_the_bytes_of_its_frame() {
        let mut frames = Frames::new(100);
        frames.push(b"\x32\x07\x00\x01a\x00\x09hi");
        let Frame { bytes, packet } = frames.poll_frame().unwrap().unwrap();
        let Packet::Publish(publish) = packet else { panic!("not a PUBLISH") };
        assert_eq!((&publish.payload[..], publish.payload.as_ptr()), (&b"hi"[..], bytes[7..].as_ptr()));
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
