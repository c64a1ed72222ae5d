//! What the platform sends goes through here, and meets the faults that are set.

use std::time::Duration;

use bytes::Bytes;
use frame::{Packet, Publish, encode};

use super::scenario::{Fate, Way};
use super::strike::{Fault, FrameHead};
use crate::connection::{Connection, ConnectionId};
use crate::event::Event;
use crate::outbox::{Full, Transmit};
use crate::platform::Platform;
use crate::reason::DropReason;

impl Platform {
    /// Sends a packet. Whether it could, as far as the platform knows: the connection is gone otherwise.
    pub(crate) fn send(&mut self, connection: ConnectionId, packet: &Packet) -> bool {
        if !self.connections.contains_key(&connection) {
            return false;
        }
        let frame = encode(packet)
            .expect("topics have at most 1,030 bytes, payloads came in one frame, identifiers are not 0");
        if self.is_plain(connection) {
            let pushed = self.outbox.push_frame(connection, frame);
            return self.survives(connection, pushed);
        }
        self.carry(connection, packet, frame)
    }

    /// Whether what is sent on a connection goes out as it is and now.
    pub(crate) fn is_plain(&self, connection: ConnectionId) -> bool {
        let is_open = |open: &Connection| !open.half_open;
        self.scenarios.is_empty()
            && !self.outbox.is_late(connection)
            && self.connections.get(&connection).is_some_and(is_open)
    }

    /// Carries a frame through the faults that are set. Whether the connection survives it.
    pub(crate) fn carry(&mut self, connection: ConnectionId, packet: &Packet, frame: Bytes) -> bool {
        let Some(open) = self.connections.get(&connection) else { return false };
        let head = Some(FrameHead::of(packet));
        if open.half_open {
            self.tell_struck(connection, Fault::HalfOpen, head);
            return true;
        }
        let device_id = open.dialogue().map(|dialogue| dialogue.device_id.as_str());
        let Some(scenario) = self.scenarios.of(device_id) else {
            let pushed = self.outbox.push_frame(connection, frame);
            return self.survives(connection, pushed);
        };
        match scenario.judge(packet, frame.len()) {
            Fate::HalfOpen => {
                self.open_half(connection, head);
                true
            }
            Fate::Lost => {
                self.tell_struck(connection, Fault::Lost, head);
                true
            }
            Fate::Cut { after } => {
                self.tell_struck(connection, Fault::Cut { after }, head);
                if after > 0 {
                    let cut = Transmit::Chunk(frame.slice(..after));
                    // Where there is no room for it, even less of the frame arrives.
                    let _ = self.outbox.push(connection, cut, self.now);
                }
                self.drop_connection(connection, DropReason::Cut);
                false
            }
            Fate::Sent { twice: false } => self.go_out(connection, head, frame),
            Fate::Sent { twice: true } => {
                self.go_out(connection, head, frame) && self.go_out_again(connection, packet)
            }
        }
    }

    fn go_out_again(&mut self, connection: ConnectionId, packet: &Packet) -> bool {
        let Packet::Publish(publish) = packet else { return true };
        let again = Packet::Publish(Publish { dup: true, ..publish.clone() });
        let head = Some(FrameHead::of(&again));
        self.tell_struck(connection, Fault::Duplicated, head);
        let frame = encode(&again).expect("it differs from one that was encoded in one bit");
        self.go_out(connection, head, frame)
    }

    /// Sends a frame, late and in pieces where that is set. Whether there is room for it.
    fn go_out(&mut self, connection: ConnectionId, head: Option<FrameHead>, frame: Bytes) -> bool {
        let device_id = self.connections.get(&connection).and_then(Connection::device_id);
        let Some(scenario) = self.scenarios.of(device_id) else { return false };
        let way = scenario.way(frame.len());
        let pushed = match way {
            Way::Merged(late) => {
                let merged = self.outbox.push_merging(connection, frame, self.now + late);
                match merged {
                    Ok(true) => self.tell_struck(connection, Fault::Merged, head),
                    Ok(false) => self.tell_delayed(connection, late, head),
                    Err(Full) => {}
                }
                merged.map(|_| ())
            }
            Way::Pieces(pieces) => {
                let latest = pieces.iter().map(|(_, late)| *late).max();
                self.tell_delayed(connection, latest.unwrap_or_default(), head);
                if pieces.len() > 1 {
                    self.tell_struck(connection, Fault::Split(pieces.len()), head);
                }
                let whole = pieces.len() == 1;
                let mut rest = frame;
                pieces.into_iter().try_for_each(|(length, late)| {
                    let piece = rest.split_to(length);
                    let transmit = if whole { Transmit::Frame(piece) } else { Transmit::Chunk(piece) };
                    self.outbox.push(connection, transmit, self.now + late)
                })
            }
        };
        self.survives(connection, pushed)
    }

    /// Drops a connection that nobody carries frames to. Whether it stays.
    fn survives(&mut self, connection: ConnectionId, pushed: Result<(), Full>) -> bool {
        if pushed.is_err() {
            self.outbox.forget(connection);
            self.drop_connection(connection, DropReason::TooSlow);
        }
        pushed.is_ok()
    }

    /// From now on nothing passes a connection.
    pub(super) fn open_half(&mut self, connection: ConnectionId, head: Option<FrameHead>) {
        if let Some(open) = self.connections.get_mut(&connection) {
            open.half_open = true;
            self.tell_struck(connection, Fault::HalfOpen, head);
        }
    }

    /// Takes back what is still under way on a connection, and tells how much that was.
    pub(crate) fn discard(&mut self, connection: ConnectionId) {
        let discarded = self.outbox.forget(connection);
        if discarded > 0 {
            self.tell_struck(connection, Fault::Discarded(discarded), None);
        }
    }

    fn tell_delayed(&mut self, connection: ConnectionId, by: Duration, head: Option<FrameHead>) {
        if !by.is_zero() {
            self.tell_struck(connection, Fault::Delayed(by), head);
        }
    }

    /// Tells that a fault has struck a connection.
    pub(crate) fn tell_struck(&mut self, connection: ConnectionId, fault: Fault, frame: Option<FrameHead>) {
        let device_id = self.connections.get(&connection).and_then(Connection::device_id).map(str::to_owned);
        self.events.push(Event::Struck { connection, device_id, fault, frame });
    }
}
