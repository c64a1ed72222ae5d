//! What happened, for whoever watches the platform.

use std::collections::VecDeque;
use std::ops::AddAssign;

use onenet::rules::Finding;

use crate::connection::ConnectionId;
use crate::fault::{Fault, FrameHead};
use crate::reason::{DropReason, RefusalCode};
use crate::sys::SysEvent;

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
        /// The rule that the login breaks, where it breaks one.
        finding: Option<Finding>,
    },
    /// Something that the platform acts upon as if it had not come.
    Ignored {
        /// The connection it came on.
        connection: ConnectionId,
        /// The rule that it breaks.
        finding: Finding,
    },
    /// An upload was stored (reference §1.4, §1.9). The data points stand in the device.
    Stored {
        /// The device's connection, none where it came over HTTP.
        connection: Option<ConnectionId>,
        /// The device.
        device_id: String,
        /// How many data points the upload had.
        points: usize,
    },
    /// A filter of a SUBSCRIBE was refused with 0x80 (reference §1.5).
    SubscriptionRefused {
        /// The device's connection.
        connection: ConnectionId,
        /// The device.
        device_id: String,
        /// The filter.
        filter: String,
        /// The rule that it breaks.
        finding: Finding,
    },
    /// A message on a user topic was passed on (reference §1.5).
    Forwarded {
        /// The device that published it, none where it came over HTTP.
        device_id: Option<String>,
        /// Its topic.
        topic: String,
        /// Who gets it.
        reach: Reach,
    },
    /// The data points of an upload were passed on to those who subscribed to them (reference §1.5). Every
    /// data point is a message of its own.
    PointsForwarded {
        /// The device that uploaded them.
        device_id: String,
        /// Who gets them, summed over the messages.
        reach: Reach,
    },
    /// A device that logged in got what was kept for it meanwhile (reference §1.5).
    CaughtUp {
        /// The device.
        device_id: String,
        /// How many messages it gets.
        messages: usize,
    },
    /// A device came back to its session and gets again what it has not acknowledged (MQTT 3.1.1 §4.4).
    Resent {
        /// Its connection.
        connection: ConnectionId,
        /// The device.
        device_id: String,
        /// How many messages, with DUP.
        messages: usize,
        /// How many PUBRELs.
        releases: usize,
    },
    /// A message at QoS 2 came again before it was released: it is acknowledged again and nothing else (MQTT
    /// 3.1.1 §4.3.3).
    Repeated {
        /// The device's connection.
        connection: ConnectionId,
        /// The device.
        device_id: String,
        /// Its packet identifier.
        packet_id: u16,
    },
    /// An acknowledgement names no message that is under way. A PUBREC is answered with a PUBREL and a PUBREL
    /// with a PUBCOMP, so that the device can be done with it.
    Unmatched {
        /// The device's connection.
        connection: ConnectionId,
        /// The device.
        device_id: String,
        /// Which.
        acknowledgement: Acknowledgement,
        /// Its packet identifier.
        packet_id: u16,
    },
    /// The connection of a device ended without a DISCONNECT, and its will was published (reference §1.2).
    WillPublished {
        /// The device.
        device_id: String,
        /// The topic of the will.
        topic: String,
        /// Who gets it.
        reach: Reach,
    },
    /// Messages were under way to or from a device, and are lost: its session has ended, with its connection or
    /// because it began a new one (reference §1.2), or they were in line behind others and are of no kind that
    /// is kept, which is so of wills and of what was retained.
    MessagesLost {
        /// The device.
        device_id: String,
        /// How many messages to it were not acknowledged, or not even sent.
        undelivered: usize,
        /// How many messages of it were not released.
        unreleased: usize,
    },
    /// A fault has struck (`Faults`, `Strike`).
    Struck {
        /// The connection.
        connection: ConnectionId,
        /// Whose it is, once logged in.
        device_id: Option<String>,
        /// What happened.
        fault: Fault,
        /// The frame that it happened to, where there is one.
        frame: Option<FrameHead>,
    },
    /// A command was handed over for its device (reference §1.8).
    CommandSent {
        /// The command.
        command_id: String,
        /// The device it went to.
        device_id: String,
    },
    /// A command was not sent in time (reference §1.9).
    CommandExpired {
        /// The command.
        command_id: String,
        /// The device it was for.
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
    /// Something that only the platforms with tokens know.
    Sys(SysEvent),
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

/// A packet that answers a message, or another such packet (MQTT 3.1.1 §4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acknowledgement {
    /// PUBACK, of a message at QoS 1.
    Puback,
    /// PUBREC, the first step at QoS 2.
    Pubrec,
    /// PUBREL, the second.
    Pubrel,
    /// PUBCOMP, the last.
    Pubcomp,
}

impl Acknowledgement {
    /// The name of the packet as the specification writes it (§2.2.1).
    pub fn name(self) -> &'static str {
        match self {
            Self::Puback => "PUBACK",
            Self::Pubrec => "PUBREC",
            Self::Pubrel => "PUBREL",
            Self::Pubcomp => "PUBCOMP",
        }
    }
}

/// What became of a message, counted in subscribers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reach {
    /// Those it was sent to, or in whose line it stands.
    pub receivers: usize,
    /// Those that are offline, perhaps because it was too much for them or a fault has struck, and for whom it
    /// is kept.
    pub kept: usize,
    /// Those that do not get it: it is too large to be passed on, or was too much for a device without a session.
    pub discarded: usize,
}

impl AddAssign for Reach {
    fn add_assign(&mut self, other: Self) {
        self.receivers += other.receivers;
        self.kept += other.kept;
        self.discarded += other.discarded;
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
