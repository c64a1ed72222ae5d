//! One connection's dialogue, from CONNECT to the end: what happens to it and what it wants. What it does with
//! messages and subscriptions is in the files beside this one.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use frame::{Frames, Packet};
use web_time::Instant;

use self::ledger::Ledger;
use self::queue::Queue;
use crate::acknowledgement::{Acknowledgement, Awaiting};
use crate::counts::Counts;
use crate::error::{CloseReason, CommandError, OptionsError, ResumeError, Violation};
use crate::event::Event;
use crate::in_flight::{InFlight, Sent};
use crate::keep_alive::{Due, KeepAlive};
use crate::options::Options;
use crate::store::{Change, Store};

mod inbound;
mod ledger;
mod login;
mod outbound;
mod packet;
mod queue;
mod subscription;

/// How long the server may take to answer CONNECT.
pub const CONNACK_TIMEOUT: Duration = Duration::from_secs(6);

/// An MQTT 3.1.1 client's side of one connection.
///
/// Tell it what happened (`handle_*`) and what to do (`publish` and the other commands). After each, drain in this
/// order:
///
/// 1. [`poll_change`](Self::poll_change), and make what it gives durable, if anything shall be. A change must be
///    on disk before the transmit that depends on it is sent: an exchange at QoS 2 rests on both ends remembering
///    what they said.
/// 2. [`poll_transmit`](Self::poll_transmit).
/// 3. [`poll_event`](Self::poll_event). Where an answer must be told after what it answers, and where messages that
///    arrived must survive a crash, events come before transmits: then a message is written together with its
///    change, before its PUBREC says that it is.
///
/// Then wait until [`poll_timeout`](Self::poll_timeout) for the next thing to happen. After [`Event::Closed`] and a
/// last DISCONNECT every poll is empty and every command is refused. A new connection is a new `Session`:
/// [`resume`](Self::resume) goes on with what [`into_store`](Self::into_store) of the last one gives, or with what
/// was on disk.
///
/// # What is sent again
///
/// With clean session 0, once the login is accepted and before anything new, whatever session present says: every
/// PUBREL without PUBCOMP, in the order of the PUBRECs, then every PUBLISH without answer, marked with DUP, in the
/// order and under the packet identifiers of the first time (§4.4, §4.6). Never anything on the same connection.
///
/// With clean session 1 nothing is sent again by itself, because the server has forgotten everything: see
/// [`unsettled`](Self::unsettled). Messages that were never sent belong to no session yet and are sent in either.
///
/// # Answers to nothing
///
/// After a loss both ends may remember different steps of an exchange, so a PUBACK, PUBREC, PUBREL or PUBCOMP that
/// nothing waits for need not be anybody's fault. To close the connection for it would only make the next one
/// begin the same way. It is told as [`Event::Stray`] instead and changes nothing. An answer of the wrong kind
/// under an identifier that waits for another one is a protocol violation and ends the session (§4.8).
pub struct Session {
    phase: Phase,
    connect: Bytes,
    keep_alive_seconds: u16,
    clean_session: bool,
    max_in_flight: usize,
    max_held: usize,
    max_held_bytes: usize,
    frames: Frames,
    ledger: Ledger,
    in_flight: InFlight,
    /// Messages to send again before anything new, in order.
    resend: VecDeque<u16>,
    /// Messages that were sent in a clean session that is over.
    unsettled: BTreeSet<u16>,
    /// The server's messages that wait for its PUBREL, and when their PUBREC was sent on this connection.
    unreleased: BTreeMap<u16, Instant>,
    /// The totals; what is held is counted when somebody asks.
    totals: Counts,
    /// Whether the server may answer what this session never said.
    lenient: bool,
    transmits: Queue,
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
    /// A session that will log in as `options` say once its link is open, with nothing from before.
    ///
    /// # Errors
    ///
    /// The options cannot be written as a CONNECT.
    pub fn new(options: &Options) -> Result<Self, OptionsError> {
        Ok(Self::with(options, options.frame()?, Store::default()))
    }

    /// A session that goes on where another ended.
    ///
    /// # Errors
    ///
    /// The options cannot be written as a CONNECT, or the store is no state of a session.
    pub fn resume(options: &Options, store: Store) -> Result<Self, ResumeError> {
        store.check()?;
        Ok(Self::with(options, options.frame()?, store))
    }

    fn with(options: &Options, connect: Bytes, store: Store) -> Self {
        let in_flight = InFlight::after(store.last_id, store.ids());
        let mut unsettled = BTreeSet::new();
        if options.clean_session || store.clean_session {
            unsettled.extend(store.released.iter().copied().chain(store.sent()));
        }
        Self {
            phase: Phase::Idle,
            connect,
            keep_alive_seconds: options.keep_alive,
            clean_session: options.clean_session,
            max_in_flight: options.max_in_flight.max(1).into(),
            max_held: options.max_held,
            max_held_bytes: options.max_held_bytes,
            frames: Frames::new(options.max_remaining_length),
            totals: Counts { restored: store.held() as u64, ..Counts::default() },
            ledger: Ledger::new(store),
            in_flight,
            resend: VecDeque::new(),
            unsettled,
            unreleased: BTreeMap::new(),
            lenient: false,
            transmits: Queue::default(),
            events: VecDeque::new(),
        }
    }

    // ── what it is ──

    /// Whether the login is accepted and the session not over.
    pub fn is_connected(&self) -> bool {
        matches!(self.phase, Phase::Connected { .. })
    }

