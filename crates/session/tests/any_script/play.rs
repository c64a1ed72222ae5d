//! A script of any bytes becomes a conversation: commands, frames of a server that does as it likes, time, lost links
//! and crashes. After each step everything is checked that holds whatever happens.
//!
//! Knows neither proptest nor a fuzzer, so that both play the same scripts.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use bytes::Bytes;
use frame::{
    ConnAck, ConnectReturnCode, Frames, Packet, PubAck, PubComp, PubRec, PubRel, Publish, SubAck,
    SubscribeReasonCode, UnsubAck,
};
use session::{Change, CommandError, Event, Message, Options, Qos, Session, Store};
use web_time::Instant;

/// More than any frame that a session sends here.
const LARGE: usize = 1_000;

/// Plays a script that begins at `now` to its end. Panics where something does not hold.
pub fn play(script: &[u8], now: Instant) {
    let mut script = Script(script);
    let mut client = Client::new(script.byte(), now);
    while !script.0.is_empty() {
        client.step(&mut script);
    }
}

/// What is left of a script. Behind its end there are zeroes.
struct Script<'a>(&'a [u8]);

impl<'a> Script<'a> {
    fn byte(&mut self) -> u8 {
        self.bytes(1).first().copied().unwrap_or(0)
    }

    fn bytes(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(count.min(self.0.len()));
        self.0 = rest;
        taken
    }

    /// Few, so that they meet.
    fn id(&mut self) -> u16 {
        u16::from(self.byte() % 7)
    }

    fn qos(&mut self) -> Qos {
        [Qos::AtLeastOnce, Qos::ExactlyOnce, Qos::AtMostOnce][usize::from(self.byte() % 3)]
    }
}

/// A device with a disk. It has two sessions: one hears many bytes at once, the other one by one, and is drained and
/// checked after each. Both must say the same.
struct Client {
    options: Options,
    now: Instant,
    session: Session,
    twin: Session,
    /// What the twin has said since both were compared.
    said: Said,
    /// Every change that was written, folded.
    disk: Store,
    /// Whether CONNECT was sent on this connection.
    has_called: bool,
    /// What was sent on an earlier connection and is to be sent again, in order.
    due: VecDeque<u16>,
    /// Identifiers of the messages that were sent on this connection.
    sent: BTreeSet<u16>,
    /// Identifiers of SUBSCRIBEs and UNSUBSCRIBEs without answer.
    asked: BTreeSet<u16>,
    is_closed: bool,
    /// Whether bytes of others were sent on this connection: then their frames are not the session's.
    sent_raw: bool,
}

impl Client {
    fn new(kind: u8, now: Instant) -> Self {
        let options = Options {
            client_id: "1".to_owned(),
            clean_session: kind & 1 != 0,
            keep_alive: [10, 0][usize::from(kind >> 1 & 1)],
            max_in_flight: u16::from(kind >> 2 & 3),
            max_held: 6,
            max_held_bytes: 40,
            max_remaining_length: 60,
            ..Options::default()
        };
        let [session, twin] = [(); 2].map(|()| Session::new(&options).expect("such a login can be written"));
        let mut client = Self {
            options,
            now,
            session,
            twin,
            said: Said::default(),
            disk: Store::default(),
            has_called: false,
            due: VecDeque::new(),
            sent: BTreeSet::new(),
            asked: BTreeSet::new(),
            is_closed: false,
            sent_raw: false,
        };
        client.log_in(Connack::of(kind >> 4));
        client
    }

