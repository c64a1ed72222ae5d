//! What is published, in either direction.

use bytes::Bytes;
use frame::{EncodeError, MAX_REMAINING_LENGTH, Packet, Publish};

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
    /// The PUBLISH that carries it: what a session sends the first time. The packet identifier is left out at
    /// QoS 0.
    ///
    /// # Errors
    ///
    /// The topic is none, the frame would be too long, or QoS 1 or 2 lacks a packet identifier.
    pub fn frame(&self, packet_id: Option<u16>) -> Result<Bytes, CommandError> {
        topic::check_topic(&self.topic)?;
        let mut publish = self.publish();
        publish.pkid = packet_id.unwrap_or(0);
        Ok(frame::encode(&Packet::Publish(publish))?)
    }

    /// The same with a packet identifier.
    pub(crate) fn first_frame(&self, packet_id: u16) -> Result<Bytes, CommandError> {
        self.frame(Some(packet_id))
    }

    /// The same PUBLISH, sent again: marked with DUP (§3.3.1.1), which says that the server may have it already.
    /// There is none at QoS 0.
    ///
    /// # Errors
    ///
    /// As with [`frame`](Self::frame).
    pub fn repeated_frame(&self, packet_id: u16) -> Result<Bytes, CommandError> {
        topic::check_topic(&self.topic)?;
        let mut publish = self.publish();
        publish.pkid = packet_id;
        publish.dup = self.qos != Qos::AtMostOnce;
        Ok(frame::encode(&Packet::Publish(publish))?)
    }

    /// Whether a PUBLISH can carry it: after that [`frame`](Self::frame) fails for the packet identifier alone.
    pub(crate) fn check(&self) -> Result<(), CommandError> {
        topic::check_topic(&self.topic)?;
        let header = 2 + self.topic.len() + 2;
        if self.payload.len() > MAX_REMAINING_LENGTH - header {
            return Err(EncodeError::PacketTooLong.into());
        }
        Ok(())
    }

    /// What holding it takes, in bytes, as far as it depends on the message.
    pub(crate) fn size(&self) -> usize {
        self.topic.len() + self.payload.len()
    }

    fn publish(&self) -> Publish {
        let mut publish = Publish::from_bytes(&self.topic, self.qos.into(), self.payload.clone());
        publish.retain = self.retain;
        publish
    }
}

/// Quality of service (MQTT 3.1.1 §4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Qos {
    /// QoS 0: sent once, not acknowledged.
    AtMostOnce,
    /// QoS 1: sent until a PUBACK comes; may arrive more than once.
    AtLeastOnce,
    /// QoS 2: PUBLISH, PUBREC, PUBREL, PUBCOMP; arrives exactly once.
    ExactlyOnce,
}

impl Qos {
    /// The two bits that say it.
    pub fn bits(self) -> u8 {
        match self {
            Self::AtMostOnce => 0,
            Self::AtLeastOnce => 1,
            Self::ExactlyOnce => 2,
        }
    }
}

impl From<Qos> for frame::QoS {
    fn from(qos: Qos) -> Self {
        match qos {
            Qos::AtMostOnce => Self::AtMostOnce,
            Qos::AtLeastOnce => Self::AtLeastOnce,
            Qos::ExactlyOnce => Self::ExactlyOnce,
        }
    }
}

impl From<frame::QoS> for Qos {
    fn from(qos: frame::QoS) -> Self {
        match qos {
            frame::QoS::AtMostOnce => Self::AtMostOnce,
            frame::QoS::AtLeastOnce => Self::AtLeastOnce,
            frame::QoS::ExactlyOnce => Self::ExactlyOnce,
        }
    }
}
