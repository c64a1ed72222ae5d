//! The packets that answer others, and who still owes one.

use std::fmt;

use web_time::Instant;

/// A packet that answers another by naming its packet identifier (MQTT 3.1.1 §2.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Acknowledgement {
    /// Answers a PUBLISH at QoS 1 (§3.4).
    PubAck,
    /// Answers a PUBLISH at QoS 2 (§3.5).
    PubRec,
    /// Answers a PUBREC (§3.6).
    PubRel,
    /// Answers a PUBREL (§3.7).
    PubComp,
    /// Answers a SUBSCRIBE (§3.9).
    SubAck,
    /// Answers an UNSUBSCRIBE (§3.11).
    UnsubAck,
}

impl Acknowledgement {
    /// Its name as the specification writes it (§2.2.1).
    pub fn name(self) -> &'static str {
        match self {
            Self::PubAck => "PUBACK",
            Self::PubRec => "PUBREC",
            Self::PubRel => "PUBREL",
            Self::PubComp => "PUBCOMP",
            Self::SubAck => "SUBACK",
            Self::UnsubAck => "UNSUBACK",
        }
    }

    /// Whether both answer the client's side of one exchange at QoS 2. A resumed session may be anywhere in it.
    pub(crate) fn is_of_one_exchange_with(self, other: Self) -> bool {
        [self, other].iter().all(|one| matches!(one, Self::PubRec | Self::PubComp))
    }
}

impl fmt::Display for Acknowledgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An answer that the server owes: `PUBACK 7`, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Awaiting {
    /// The kind of answer. `PubRel` is owed for a message of the server; the others for packets of this client.
    pub acknowledgement: Acknowledgement,
    /// The packet identifier that it will name. Client and server give out theirs independently (§2.3.1): one
    /// number may be awaited from both sides at once.
    pub packet_id: u16,
    /// When what it answers was sent on this connection.
    pub since: Instant,
}
