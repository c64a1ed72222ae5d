//! Whether uploads outlive the page, and those that did.

use std::collections::BTreeMap;

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
    /// Entries among them that cannot be read.
    pub damaged: usize,
    /// Who has them.
    pub whereabouts: Whereabouts,
}

/// Who has the uploads that wait for a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whereabouts {
    /// They are on this computer: any page can go on with them.
    Computer,
    /// They could not be written, or shall not be: they end with this page.
    Page,
    /// Another tab has the device, and alone can send or delete what there is of it.
    OtherTab,
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
    /// Entries that were read and made no sense, by device.
    pub damaged: BTreeMap<String, usize>,
}

impl Keeping {
    /// So many entries of the device that `key` names make no sense.
    pub fn note_damaged(&mut self, key: String, rows: usize) {
        match rows {
            0 => self.damaged.remove(&key),
            rows => self.damaged.insert(key, rows),
        };
    }

    /// Entries that make no sense and are left where they are.
    pub fn unreadable(&self) -> usize {
        self.damaged.values().sum()
    }
}

impl Default for Keeping {
    fn default() -> Self {
        Self { wanted: true, recording: Recording::Off, shelved: Vec::new(), damaged: BTreeMap::new() }
    }
}
