//! What a platform with tokens does about each request of a device.

use frame::{Packet, QoS};
use onenet::rules::RuleId;
use onenet::rules::sys::Activity;
use onenet::sys;
use web_time::Instant;

use super::rate::Counted;
use crate::connection::{ConnectionId, Request};
use crate::event::Acknowledgement;
use crate::platform::Platform;
use crate::reason::DropReason;

/// A device of a platform with tokens that says something.
#[derive(Debug, Clone)]
pub(crate) struct Speaker {
    pub(crate) connection: ConnectionId,
    /// `{product id}/{device name}`.
    pub(crate) id: String,
    pub(crate) device: sys::Device,
    pub(crate) platform: sys::Platform,
}

impl Platform {
    /// Who speaks on a connection, where that is a device of a platform with tokens.
    pub(crate) fn speaker(&self, connection: ConnectionId) -> Option<Speaker> {
        let dialogue = self.connections.get(&connection)?.dialogue()?;
        let platform = dialogue.platform?;
        let profile = self.devices.get(&dialogue.device_id)?.profile.as_ref()?;
        let (id, device) = (dialogue.device_id.clone(), profile.device.clone());
        Some(Speaker { connection, id, device, platform })
    }

    /// Answers one request. Afterwards the connection may be gone.
    pub(crate) fn reply_sys(&mut self, speaker: &Speaker, request: Request, now: Instant) {
        let connection = speaker.connection;
        match request {
            Request::Publish(publish) => {
                let activity = if publish.qos == QoS::AtMostOnce {
                    Activity::PublishQos0
                } else {
                    Activity::PublishQos1
                };
                if self.may(speaker, activity, 1, now)
                    && self.may(speaker, Activity::Byte, publish.payload.len(), now)
                {
                    self.take_uplink(speaker, publish, now);
                }
            }
            Request::Subscribe(subscribe) => self.subscribe_sys(speaker, &subscribe, now),
            Request::Unsubscribe(unsubscribe) => self.unsubscribe_sys(speaker, &unsubscribe, now),
            // The platform sends at QoS 0 alone: there is nothing to acknowledge.
            Request::Acknowledge(Acknowledgement::Puback, _) => {
                self.drop_connection(connection, DropReason::broken(RuleId::SysPubackOrder));
            }
            Request::Acknowledge(
                Acknowledgement::Pubrec | Acknowledgement::Pubrel | Acknowledgement::Pubcomp,
                _,
            )
            | Request::Drop(DropReason::ServerPacket) => {
                self.drop_connection(connection, DropReason::broken(RuleId::SysPacketType));
            }
            Request::Ping => {
                if self.may(speaker, Activity::Ping, 1, now) {
                    self.send(connection, &Packet::PingResp);
                }
            }
            Request::LogOut => self.log_out(connection),
            Request::Drop(DropReason::Rule(finding)) if finding.rule == RuleId::SecondConnect => {
                self.drop_connection(connection, DropReason::broken(RuleId::SysSecondConnect));
            }
            Request::Drop(reason) => self.drop_connection(connection, reason),
            // These come before a login alone.
            Request::LogIn(_) | Request::Refuse(_) | Request::Ignore(_) => {}
        }
    }

    /// Counts something that a device does. Whether it is acted upon.
    fn may(&mut self, speaker: &Speaker, activity: Activity, amount: usize, now: Instant) -> bool {
        let what = (speaker.platform, activity);
        self.count(speaker.connection, &speaker.id, what, amount, now) != Counted::Gone
    }
}
