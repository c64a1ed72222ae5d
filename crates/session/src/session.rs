//! One connection's dialogue, from CONNECT to the end.

use std::collections::VecDeque;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use frame::{Frames, Packet, PubAck};
use web_time::Instant;

use crate::error::{CloseReason, CommandError, OptionsError, ReturnCode, Violation};
use crate::event::Event;
use crate::in_flight::{InFlight, Sent};
use crate::keep_alive::{Due, KeepAlive};
use crate::message::{Message, Qos};
use crate::options::Options;
use crate::request;

/// How long the server may take to answer CONNECT.
pub const CONNACK_TIMEOUT: Duration = Duration::from_secs(6);

/// An MQTT 3.1.1 client's side of one connection.
///
/// Tell it what happened (`handle_*`) and what to do (`publish` and the other commands). After each, drain
/// [`poll_event`](Self::poll_event) and [`poll_transmit`](Self::poll_transmit), in this order where an answer must
/// be told after what it answers, then wait until [`poll_timeout`](Self::poll_timeout) for the next thing to
/// happen. After [`Event::Closed`] and a last DISCONNECT every poll is empty and every command is refused; a new
/// connection is a new `Session`.
pub struct Session {
    phase: Phase,
    connect: Bytes,
    keep_alive_seconds: u16,
    frames: Frames,
    in_flight: InFlight,
    /// Whether the server may answer what this session never said.
    lenient: bool,
    transmits: VecDeque<Bytes>,
    events: VecDeque<Event>,
}

/// Where the dialogue stands.
#[derive(Debug)]
enum Phase {
    /// The link is not open; nothing was said.
    Idle,
    /// CONNECT is sent at this time, its CONNACK awaited (§3.1.4).
    Connecting { since: Instant },
    /// The server accepted (§3.2).
    Connected { keep_alive: KeepAlive },
    /// Over.
    Closed,
}

impl Session {
    /// A session that will log in as `options` say once its link is open.
    ///
    /// # Errors
    ///
    /// The options cannot be written as a CONNECT.
    pub fn new(options: &Options) -> Result<Self, OptionsError> {
        Ok(Self {
            phase: Phase::Idle,
            connect: options.frame()?,
            keep_alive_seconds: options.keep_alive,
            frames: Frames::new(options.max_remaining_length),
            in_flight: InFlight::default(),
            lenient: false,
            transmits: VecDeque::new(),
            events: VecDeque::new(),
        })
    }

    /// Whether the login is accepted and the session not over.
    pub fn is_connected(&self) -> bool {
        matches!(self.phase, Phase::Connected { .. })
    }

    // ── it happened ──

    /// The link is open: says CONNECT.
    pub fn handle_open(&mut self, now: Instant) {
        if matches!(self.phase, Phase::Idle) {
            self.phase = Phase::Connecting { since: now };
            self.transmits.push_back(self.connect.clone());
        }
    }

    /// Bytes arrived, cut anywhere.
    pub fn handle_input(&mut self, bytes: &[u8], now: Instant) {
        if matches!(self.phase, Phase::Idle | Phase::Closed) {
            return;
        }
        self.frames.push(bytes);
        self.heard(now);
        while !matches!(self.phase, Phase::Idle | Phase::Closed) {
            match self.frames.poll_frame() {
                Ok(None) => return,
                Ok(Some(frame)) => {
                    self.events.push_back(Event::Received(frame.bytes));
                    match self.handle_packet(frame.packet, now) {
                        // It may have been what was waited for.
                        Ok(()) => self.heard(now),
                        Err(CloseReason::Violation(violation))
                            if self.lenient && violation.may_answer_others() =>
                        {
                            self.heard(now);
                        }
                        Err(reason) => self.close(reason),
                    }
                }
                Err(error) => self.close(CloseReason::Violation(Violation::Frame(error))),
            }
        }
    }

    /// The time that [`poll_timeout`](Self::poll_timeout) named has come.
    pub fn handle_timeout(&mut self, now: Instant) {
        match &mut self.phase {
            Phase::Connecting { since } => {
                if now >= *since + CONNACK_TIMEOUT {
                    self.close(CloseReason::NoConnack);
                }
            }
            Phase::Connected { keep_alive } => match keep_alive.due(now) {
                Due::Nothing => {}
                Due::Ping => self.ping(now),
                Due::GiveUp => self.close(CloseReason::NoPingResponse),
            },
            Phase::Idle | Phase::Closed => {}
        }
    }

    /// The link is gone.
    pub fn handle_close(&mut self) {
        self.close(CloseReason::LinkClosed);
    }

    // ── do it ──

    /// Publishes `message` (§3.3). At QoS 1 gives the packet identifier that [`Event::Acknowledged`] will name.
    ///
    /// # Errors
    ///
    /// The message cannot be sent, now or ever; nothing was sent.
    pub fn publish(&mut self, message: Message, now: Instant) -> Result<Option<u16>, CommandError> {
        let packet_id = match message.qos {
            Qos::AtMostOnce => None,
            Qos::AtLeastOnce => Some(self.next_id()?),
        };
        self.send_frame(message.frame(packet_id)?, now)?;
        if let Some(id) = packet_id {
            self.await_answer(id, Sent::Publish, now);
        }
        Ok(packet_id)
    }

