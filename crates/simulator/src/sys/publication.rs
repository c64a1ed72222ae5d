//! A message of a device: judged by the rules, then given to the platform that it is for.

use frame::{Packet, PubAck, Publish, QoS};
use onenet::rules::Consequence;
use onenet::rules::sys::{Publication, check_publish};
use onenet::sys;
use web_time::Instant;

use super::event::{Outcome, SysEvent, Told};
use super::request::Speaker;
use crate::platform::Platform;
use crate::reason::DropReason;

/// A message that keeps the rules which close connections.
pub(crate) struct Uplink<'a> {
    pub(crate) speaker: &'a Speaker,
    /// Its whole topic.
    pub(crate) topic: &'a str,
    pub(crate) publish: &'a Publish,
    pub(crate) now: Instant,
}

impl Platform {
    /// Judges a message. A broken rule that the platform has a code for is answered with that; another ends the
    /// connection. The studio reads by itself what it answers, for it repeats the id. The acknowledgement at QoS 1 goes
    /// before what the platform has to say.
    pub(super) fn take_uplink(&mut self, speaker: &Speaker, publish: Publish, now: Instant) {
        let publication = Publication {
            topic: &publish.topic,
            payload: &publish.payload,
            qos: publish.qos as u8,
            retain: publish.retain,
            dup: publish.dup,
        };
        let findings = check_publish(&publication, &speaker.device, speaker.platform, &self.readings);
        let rejects = |consequence| matches!(consequence, Consequence::Reject(_) | Consequence::Ignore);
        if let Some(finding) = findings.iter().find(|finding| !rejects(finding.consequence())) {
            return self.drop_connection(speaker.connection, DropReason::Rule(finding.clone()));
        }
        let uplink = Uplink { speaker, topic: &publish.topic, publish: &publish, now };
        let rejected = findings.into_iter().find_map(|finding| match finding.consequence() {
            Consequence::Reject(code) => Some((code, finding)),
            Consequence::Close
            | Consequence::Refuse(_)
            | Consequence::Ignore
            | Consequence::Delay
            | Consequence::Ban => None,
        });
        match speaker.platform {
            sys::Platform::Suite => self.take_suite(&uplink, rejected),
            sys::Platform::Studio => self.take_studio(&uplink),
        }
    }

    /// Acknowledges a message at QoS 1. Whether the connection is still there.
    pub(crate) fn acknowledge_uplink(&mut self, uplink: &Uplink<'_>) -> bool {
        if uplink.publish.qos == QoS::AtMostOnce {
            return true;
        }
        self.send(uplink.speaker.connection, &Packet::PubAck(PubAck::new(uplink.publish.pkid)))
    }

    /// Tells what became of a message, as seen by who watches.
    pub(crate) fn note(&mut self, uplink: &Uplink<'_>, device_id: &str, outcome: Outcome, told: Told) {
        let (device_id, topic) = (device_id.to_owned(), uplink.topic.to_owned());
        self.events.push(SysEvent::Uplink { device_id, topic, outcome, told }.into());
    }
}

impl Outcome {
    /// Taken, and nothing to say about it.
    pub(crate) const TAKEN: Self = Self::Taken { problems: Vec::new() };
}