    fn step(&mut self, script: &mut Script<'_>) {
        match script.byte() % 14 {
            0 | 1 => self.publish(script),
            2 => {
                let filters = &["a", "b/#", ""][..usize::from(script.byte() % 4).min(3)];
                let qos = script.qos();
                let ids = self.both(|session, now| session.subscribe(filters, qos, now));
                self.asks(ids);
            }
            3 => {
                let ids = self.both(|session, now| session.unsubscribe(&["a"], now));
                self.asks(ids);
            }
            4 => {
                let id = script.id();
                let _ = self.both(|session, _| session.give_up(id));
            }
            5 => {
                let id = script.id();
                let _ = self.both(|session, _| session.retry(id));
            }
            6 => {
                let length = script.byte() % 16;
                let bytes = Bytes::copy_from_slice(script.bytes(length.into()));
                self.sent_raw |= self.both(|session, now| session.send_raw(bytes.clone(), now)).is_ok();
            }
            7 => {
                let _ = self.both(|session, now| session.disconnect(now));
                self.is_closed = true;
            }
            8..=10 => {
                let kind = script.byte();
                let mut input = Vec::new();
                for _ in 0..=kind % 3 {
                    say(script, &mut input);
                }
                let before = (kind >= 0xF0).then(|| self.disk.clone());
                self.hear(&input);
                if let Some(before) = before {
                    // It dies before it has written anything.
                    self.disk = before;
                    return self.restart(script.byte());
                }
            }
            11 => {
                let length = script.byte() % 64;
                self.hear(script.bytes(length.into()));
            }
            12 => {
                self.now += Duration::from_millis(100 * u64::from(script.byte()));
                self.both(Session::handle_timeout);
            }
            _ => {
                let kind = script.byte();
                if kind & 1 != 0 {
                    self.both(|session, _| session.handle_close());
                    self.drain();
                }
                return self.restart(kind);
            }
        }
        self.drain();
    }

    fn publish(&mut self, script: &mut Script<'_>) {
        let kind = script.byte();
        let length = usize::from(kind >> 2 & 15);
        let message = Message {
            topic: ["a", "b", "c/d", "+"][usize::from(kind & 3)].to_owned(),
            payload: Bytes::copy_from_slice(script.bytes(length)),
            qos: script.qos(),
            retain: kind & 64 != 0,
        };
        if kind & 128 != 0 {
            let _ = self.both(|session, now| session.enqueue(message.clone(), now));
        } else {
            let _ = self.both(|session, now| session.publish(message.clone(), now));
        }
    }

    fn hear(&mut self, bytes: &[u8]) {
        // Even none would be a sign of life.
        if bytes.is_empty() {
            return;
        }
        self.session.handle_input(bytes, self.now);
        for byte in bytes {
            self.twin.handle_input(&[*byte], self.now);
            self.drain_twin();
        }
    }

    /// Both sessions do the same and say the same about it. Whether they do it at all is for them to say.
    fn both<T: PartialEq + std::fmt::Debug>(&mut self, act: impl Fn(&mut Session, Instant) -> T) -> T {
        let told = act(&mut self.session, self.now);
        assert_eq!(told, act(&mut self.twin, self.now));
        told
    }

    fn asks(&mut self, asked: Result<u16, CommandError>) {
        if let Ok(id) = asked {
            assert!(self.is_free(id) && self.asked.insert(id), "identifier {id} is given out twice");
        }
    }

    fn is_free(&self, id: u16) -> bool {
        self.disk.message(id).is_none() && !self.disk.released.contains(&id)
    }

    /// A new session begins with what is on the disk.
    fn restart(&mut self, kind: u8) {
        self.options.clean_session ^= kind & 2 != 0;
        let resume = || Session::resume(&self.options, self.disk.clone()).expect("a session wrote it");
        (self.session, self.twin) = (resume(), resume());
        self.due = self.disk.outbound.iter().filter(|held| held.sent).map(|held| held.packet_id).collect();
        self.asked.clear();
        self.sent.clear();
        self.said = Said::default();
        (self.has_called, self.is_closed, self.sent_raw) = (false, false, false);
        let unsettled: Vec<u16> = self.session.unsettled().map(|(id, _)| id).collect();
        for id in unsettled {
            let _ = match kind >> 2 & 3 {
                0 => self.both(|session, _| session.retry(id)),
                1 => self.both(|session, _| session.give_up(id)),
                // A new clean session abandons it.
                _ => continue,
            };
        }
        self.drain();
        self.log_in(Connack::of(kind >> 4));
    }

    fn log_in(&mut self, connack: Connack) {
        self.both(Session::handle_open);
        self.drain();
        let Connack(Some(code), session_present) = connack else { return };
        self.hear(&encode(&Packet::ConnAck(ConnAck { code, session_present })));
        self.drain();
    }

