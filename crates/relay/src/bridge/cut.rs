//! Cuts a client's messages into small ones while they arrive, so that nobody has to hold a large one.
//! MQTT does not notice: message boundaries mean nothing to it (MQTT 3.1.1 §6). Knows the heads of frames
//! (RFC 6455 §5.2) and judges none: what a client must not send becomes a frame that the WebSocket library
//! refuses for the same reason.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, BufMut, BytesMut};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The largest message taken from a client, in bytes. MQTT.js sends every packet as one message, and OneNET
/// takes binaries of 3 MB.
pub const MAX_MESSAGE: usize = 4_194_304;

/// The largest message that comes out, in bytes, and the most that is read at once.
pub(super) const MAX_PIECE: usize = 8_192;

/// The longest head of a frame: two bytes, eight of length, four of mask.
const MAX_HEAD: usize = 14;

/// A byte pipe from a client whose messages come out cut. What is written goes through as it is.
#[derive(Debug)]
pub(super) struct Cut<S> {
    io: S,
    cutter: Cutter,
    /// What has been read and not cut yet; empty between two reads.
    chunk: BytesMut,
    /// What has been cut and not been taken yet.
    cut: BytesMut,
}

impl<S> Cut<S> {
    pub(super) fn new(io: S) -> Self {
        Self { io, cutter: Cutter::default(), chunk: BytesMut::new(), cut: BytesMut::new() }
    }

    /// The pipe itself. What has been read and not been taken is lost.
    pub(super) fn into_inner(self) -> S {
        self.io
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Cut<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        while this.cut.is_empty() {
            this.chunk.clear();
            this.chunk.reserve(MAX_PIECE);
            let room = &mut this.chunk.spare_capacity_mut()[..MAX_PIECE];
            let mut room = ReadBuf::uninit(room);
            ready!(Pin::new(&mut this.io).poll_read(cx, &mut room))?;
            let read = room.filled();
            if read.is_empty() {
                return Poll::Ready(Ok(()));
            }
            this.cutter.handle_input(read, &mut this.cut);
        }
        let length = this.cut.len().min(buffer.remaining());
        buffer.put_slice(&this.cut[..length]);
        this.cut.advance(length);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Cut<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}

/// Rewrites a stream of frames.
#[derive(Debug, Default)]
struct Cutter {
    place: Place,
    /// A message has begun whose last frame has not.
    is_fragmented: bool,
    /// Length of the message so far, in bytes.
    message: u64,
}

/// Where in the stream the next byte stands.
#[derive(Debug)]
enum Place {
    /// In the head of a frame, behind these bytes of it.
    Head(BytesMut),
    /// In a binary message, with this many bytes of the frame to come under this mask.
    Data { left: u64, mask: [u8; 4] },
    /// In a control frame, with this many bytes to come. They are short and stay as they are.
    Control { left: u64 },
    /// Behind what will be refused. Nothing here matters any more.
    Refused,
}

impl Default for Place {
    fn default() -> Self {
        Self::Head(BytesMut::new())
    }
}

impl Cutter {
    /// Takes the next bytes and adds what comes of them to `out`: no more than they are, and a head for
    /// every frame that begins or goes on in them.
    fn handle_input(&mut self, mut input: &[u8], out: &mut BytesMut) {
        while !input.is_empty() {
            match &mut self.place {
                Place::Head(bytes) => {
                    bytes.put_u8(input.get_u8());
                    if let Some(head) = Head::parse(bytes) {
                        let bytes = std::mem::take(bytes);
                        self.place = self.handle_head(&head, &bytes, out);
                    }
                }
                Place::Data { left, mask } => {
                    let length = length_in(input, *left);
                    put_message(out, *mask, &input[..length]);
                    // The mask goes on where this piece ends (RFC 6455 §5.3).
                    mask.rotate_left(length % 4);
                    *left -= length as u64;
                    if *left == 0 {
                        self.place = Place::default();
                    }
                    input.advance(length);
                }
                Place::Control { left } => {
                    let length = length_in(input, *left);
                    out.put_slice(&input[..length]);
                    *left -= length as u64;
                    if *left == 0 {
                        self.place = Place::default();
                    }
                    input.advance(length);
                }
                Place::Refused => return,
            }
        }
    }

