//! What each packet of the server means at this point of the dialogue, and which ones break the protocol.

use frame::{Packet, PubAck, PubComp, PubRec, PubRel, UnsubAck};
use web_time::Instant;

use super::{Phase, Session};
use crate::acknowledgement::Acknowledgement;
use crate::error::{CloseReason, Violation};
use crate::event::Event;
use crate::in_flight::Sent;

impl Session {
    /// One packet from the server: what it does, or why it ends the session.
    pub(super) fn handle_packet(&mut self, packet: Packet, now: Instant) -> Result<(), CloseReason> {
        let keep_alive = match &mut self.phase {
            Phase::Connecting { since } => {
                let since = *since;
                return self.handle_connack(&packet, since, now);
            }
            Phase::Connected { keep_alive } => keep_alive,
            Phase::Idle | Phase::Closed => return Ok(()),
        };
        let violation = match packet {
            Packet::Publish(publish) => {
                self.handle_publish(publish, now);
                return Ok(());
            }
            Packet::PubAck(PubAck { pkid }) => return self.handle_puback(pkid, now),
            Packet::PubRec(PubRec { pkid }) => return self.handle_pubrec(pkid, now),
            Packet::PubRel(PubRel { pkid }) => {
                self.handle_pubrel(pkid, now);
                return Ok(());
            }
            Packet::PubComp(PubComp { pkid }) => return self.handle_pubcomp(pkid, now),
            Packet::SubAck(suback) => return self.handle_suback(&suback, now),
            Packet::UnsubAck(UnsubAck { pkid }) => return self.handle_unsuback(pkid, now),
            Packet::PingResp => match keep_alive.answered(now) {
                Some(round_trip) => {
                    self.events.push_back(Event::Pinged { round_trip });
                    return Ok(());
                }
                None => Violation::UnexpectedPingResponse,
            },
            Packet::ConnAck(_) => Violation::SecondConnack,
            Packet::Connect(_)
            | Packet::Subscribe(_)
            | Packet::Unsubscribe(_)
            | Packet::PingReq
            | Packet::Disconnect => Violation::ClientPacket(frame::name(&packet)),
        };
        Err(CloseReason::Violation(violation))
    }

    /// An answer to something that this client sent. Gives what it answers and since when that was waited for;
    /// `None` for an echo, which has been told.
    pub(super) fn settle(
        &mut self,
        acknowledgement: Acknowledgement,
        packet_id: u16,
        now: Instant,
    ) -> Result<Option<(Sent, Instant)>, CloseReason> {
        let awaited = self.in_flight.awaited(packet_id).or_else(|| self.sent_before(packet_id));
        let of_message = !matches!(acknowledgement, Acknowledgement::SubAck | Acknowledgement::UnsubAck);
        let violation = match awaited.map(|sent| (sent, sent.answer())) {
            Some((sent, awaited)) if awaited == acknowledgement => {
                self.resend.retain(|id| *id != packet_id);
                return Ok(Some(self.in_flight.take(packet_id).unwrap_or((sent, now))));
            }
            Some((_, awaited)) if acknowledgement.is_of_one_exchange_with(awaited) => {
                self.events.push_back(Event::Stray { acknowledgement, packet_id });
                return Ok(None);
            }
            None if of_message => {
                self.events.push_back(Event::Stray { acknowledgement, packet_id });
                return Ok(None);
            }
            Some((_, awaited)) => Violation::WrongAcknowledgement { acknowledgement, packet_id, awaited },
            None => Violation::UnknownPacketId { acknowledgement, packet_id },
        };
        Err(CloseReason::Violation(violation))
    }

    /// What was sent on an earlier connection and not on this one yet: a server that answers it all the same must
    /// not get it again.
    fn sent_before(&self, packet_id: u16) -> Option<Sent> {
        let is_due = self.resend.contains(&packet_id);
        let message = self.store().message(packet_id).filter(|_| is_due)?;
        Some(Sent::Publish(message.qos))
    }
}
