//! What the platform does, for its log.

use onenet::rules::Finding;
use simulator::{Acknowledgement, DropReason, Event, Fault, FrameHead, Reach, RefusalCode, SysEvent};

/// What the platform does that a device cannot see for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// A device logged in.
    LoggedIn {
        /// The device.
        device_id: String,
    },
    /// A login was refused.
    Refused {
        /// The code of the CONNACK.
        code: RefusalCode,
        /// The rule that the login breaks, where it breaks one.
        finding: Option<Finding>,
    },
    /// A subscription was refused.
    SubscriptionRefused {
        /// The filter.
        filter: String,
        /// The rule that it breaks.
        finding: Finding,
    },
    /// Something was ignored.
    Ignored(Finding),
    /// It hung up on a device, which is told nothing.
    HungUp {
        /// The device, if it was logged in.
        device_id: Option<String>,
        /// Why.
        reason: DropReason,
    },
    /// A device left.
    Left {
        /// The device, if it was logged in.
        device_id: Option<String>,
    },
    /// A fault has struck.
    Struck {
        /// The device, if it was logged in.
        device_id: Option<String>,
        /// What happened.
        fault: Fault,
        /// The frame that it happened to, where there is one.
        frame: Option<FrameHead>,
    },
    /// The connection of a device was lost, and its will was said.
    WillPublished {
        /// The device.
        device_id: String,
        /// The topic of the will.
        topic: String,
        /// Who gets it.
        reach: Reach,
    },
    /// A device came back to its session and gets again what it has not acknowledged.
    Resent {
        /// The device.
        device_id: String,
        /// How many messages, with DUP.
        messages: usize,
        /// How many PUBRELs.
        releases: usize,
    },
    /// A message at QoS 2 came again and is acknowledged again, nothing else.
    Repeated {
        /// The device.
        device_id: String,
        /// Its packet identifier.
        packet_id: u16,
    },
    /// An acknowledgement names no message that is under way.
    Unmatched {
        /// The device.
        device_id: String,
        /// Which.
        acknowledgement: Acknowledgement,
        /// Its packet identifier.
        packet_id: u16,
    },
    /// Messages were under way to or from a device, and are lost with its session.
    MessagesLost {
        /// The device.
        device_id: String,
        /// How many to it.
        undelivered: usize,
        /// How many of it.
        unreleased: usize,
    },
    /// Something that happens on platforms with tokens only: a line of their debug log (调试日志).
    Sys(Box<SysEvent>),
}

impl Happening {
    /// What of `event` the console tells; the rest stands in the
    /// [`Snapshot`](crate::platform::Snapshot).
    pub fn of(event: Event) -> Option<Self> {
        match event {
            Event::LoggedIn { device_id, .. } => Some(Self::LoggedIn { device_id }),
            Event::Refused { code, finding, .. } => Some(Self::Refused { code, finding }),
            Event::SubscriptionRefused { filter, finding, .. } => {
                Some(Self::SubscriptionRefused { filter, finding })
            }
            Event::Ignored { finding, .. } => Some(Self::Ignored(finding)),
            Event::Dropped { device_id, reason, .. } => Some(Self::HungUp { device_id, reason }),
            Event::Closed { device_id, .. } => Some(Self::Left { device_id }),
            Event::Struck { device_id, fault, frame, .. } => Some(Self::Struck { device_id, fault, frame }),
            Event::WillPublished { device_id, topic, reach } => {
                Some(Self::WillPublished { device_id, topic, reach })
            }
            Event::Resent { device_id, messages, releases, .. } => {
                Some(Self::Resent { device_id, messages, releases })
            }
            Event::Repeated { device_id, packet_id, .. } => Some(Self::Repeated { device_id, packet_id }),
            Event::Unmatched { device_id, acknowledgement, packet_id, .. } => {
                Some(Self::Unmatched { device_id, acknowledgement, packet_id })
            }
            Event::MessagesLost { device_id, undelivered, unreleased } => {
                Some(Self::MessagesLost { device_id, undelivered, unreleased })
            }
            Event::Sys(event) => Some(Self::Sys(Box::new(event))),
            Event::Opened { .. }
            | Event::Stored { .. }
            | Event::Forwarded { .. }
            | Event::PointsForwarded { .. }
            | Event::CaughtUp { .. }
            | Event::CommandExpired { .. }
            | Event::CommandSent { .. }
            | Event::CommandAnswered { .. }
            | Event::AnswerDiscarded { .. } => None,
        }
    }
}

/// Whether a whole topic is one of the studio's: below `thing`.
pub fn is_of_studio(topic: &str) -> bool {
    topic.split('/').nth(3) == Some("thing")
}
