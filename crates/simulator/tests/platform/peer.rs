//! A device that keeps its session, whatever happens to its links: what MQTT 3.1.1 §4.3 and §4.4 ask of a
//! client, and no more.

use std::collections::{BTreeSet, VecDeque};

use frame::{Frames, MAX_REMAINING_LENGTH, Packet, PubAck, PubComp, PubRec, PubRel, Publish, QoS, encode};

/// A device and its session. Bytes go in and out; links come and go.
pub struct Peer {
    /// What it has to send, oldest first.
    pub outbox: VecDeque<Publish>,
    /// Every message it got, QoS 2 once.
    pub heard: Vec<Publish>,
    /// What it has sent and what is not acknowledged, in that order: a PUBLISH or a PUBREL.
    in_flight: Vec<Packet>,
    /// The identifiers at QoS 2 that it has heard and that are not released.
    unreleased: BTreeSet<u16>,
    frames: Frames,
    logged_in: bool,
    last_id: u16,
}

/// How many messages it has in flight.
const WINDOW: usize = 8;

impl Peer {
    pub fn new() -> Self {
        Self {
            outbox: VecDeque::new(),
            heard: Vec::new(),
            in_flight: Vec::new(),
            unreleased: BTreeSet::new(),
            frames: Frames::new(MAX_REMAINING_LENGTH),
            logged_in: false,
            last_id: 0,
        }
    }

    /// Whether nothing is left to be sent or acknowledged.
    pub fn is_done(&self) -> bool {
        self.outbox.is_empty() && self.in_flight.is_empty()
    }

    /// A new link: gives what it says first.
    pub fn connect(&mut self, login: &Packet) -> Vec<u8> {
        self.frames = Frames::new(MAX_REMAINING_LENGTH);
        self.logged_in = false;
        encode(login).unwrap().to_vec()
    }

    /// Reads bytes, cut anywhere. Gives what it answers.
    pub fn read(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.frames.push(bytes);
        let mut answers = Vec::new();
        while let Some(frame) = self.frames.poll_frame().expect("the platform sends good frames") {
            self.handle(frame.packet, &mut answers);
        }
        while self.logged_in && self.in_flight.len() < WINDOW {
            let Some(publish) = self.outbox.pop_front() else { break };
            answers.push(self.send(publish));
        }
        answers.iter().flat_map(|packet| encode(packet).unwrap()).collect()
    }

    fn send(&mut self, mut publish: Publish) -> Packet {
        self.last_id = self.last_id % 200 + 1;
        while self.in_flight.iter().any(|packet| id_of(packet) == self.last_id) {
            self.last_id = self.last_id % 200 + 1;
        }
        publish.pkid = self.last_id;
        let packet = Packet::Publish(publish);
        self.in_flight.push(packet.clone());
        packet
    }

    fn handle(&mut self, packet: Packet, answers: &mut Vec<Packet>) {
        match packet {
            Packet::ConnAck(_) => {
                self.logged_in = true;
                answers.extend(self.in_flight.iter().cloned().map(|packet| match packet {
                    Packet::Publish(publish) => Packet::Publish(Publish { dup: true, ..publish }),
                    other => other,
                }));
            }
            Packet::Publish(publish) => match publish.qos {
                QoS::AtMostOnce => self.heard.push(publish),
                QoS::AtLeastOnce => {
                    answers.push(Packet::PubAck(PubAck::new(publish.pkid)));
                    self.heard.push(publish);
                }
                QoS::ExactlyOnce => {
                    answers.push(Packet::PubRec(PubRec::new(publish.pkid)));
                    if self.unreleased.insert(publish.pkid) {
                        self.heard.push(publish);
                    }
                }
            },
            Packet::PubRel(pubrel) => {
                self.unreleased.remove(&pubrel.pkid);
                answers.push(Packet::PubComp(PubComp::new(pubrel.pkid)));
            }
            Packet::PubRec(pubrec) => {
                // To the end: PUBRELs go in the order of the PUBRECs.
                self.in_flight.retain(|packet| id_of(packet) != pubrec.pkid);
                let pubrel = Packet::PubRel(PubRel::new(pubrec.pkid));
                self.in_flight.push(pubrel.clone());
                answers.push(pubrel);
            }
            Packet::PubAck(PubAck { pkid }) | Packet::PubComp(PubComp { pkid }) => {
                self.in_flight.retain(|packet| id_of(packet) != pkid);
            }
            Packet::SubAck(_) | Packet::PingResp => {}
            other => panic!("no server sends {other:?}"),
        }
    }
}

fn id_of(packet: &Packet) -> u16 {
    match packet {
        Packet::Publish(publish) => publish.pkid,
        Packet::PubRel(pubrel) => pubrel.pkid,
        other => panic!("{other:?} is never in flight"),
    }
}