    /// Subscribes to topic filters (§3.8), each at most at `qos`. Gives the packet identifier that
    /// [`Event::Subscribed`] will name.
    ///
    /// # Errors
    ///
    /// A filter cannot be sent; nothing was sent.
    pub fn subscribe(&mut self, filters: &[&str], qos: Qos, now: Instant) -> Result<u16, CommandError> {
        let packet_id = self.next_id()?;
        self.send_frame(request::subscribe_frame(filters, qos, packet_id)?, now)?;
        self.await_answer(packet_id, Sent::Subscribe { filters: filters.len() }, now);
        Ok(packet_id)
    }

    /// Takes subscriptions back (§3.10). Gives the packet identifier that [`Event::Unsubscribed`] will name.
    ///
    /// # Errors
    ///
    /// A filter cannot be sent; nothing was sent.
    pub fn unsubscribe(&mut self, filters: &[&str], now: Instant) -> Result<u16, CommandError> {
        let packet_id = self.next_id()?;
        self.send_frame(request::unsubscribe_frame(filters, packet_id)?, now)?;
        self.await_answer(packet_id, Sent::Unsubscribe, now);
        Ok(packet_id)
    }

    /// Sends bytes as they are, which need be no frame. From then on the server may answer what this session never
    /// said: acknowledgements that nothing waits for, a CONNACK or PINGRESP too many and messages at QoS 2 are
    /// received and mean nothing.
    ///
    /// # Errors
    ///
    /// The login is not accepted; nothing was sent.
    pub fn send_raw(&mut self, bytes: Bytes, now: Instant) -> Result<(), CommandError> {
        self.send_frame(bytes, now)?;
        self.lenient = true;
        Ok(())
    }

    /// Says DISCONNECT (§3.14) and ends the session.
    ///
    /// # Errors
    ///
    /// The login is not accepted: there is nothing to take leave of. The session ends all the same.
    pub fn disconnect(&mut self, now: Instant) -> Result<(), CommandError> {
        let said = self.send(&Packet::Disconnect, now);
        // Kept past the close: DISCONNECT is still to be transmitted.
        let transmits = std::mem::take(&mut self.transmits);
        self.close(CloseReason::Disconnected);
        if said.is_ok() {
            self.transmits = transmits;
        }
        said
    }

    // ── what should I do? ──

    /// The next frame to send, whole.
    pub fn poll_transmit(&mut self) -> Option<Bytes> {
        self.transmits.pop_front()
    }

    /// What happened next.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// When to call [`handle_timeout`](Self::handle_timeout), if nothing else happens before.
    pub fn poll_timeout(&self) -> Option<Instant> {
        match &self.phase {
            Phase::Connecting { since } => Some(*since + CONNACK_TIMEOUT),
            Phase::Connected { keep_alive } => keep_alive.deadline(),
            Phase::Idle | Phase::Closed => None,
        }
    }

    // ── how ──

    /// One packet from the server: what it does, or why it ends the session.
    fn handle_packet(&mut self, packet: Packet, now: Instant) -> Result<(), CloseReason> {
        let keep_alive = match &mut self.phase {
            Phase::Connecting { since } => {
                let since = *since;
                return self.handle_connack(&packet, since, now);
            }
            Phase::Connected { keep_alive } => keep_alive,
            Phase::Idle | Phase::Closed => return Ok(()),
        };
        let violation = match packet {
            Packet::Publish(publish) => return self.handle_publish(publish, now),
            Packet::PubAck(PubAck { pkid }) => {
                let (_, since) = self.settle("PUBACK", pkid, |sent| sent == Sent::Publish)?;
                let round_trip = now.saturating_duration_since(since);
                self.events.push_back(Event::Acknowledged { packet_id: pkid, round_trip });
                return Ok(());
            }
            Packet::SubAck(suback) => return self.handle_suback(&suback),
            Packet::UnsubAck(unsuback) => {
                let packet_id = unsuback.pkid;
                self.settle("UNSUBACK", packet_id, |sent| sent == Sent::Unsubscribe)?;
                self.events.push_back(Event::Unsubscribed { packet_id });
                return Ok(());
            }
            Packet::PingResp => match keep_alive.answered(now) {
                Some(round_trip) => {
                    self.events.push_back(Event::Pinged { round_trip });
                    return Ok(());
                }
                None => Violation::UnexpectedPingResponse,
            },
            Packet::ConnAck(_) => Violation::SecondConnack,
            // Nothing at QoS 2 is ever sent, so nothing waits for its acknowledgements.
            Packet::PubRec(frame::PubRec { pkid }) => {
                Violation::UnknownPacketId { name: "PUBREC", packet_id: pkid }
            }
            Packet::PubComp(frame::PubComp { pkid }) => {
                Violation::UnknownPacketId { name: "PUBCOMP", packet_id: pkid }
            }
            Packet::PubRel(frame::PubRel { pkid }) => {
                Violation::UnknownPacketId { name: "PUBREL", packet_id: pkid }
            }
            Packet::Connect(_)
            | Packet::Subscribe(_)
            | Packet::Unsubscribe(_)
            | Packet::PingReq
            | Packet::Disconnect => Violation::ClientPacket(frame::name(&packet)),
        };
        Err(CloseReason::Violation(violation))
    }

