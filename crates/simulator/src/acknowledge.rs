//! What the platform does about acknowledgements, and about messages at QoS 2 until they are released
//! (reference §1.4, MQTT 3.1.1 §4.3).

use frame::{Packet, PubComp, PubRec, PubRel};
use onenet::rules::legacy::Qos;
use web_time::Instant;

use crate::connection::{ConnectionId, Dialogue};
use crate::delivery::Step;
use crate::event::{Acknowledgement, Event};
use crate::platform::Platform;
use crate::reason::DropReason;
use crate::receipt::Held;

impl Platform {
    /// Takes a PUBACK, PUBREC, PUBREL or PUBCOMP. One that names no message under way is answered where MQTT
    /// has an answer, so that the device can be done with it; one that the message it names does not await
    /// ends the connection.
    pub(crate) fn acknowledge(
        &mut self,
        connection: ConnectionId,
        acknowledgement: Acknowledgement,
        id: u16,
        now: Instant,
    ) {
        if acknowledgement == Acknowledgement::Pubrel {
            return self.release(connection, id, now);
        }
        let Some(dialogue) = self.dialogue_mut(connection) else { return };
        match dialogue.deliveries.handle(acknowledgement, id) {
            Step::Done => {}
            Step::Release => {
                self.send(connection, &Packet::PubRel(PubRel::new(id)));
            }
            Step::Wrong => {
                let reason = DropReason::WrongAcknowledgement { acknowledgement, id };
                return self.drop_connection(connection, reason);
            }
            Step::Unknown => {
                if !self.tell_unmatched(connection, acknowledgement, id) {
                    return;
                }
                if acknowledgement == Acknowledgement::Pubrec {
                    self.send(connection, &Packet::PubRel(PubRel::new(id)));
                }
            }
        }
        self.send_waiting(connection);
    }

    /// Takes a PUBREL: answers it, then passes on what waited for it (reference §1.4).
    fn release(&mut self, connection: ConnectionId, id: u16, now: Instant) {
        let Some((device_id, product_id)) = self.who(connection) else { return };
        let Some(dialogue) = self.dialogue_mut(connection) else { return };
        let before = dialogue.receipts.bytes();
        let released = dialogue.receipts.release(id);
        self.waiting_bytes -= before - self.receipt_bytes(connection);
        if released.is_none() && !self.tell_unmatched(connection, Acknowledgement::Pubrel, id) {
            return;
        }
        self.send(connection, &Packet::PubComp(PubComp::new(id)));
        if let Some(Some(held)) = released {
            self.pass_on(device_id, &product_id, held, frame::QoS::ExactlyOnce, now);
        }
    }

    /// Notes a message at QoS 2, and what is to be done when it is released. Whether there is room for it: the
    /// device is dropped otherwise.
    pub(crate) fn receive(
        &mut self,
        connection: ConnectionId,
        id: u16,
        held: Option<Held>,
        now: Instant,
    ) -> bool {
        let room = self.limits.waiting_bytes_per_device.min(self.free_bytes());
        let Some(dialogue) = self.dialogue_mut(connection) else { return false };
        let before = dialogue.receipts.bytes();
        let noted = dialogue.receipts.push(id, held, now, room);
        self.waiting_bytes += self.receipt_bytes(connection) - before;
        if !noted {
            self.drop_connection(connection, DropReason::TooSlow);
        }
        noted
    }

    /// Answers a message at QoS 2 that has come again. Whether it has.
    pub(crate) fn receive_again(&mut self, connection: ConnectionId, id: u16, now: Instant) -> bool {
        let Some(dialogue) = self.dialogue_mut(connection) else { return false };
        if !dialogue.receipts.repeat(id, now) {
            return false;
        }
        let device_id = dialogue.device_id.clone();
        self.events.push(Event::Repeated { connection, device_id, packet_id: id });
        self.send(connection, &Packet::PubRec(PubRec::new(id)));
        true
    }

    /// Sends a device that has come back to its session what it has not acknowledged (MQTT 3.1.1 §4.4).
    pub(crate) fn send_again(&mut self, connection: ConnectionId) {
        let Some(dialogue) = self.dialogue_mut(connection) else { return };
        let (device_id, packets) = (dialogue.device_id.clone(), dialogue.deliveries.again());
        if packets.is_empty() {
            return;
        }
        let releases = packets.iter().filter(|packet| matches!(packet, Packet::PubRel(_))).count();
        let messages = packets.len() - releases;
        self.events.push(Event::Resent { connection, device_id, messages, releases });
        for packet in &packets {
            if !self.send(connection, packet) {
                return;
            }
        }
    }

    /// How many bytes may still wait for devices, all together.
    pub(crate) fn free_bytes(&self) -> usize {
        self.limits.waiting_bytes.saturating_sub(self.waiting_bytes + self.devices.suspended_bytes())
    }

    /// Tells of an acknowledgement that names no message under way. Whether the connection survives it: where
    /// there is no QoS 2, none of its packets may come.
    fn tell_unmatched(
        &mut self,
        connection: ConnectionId,
        acknowledgement: Acknowledgement,
        id: u16,
    ) -> bool {
        if self.readings.qos == Qos::UpTo1 && acknowledgement != Acknowledgement::Puback {
            self.drop_connection(connection, DropReason::Qos2);
            return false;
        }
        if let Some((device_id, _)) = self.who(connection) {
            self.events.push(Event::Unmatched { connection, device_id, acknowledgement, packet_id: id });
        }
        true
    }

    /// What the messages hold that a device has sent at QoS 2 and not released.
    pub(crate) fn receipt_bytes(&self, connection: ConnectionId) -> usize {
        let dialogue = self.connections.get(&connection).and_then(|open| open.dialogue());
        dialogue.map_or(0, |dialogue| dialogue.receipts.bytes())
    }

    pub(crate) fn dialogue_mut(&mut self, connection: ConnectionId) -> Option<&mut Dialogue> {
        self.connections.get_mut(&connection)?.dialogue_mut()
    }
}
