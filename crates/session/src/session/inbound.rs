//! Messages of the server (MQTT 3.1.1 §4.3): told once each, and acknowledged as their QoS demands.

use frame::{Packet, PubAck, PubComp, PubRec};
use web_time::Instant;

use super::Session;
use crate::acknowledgement::Acknowledgement;
use crate::event::Event;
use crate::message::{Message, Qos};
use crate::store::Change;

impl Session {
    /// The login is accepted: messages that wait for their PUBREL wait on if the server has `kept` the session.
    /// Otherwise it gives their identifiers to others.
    pub(super) fn resume_inbound(&mut self, kept: bool, now: Instant) {
        let ids: Vec<u16> = self.store().inbound.iter().copied().collect();
        for packet_id in ids {
            if kept {
                self.unreleased.insert(packet_id, now);
            } else {
                self.ledger.record(Change::Completed { packet_id });
            }
        }
    }

    pub(super) fn handle_publish(&mut self, publish: frame::Publish, now: Instant) {
        let (qos, packet_id) = (Qos::from(publish.qos), publish.pkid);
        match qos {
            Qos::AtMostOnce => {}
            Qos::AtLeastOnce => self.answer(&Packet::PubAck(PubAck { pkid: packet_id }), now),
            Qos::ExactlyOnce => {
                let is_known = self.store().inbound.contains(&packet_id);
                if !is_known {
                    self.ledger.record(Change::Received { packet_id });
                }
                self.answer(&Packet::PubRec(PubRec { pkid: packet_id }), now);
                self.unreleased.insert(packet_id, now);
                if is_known {
                    self.events.push_back(Event::Duplicate { packet_id });
                    return;
                }
            }
        }
        let (topic, payload, retain) = (publish.topic, publish.payload, publish.retain);
        let message = Message { topic, payload, qos, retain };
        self.events.push_back(Event::Message { message, dup: publish.dup });
    }

    /// The server will not send this message again. It is forgotten before PUBCOMP says so: the next message may
    /// have the same identifier.
    pub(super) fn handle_pubrel(&mut self, packet_id: u16, now: Instant) {
        if self.store().inbound.contains(&packet_id) {
            self.ledger.record(Change::Completed { packet_id });
            self.unreleased.remove(&packet_id);
        } else {
            let acknowledgement = Acknowledgement::PubRel;
            self.events.push_back(Event::Stray { acknowledgement, packet_id });
        }
        self.answer(&Packet::PubComp(PubComp { pkid: packet_id }), now);
    }
}
