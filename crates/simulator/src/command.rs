//! Commands to devices and their answers (reference §1.8).

use std::collections::VecDeque;

use bytes::Bytes;
use onenet::Timestamp;
use onenet::legacy::{CommandId, TopicError};

/// The longest body of a command, in bytes: it must be under 64 KB (reference §1.9).
pub const MAX_COMMAND_BODY: usize = 65_535;

/// A command and what became of it (reference §1.8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// What ties it to its answer.
    pub id: CommandId,
    /// The device it is for.
    pub device_id: String,
    /// What the device gets, byte for byte.
    pub body: Bytes,
    /// How far it has come.
    pub state: CommandState,
    /// When it was made.
    pub created_at: Timestamp,
    /// When the answer arrived.
    pub answered_at: Option<Timestamp>,
    /// What the device answered, byte for byte.
    pub answer: Option<Bytes>,
}

/// How far a command has come, by the numbers of the HTTP API (reference §1.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandState {
    /// 1: made, its frame not yet polled.
    Created,
    /// 2: handed over for the device.
    Sent,
    /// 4: answered by the device.
    Answered,
}

impl CommandState {
    /// `data.status` of the HTTP API (reference §1.9).
    pub fn number(self) -> u8 {
        match self {
            Self::Created => 1,
            Self::Sent => 2,
            Self::Answered => 4,
        }
    }
}

/// A command that was not made. Nothing was sent and nothing is remembered of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// No device has this id.
    #[error("device not found: {0}")]
    UnknownDevice(String),
    /// The device is not logged in; commands are not kept for later (reference §1.9, errno 10).
    #[error("device not online: {0}")]
    NotOnline(String),
    /// The command's id cannot stand in a topic.
    #[error("command id: {0}")]
    Id(#[from] TopicError),
    /// A remembered command has the same id.
    #[error("command id is already used")]
    IdUsed,
    /// The body is 64 KB or more (reference §1.9).
    #[error("command body has {length} bytes, the limit is {MAX_COMMAND_BODY}")]
    BodyTooLong {
        /// Its length in bytes.
        length: usize,
    },
}

/// The commands remembered, oldest first.
#[derive(Debug)]
pub(crate) struct Commands {
    kept: VecDeque<Command>,
    limit: usize,
    evicted: u64,
}

impl Commands {
    pub(crate) fn new(limit: usize) -> Self {
        Self { kept: VecDeque::new(), limit, evicted: 0 }
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Command> {
        self.kept.iter().rev().find(|command| command.id.as_str() == id)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Command> {
        self.kept.iter_mut().rev().find(|command| command.id.as_str() == id)
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Command> {
        self.kept.iter()
    }

    pub(crate) fn evicted(&self) -> u64 {
        self.evicted
    }

    pub(crate) fn push(&mut self, command: Command) {
        self.kept.push_back(command);
        if self.kept.len() > self.limit {
            self.kept.pop_front();
            self.evicted += 1;
        }
    }
}
