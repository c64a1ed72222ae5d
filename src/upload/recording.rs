//! Whether uploads outlive the page, and those that did.

use crate::client::ShelfError;

/// Whether unsent uploads are kept on this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Recording {
    /// The person does not want it, or no device is connected.
    #[default]
    Off,
    /// Everything that waits is kept.
    On,
    /// It cannot be: what was uploaded since then waits in this page only.
    Stopped(Stop),
}

/// Why uploads cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// There is no room.
    Full,
    /// The browser does not allow it.
    Refused,
    /// The browser does not answer.
    Silent,
    /// A newer page has written there what this one does not understand.
    Newer,
}

impl From<ShelfError> for Stop {
    fn from(error: ShelfError) -> Self {
        match error {
            ShelfError::Full => Self::Full,
            ShelfError::Refused => Self::Refused,
            ShelfError::Silent => Self::Silent,
            ShelfError::Newer => Self::Newer,
        }
    }
}

/// Uploads of a device that wait until somebody logs in as it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelved {
    /// Names them.
    pub key: String,
    /// Where they go: an address, none for the platform in this page.
    pub address: Option<String>,
    /// 设备 ID.
    pub device_id: String,
    /// How many.
    pub uploads: usize,
}

/// What is kept on this computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeping {
    /// Whether the person wants unsent uploads to be kept.
    pub wanted: bool,
    /// Whether those of the present device are.
    pub recording: Recording,
    /// Those of other devices, and of this one while it is not logged in.
    pub shelved: Vec<Shelved>,
    /// Rows that were read and made no sense.
    pub damaged: usize,
}

impl Default for Keeping {
    fn default() -> Self {
        Self { wanted: true, recording: Recording::Off, shelved: Vec::new(), damaged: 0 }
    }
}
