//! What became of an upload.

use std::time::Duration;

use session::{Acknowledgement, CommandError};

/// What became of an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Not on its way: it waits for a login or for its turn.
    Waiting,
    /// Sent; this answer is awaited.
    OnItsWay(Acknowledgement),
    /// Sent at QoS 0: nobody will say whether it arrived.
    Sent,
    /// At QoS 0, and the connection was over before it left this computer.
    NeverLeft,
    /// The PUBACK or PUBCOMP came after this time.
    Acknowledged(Duration),
    /// The session ended after the platform had taken it and before it said so for good: it may have arrived
    /// or not.
    Unknown,
    /// The person took it back.
    GivenUp,
    /// It waits until somebody logs in as its device again.
    SetAside,
    /// It was set aside, and the person had it deleted.
    Deleted,
    /// It was set aside, and is not kept any longer: another tab has gone on with it, or deleted it.
    TakenOver,
    /// It was not sent.
    Refused(CommandError),
}

impl Fate {
    /// A word that style sheets and tests know it by.
    pub fn key(self) -> &'static str {
        match self {
            Self::Waiting => "queued",
            Self::OnItsWay(_) => "waiting",
            Self::Sent => "sent",
            Self::NeverLeft => "never-left",
            Self::Acknowledged(_) => "acknowledged",
            Self::Unknown => "unknown",
            Self::GivenUp => "given-up",
            Self::SetAside => "set-aside",
            Self::Deleted => "deleted",
            Self::TakenOver => "taken-over",
            Self::Refused(_) => "refused",
        }
    }

    /// Whether an answer may still come.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::OnItsWay(_))
    }
}
