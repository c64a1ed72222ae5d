//! What a session needs from the computer it runs on: rows of bytes that outlive the page, and to be the only tab
//! that writes them. Plain data; who keeps it is said by the [`World`](crate::client::World).

use std::any::Any;
use std::fmt;

/// One row of a session: some bytes and their name. Names are unique within a session.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is called.
    pub name: String,
    /// What it holds: nothing is said about it here.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Row {
    /// Tells how many bytes there are and not which: what a person sends is theirs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Row({:?}, {} bytes)", self.name, self.bytes.len())
    }
}

/// One change of a session's rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// This row is there from now on, whatever had its name before.
    Put(Row),
    /// No row of this name is there from now on; it is no error when none was.
    Delete(String),
}

/// Why rows were not read or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShelfError {
    /// There is no room for them.
    Full,
    /// They may not be kept here: a private window, or storage that is blocked or broken.
    Refused,
    /// Nothing was answered for too long.
    Silent,
    /// They are a newer page's, and mean something else.
    Newer,
}

/// A session that is this tab's alone, until this is dropped.
#[must_use = "dropping it lets another tab have the session"]
pub struct Claim(#[expect(dead_code, reason = "it is there to be dropped")] Box<dyn Any>);

impl Claim {
    /// A claim that ends by dropping `held`.
    pub fn new(held: impl Any) -> Self {
        Self(Box::new(held))
    }
}

impl fmt::Debug for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claim").finish_non_exhaustive()
    }
}
