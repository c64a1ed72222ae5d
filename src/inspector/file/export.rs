//! Frames into a file.

use std::borrow::Cow;

use dissect::Head;

use super::format::{Format, Secrets};
use super::{hex, json_lines, pcapng};
use crate::inspector::Captured;

/// A frame as it goes into a file.
pub(super) struct Exported<'a> {
    /// When, which way, on which connection.
    pub frame: &'a Captured,
    /// Its bytes, or as many with stars where secrets were.
    pub bytes: Cow<'a, [u8]>,
    /// Whether there are such stars.
    pub masked: bool,
}

impl Exported<'_> {
    /// What the file says about it besides. Nothing where not even its first byte is known.
    pub fn head(&self) -> Head<'_> {
        let is_known = !self.masked || self.frame.bytes.first() == self.bytes.first();
        Head::read(if is_known { &self.bytes } else { &[] })
    }
}

/// Writes frames into a file, in the order in which they come.
pub fn export<'a>(format: Format, frames: impl Iterator<Item = &'a Captured>, secrets: Secrets) -> Vec<u8> {
    let mut exported = frames.map(|frame| match secrets {
        Secrets::Masked => masked(frame),
        Secrets::Shown => Exported { frame, bytes: Cow::Borrowed(&frame.bytes), masked: false },
    });
    match format {
        Format::Pcapng => pcapng::write(&mut exported, secrets),
        Format::JsonLines => json_lines::write(&mut exported),
        Format::Hex => hex::write(&mut exported),
    }
}

fn masked(frame: &Captured) -> Exported<'_> {
    let mut exported = Exported { frame, bytes: Cow::Borrowed(&frame.bytes), masked: false };
    for secret in frame.secrets() {
        exported.masked |= !secret.is_empty();
        if let Some(bytes) = exported.bytes.to_mut().get_mut(secret) {
            bytes.fill(b'*');
        }
    }
    exported
}
