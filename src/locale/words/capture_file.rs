//! Capture files and pasted bytes.

/// The words of capture files and pasted bytes.
#[expect(missing_docs, reason = "the names say where the words stand; the words say the rest")]
pub struct CaptureFileWords {
    pub title: &'static str,
}