    /// The first packet of the server (§3.2).
    fn handle_connack(&mut self, packet: &Packet, since: Instant, now: Instant) -> Result<(), CloseReason> {
        let Packet::ConnAck(connack) = packet else {
            return Err(CloseReason::Violation(Violation::BeforeConnack(frame::name(packet))));
        };
        if let Some(code) = ReturnCode::from_code(connack.code) {
            return Err(CloseReason::Refused(code));
        }
        self.phase = Phase::Connected { keep_alive: KeepAlive::new(self.keep_alive_seconds, since, now) };
        self.events.push_back(Event::Connected {
            session_present: connack.session_present,
            round_trip: now.saturating_duration_since(since),
        });
        Ok(())
    }

    fn handle_publish(&mut self, publish: frame::Publish, now: Instant) -> Result<(), CloseReason> {
        let qos = match publish.qos {
            frame::QoS::AtMostOnce => Qos::AtMostOnce,
            frame::QoS::AtLeastOnce => Qos::AtLeastOnce,
            frame::QoS::ExactlyOnce => return Err(CloseReason::Violation(Violation::Qos2)),
        };
        if qos == Qos::AtLeastOnce {
            self.send(&Packet::PubAck(PubAck { pkid: publish.pkid }), now)
                .expect("this runs while connected, and PUBACK has no fields that could be too long");
        }
        let (topic, payload, retain) = (publish.topic, publish.payload, publish.retain);
        let message = Message { topic, payload, qos, retain };
        self.events.push_back(Event::Message { message, dup: publish.dup });
        Ok(())
    }

    fn handle_suback(&mut self, suback: &frame::SubAck) -> Result<(), CloseReason> {
        let packet_id = suback.pkid;
        let is_suback = |sent| matches!(sent, Sent::Subscribe { .. });
        let (sent, _) = self.settle("SUBACK", packet_id, is_suback)?;
        let granted = suback.return_codes.len();
        match sent {
            Sent::Subscribe { filters } if filters != granted => {
                Err(CloseReason::Violation(Violation::GrantedCount { requested: filters, granted }))
            }
            Sent::Subscribe { .. } | Sent::Publish | Sent::Unsubscribe => {
                let granted = suback.return_codes.iter().map(Into::into).collect();
                self.events.push_back(Event::Subscribed { packet_id, granted });
                Ok(())
            }
        }
    }

    fn settle(
        &mut self,
        name: &'static str,
        packet_id: u16,
        expected: impl FnOnce(Sent) -> bool,
    ) -> Result<(Sent, Instant), CloseReason> {
        self.in_flight
            .settle(packet_id, expected)
            .ok_or(CloseReason::Violation(Violation::UnknownPacketId { name, packet_id }))
    }

    fn next_id(&self) -> Result<u16, CommandError> {
        self.in_flight.next_id().ok_or(CommandError::NoFreePacketId)
    }

    fn send(&mut self, packet: &Packet, now: Instant) -> Result<(), CommandError> {
        self.send_frame(frame::encode(packet)?, now)
    }

    fn send_frame(&mut self, frame: Bytes, now: Instant) -> Result<(), CommandError> {
        let Phase::Connected { keep_alive } = &mut self.phase else {
            return Err(CommandError::NotConnected);
        };
        keep_alive.sent(frame.len(), now);
        self.transmits.push_back(frame);
        Ok(())
    }

    fn ping(&mut self, now: Instant) {
        self.send(&Packet::PingReq, now)
            .expect("this runs while connected, and PINGREQ has no fields that could be too long");
        if let Phase::Connected { keep_alive } = &mut self.phase {
            keep_alive.pinged(now);
        }
    }

    fn await_answer(&mut self, packet_id: u16, sent: Sent, now: Instant) {
        self.in_flight.insert(packet_id, sent, now);
        if let Phase::Connected { keep_alive } = &mut self.phase {
            keep_alive.awaits();
        }
    }

    fn heard(&mut self, now: Instant) {
        if let Phase::Connected { keep_alive } = &mut self.phase {
            keep_alive.heard(now, !self.in_flight.is_empty());
        }
    }

    fn close(&mut self, reason: CloseReason) {
        if !matches!(self.phase, Phase::Closed) {
            self.phase = Phase::Closed;
            self.transmits.clear();
            let rest = self.frames.take_rest();
            if !rest.is_empty() {
                self.events.push_back(Event::Unread(rest));
            }
            self.events.push_back(Event::Closed(reason));
        }
    }
}

impl fmt::Debug for Session {
    /// Leaves the CONNECT out: it holds the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("phase", &self.phase).finish_non_exhaustive()
    }
}

#[cfg(test)]
pub(crate) mod tests;
