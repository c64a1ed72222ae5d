//! What happened, for whoever watches the platform.

use std::collections::VecDeque;

use frame::{ConnectReturnCode, FrameError};
use onenet::legacy::{DecodeError, TopicError};

use crate::connection::ConnectionId;

/// Something that happened. Every connection begins with `Opened` and ends with exactly one of
/// `Refused`, `Dropped` and `Closed`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A connection was opened; nobody knows whose it is.
    Opened {
        /// The new connection.
        connection: ConnectionId,
    },
    /// A device logged in (reference §1.3, code 0).
    LoggedIn {
        /// Its connection.
        connection: ConnectionId,
        /// The device.
        device_id: String,
    },
    /// A login was refused with a CONNACK, and the connection closed (reference §1.3).
    Refused {
        /// The connection it came on.
        connection: ConnectionId,
        /// The code of the CONNACK.
        code: RefusalCode,
    },
    /// An upload to `$dp` was stored (reference §1.4). The data points stand in the device.
    Stored {
        /// The device's connection.
        connection: ConnectionId,
        /// The device.
        device_id: String,
        /// How many data points the upload had.
        points: usize,
    },
    /// A message on a user topic was passed on (reference §1.5).
    Forwarded {
        /// The device that published it.
        device_id: String,
        /// Its topic.
        topic: String,
        /// Subscribers that get it.
        receivers: usize,
        /// Subscribers that do not, because too much already waits for them.
        discarded: usize,
    },
    /// A command was handed over for its device (reference §1.8).
    CommandSent {
        /// The command.
        command_id: String,
        /// The device it went to.
        device_id: String,
    },
    /// A device answered a command (reference §1.8).
    CommandAnswered {
        /// The command.
        command_id: String,
        /// The device that answered.
        device_id: String,
    },
    /// An answer was acknowledged and not kept: the command is unknown, another device's or already
    /// answered.
    AnswerDiscarded {
        /// The command that the topic names.
        command_id: String,
        /// The device that answered.
        device_id: String,
    },
    /// The platform ended a connection (reference §1.3).
    Dropped {
        /// The connection.
        connection: ConnectionId,
        /// Whose it was, once logged in.
        device_id: Option<String>,
        /// Why.
        reason: DropReason,
    },
    /// The device ended a connection, with a DISCONNECT or without.
    Closed {
        /// The connection.
        connection: ConnectionId,
        /// Whose it was, once logged in.
        device_id: Option<String>,
    },
}

/// Why the platform ended a connection. The device is told nothing: it sees the connection close
/// (reference §1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DropReason {
    /// More connections than the platform holds.
    #[error("too many connections")]
    TooManyConnections,
    /// No whole CONNECT in time.
    #[error("no CONNECT in time")]
    ConnectTimeout,
    /// The first packet was not a CONNECT.
    #[error("a packet came before CONNECT")]
    BeforeConnect,
    /// The bytes are no MQTT 3.1.1.
    #[error("malformed frame: {0}")]
    Malformed(FrameError),
    /// A CONNECT without user name or without password (reference §1.2).
    #[error("CONNECT without user name or password")]
    LoginMissing,
    /// A CONNECT with keep alive 0 (reference §1.2).
    #[error("CONNECT with keep alive 0")]
    KeepAliveZero,
    /// A CONNECT after the login (MQTT 3.1.1 §3.1).
    #[error("second CONNECT on one connection")]
    SecondConnect,
    /// The same device logged in on another connection (reference §1.3).
    #[error("the device logged in again on another connection")]
    TakenOver,
    /// No packet for one and a half times the keep alive (reference §1.2).
    #[error("nothing heard for one and a half times the keep alive")]
    KeepAlive,
    /// An upload that cannot be read (reference §1.6).
    #[error("unreadable upload to $dp: {0}")]
    Undecodable(DecodeError),
    /// An upload with RETAIN set (reference §1.4).
    #[error("RETAIN is set on an upload to $dp")]
    RetainedUpload,
    /// A packet of QoS 2, which this platform does not speak yet.
    #[error("QoS 2 is not supported")]
    Qos2,
    /// A device published to `$creq/…`, where only the platform may (reference §1.8).
    #[error("a device published to $creq")]
    CommandByDevice,
    /// A device published to a topic that it may not have (reference §1.5).
    #[error("publish refused: {0}")]
    Topic(TopicError),
    /// A packet that only a server may send.
    #[error("a packet that only a server may send")]
    ServerPacket,
    /// More frames unpolled than the limit allows.
    #[error("too many bytes wait for the device")]
    TooSlow,
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
}

impl RefusalCode {
    /// The number on the wire.
    pub fn number(self) -> u8 {
        match self {
            Self::ProtocolVersion => 1,
            Self::ClientId => 2,
            Self::Unavailable => 3,
            Self::BadLogin => 4,
        }
    }

    pub(crate) fn return_code(self) -> ConnectReturnCode {
        match self {
            Self::ProtocolVersion => ConnectReturnCode::RefusedProtocolVersion,
            Self::ClientId => ConnectReturnCode::BadClientId,
            Self::Unavailable => ConnectReturnCode::ServiceUnavailable,
            Self::BadLogin => ConnectReturnCode::BadUserNamePassword,
        }
    }
}

/// The events nobody has polled yet, the newest of them if there are too many.
#[derive(Debug)]
pub(crate) struct Events {
    queue: VecDeque<Event>,
    limit: usize,
    discarded: u64,
}

impl Events {
    pub(crate) fn new(limit: usize) -> Self {
        Self { queue: VecDeque::new(), limit, discarded: 0 }
    }

    pub(crate) fn push(&mut self, event: Event) {
        self.queue.push_back(event);
        if self.queue.len() > self.limit {
            self.queue.pop_front();
            self.discarded += 1;
        }
    }

    pub(crate) fn pop(&mut self) -> Option<Event> {
        self.queue.pop_front()
    }

    pub(crate) fn discarded(&self) -> u64 {
        self.discarded
    }
}
