//! Frames that were read from a file.

use crate::inspector::Capture;
use crate::inspector::file::{self, ImportProblem};

/// The frames of a file, shown in place of the live ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// Which file it is, counted over the life of the page.
    pub opened: u32,
    /// The file's name.
    pub name: String,
    /// What could be read.
    pub capture: Capture,
    /// Why not more could be read.
    pub problem: Option<ImportProblem>,
}

impl Imported {
    /// Reads a file. What is damaged is read as far as it goes.
    pub fn read(name: String, bytes: &[u8]) -> Self {
        let file::Import { frames, problem } = file::import(bytes);
        let mut capture = Capture::default();
        for frame in frames {
            capture.push(frame);
        }
        Self { opened: 0, name, capture, problem }
    }
}
