//! Why a connection ended or never began.

use frame::{ConnectReturnCode, FrameError, FrameProblem};
use onenet::rules::{Finding, RuleId};

use crate::event::Acknowledgement;

/// Why the platform ended a connection. The device is told nothing: it sees the connection close
/// (reference §1.3).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DropReason {
    /// The device broke a rule of the platform.
    #[error("rule {0}")]
    Rule(Finding),
    /// More connections than the platform holds.
    #[error("too many connections")]
    TooManyConnections,
    /// No whole CONNECT in time.
    #[error("no CONNECT in time")]
    ConnectTimeout,
    /// The bytes are no MQTT 3.1.1.
    #[error("malformed frame: {0}")]
    Malformed(FrameError),
    /// The same device logged in on another connection (reference §1.3).
    #[error("the device logged in again on another connection")]
    TakenOver,
    /// A packet of QoS 2, under the reading that the platform does not speak it (reference §1.4, V2.3). A
    /// message at QoS 2 breaks the rule `qos`.
    #[error("QoS 2 is not supported")]
    Qos2,
    /// No PUBREL in time after a PUBREC (reference §1.4).
    #[error("no PUBREL in time")]
    PubrelTimeout,
    /// An acknowledgement that the message with its identifier does not await (MQTT 3.1.1 §4.8).
    #[error("{} {id} is not what that message awaits", .acknowledgement.name())]
    WrongAcknowledgement {
        /// What came.
        acknowledgement: Acknowledgement,
        /// Its packet identifier.
        id: u16,
    },
    /// A packet that only a server may send.
    #[error("a packet that only a server may send")]
    ServerPacket,
    /// More bytes of unfinished frames, of all devices, than the limit allows.
    #[error("too many bytes of unfinished frames")]
    TooMuchUnfinished,
    /// The device takes, acknowledges or releases messages more slowly than they come: more of them wait for it
    /// than the limits allow. They are kept for its next login where it has a session (reference §1.5).
    #[error("too many bytes wait for the device")]
    TooSlow,
    /// A fault has cut the connection.
    #[error("a fault cut the connection")]
    Cut,
}

impl DropReason {
    /// The rule that was broken, where there is one about it.
    pub fn rule(&self) -> Option<RuleId> {
        match self {
            Self::Rule(finding) => Some(finding.rule),
            Self::Malformed(error) => rule_of(error.problem),
            Self::TakenOver => Some(RuleId::OneConnection),
            Self::TooManyConnections
            | Self::ConnectTimeout
            | Self::Qos2
            | Self::PubrelTimeout
            | Self::WrongAcknowledgement { .. }
            | Self::ServerPacket
            | Self::TooMuchUnfinished
            | Self::TooSlow
            | Self::Cut => None,
        }
    }

    pub(crate) fn broken(rule: RuleId) -> Self {
        Self::Rule(Finding::new(rule))
    }
}

/// The rule that a malformed frame breaks, where the platform's documents repeat what MQTT says.
fn rule_of(problem: FrameProblem) -> Option<RuleId> {
    match problem {
        FrameProblem::ProtocolName => Some(RuleId::ProtocolName),
        FrameProblem::ProtocolLevel(_) => Some(RuleId::ProtocolLevel),
        FrameProblem::ReservedConnectFlag => Some(RuleId::ReservedFlag),
        FrameProblem::PasswordWithoutUserName => Some(RuleId::LoginFlags),
        FrameProblem::WillFlags => Some(RuleId::WillFlags),
        FrameProblem::Qos3 => Some(RuleId::QosRange),
        FrameProblem::EmptyTopic => Some(RuleId::TopicEmpty),
        FrameProblem::Wildcard => Some(RuleId::TopicWildcard),
        FrameProblem::ReservedType(_)
        | FrameProblem::Flags { .. }
        | FrameProblem::DupAtQos0
        | FrameProblem::RemainingLength
        | FrameProblem::TooLarge { .. }
        | FrameProblem::Length { .. }
        | FrameProblem::Nul
        | FrameProblem::NotUtf8
        | FrameProblem::PasswordNotText
        | FrameProblem::FieldTooLong(_)
        | FrameProblem::NoFilter
        | FrameProblem::RequestedQos(_)
        | FrameProblem::PacketIdZero
        | FrameProblem::ConnackFlags(_)
        | FrameProblem::ReturnCode(_)
        | FrameProblem::Truncated => None,
    }
}

/// The code of a CONNACK that refuses (reference §1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RefusalCode {
    /// 1: the protocol level is not 4.
    #[error("protocol version not supported")]
    ProtocolVersion,
    /// 2: no such device.
    #[error("illegal client id")]
    ClientId,
    /// 3: no room for one more device.
    #[error("service unavailable")]
    Unavailable,
    /// 4: the product ID or the auth info is wrong.
    #[error("bad user name or password")]
    BadLogin,
    /// 5: the device may not log in. Only a fault answers with it: nothing says what else does.
    #[error("not authorised")]
    NotAuthorized,
}

impl RefusalCode {
    /// Every code, by number.
    pub const ALL: [Self; 5] =
        [Self::ProtocolVersion, Self::ClientId, Self::Unavailable, Self::BadLogin, Self::NotAuthorized];

    /// The code with this number, `None` for one that no refusal has.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.number() == number)
    }

    /// The number on the wire.
    pub fn number(self) -> u8 {
        match self {
            Self::ProtocolVersion => 1,
            Self::ClientId => 2,
            Self::Unavailable => 3,
            Self::BadLogin => 4,
            Self::NotAuthorized => 5,
        }
    }

    pub(crate) fn return_code(self) -> ConnectReturnCode {
        match self {
            Self::ProtocolVersion => ConnectReturnCode::RefusedProtocolVersion,
            Self::ClientId => ConnectReturnCode::BadClientId,
            Self::Unavailable => ConnectReturnCode::ServiceUnavailable,
            Self::BadLogin => ConnectReturnCode::BadUserNamePassword,
            Self::NotAuthorized => ConnectReturnCode::NotAuthorized,
        }
    }
}