    /// Takes everything that both sessions want, checks and compares it.
    fn drain(&mut self) {
        self.drain_twin();
        let session = &mut self.session;
        let changes: Vec<Change> = std::iter::from_fn(|| session.poll_change()).collect();
        assert_eq!(changes, self.said.changes);
        let transmits: Vec<Bytes> = std::iter::from_fn(|| session.poll_transmit()).collect();
        // What a session has to say when its connection ends is dropped.
        assert!(self.said.transmits.ends_with(&transmits), "{transmits:?} {:?}", self.said.transmits);
        assert!(self.is_closed || self.said.transmits.len() == transmits.len());
        let events: Vec<Event> = std::iter::from_fn(|| told(session)).collect();
        assert_eq!(events, self.said.events);
        assert!(self.disk == *self.session.store(), "the folded changes are the state");
        self.said = Said::default();
        self.check_counts();
        if self.is_closed {
            assert_eq!(self.session.poll_timeout(), None);
            assert!(self.both(|session, now| session.subscribe(&["a"], Qos::AtMostOnce, now)).is_err());
            assert!(!self.session.is_connected() && self.session.awaiting().next().is_none());
        }
    }

    /// Takes everything that the twin wants, and checks it.
    fn drain_twin(&mut self) {
        while let Some(change) = self.twin.poll_change() {
            self.note(&change);
            self.disk.apply(change.clone());
            self.said.changes.push(change);
        }
        let mut answers = Answers::default();
        while let Some(event) = told(&mut self.twin) {
            self.hear_of(&event, &mut answers);
            self.said.events.push(event);
        }
        while let Some(bytes) = self.twin.poll_transmit() {
            if !self.sent_raw {
                self.transmit(&bytes, &mut answers);
            }
            self.said.transmits.push(bytes);
        }
        if !self.is_closed && !self.sent_raw {
            assert_eq!(answers.owed, answers.given, "every message is acknowledged as its QoS demands");
        }
    }

    fn note(&mut self, change: &Change) {
        match change {
            Change::Accepted(outbound) => {
                let id = outbound.packet_id;
                assert!(id != 0 && self.is_free(id) && !self.asked.contains(&id), "{id} is given out twice");
                self.sent.remove(&id);
            }
            Change::Released { packet_id }
            | Change::Returned { packet_id }
            | Change::Settled { packet_id } => {
                self.due.retain(|id| id != packet_id);
            }
            Change::Began { .. }
            | Change::Sent { .. }
            | Change::Received { .. }
            | Change::Completed { .. } => {}
        }
    }

    fn hear_of(&mut self, event: &Event, answers: &mut Answers) {
        match event {
            Event::Message { message, .. } => match message.qos {
                Qos::AtMostOnce => {}
                Qos::AtLeastOnce => answers.owed.pubacks += 1,
                Qos::ExactlyOnce => answers.owed.pubrecs += 1,
            },
            Event::Duplicate { .. } => answers.owed.pubrecs += 1,
            Event::Subscribed { packet_id, .. } | Event::Unsubscribed { packet_id } => {
                assert!(self.asked.remove(packet_id), "nobody asked under {packet_id}");
            }
            Event::Closed(_) => self.is_closed = true,
            Event::Received(_)
            | Event::Connected { .. }
            | Event::Acknowledged { .. }
            | Event::Released { .. }
            | Event::Unsettled { .. }
            | Event::Abandoned { .. }
            | Event::Stray { .. }
            | Event::NeverLeft { .. }
            | Event::Pinged { .. }
            | Event::Unread(_) => {}
        }
    }

