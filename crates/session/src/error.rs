//! Why a session ends, and what it refuses to do.

use frame::{ConnectReturnCode, EncodeError, FrameError};

use crate::acknowledgement::Acknowledgement;
use crate::store::StoreError;

/// Why a session is over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CloseReason {
    /// This side said DISCONNECT.
    #[error("disconnected")]
    Disconnected,
    /// The server answered CONNECT with a code other than 0.
    #[error("login refused with return code {number}: {0}", number = .0.number())]
    Refused(ReturnCode),
    /// The link ended without a reason that MQTT knows.
    #[error("the link closed")]
    LinkClosed,
    /// The server did not answer CONNECT in time.
    #[error("no CONNACK")]
    NoConnack,
    /// The server did not answer PINGREQ in time.
    #[error("no PINGRESP")]
    NoPingResponse,
    /// The server broke the protocol.
    #[error("protocol violation: {0}")]
    Violation(Violation),
}

/// Return codes by which a server refuses a login (MQTT 3.1.1 §3.2.2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReturnCode {
    /// 1.
    #[error("unacceptable protocol version")]
    ProtocolVersion,
    /// 2.
    #[error("identifier rejected")]
    ClientId,
    /// 3.
    #[error("server unavailable")]
    Unavailable,
    /// 4.
    #[error("bad user name or password")]
    Credentials,
    /// 5.
    #[error("not authorized")]
    NotAuthorized,
}

impl ReturnCode {
    /// The byte that says it.
    pub fn number(self) -> u8 {
        match self {
            Self::ProtocolVersion => 1,
            Self::ClientId => 2,
            Self::Unavailable => 3,
            Self::Credentials => 4,
            Self::NotAuthorized => 5,
        }
    }

    /// `None` where the code accepts.
    pub(crate) fn from_code(code: ConnectReturnCode) -> Option<Self> {
        match code {
            ConnectReturnCode::Success => None,
            ConnectReturnCode::RefusedProtocolVersion => Some(Self::ProtocolVersion),
            ConnectReturnCode::BadClientId => Some(Self::ClientId),
            ConnectReturnCode::ServiceUnavailable => Some(Self::Unavailable),
            ConnectReturnCode::BadUserNamePassword => Some(Self::Credentials),
            ConnectReturnCode::NotAuthorized => Some(Self::NotAuthorized),
        }
    }
}

/// What the server did wrong. Each ends the session (MQTT 3.1.1 §4.8).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    /// A frame that breaks the rules by itself.
    #[error("{0}")]
    Frame(FrameError),
    /// Something else came before CONNACK (§3.2).
    #[error("{0} before CONNACK")]
    BeforeConnack(&'static str),
    /// A second CONNACK (§3.2).
    #[error("a second CONNACK")]
    SecondConnack,
    /// A packet that only clients send (§2.2.1).
    #[error("{0} from a server")]
    ClientPacket(&'static str),
    /// A SUBACK or UNSUBACK of nothing that waits for it (§2.3.1). Subscriptions are asked for on each connection,
    /// so no earlier one can be meant.
    #[error("{acknowledgement} for packet identifier {packet_id}, which waits for none")]
    UnknownPacketId {
        /// What came.
        acknowledgement: Acknowledgement,
        /// The identifier it names.
        packet_id: u16,
    },
    /// An acknowledgement of another kind than the one awaited under its packet identifier (§4.3).
    #[error("{acknowledgement} for packet identifier {packet_id}, which waits for {awaited}")]
    WrongAcknowledgement {
        /// What came.
        acknowledgement: Acknowledgement,
        /// The identifier it names.
        packet_id: u16,
        /// What is awaited under this identifier.
        awaited: Acknowledgement,
    },
    /// A SUBACK with too few or too many return codes (§3.9.3).
    #[error("{granted} return codes for {requested} topic filters")]
    GrantedCount {
        /// Filters in the SUBSCRIBE.
        requested: usize,
        /// Codes in the SUBACK.
        granted: usize,
    },
    /// A PINGRESP without PINGREQ (§3.13).
    #[error("PINGRESP without PINGREQ")]
    UnexpectedPingResponse,
}

impl Violation {
    /// Whether a server does so that was sent more than this session says.
    pub(crate) fn may_answer_others(&self) -> bool {
        match self {
            Self::SecondConnack
            | Self::UnknownPacketId { .. }
            | Self::WrongAcknowledgement { .. }
            | Self::GrantedCount { .. }
            | Self::UnexpectedPingResponse => true,
            Self::Frame(_) | Self::BeforeConnack(_) | Self::ClientPacket(_) => false,
        }
    }
}

/// A login that cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OptionsError {
    /// §3.1.2.9.
    #[error("password without user name")]
    PasswordWithoutUserName,
    /// §3.1.3.1.
    #[error("no client identifier, which only a clean session may lack")]
    NoClientId,
    /// §1.5.3.
    #[error("a text holds U+0000")]
    Nul,
    /// The will goes to no topic name (§3.1.3.2).
    #[error("last will: {0}")]
    WillTopic(TopicProblem),
    /// The will's payload is too long for its two-byte length (§3.1.3.3).
    #[error("last will has {length} bytes, the limit is 65535")]
    WillTooLong {
        /// The length of its payload in bytes.
        length: usize,
    },
    /// A text is too long.
    #[error(transparent)]
    Encode(#[from] EncodeError),
}

/// Why a session cannot go on where another ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ResumeError {
    /// The login cannot be written.
    #[error(transparent)]
    Options(#[from] OptionsError),
    /// What was stored is no state of a session.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A command that the session does not carry out. Nothing was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// The login is not accepted yet, or the session is over.
    #[error("not connected")]
    NotConnected,
    /// All 65,535 packet identifiers wait for their acknowledgement.
    #[error("no free packet identifier")]
    NoFreePacketId,
    /// As many messages are held as [`Options`](crate::Options) allow, or as many bytes as with this one.
    #[error("{messages} messages of {bytes} bytes are held already")]
    QueueFull {
        /// Messages held.
        messages: usize,
        /// Bytes of their topics and payloads.
        bytes: usize,
    },
    /// No message with this packet identifier is held.
    #[error("no such message is held")]
    NotHeld,
    /// The message was sent, and the server may still answer it.
    #[error("the message is on its way")]
    OnItsWay,
    /// The topic name or filter is none.
    #[error(transparent)]
    Topic(#[from] TopicProblem),
    /// A SUBSCRIBE or UNSUBSCRIBE needs at least one filter (§3.8.3).
    #[error("no topic filter")]
    NoFilter,
    /// Too long for MQTT.
    #[error(transparent)]
    Encode(#[from] EncodeError),
}

/// What is wrong with a topic name or filter (MQTT 3.1.1 §4.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TopicProblem {
    /// §4.7.3.
    #[error("topic is empty")]
    Empty,
    /// §3.3.2.1: only filters may hold `+` and `#`.
    #[error("topic name holds a wildcard")]
    Wildcard,
    /// §4.7.1: a wildcard fills its level, and `#` is the last.
    #[error("wildcard is misplaced")]
    MisplacedWildcard,
    /// §4.7.3.
    #[error("topic holds U+0000")]
    Nul,
    /// §4.7.3: its two-byte length.
    #[error("topic has {length} bytes, the limit is 65535")]
    TooLong {
        /// Its length in bytes.
        length: usize,
    },
}
