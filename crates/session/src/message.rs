//! What is published, in either direction.

use bytes::Bytes;
use frame::{Packet, Publish};

use crate::error::CommandError;
use crate::topic;

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

impl Message {
    /// The PUBLISH that carries it: what a session sends. The packet identifier is left out at QoS 0.
    ///
    /// # Errors
    ///
    /// The topic is none, the frame would be too long, or QoS 1 lacks a packet identifier.
    pub fn frame(&self, packet_id: Option<u16>) -> Result<Bytes, CommandError> {
        topic::check_topic(&self.topic)?;
        let mut publish = Publish::from_bytes(&self.topic, self.qos.into(), self.payload.clone());
        publish.retain = self.retain;
        publish.pkid = packet_id.unwrap_or(0);
        Ok(frame::encode(&Packet::Publish(publish))?)
    }
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