    /// One transmit is one whole frame, in its turn.
    fn transmit(&mut self, bytes: &[u8], answers: &mut Answers) {
        let mut frames = Frames::new(LARGE);
        frames.push(bytes);
        let packet = frames.poll_frame().expect("good frames").expect("whole frames").packet;
        assert!(frames.take_rest().is_empty(), "one frame at a time");
        assert_eq!(self.has_called, !matches!(packet, Packet::Connect(_)), "CONNECT comes first, and once");
        self.has_called = true;
        match packet {
            Packet::Publish(publish) if publish.pkid == 0 => assert!(!publish.dup),
            Packet::Publish(publish) => {
                let is_due = self.due.front() == Some(&publish.pkid);
                assert_eq!(publish.dup, is_due, "what was sent before is sent again first, with DUP");
                assert!(is_due || self.due.is_empty(), "nothing new before {:?}", self.due);
                self.due.pop_front();
                assert!(self.sent.insert(publish.pkid), "nothing is sent twice on one connection");
            }
            Packet::PubRel(pubrel) => {
                // An echo may come for the identifier of one that waits for its turn.
                let is_taken = self.disk.message(pubrel.pkid).is_none();
                assert!(is_taken || !self.sent.contains(&pubrel.pkid), "the server has not taken it");
            }
            Packet::PubAck(_) => answers.given.pubacks += 1,
            Packet::PubRec(_) => answers.given.pubrecs += 1,
            Packet::Connect(_)
            | Packet::PubComp(_)
            | Packet::Subscribe(_)
            | Packet::Unsubscribe(_)
            | Packet::PingReq
            | Packet::Disconnect => {}
            Packet::ConnAck(_) | Packet::SubAck(_) | Packet::UnsubAck(_) | Packet::PingResp => {
                panic!("no client says {}", frame::name(&packet));
            }
        }
    }

    fn check_counts(&self) {
        let counts = self.session.counts();
        let ended = counts.acknowledged + counts.given_up + counts.abandoned;
        let held = counts.waiting + counts.in_flight + counts.unsettled;
        assert_eq!(counts.restored + counts.accepted, ended + held, "{counts:?}");
        assert!(self.disk.outbound.len() + self.disk.released.len() <= self.options.max_held);
    }
}

/// What a session wants.
#[derive(Default)]
struct Said {
    changes: Vec<Change>,
    events: Vec<Event>,
    transmits: Vec<Bytes>,
}

/// What messages of the server ask for, and what is said.
#[derive(Default)]
struct Answers {
    owed: Acknowledgements,
    given: Acknowledgements,
}

#[derive(Debug, Default, PartialEq)]
struct Acknowledgements {
    pubacks: u32,
    pubrecs: u32,
}

/// How a server answers a login, if it does.
struct Connack(Option<ConnectReturnCode>, bool);

impl Connack {
    fn of(kind: u8) -> Self {
        match kind & 7 {
            0..=2 => Self(Some(ConnectReturnCode::Success), false),
            3..=5 => Self(Some(ConnectReturnCode::Success), true),
            6 => Self(None, false),
            _ => Self(Some(ConnectReturnCode::BadClientId), false),
        }
    }
}

/// The next event, but for how much was unread: that depends on the cuts.
fn told(session: &mut Session) -> Option<Event> {
    loop {
        match session.poll_event()? {
            Event::Unread(_) => {}
            event => return Some(event),
        }
    }
}

/// One frame of a server that does as it likes.
fn say(script: &mut Script<'_>, input: &mut Vec<u8>) {
    let kind = script.byte();
    // Any of them may be none of the right time.
    let id = script.id().max(1);
    let packet = match kind % 10 {
        0..=2 => {
            let mut publish = Publish::new("a", script.qos().into(), script.bytes(2));
            (publish.pkid, publish.retain) = (id, kind & 16 != 0);
            publish.dup = kind & 32 != 0 && publish.qos != frame::QoS::AtMostOnce;
            Packet::Publish(publish)
        }
        3 => Packet::PubAck(PubAck { pkid: id }),
        4 => Packet::PubRec(PubRec { pkid: id }),
        5 => Packet::PubRel(PubRel { pkid: id }),
        6 => Packet::PubComp(PubComp { pkid: id }),
        7 => {
            let codes = vec![SubscribeReasonCode::Failure; usize::from(script.byte() % 4)];
            Packet::SubAck(SubAck { pkid: id, return_codes: codes })
        }
        8 => Packet::UnsubAck(UnsubAck { pkid: id }),
        _ if kind & 16 == 0 => Packet::PingResp,
        _ => Packet::ConnAck(ConnAck { code: ConnectReturnCode::Success, session_present: false }),
    };
    input.extend_from_slice(&encode(&packet));
}

fn encode(packet: &Packet) -> Bytes {
    frame::encode(packet).expect("such a packet can be written")
}
