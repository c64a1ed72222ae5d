//! What is published, in either direction.

use bytes::Bytes;

/// An application message (MQTT 3.1.1 §3.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Where it goes: a topic name, without wildcards.
    pub topic: String,
    /// Its content, any bytes.
    pub payload: Bytes,
    /// How surely it arrives.
    pub qos: Qos,
    /// Outwards: the server shall keep it for later subscribers. Inwards: it was kept (§3.3.1.3).
    pub retain: bool,
}

/// Quality of service (MQTT 3.1.1 §4.3), as far as this client speaks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Qos {
    /// QoS 0: sent once, not acknowledged.
    AtMostOnce,
    /// QoS 1: acknowledged by a PUBACK.
    AtLeastOnce,
}

impl Qos {
    /// The two bits that say it.
    pub fn bits(self) -> u8 {
        match self {
            Self::AtMostOnce => 0,
            Self::AtLeastOnce => 1,
        }
    }
}

impl From<Qos> for frame::QoS {
    fn from(qos: Qos) -> Self {
        match qos {
            Qos::AtMostOnce => Self::AtMostOnce,
            Qos::AtLeastOnce => Self::AtLeastOnce,
        }
    }
}
