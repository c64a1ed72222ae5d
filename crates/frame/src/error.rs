//! What can be wrong with one frame, and where.

use std::fmt;

/// A frame that breaks MQTT 3.1.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameError {
    /// Bytes from the first byte of the frame to the wrong one, as near as can be told.
    pub offset: usize,
    /// What is wrong there.
    pub problem: FrameProblem,
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {} of the frame", self.problem, self.offset)
    }
}

impl std::error::Error for FrameError {}

/// What is wrong with a frame. The clause that it breaks stands beside each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FrameProblem {
    /// Packet types 0 and 15 are reserved (§2.2.1).
    #[error("packet type {0} is reserved")]
    ReservedType(u8),
    /// The low four bits of the first byte are fixed for every type but PUBLISH (§2.2.2).
    #[error("fixed-header flags are {found:04b}, must be {expected:04b}")]
    Flags {
        /// The flags this packet type must have.
        expected: u8,
        /// The flags it had.
        found: u8,
    },
    /// A PUBLISH at QoS 0 must not be marked as a duplicate (§3.3.1.1).
    #[error("DUP is set at QoS 0")]
    DupAtQos0,
    /// Both QoS bits are set (§3.3.1.2).
    #[error("QoS is 3")]
    Qos3,
    /// The remaining length has more than four bytes (§2.2.3).
    #[error("remaining length has more than four bytes")]
    RemainingLength,
    /// The frame is larger than this end accepts.
    #[error("remaining length {found} is over the limit of {limit} bytes")]
    TooLarge {
        /// The remaining length the frame announces, in bytes.
        found: usize,
        /// The largest this end accepts, in bytes.
        limit: usize,
    },
    /// The remaining length does not fit this packet type (§3).
    #[error("remaining length is {found}, must be {expected}")]
    Length {
        /// The only remaining length this packet may have, in bytes.
        expected: usize,
        /// The remaining length it had, in bytes.
        found: usize,
    },
    /// The protocol name of a CONNECT is not `MQTT` (§3.1.2.1).
    #[error("protocol name is not MQTT")]
    ProtocolName,
    /// The protocol level of a CONNECT is not 4 (§3.1.2.2). A server may answer it with return code 1.
    #[error("protocol level {0} is not 4")]
    ProtocolLevel(u8),
    /// Bit 0 of the connect flags is set (§3.1.2.3).
    #[error("reserved connect flag is set")]
    ReservedConnectFlag,
    /// Will QoS or will retain without a will, or will QoS 3 (§3.1.2.5–7).
    #[error("will flags contradict each other")]
    WillFlags,
    /// Password flag without user name flag (§3.1.2.9).
    #[error("password without user name")]
    PasswordWithoutUserName,
    /// A topic name or filter is empty (§4.7.3).
    #[error("topic is empty")]
    EmptyTopic,
    /// The topic name of a PUBLISH or a will holds `+` or `#` (§3.3.2.1, §3.1.3.2).
    #[error("topic name holds a wildcard")]
    Wildcard,
    /// A string holds U+0000 (§1.5.3).
    #[error("string holds U+0000")]
    Nul,
    /// A string is not UTF-8 (§1.5.3).
    #[error("string is not UTF-8")]
    NotUtf8,
    /// The password of a CONNECT is not UTF-8. MQTT allows that (§3.1.3.5), but no such password can be read
    /// here.
    #[error("password is not UTF-8, which this server cannot read")]
    PasswordNotText,
    /// A length inside the frame points past its end.
    #[error("field of {0} bytes passes the end of the frame")]
    FieldTooLong(usize),
    /// A SUBSCRIBE or UNSUBSCRIBE names no topic filter (§3.8.3, §3.10.3).
    #[error("no topic filter")]
    NoFilter,
    /// The upper six bits of a requested QoS are not zero, or it is 3 (§3.8.3).
    #[error("requested QoS byte is {0:#04x}")]
    RequestedQos(u8),
    /// A packet identifier is zero (§2.3.1).
    #[error("packet identifier is zero")]
    PacketIdZero,
    /// Bits 7–1 of the connect acknowledge flags are not zero (§3.2.2.1).
    #[error("connect acknowledge flags are {0:#04x}")]
    ConnackFlags(u8),
    /// A return code without meaning (§3.2.2.3, §3.9.3).
    #[error("return code {0:#04x} has no meaning")]
    ReturnCode(u8),
    /// The frame ends before its fields do.
    #[error("frame ends too early")]
    Truncated,
}

/// A packet that cannot be written as MQTT 3.1.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// Strings and the password have a two-byte length (§1.5.3).
    #[error("string of {0} bytes is over the limit of 65535")]
    StringTooLong(usize),
    /// The remaining length has at most four bytes (§2.2.3).
    #[error("packet is over the limit of 268435455 bytes")]
    PacketTooLong,
    /// A packet that needs an identifier has zero (§2.3.1).
    #[error("packet identifier is zero")]
    PacketIdZero,
}
