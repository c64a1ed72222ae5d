//! Bytes that a person wrote, on their way to a link.

use std::fmt;

use bytes::Bytes;

/// Bytes that a person wrote, to be sent as they are.
#[derive(Clone, PartialEq, Eq)]
pub struct Raw {
    /// The bytes: any.
    pub bytes: Bytes,
    /// Whether a password may be among them.
    pub secret: bool,
}

impl fmt::Debug for Raw {
    /// Leaves the bytes out: they may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Raw").field("length", &self.bytes.len()).finish_non_exhaustive()
    }
}
