//! What the platform asks of a device, and what became of it (reference §2.4, §3.2).

use std::fmt;

use bytes::Bytes;
use onenet::Timestamp;
use onenet::rules::Finding;
use onenet::studio::{Code, DecodeError, Identifier, Problem};
use onenet::sys::{self, TopicError};
use web_time::Instant;

/// Names one call for as long as the platform lives: never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallId(pub(crate) u64);

impl fmt::Display for CallId {
    /// The number, counted from 1.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Something that the platform asked a device for. A call is made when its message is sent; otherwise there is none,
/// but a [`CallError`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Names it.
    pub id: CallId,
    /// The device that is asked.
    pub device_id: String,
    /// Whose connection the question went to: the device's own, or its gateway's.
    pub carrier_id: String,
    /// What is asked for.
    pub kind: CallKind,
    /// What ties the answer to it: the command's id on the suite, `id` on the studio.
    pub message_id: String,
    /// The whole topic it was sent on.
    pub topic: String,
    /// What was sent, byte for byte.
    pub body: Bytes,
    /// How far it has come.
    pub state: CallState,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// When it times out, or has.
    pub expires_at: Timestamp,
    /// When the answer arrived.
    pub answered_at: Option<Timestamp>,
    /// What was answered, byte for byte.
    pub answer: Option<Bytes>,
    /// The moment of `expires_at`.
    pub(crate) deadline: Instant,
}

impl Call {
    /// What it holds.
    pub(crate) fn bytes(&self) -> usize {
        let names = self.device_id.len() + self.carrier_id.len() + self.message_id.len() + self.topic.len();
        size_of::<Self>() + names + self.body.len() + self.answer.as_ref().map_or(0, Bytes::len)
    }
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallKind {
    /// 命令下发, on the suite: raw bytes.
    Command,
    /// 属性设置, on the studio.
    PropertySet,
    /// 属性获取, on the studio.
    PropertyGet,
    /// 服务调用, on the studio.
    Service(Identifier),
}

/// How far a call has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallState {
    /// Sent; there is still time for an answer.
    Sent,
    /// Answered in time, on the studio with this code.
    Answered(Option<Code>),
    /// Something came in time that is no answer (304).
    Unreadable(DecodeError),
    /// Nothing came in time.
    TimedOut,
}

/// A call that was not made. Nothing was sent and nothing is remembered of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// No device has this id.
    #[error("device not found: {0}")]
    UnknownDevice(String),
    /// The device is of another platform, which has no such call.
    #[error("the device is of another platform")]
    OtherPlatform {
        /// Its platform; `None`: the legacy one.
        found: Option<sys::Platform>,
    },
    /// The device is not online.
    #[error("device not online: {0}")]
    NotOnline(String),
    /// The device, or its gateway, is not subscribed to the topic.
    #[error("the device is not subscribed to {topic}")]
    NotSubscribed {
        /// The whole topic.
        topic: String,
    },
    /// Much is still to be carried to the device.
    #[error("the device takes less than it is sent")]
    NotWritable,
    /// The id of a command cannot stand in a topic.
    #[error("command id: {0}")]
    Id(#[from] TopicError),
    /// A remembered command has the same id.
    #[error("command id is already used")]
    IdUsed,
    /// The message is larger than the platform sends.
    #[error("message has {length} bytes, the limit is {limit}")]
    TooLong {
        /// Its length in bytes.
        length: usize,
        /// The most it may have.
        limit: usize,
    },
    /// The values do not fit the thing model, or each other.
    #[error("values do not fit: {}", .0.first().map(ToString::to_string).unwrap_or_default())]
    Problems(Vec<Problem>),
    /// It is asked more often than the platform allows.
    #[error("rule {0}")]
    Rate(Finding),
    /// What is kept of the device has no room for it.
    #[error("no room for so much")]
    NoRoom,
}

impl CallError {
    /// By which code the studio says so, where that is documented (reference §3.3).
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::UnknownDevice(_) => Some(Code(1107)),
            Self::NotOnline(_) => Some(Code::OFFLINE),
            Self::NotSubscribed { .. } => Some(Code::NOT_SUBSCRIBED),
            Self::NotWritable => Some(Code(1021)),
            Self::Problems(problems) => problems.iter().find_map(Problem::code),
            Self::TooLong { .. } => Some(Code::BAD_REQUEST),
            Self::OtherPlatform { .. } | Self::Id(_) | Self::IdUsed | Self::Rate(_) | Self::NoRoom => None,
        }
    }
}
