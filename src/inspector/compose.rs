//! Frames made by hand: any bytes, right or wrong.

use std::fmt::Write as _;

use dissect::RemainingLength;

/// Bytes as hex, two digits each, sixteen in a line.
pub fn to_hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(3 * bytes.len());
    for (index, byte) in bytes.iter().enumerate() {
        match index {
            0 => {}
            index if index % 16 == 0 => text.push('\n'),
            _ => text.push(' '),
        }
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02X}");
    }
    text
}

/// The bytes with one bit of one byte turned round; unchanged where there is no such byte.
pub fn flip(bytes: &[u8], offset: usize, bit: u8) -> Vec<u8> {
    let mut flipped = bytes.to_vec();
    if let Some(byte) = flipped.get_mut(offset) {
        *byte ^= 1 << (bit & 7);
    }
    flipped
}

/// The bytes as one frame whose remaining length is right (MQTT 3.1.1 §2.2.3): whatever stands behind the
/// length is counted. `None` for bytes without a remaining length, and for more than it can say.
pub fn with_remaining_length(bytes: &[u8]) -> Option<Vec<u8>> {
    let &first = bytes.first()?;
    let rest = bytes.get(RemainingLength::read(bytes)?.header_length()..)?;
    let mut frame = vec![first];
    let mut left = rest.len();
    for _ in 0..4 {
        let digit = (left % 128) as u8;
        left /= 128;
        frame.push(if left > 0 { digit | 0x80 } else { digit });
        if left == 0 {
            frame.extend_from_slice(rest);
            return Some(frame);
        }
    }
    None
}

/// Whether a secret may be among the bytes: they begin as a login does, one of the form's is in them, or what every
/// signed token has.
pub fn may_be_secret(bytes: &[u8], secrets: &[&str]) -> bool {
    let begins_as_login = bytes.first().is_some_and(|first| first >> 4 == 1);
    let is_there = |secret: &&str| {
        let secret = secret.as_bytes();
        !secret.is_empty() && bytes.windows(secret.len()).any(|part| part == secret)
    };
    begins_as_login || is_there(&"sign=") || secrets.iter().any(is_there)
}

#[cfg(test)]
mod tests {
    use dissect::split;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn writes_sixteen_bytes_a_line() {
        assert_eq!(to_hex(b"\x10\x02\xFF"), "10 02 FF");
        assert_eq!(to_hex(&[0; 17]).lines().map(str::len).collect::<Vec<_>>(), [47, 2]);
        assert_eq!(to_hex(b""), "");
    }

    #[test]
    fn turns_one_bit_round() {
        assert_eq!(flip(b"\x30\x00", 0, 1), b"\x32\x00");
        assert_eq!(flip(b"\x30\x00", 2, 1), b"\x30\x00");
    }

    #[test]
    fn a_password_makes_bytes_secret_wherever_it_stands() {
        assert!(may_be_secret(b"\x30\x04key1", &["other", "key1"]));
        assert!(may_be_secret(b"\x1F", &[""]));
        assert!(may_be_secret(b"\x30\x09&sign=abc", &[]));
        assert!(!may_be_secret(b"\x30\x04key1", &["key2"]));
        assert!(!may_be_secret(b"\x30\x04key1", &[""]));
        assert!(!may_be_secret(b"", &["key1"]));
    }

    #[test]
    fn counts_what_stands_behind_the_length() {
        assert_eq!(with_remaining_length(b"\x30\x09abc"), Some(b"\x30\x03abc".to_vec()));
        assert_eq!(with_remaining_length(b"\x30"), None);
        assert_eq!(with_remaining_length(b""), None);
        let long = [&b"\x30\x00"[..], &[7; 200]].concat();
        assert_eq!(with_remaining_length(&long).unwrap()[..3], [0x30, 0xC8, 0x01]);
    }

    proptest! {
        #[test]
        fn the_corrected_bytes_are_one_whole_frame(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let Some(frame) = with_remaining_length(&bytes) else { return Ok(()) };
            if !matches!(frame[0] >> 4, 0 | 15) {
                prop_assert_eq!(split(&frame).frames, vec![0..frame.len()]);
            }
        }
    }
}
