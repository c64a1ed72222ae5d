//! Any bytes as a stream of frames, cut anywhere. The first byte says where.

#![no_main]

use frame::{Frame, FrameError, Frames, Packet, encode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|script: &[u8]| {
    let Some((&cut, bytes)) = script.split_first() else { return };
    let whole = read(bytes, bytes.len().max(1));
    assert_eq!(whole, read(bytes, usize::from(cut).max(1)));
    let (frames, rest) = &whole;
    let mut at = 0;
    for frame in frames {
        assert!(bytes[at..].starts_with(&frame.bytes));
        at += frame.bytes.len();
        check(frame);
    }
    if let Err(error) = rest {
        assert!(at + error.offset <= bytes.len(), "{error}");
    }
});

/// Reads chunks of this many bytes.
fn read(bytes: &[u8], chunk: usize) -> (Vec<Frame>, Result<(), FrameError>) {
    let mut frames = Frames::new(1_000);
    let mut read = Vec::new();
    for chunk in bytes.chunks(chunk) {
        frames.push(chunk);
        loop {
            match frames.poll_frame() {
                Ok(Some(frame)) => read.push(frame),
                Ok(None) => break,
                Err(error) => return (read, Err(error)),
            }
        }
    }
    (read, Ok(()))
}

/// What was read can be written, and is then read as the same.
fn check(frame: &Frame) {
    // There is no way to write an empty user name or password, which may be read.
    if let Packet::Connect(connect) = &frame.packet
        && connect.login.as_ref().is_some_and(|login| login.username.is_empty() || login.password.is_empty())
    {
        return;
    }
    let written = encode(&frame.packet).expect("what was read has no field that is too long");
    let (frames, rest) = read(&written, written.len());
    assert_eq!(rest, Ok(()));
    assert_eq!(frames.len(), 1);
    assert_eq!(frames[0].packet, frame.packet);
}
