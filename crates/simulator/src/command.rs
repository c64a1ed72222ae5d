//! A command to a device and its answer (reference §1.8).

use std::time::Duration;

use bytes::Bytes;
use onenet::Timestamp;
use onenet::legacy::{CommandId, TopicError};
use onenet::rules::RuleId;
use web_time::Instant;

use crate::connection::ConnectionId;
use crate::event::Event;

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
    /// How often and how long it is sent.
    pub options: CommandOptions,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops being kept for a login, where it is kept.
    pub expires_at: Option<Timestamp>,
    /// When it was last handed over for its device.
    pub sent_at: Option<Timestamp>,
    /// When the answer arrived.
    pub answered_at: Option<Timestamp>,
    /// What the device answered, byte for byte.
    pub answer: Option<Bytes>,
    /// The moment of `expires_at`.
    pub(crate) deadline: Option<Instant>,
    /// The connection that it is the turn of: it is handed over there as soon as the device does not lag.
    pub(crate) queued: Option<ConnectionId>,
}

impl Command {
    /// Whether the login of its device at `now` gets it.
    pub(crate) fn is_due(&self, now: Instant) -> bool {
        if self.queued.is_some() || self.deadline.is_some_and(|deadline| deadline <= now) {
            return false;
        }
        match self.state {
            CommandState::Created => self.deadline.is_some() || self.options.qos == CommandQos::UntilAnswered,
            CommandState::Sent => self.options.qos == CommandQos::UntilAnswered,
            CommandState::Answered | CommandState::Expired => false,
        }
    }

    /// What it holds.
    pub(crate) fn bytes(&self) -> usize {
        self.body.len() + self.answer.as_ref().map_or(0, Bytes::len)
    }

    /// Whether its device may know it and has not answered.
    pub(crate) fn may_be_answered(&self) -> bool {
        match self.state {
            CommandState::Created | CommandState::Sent => true,
            CommandState::Answered | CommandState::Expired => false,
        }
    }

    /// When it expires, while it may.
    pub(crate) fn expiry(&self) -> Option<Instant> {
        self.deadline.filter(|_| self.state == CommandState::Created)
    }

    /// Gives it up, with the event that says so.
    pub(crate) fn expire(&mut self) -> Event {
        self.state = CommandState::Expired;
        self.queued = None;
        Event::CommandExpired { command_id: self.id.as_str().to_owned(), device_id: self.device_id.clone() }
    }

    /// Whether it has no login to wait for: it was for a device that was online, once.
    pub(crate) fn is_for_now(&self) -> bool {
        self.state == CommandState::Created && self.deadline.is_none() && self.options.qos == CommandQos::Once
    }
}

/// How often and how long a command is sent. The default is once, to a device that is online.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CommandOptions {
    /// How often.
    pub qos: CommandQos,
    /// How long it is kept for a device that is not online. Zero: the device must be online.
    pub keep_for: Duration,
}

/// How often a command is sent, `qos` of the HTTP API (reference §1.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CommandQos {
    /// 0: once.
    #[default]
    Once,
    /// 1: again at every login of its device until it is answered or expires.
    UntilAnswered,
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
    /// Not sent in time: it never will be. The HTTP API's documents have no number for it, so it keeps 1.
    Expired,
}

impl CommandState {
    /// `data.status` of the HTTP API (reference §1.9).
    pub fn number(self) -> u8 {
        match self {
            Self::Created | Self::Expired => 1,
            Self::Sent => 2,
            Self::Answered => 4,
        }
    }
}

/// A command that was not made. Nothing was sent and nothing is remembered of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// No device of the legacy platform has this id.
    #[error("device not found: {0}")]
    UnknownDevice(String),
    /// The device is not logged in and the command is not to be kept (reference §1.9, errno 10).
    #[error("device not online: {0}")]
    NotOnline(String),
    /// The command's id cannot stand in a topic.
    #[error("command id: {0}")]
    Id(#[from] TopicError),
    /// A remembered command has the same id.
    #[error("command id is already used")]
    IdUsed,
    /// The body is 64 KB or more (reference §1.9): rule `command-size`.
    #[error("command body has {length} bytes, the limit is {MAX_COMMAND_BODY}")]
    BodyTooLong {
        /// Its length in bytes.
        length: usize,
    },
}

impl CommandError {
    /// The rule that the command breaks, where there is one about it.
    pub fn rule(&self) -> Option<RuleId> {
        match self {
            Self::BodyTooLong { .. } => Some(RuleId::CommandSize),
            Self::UnknownDevice(_) | Self::NotOnline(_) | Self::Id(_) | Self::IdUsed => None,
        }
    }
}
