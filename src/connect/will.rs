//! The last will as it is typed, and what it becomes.

use bytes::Bytes;
use onenet::legacy::Topic;
use onenet::rules::legacy::{Publication, Taken};
use onenet::rules::{Finding, Readings, RuleId, legacy};
use session::{Message, Qos, TopicProblem, check_topic};

/// The texts of the will, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WillForm {
    /// Whether the device leaves one.
    pub on: bool,
    /// Its topic.
    pub topic: String,
    /// Its payload.
    pub text: String,
    /// Its QoS.
    pub qos: Qos,
    /// Whether it is kept for later subscribers.
    pub retain: bool,
}

impl Default for WillForm {
    fn default() -> Self {
        Self {
            on: false,
            topic: "device/status".to_owned(),
            text: "offline".to_owned(),
            qos: Qos::AtLeastOnce,
            retain: false,
        }
    }
}

/// What is wrong with a will.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WillProblem {
    /// Its topic is none.
    Topic(TopicProblem),
    /// Its payload does not fit its two-byte length (MQTT 3.1.1 §3.1.3.3).
    TooLong {
        /// Its length in bytes.
        length: usize,
    },
}

/// Where in a CONNECT the flags say so (MQTT 3.1.1 §3.1.2.3).
const WILL: u8 = 0x04;
const RETAIN: u8 = 0x20;

impl WillForm {
    /// The will; `None` where the device leaves none.
    ///
    /// # Errors
    ///
    /// It cannot be sent.
    pub fn parse(&self) -> Result<Option<Message>, WillProblem> {
        if !self.on {
            return Ok(None);
        }
        check_topic(&self.topic).map_err(WillProblem::Topic)?;
        let length = self.text.len();
        if length > usize::from(u16::MAX) {
            return Err(WillProblem::TooLong { length });
        }
        Ok(Some(Message {
            topic: self.topic.clone(),
            payload: Bytes::from(self.text.clone()),
            qos: self.qos,
            retain: self.retain,
        }))
    }

    /// Its bits of the connect flags.
    pub(super) fn flags(&self) -> u8 {
        match self.on {
            true => WILL | self.qos.bits() << 3 | if self.retain { RETAIN } else { 0 },
            false => 0,
        }
    }

    /// The rules of OneNET that it breaks, though it can be sent: those for a message, and that it is for
    /// subscribers, whom `$dp` and `$crsp` cannot have (reference §1.2).
    pub(super) fn findings(&self, readings: &Readings) -> Vec<Finding> {
        if !self.on {
            return Vec::new();
        }
        let (topic, payload) = (self.topic.as_str(), self.text.as_bytes());
        let publication = Publication { topic, payload, qos: self.qos.bits(), retain: self.retain };
        match legacy::take_publish(&publication, readings) {
            Err(findings) => findings,
            Ok(Taken::Message(Topic::User(_))) => Vec::new(),
            Ok(Taken::Upload(_) | Taken::Message(_)) => vec![Finding::new(RuleId::Will)],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_is_left_unless_asked_for() {
        let broken = WillForm { topic: "a/#".to_owned(), ..WillForm::default() };
        assert_eq!(broken.parse(), Ok(None));
        assert_eq!(broken.flags(), 0);
        assert_eq!(broken.findings(&Readings::default()), []);
        let on = WillForm { on: true, ..broken };
        assert_eq!(on.parse(), Err(WillProblem::Topic(TopicProblem::Wildcard)));
    }

    #[test]
    fn says_itself_in_the_connect_flags() {
        let will = WillForm { on: true, qos: Qos::ExactlyOnce, retain: true, ..WillForm::default() };
        assert_eq!(will.flags(), 0b0011_0100);
        assert_eq!(will.parse().unwrap().unwrap().payload, "offline");
    }

    #[test]
    fn one_for_the_platform_itself_is_pointed_at() {
        let rules = |topic: &str| {
            let will = WillForm { on: true, topic: topic.to_owned(), ..WillForm::default() };
            let findings = will.findings(&Readings::default());
            findings.iter().map(|finding| finding.rule).collect::<Vec<_>>()
        };
        assert_eq!(rules("room/heat"), []);
        assert_eq!(rules("$crsp/7"), [RuleId::Will]);
        assert_eq!(rules("room-1"), [RuleId::TopicCharacters]);
    }
}
