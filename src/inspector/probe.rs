//! Bytes tried out on a connection of their own, and how that stands.

use crate::connect::LinkEnd;

/// How the newest probe stands. What went over its connection is in the capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// Its connection, as captured frames name it.
    pub connection: u32,
    /// How it stands.
    pub stage: ProbeStage,
}

/// How far a probe has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProbeStage {
    /// Waiting for the link.
    Opening,
    /// The bytes are sent; whatever comes back is captured.
    Open,
    /// Over.
    Closed(ProbeEnd),
}

/// Why a probe is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProbeEnd {
    /// The link did not open, or the other side closed it.
    Link(LinkEnd),
    /// The other side said nothing for ten seconds.
    Silent,
    /// Another probe began.
    Replaced,
    /// The other side sent a frame larger than any that is taken here.
    TooLarge,
}
