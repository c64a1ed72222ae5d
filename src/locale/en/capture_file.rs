//! Capture files and pasted bytes.

use crate::locale::words::CaptureFileWords;

pub(super) const CAPTURE_FILE: CaptureFileWords = CaptureFileWords { title: "Capture files" };
