//! What a platform with tokens does about each request of a device.

use frame::{Packet, QoS};
use onenet::rules::RuleId;
use onenet::rules::sys::{Activity, FILTERS_PER_PACKET};
use onenet::sys;
use web_time::Instant;

use super::pause::Turn;
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

    /// Answers one request, now or when its rates allow it. Afterwards the connection may be gone.
    pub(crate) fn reply_sys(&mut self, speaker: &Speaker, request: Request, now: Instant) {
        match self.count_all(speaker, &activities_of(&request, speaker.platform), now) {
            Turn::Now => self.act_sys(speaker, request, now),
            Turn::At(moment) => self.pause(speaker.connection, moment, Some(request)),
            Turn::Never => {}
        }
    }

    /// Does what a request asks for.
    pub(super) fn act_sys(&mut self, speaker: &Speaker, request: Request, now: Instant) {
        let connection = speaker.connection;
        match request {
            Request::Publish(publish) => self.take_uplink(speaker, publish, now),
            Request::Subscribe(subscribe) => self.subscribe_sys(speaker, &subscribe, now),
            Request::Unsubscribe(unsubscribe) => self.unsubscribe_sys(speaker, &unsubscribe),
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
                self.send(connection, &Packet::PingResp);
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
}

/// What a request counts as. The filters of a SUBSCRIBE are counted one by one, when they are answered.
fn activities_of(request: &Request, platform: sys::Platform) -> Vec<(Activity, usize)> {
    match request {
        Request::Publish(publish) => {
            let message = match publish.qos {
                QoS::AtMostOnce => Activity::PublishQos0,
                QoS::AtLeastOnce | QoS::ExactlyOnce => Activity::PublishQos1,
            };
            vec![(message, 1), (Activity::Byte, publish.payload.len())]
        }
        // More filters than these end the connection.
        Request::Unsubscribe(unsubscribe) if unsubscribe.topics.len() <= FILTERS_PER_PACKET => {
            // The suite counts how often, the studio how many.
            let amount = match platform {
                sys::Platform::Suite => 1,
                sys::Platform::Studio => unsubscribe.topics.len(),
            };
            vec![(Activity::Unsubscribe, amount)]
        }
        Request::Ping => vec![(Activity::Ping, 1)],
        Request::LogIn(_)
        | Request::Refuse(_)
        | Request::Ignore(_)
        | Request::Subscribe(_)
        | Request::Unsubscribe(_)
        | Request::Acknowledge(..)
        | Request::LogOut
        | Request::Drop(_) => Vec::new(),
    }
}
