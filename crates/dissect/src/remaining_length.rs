//! The number in the fixed header that says where a frame ends.

/// The remaining length of a frame (MQTT 3.1.1 §2.2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RemainingLength {
    /// How many bytes follow the fixed header, by what it says.
    pub value: usize,
    /// In how many bytes it is written, 1 to 4.
    pub width: usize,
}

impl RemainingLength {
    /// Reads it behind the first byte of a frame. `None` where it is not there as a whole, and where it does not
    /// end within four bytes. One in more bytes than it takes is read all the same.
    pub fn read(frame: &[u8]) -> Option<Self> {
        Self::of_digits(frame.get(1..)?)
    }

    /// Reads it where it begins.
    pub(crate) fn of_digits(digits: &[u8]) -> Option<Self> {
        let mut value = 0;
        for (index, digit) in digits.iter().take(Self::WIDEST).enumerate() {
            value |= usize::from(digit & 0x7F) << (7 * index);
            if digit & 0x80 == 0 {
                return Some(Self { value, width: index + 1 });
            }
        }
        None
    }

    /// The most bytes that it may be written in.
    pub(crate) const WIDEST: usize = 4;

    /// Bytes of the fixed header that it ends: the first byte and its own.
    pub fn header_length(self) -> usize {
        1 + self.width
    }

    /// Bytes of the whole frame, fixed header included.
    pub fn frame_length(self) -> usize {
        self.header_length() + self.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_up_to_four_bytes() {
        let read = |frame: &[u8]| RemainingLength::read(frame).map(|length| (length.value, length.width));
        assert_eq!(read(b"\xC0\x00"), Some((0, 1)));
        assert_eq!(read(b"\x30\x98\x01"), Some((152, 2)));
        assert_eq!(read(b"\x30\xFF\xFF\xFF\x7F"), Some((268_435_455, 4)));
        assert_eq!(read(b"\x30\x80\x00"), Some((0, 2)));
        assert_eq!(read(b"\x30\x80\x80\x80\x80\x01"), None);
        assert_eq!(read(b"\x30\x80"), None);
        assert_eq!(read(b"\x30"), None);
        assert_eq!(read(b""), None);
        assert_eq!(RemainingLength::read(b"\x30\x98\x01").map(RemainingLength::frame_length), Some(155));
    }
}
