//! What is published, in either direction.

use bytes::Bytes;

use crate::error::TopicProblem;

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

/// Refuses a topic name that a PUBLISH must not carry (§3.3.2.1, §4.7.3).
///
/// # Errors
///
/// The first rule that it breaks.
pub fn check_topic(topic: &str) -> Result<(), TopicProblem> {
    if topic.contains(['+', '#']) { Err(TopicProblem::Wildcard) } else { check_text(topic) }
}

/// Refuses a topic filter that a SUBSCRIBE must not carry (§4.7.1, §4.7.3).
///
/// # Errors
///
/// The first rule that it breaks.
pub fn check_filter(filter: &str) -> Result<(), TopicProblem> {
    let levels: Vec<&str> = filter.split('/').collect();
    let misplaced = levels.iter().enumerate().any(|(at, level)| {
        let last = at + 1 == levels.len();
        (level.contains('+') && *level != "+") || (level.contains('#') && !(*level == "#" && last))
    });
    if misplaced { Err(TopicProblem::MisplacedWildcard) } else { check_text(filter) }
}

fn check_text(topic: &str) -> Result<(), TopicProblem> {
    match topic {
        "" => Err(TopicProblem::Empty),
        _ if topic.contains('\0') => Err(TopicProblem::Nul),
        _ if topic.len() > usize::from(u16::MAX) => Err(TopicProblem::TooLong { length: topic.len() }),
        _ => Ok(()),
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