    fn handle_head(&mut self, head: &Head, bytes: &[u8], out: &mut BytesMut) -> Place {
        let Some(mask) = head.mask.filter(|_| !head.is_reserved) else { return refuse(PROTOCOL, out) };
        match head.opcode {
            0x0 if self.is_fragmented => self.message = self.message.saturating_add(head.length),
            0x2 if !self.is_fragmented => self.message = head.length,
            0x1 if !self.is_fragmented => return refuse(TEXT, out),
            0x8..=0xF => {
                out.put_slice(bytes);
                return if head.length == 0 {
                    Place::default()
                } else {
                    Place::Control { left: head.length }
                };
            }
            _ => return refuse(PROTOCOL, out),
        }
        if self.message > MAX_MESSAGE as u64 {
            return refuse(TOO_BIG, out);
        }
        self.is_fragmented = !head.is_final;
        if head.length == 0 {
            put_message(out, mask, &[]);
            return Place::default();
        }
        Place::Data { left: head.length, mask }
    }
}

/// A frame of which the library says that it breaks the protocol: it continues no message.
const PROTOCOL: &[u8] = b"\x80\x80\0\0\0\0";

/// An empty text message, for one of any length.
const TEXT: &[u8] = b"\x81\x80\0\0\0\0";

/// The head of a message that is larger than the library is told to take.
const TOO_BIG: &[u8] = b"\x82\xFF\0\0\0\0\xFF\xFF\xFF\xFF\0\0\0\0";

fn refuse(frame: &[u8], out: &mut BytesMut) -> Place {
    out.put_slice(frame);
    Place::Refused
}

/// The head of a frame.
///
/// ```text
/// byte   0                    1                2 …           …
///      ┌───┬─────┬──────────┬───┬────────────┬─────────────┬──────────┐
///      │ F │ RSV │ opcode   │ M │ length, or │ u16, or u64 │ mask,    │
///      │   │     │          │   │ 126 or 127 │             │ if M     │
///      └───┴─────┴──────────┴───┴────────────┴─────────────┴──────────┘
/// ```
struct Head {
    is_final: bool,
    /// It has reserved bits, or a longer form of its length than needed.
    is_reserved: bool,
    opcode: u8,
    length: u64,
    mask: Option<[u8; 4]>,
}

impl Head {
    /// Reads a head, `None` while some of it is missing.
    fn parse(mut bytes: &[u8]) -> Option<Self> {
        let first = bytes.try_get_u8().ok()?;
        let second = bytes.try_get_u8().ok()?;
        let (length, least) = match second & 0x7F {
            126 => (bytes.try_get_u16().ok()?.into(), 126),
            127 => (bytes.try_get_u64().ok()?, 65_536),
            length => (length.into(), 0),
        };
        let mask = match second & 0x80 {
            0 => None,
            _ => Some(bytes.try_get_u32().ok()?.to_be_bytes()),
        };
        Some(Self {
            is_final: first & 0x80 != 0,
            is_reserved: first & 0x70 != 0 || length < least,
            opcode: first & 0x0F,
            length,
            mask,
        })
    }
}

/// How much of `input` belongs to a frame that has `left` bytes to come: no more than a piece.
fn length_in(input: &[u8], left: u64) -> usize {
    usize::try_from(left).unwrap_or(usize::MAX).min(input.len()).min(MAX_PIECE)
}

/// Adds a whole message with `payload`, which is masked already and no longer than a piece.
fn put_message(out: &mut BytesMut, mask: [u8; 4], payload: &[u8]) {
    out.reserve(MAX_HEAD + payload.len());
    out.put_u8(0x82);
    match u8::try_from(payload.len()) {
        Ok(length @ 0..126) => out.put_u8(0x80 | length),
        Ok(_) | Err(_) => {
            out.put_u8(0x80 | 126);
            out.put_uint(payload.len() as u64, 2);
        }
    }
    out.put_slice(&mask);
    out.put_slice(payload);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A client's frame: its first byte, and its payload under a mask.
    fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
        let mask = [0xA1, 0xB2, 0xC3, 0xD4];
        let mut bytes = vec![first];
        match payload.len() {
            length @ 0..126 => bytes.push(0x80 | length as u8),
            length @ 126..65_536 => {
                bytes.push(0x80 | 126);
                bytes.extend((length as u16).to_be_bytes());
            }
            length => {
                bytes.push(0x80 | 127);
                bytes.extend((length as u64).to_be_bytes());
            }
        }
        bytes.extend(mask);
        bytes.extend(payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask));
        bytes
    }

    fn cut(chunks: &[&[u8]]) -> BytesMut {
        let mut cutter = Cutter::default();
        let mut out = BytesMut::new();
        for chunk in chunks {
            cutter.handle_input(chunk, &mut out);
        }
        out
    }

    /// First byte and unmasked payload of every frame.
    fn frames(mut bytes: &[u8]) -> Vec<(u8, Vec<u8>)> {
        let mut frames = Vec::new();
        while !bytes.is_empty() {
            let length = (2..=MAX_HEAD).find(|&length| Head::parse(&bytes[..length]).is_some()).unwrap();
            let head = Head::parse(&bytes[..length]).unwrap();
            let (payload, rest) = bytes[length..].split_at(head.length as usize);
            let mask = head.mask.unwrap();
            let payload = payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask).collect();
            frames.push((bytes[0], payload));
            bytes = rest;
        }
        frames
    }

    #[test]
    fn holds_nothing_of_a_message_back() {
        let bytes = frame(0x82, &[7; 100_000]);
        let out = frames(&cut(&[&bytes[..20], &bytes[20..1_000]]));
        assert_eq!(out, [(0x82, vec![7; 6]), (0x82, vec![7; 980])]);
    }

    #[test]
    fn makes_one_message_of_every_fragment_and_lets_pings_pass_between_them() {
        let bytes = [frame(0x02, b"ab"), frame(0x89, b"ping"), frame(0x00, b""), frame(0x80, b"c")].concat();
        let out = frames(&cut(&[&bytes]));
        let expected: [(u8, &[u8]); 4] = [(0x82, b"ab"), (0x89, b"ping"), (0x82, b""), (0x82, b"c")];
        assert_eq!(out, expected.map(|(first, payload)| (first, payload.to_vec())));
    }

    #[test]
    fn hands_on_what_is_to_be_refused() {
        let unmasked = b"\x82\x01a".to_vec();
        let longer_form = b"\x82\xFE\0\x01\0\0\0\0a".to_vec();
        let large = [0x82, 0xFF].into_iter().chain((MAX_MESSAGE as u64 + 1).to_be_bytes()).chain([0; 4]);
        let endless = [frame(0x02, b"a"), b"\x00\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0\0\0".to_vec()];
        for (bytes, refusal) in [
            (unmasked, PROTOCOL),
            (longer_form, PROTOCOL),
            (frame(0xC2, b"a"), PROTOCOL),
            (frame(0x83, b"a"), PROTOCOL),
            (frame(0x80, b"a"), PROTOCOL),
            ([frame(0x02, b"a"), frame(0x82, b"b")].concat(), PROTOCOL),
            ([frame(0x02, b"a"), frame(0x81, b"b")].concat(), PROTOCOL),
            (frame(0x01, b"text"), TEXT),
            (large.collect(), TOO_BIG),
            (endless.concat(), TOO_BIG),
        ] {
            let out = cut(&[&bytes, &frame(0x82, b"more")]);
            assert!(out.ends_with(refusal), "{bytes:02x?}: {out:02x?}");
        }
    }

    proptest! {
        #[test]
        fn keeps_all_bytes_whatever_the_cuts(
            fragments in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 1..6),
            size in 1usize..500,
        ) {
            let last = fragments.len() - 1;
            let bytes: Vec<u8> = fragments.iter().enumerate().flat_map(|(index, fragment)| {
                let opcode = if index == 0 { 0x02 } else { 0x00 };
                frame(if index == last { 0x80 | opcode } else { opcode }, fragment)
            }).collect();
            let chunks: Vec<&[u8]> = bytes.chunks(size).collect();
            let out: Vec<u8> = frames(&cut(&chunks)).into_iter().flat_map(|(_, payload)| payload).collect();
            prop_assert_eq!(out, fragments.concat());
        }

        #[test]
        fn takes_any_bytes_whatever_the_cuts(bytes in prop::collection::vec(any::<u8>(), 0..300), size in 1usize..40) {
            let chunks: Vec<&[u8]> = bytes.chunks(size).collect();
            let whole = cut(&[&bytes]);
            // A control frame may be cut too short by the end of `bytes`: it has no other frame behind it.
            prop_assert!(cut(&chunks).len() >= whole.len());
        }
    }
}
