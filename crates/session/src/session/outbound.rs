//! Messages of this client (MQTT 3.1.1 §4.3): sent in order, so many at a time, until each is acknowledged for good.

use bytes::Bytes;
use frame::{Packet, PubRel};
use web_time::Instant;

use super::{Phase, Session};
use crate::acknowledgement::Acknowledgement;
use crate::error::{CloseReason, CommandError};
use crate::event::Event;
use crate::in_flight::Sent;
use crate::message::{Message, Qos};
use crate::store::{Change, Outbound};

impl Session {
    // ── do it ──

    /// Publishes `message` (§3.3). At QoS 1 and 2 it is held until it is acknowledged, and the packet identifier
    /// is given that [`Event::Acknowledged`] will name: it is sent at once or, while too many are on their way,
    /// after them. At QoS 0 it is sent at once, past all that wait, unless too much is queued that nobody has transmitted.
    ///
    /// # Errors
    ///
    /// The message cannot be sent, now or ever; nothing was sent or held.
    pub fn publish(&mut self, message: Message, now: Instant) -> Result<Option<u16>, CommandError> {
        message.check()?;
        if !self.is_connected() {
            return Err(CommandError::NotConnected);
        }
        self.enqueue(message, now)
    }

    /// The same also before the login is accepted: at QoS 1 and 2 the message waits for it, and for the connection
    /// after, if need be.
    ///
    /// # Errors
    ///
    /// The message cannot be sent ever, is at QoS 0 and cannot be sent now, or is one too many; nothing was sent or
    /// held. After the end of the session nothing is accepted: what the next one shall send is given to that one.
    pub fn enqueue(&mut self, message: Message, now: Instant) -> Result<Option<u16>, CommandError> {
        message.check()?;
        if message.qos == Qos::AtMostOnce {
            self.send_lone(message.frame(None)?, now)?;
            return Ok(None);
        }
        if matches!(self.phase, Phase::Closed) {
            return Err(CommandError::NotConnected);
        }
        let (messages, bytes) = (self.store().held(), self.ledger.bytes());
        if messages >= self.max_held || message.size() > self.max_held_bytes.saturating_sub(bytes) {
            return Err(CommandError::QueueFull { messages, bytes });
        }
        let packet_id = self.next_id()?;
        // While there is room nobody waits: it would have been sent.
        let sent = self.has_room();
        self.in_flight.hold(packet_id);
        self.totals.accepted += 1;
        self.ledger.record(Change::Accepted(Outbound { packet_id, message: message.clone(), sent }));
        if sent {
            self.send_message(packet_id, &message, Message::first_frame, now);
        }
        Ok(Some(packet_id))
    }

    /// A message at QoS 0 waits for nothing but the link, which may take it more slowly than they come.
    fn send_lone(&mut self, frame: Bytes, now: Instant) -> Result<(), CommandError> {
        let (messages, bytes) = (self.transmits.len(), self.transmits.bytes());
        if self.is_connected() && frame.len() > self.max_held_bytes.saturating_sub(bytes) {
            return Err(CommandError::QueueFull { messages, bytes });
        }
        self.sends(&frame, now)?;
        self.transmits.push_lone(frame);
        self.totals.unacknowledged += 1;
        Ok(())
    }

    /// Messages of a clean session that ended before the server answered them, first those that the server has
    /// taken, of which only the identifier is left. Whether they arrived nobody knows.
    ///
    /// Decide about each before the next login is accepted: [`retry`](Self::retry) means at least once,
    /// [`give_up`](Self::give_up) at most once. A login that begins a clean session, or follows one, abandons the
    /// rest with [`Event::Abandoned`]. Nothing is ever unsettled between sessions that are not clean.
    pub fn unsettled(&self) -> impl Iterator<Item = (u16, Option<&Message>)> {
        let released = self.store().released.iter().map(|id| (*id, None));
        let outbound = self.store().outbound.iter();
        let outbound = outbound.map(|outbound| (outbound.packet_id, Some(&outbound.message)));
        released.chain(outbound).filter(|(id, _)| self.unsettled.contains(id))
    }

    /// Sends an unsettled message again, in its old place among those that wait. To the server it is a new one.
    ///
    /// # Errors
    ///
    /// No unsettled message with this packet identifier is held, or the session is over.
    pub fn retry(&mut self, packet_id: u16) -> Result<(), CommandError> {
        if matches!(self.phase, Phase::Closed) {
            return Err(CommandError::NotConnected);
        }
        if self.store().find(packet_id).is_none() || !self.unsettled.remove(&packet_id) {
            return Err(CommandError::NotHeld);
        }
        self.ledger.record(Change::Returned { packet_id });
        Ok(())
    }

    /// Takes back a message that was never sent, or an unsettled one: it is not sent, or not again.
    ///
    /// # Errors
    ///
    /// It is not held; or it was sent in a session that is not over, whose server knows its identifier: that one
    /// must not be given to another message. Nothing changed.
    pub fn give_up(&mut self, packet_id: u16) -> Result<(), CommandError> {
        if matches!(self.phase, Phase::Closed) {
            return Err(CommandError::NotConnected);
        }
        let was_unsettled = self.unsettled.contains(&packet_id);
        match self.store().find(packet_id) {
            Some(outbound) if outbound.sent && !was_unsettled => return Err(CommandError::OnItsWay),
            None if !was_unsettled && self.store().released.contains(&packet_id) => {
                return Err(CommandError::OnItsWay);
            }
            None if !was_unsettled => return Err(CommandError::NotHeld),
            Some(_) | None => {}
        }
        self.unsettled.remove(&packet_id);
        self.forget(packet_id);
        self.totals.given_up += 1;
        Ok(())
    }