    /// What outlives this connection, as it is now.
    pub fn store(&self) -> &Store {
        self.ledger.store()
    }

    /// What outlives this connection: begin the next one with it.
    pub fn into_store(self) -> Store {
        self.ledger.into_store()
    }

    /// What became of the messages, exactly.
    pub fn counts(&self) -> Counts {
        Counts {
            waiting: self.waiting() as u64,
            in_flight: self.in_flight() as u64,
            unsettled: self.unsettled.len() as u64,
            ..self.totals
        }
    }

    /// Messages at QoS 1 and 2 that wait to be sent, or to be sent again.
    pub fn waiting(&self) -> usize {
        self.store().held() - self.in_flight() - self.unsettled.len()
    }

    /// Bytes of the frames that [`poll_transmit`](Self::poll_transmit) has not given yet.
    pub fn queued_bytes(&self) -> usize {
        self.transmits.bytes()
    }

    /// Messages at QoS 1 and 2 that were sent on this connection and are not acknowledged.
    pub fn in_flight(&self) -> usize {
        self.in_flight.messages()
    }

    /// Every answer that the server owes on this connection: this client's packets by identifier, then the
    /// server's own messages.
    pub fn awaiting(&self) -> impl Iterator<Item = Awaiting> {
        let acknowledgement = Acknowledgement::PubRel;
        let unreleased = self.unreleased.iter();
        self.in_flight.awaiting().chain(unreleased.map(move |(&packet_id, &since)| Awaiting {
            acknowledgement,
            packet_id,
            since,
        }))
    }

    /// Logs in as these options say, as long as CONNECT is not sent: a password may be good for a while only. Whether
    /// the session is clean, and how long it is kept alive, stays.
    ///
    /// # Errors
    ///
    /// The options cannot be written as a CONNECT.
    pub fn log_in_as(&mut self, options: &Options) -> Result<(), OptionsError> {
        self.connect = options.frame()?;
        Ok(())
    }

    // ── it happened ──

    /// The link is open: says CONNECT.
    pub fn handle_open(&mut self, now: Instant) {
        if matches!(self.phase, Phase::Idle) {
            self.phase = Phase::Connecting { since: now };
            self.transmits.push(self.connect.clone());
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

    /// Of the messages at QoS 0 that were given to transmit, the last so many never left: the link was gone first.
    pub fn never_left(&mut self, messages: u64) {
        let messages = messages.min(self.totals.unacknowledged);
        self.totals.unacknowledged -= messages;
        self.totals.never_left += messages;
    }

    // ── do it: publish, enqueue, retry, give_up, subscribe, unsubscribe are beside this file ──

    /// Sends bytes as they are, which need be no frame. From then on the server may answer what this session never
    /// said: acknowledgements of the wrong kind or of nothing, a CONNACK or PINGRESP too many are received and mean
    /// nothing, and whoever sent those bytes answers the PUBRECs for them.
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

    /// The next change of what outlives this connection. To be made durable before anything is transmitted.
    pub fn poll_change(&mut self) -> Option<Change> {
        self.ledger.poll_change()
    }

    /// The next frame to send, whole.
    pub fn poll_transmit(&mut self) -> Option<Bytes> {
        self.transmits.pop()
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

    fn next_id(&self) -> Result<u16, CommandError> {
        self.in_flight.next_id().ok_or(CommandError::NoFreePacketId)
    }

    fn send(&mut self, packet: &Packet, now: Instant) -> Result<(), CommandError> {
        self.send_frame(frame::encode(packet)?, now)
    }

    /// Sends an answer: PUBACK, PUBREC, PUBREL or PUBCOMP, or a PINGREQ.
    fn answer(&mut self, packet: &Packet, now: Instant) {
        self.send(packet, now)
            .expect("this runs while connected, and such a packet has no fields that could be too long");
    }

    fn send_frame(&mut self, frame: Bytes, now: Instant) -> Result<(), CommandError> {
        self.sends(&frame, now)?;
        self.transmits.push(frame);
        Ok(())
    }

    /// Notes that a frame is about to be queued.
    fn sends(&mut self, frame: &Bytes, now: Instant) -> Result<(), CommandError> {
        let Phase::Connected { keep_alive } = &mut self.phase else {
            return Err(CommandError::NotConnected);
        };
        keep_alive.sent(frame.len(), now);
        Ok(())
    }

    fn ping(&mut self, now: Instant) {
        self.answer(&Packet::PingReq, now);
        if let Phase::Connected { keep_alive } = &mut self.phase {
            keep_alive.pinged(now);
        }
    }

    /// The packet that was sent last wants an answer that names `packet_id`.
    fn await_answer(&mut self, packet_id: u16, sent: Sent, now: Instant) {
        self.in_flight.expect(packet_id, sent, now);
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
        if matches!(self.phase, Phase::Closed) {
            return;
        }
        if self.is_connected() && self.clean_session {
            self.unsettle();
        }
        self.phase = Phase::Closed;
        self.in_flight.stop_waiting();
        self.resend.clear();
        self.unreleased.clear();
        let lone = std::mem::take(&mut self.transmits).lone();
        if lone > 0 {
            self.never_left(lone);
            self.events.push_back(Event::NeverLeft { messages: lone });
        }
        let rest = self.frames.take_rest();
        if !rest.is_empty() {
            self.events.push_back(Event::Unread(rest));
        }
        self.events.push_back(Event::Closed(reason));
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
