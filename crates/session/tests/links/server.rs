//! A small model of a server: the least that keeps the promises of the three QoS levels, and switches that let it
//! say things twice.

use std::collections::{BTreeMap, VecDeque};

use bytes::Bytes;
use frame::{
    ConnAck, ConnectReturnCode, Frames, MAX_REMAINING_LENGTH, Packet, PubAck, PubComp, PubRec, PubRel,
    Publish, QoS,
};

/// How many messages it sends without an answer.
const WINDOW: usize = 3;

/// A server with one client and, if the client wants, a session that outlives connections.
pub struct Server {
    /// Passes a message at QoS 2 on when it is released, not when it arrives: §4.3.3 allows both.
    pub late: bool,
    /// Says that it has kept even a clean session.
    pub claims: bool,
    /// Messages passed on, by their numbers, in order.
    pub passed: Vec<(QoS, u32)>,
    /// What it has to say on this connection.
    pub said: Vec<u8>,
    /// Whether the next acknowledgement is said twice.
    pub echo: bool,
    /// Whether the client has logged in on this connection.
    pub logged_in: bool,
    frames: Frames,
    /// Whether a session is kept after the connection.
    keeps: bool,
    /// Messages at QoS 2 that arrived and are not released, with their numbers.
    inbound: BTreeMap<u16, u32>,
    outbound: VecDeque<Outgoing>,
    last_id: u16,
}

/// A message for the client.
struct Outgoing {
    /// Zero until it is sent.
    id: u16,
    number: u32,
    qos: QoS,
    stage: Stage,
}

#[derive(PartialEq)]
enum Stage {
    /// Never sent in this session.
    Waiting,
    /// Sent on an earlier connection.
    Due,
    /// Sent on this connection.
    Sent,
    /// PUBREL is sent.
    Released,
}

impl Server {
    pub fn new(late: bool, claims: bool) -> Self {
        Self {
            late,
            claims,
            passed: Vec::new(),
            said: Vec::new(),
            echo: false,
            frames: Frames::new(MAX_REMAINING_LENGTH),
            logged_in: false,
            keeps: false,
            inbound: BTreeMap::new(),
            outbound: VecDeque::new(),
            last_id: 0,
        }
    }

    /// The connection is gone, and with it what was on its way.
    pub fn handle_close(&mut self) {
        self.frames = Frames::new(MAX_REMAINING_LENGTH);
        self.logged_in = false;
        self.said.clear();
        for message in self.outbound.iter_mut().filter(|message| message.stage == Stage::Sent) {
            message.stage = Stage::Due;
        }
    }

    pub fn handle_input(&mut self, bytes: &[u8]) {
        self.frames.push(bytes);
        while let Some(frame) = self.frames.poll_frame().expect("a session sends good frames") {
            self.handle_packet(frame.packet);
        }
    }

    /// A message for the client.
    pub fn publish(&mut self, qos: QoS, number: u32) {
        self.outbound.push_back(Outgoing { id: 0, number, qos, stage: Stage::Waiting });
        if self.logged_in {
            self.send_waiting();
        }
    }

    /// Sends the oldest unanswered message once more, as no server should on one connection.
    pub fn repeat(&mut self) {
        if let Some(sent) = self.outbound.iter().find(|message| message.stage == Stage::Sent) {
            let (id, number, qos) = (sent.id, sent.number, sent.qos);
            self.say_message(id, number, qos, true);
        }
    }

    pub fn say(&mut self, packet: &Packet) {
        self.said.extend_from_slice(&frame::encode(packet).unwrap());
        if std::mem::take(&mut self.echo) {
            self.said.extend_from_slice(&frame::encode(packet).unwrap());
        }
    }

    /// Messages that the client has not acknowledged.
    pub fn owed(&self) -> usize {
        self.outbound.len()
    }

    fn handle_packet(&mut self, packet: Packet) {
        match packet {
            Packet::Connect(connect) => self.log_in(connect.clean_session),
            Packet::Publish(publish) => self.handle_publish(&publish),
            Packet::PubRel(PubRel { pkid }) => {
                if let Some(number) = self.inbound.remove(&pkid)
                    && self.late
                {
                    self.passed.push((QoS::ExactlyOnce, number));
                }
                self.say(&Packet::PubComp(PubComp { pkid }));
            }
            Packet::PubAck(PubAck { pkid }) | Packet::PubComp(PubComp { pkid }) => {
                self.outbound.retain(|message| message.id != pkid);
                self.send_waiting();
            }
            Packet::PubRec(PubRec { pkid }) => {
                for message in self.outbound.iter_mut().filter(|message| message.id == pkid) {
                    message.stage = Stage::Released;
                }
                self.say(&Packet::PubRel(PubRel { pkid }));
            }
            Packet::Disconnect => {}
            other => panic!("no {} is expected", frame::name(&other)),
        }
    }

    fn log_in(&mut self, clean_session: bool) {
        let found = self.keeps && !clean_session;
        if !found {
            self.inbound.clear();
            self.last_id = 0;
            // Those that were never sent belong to nobody's session.
            self.outbound.retain(|message| message.stage == Stage::Waiting);
        }
        (self.keeps, self.logged_in) = (!clean_session, true);
        let session_present = found || (clean_session && self.claims);
        let echo = std::mem::take(&mut self.echo);
        self.say(&Packet::ConnAck(ConnAck { session_present, code: ConnectReturnCode::Success }));
        self.echo = echo;
        let released = self.outbound.iter().filter(|message| message.stage == Stage::Released);
        for id in released.map(|message| message.id).collect::<Vec<_>>() {
            self.say(&Packet::PubRel(PubRel { pkid: id }));
        }
        self.send_waiting();
    }

    fn handle_publish(&mut self, publish: &Publish) {
        let number = u32::from_be_bytes(publish.payload[..].try_into().unwrap());
        let pkid = publish.pkid;
        match publish.qos {
            QoS::AtMostOnce => {}
            QoS::AtLeastOnce => {
                self.passed.push((QoS::AtLeastOnce, number));
                self.say(&Packet::PubAck(PubAck { pkid }));
            }
            QoS::ExactlyOnce => {
                match self.inbound.insert(pkid, number) {
                    None if self.late => {}
                    None => self.passed.push((QoS::ExactlyOnce, number)),
                    Some(before) => {
                        assert_eq!(before, number, "identifier {pkid} in flight is given to another message");
                        assert!(publish.dup, "a message is sent again without DUP");
                    }
                }
                self.say(&Packet::PubRec(PubRec { pkid }));
            }
        }
    }

    fn send_waiting(&mut self) {
        loop {
            let busy = self.outbound.iter().filter(|one| matches!(one.stage, Stage::Sent | Stage::Released));
            if busy.count() >= WINDOW {
                return;
            }
            let next = self.outbound.iter_mut().find(|one| matches!(one.stage, Stage::Due | Stage::Waiting));
            let Some(next) = next else { return };
            let dup = next.stage == Stage::Due;
            if !dup {
                self.last_id += 1;
                next.id = self.last_id;
            }
            next.stage = Stage::Sent;
            let (id, number, qos) = (next.id, next.number, next.qos);
            self.say_message(id, number, qos, dup);
        }
    }

    fn say_message(&mut self, id: u16, number: u32, qos: QoS, dup: bool) {
        let payload = Bytes::copy_from_slice(&number.to_be_bytes());
        let mut publish = Publish::from_bytes("down", qos, payload);
        (publish.pkid, publish.dup) = (id, dup);
        self.said.extend_from_slice(&frame::encode(&Packet::Publish(publish)).unwrap());
    }
}