    // ── it happened ──

    /// The login is accepted: everything of an earlier connection first, then what waits.
    pub(super) fn resume_outbound(&mut self, now: Instant) {
        // Older than every PUBLISH without answer, and no new work for the server: not counted out.
        let released: Vec<u16> = self.store().released.iter().copied().collect();
        for packet_id in released {
            self.release(packet_id, now, now);
        }
        self.resend = self.store().sent().collect();
        self.send_waiting(now);
    }

    /// A clean session is over: nobody will say what became of the messages on their way.
    pub(super) fn unsettle(&mut self) {
        let ids: Vec<u16> = self.store().released.iter().copied().chain(self.store().sent()).collect();
        for packet_id in ids {
            self.unsettled.insert(packet_id);
            self.events.push_back(Event::Unsettled { packet_id });
        }
    }

    /// The server has begun a new session: nothing settles what was sent in the last one.
    pub(super) fn abandon_unsettled(&mut self) {
        let ids: Vec<u16> = self.unsettled().map(|(id, _)| id).collect();
        for packet_id in ids {
            let message = self.forget(packet_id);
            self.totals.abandoned += 1;
            self.events.push_back(Event::Abandoned { packet_id, message });
        }
        self.unsettled.clear();
    }

    pub(super) fn handle_puback(&mut self, packet_id: u16, now: Instant) -> Result<(), CloseReason> {
        if let Some((_, since)) = self.settle(Acknowledgement::PubAck, packet_id, now)? {
            self.acknowledge(packet_id, since, now);
        }
        Ok(())
    }

    pub(super) fn handle_pubrec(&mut self, packet_id: u16, now: Instant) -> Result<(), CloseReason> {
        match self.settle(Acknowledgement::PubRec, packet_id, now)? {
            Some((_, since)) => {
                self.ledger.record(Change::Released { packet_id });
                self.release(packet_id, since, now);
                let round_trip = now.saturating_duration_since(since);
                self.events.push_back(Event::Released { packet_id, round_trip });
            }
            // Whoever sent that message by hand releases it by hand.
            None if self.lenient => {}
            None => self.answer(&Packet::PubRel(PubRel { pkid: packet_id }), now),
        }
        Ok(())
    }

    pub(super) fn handle_pubcomp(&mut self, packet_id: u16, now: Instant) -> Result<(), CloseReason> {
        match self.settle(Acknowledgement::PubComp, packet_id, now)? {
            Some((Sent::Release { began }, _)) => self.acknowledge(packet_id, began, now),
            Some((Sent::Publish(_) | Sent::Subscribe { .. } | Sent::Unsubscribe, _)) | None => {}
        }
        Ok(())
    }

    // ── how ──

    fn acknowledge(&mut self, packet_id: u16, since: Instant, now: Instant) {
        self.forget(packet_id);
        self.totals.acknowledged += 1;
        let round_trip = now.saturating_duration_since(since);
        self.events.push_back(Event::Acknowledged { packet_id, round_trip });
        self.send_waiting(now);
    }

    /// Sends what waits, as far as there is room.
    fn send_waiting(&mut self, now: Instant) {
        while self.has_room() {
            if let Some(packet_id) = self.resend.pop_front() {
                if let Some(message) = self.store().message(packet_id).cloned() {
                    self.send_message(packet_id, &message, Message::repeated_frame, now);
                }
                continue;
            }
            // Behind those on their way only: these are as many as have room.
            let next = self.store().outbound.iter().find(|outbound| !outbound.sent);
            let Some(Outbound { packet_id, message, .. }) = next.cloned() else { return };
            self.ledger.record(Change::Sent { packet_id });
            self.send_message(packet_id, &message, Message::first_frame, now);
        }
    }

    /// Whether one more message may be on its way.
    fn has_room(&self) -> bool {
        self.is_connected() && self.in_flight() < self.max_in_flight
    }

    fn send_message(
        &mut self,
        packet_id: u16,
        message: &Message,
        frame: fn(&Message, u16) -> Result<Bytes, CommandError>,
        now: Instant,
    ) {
        let sent = frame(message, packet_id).and_then(|frame| self.send_frame(frame, now));
        sent.expect("this runs while connected, and the message was checked before it was held");
        self.await_answer(packet_id, Sent::Publish(message.qos), now);
    }

    /// Says PUBREL.
    fn release(&mut self, packet_id: u16, began: Instant, now: Instant) {
        self.answer(&Packet::PubRel(PubRel { pkid: packet_id }), now);
        self.await_answer(packet_id, Sent::Release { began }, now);
    }

    /// Nothing waits under this identifier any longer. Gives the message, if it was still held.
    fn forget(&mut self, packet_id: u16) -> Option<Message> {
        self.in_flight.free(packet_id);
        let removed = self.ledger.record(Change::Settled { packet_id });
        removed.map(|outbound| outbound.message)
    }
}
