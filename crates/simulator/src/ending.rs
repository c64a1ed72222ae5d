//! How connections end, and what outlives them: the session of a device that asked for one, and its will.

use crate::connection::{ConnectionId, Dialogue};
use crate::event::Event;
use crate::platform::Platform;
use crate::reason::DropReason;
use crate::will::DueWill;

impl Platform {
    /// Closes a connection for a reason that is the device's, or a fault's.
    pub(crate) fn drop_connection(&mut self, connection: ConnectionId, reason: DropReason) {
        self.close_connection(connection, |device_id| Event::Dropped { connection, device_id, reason });
    }

    /// Closes a connection, with the event that says why.
    pub(crate) fn close_connection(
        &mut self,
        connection: ConnectionId,
        event: impl FnOnce(Option<String>) -> Event,
    ) {
        let Some(open) = self.connections.get(&connection) else { return };
        // Whoever is behind a half-open connection hears nothing of its end either.
        if open.half_open {
            self.discard(connection);
        } else {
            self.outbox.push_close(connection);
        }
        self.end(connection, event);
    }

    /// The device has sent a DISCONNECT: it takes its will back (MQTT 3.1.1 §3.14.4).
    pub(crate) fn log_out(&mut self, connection: ConnectionId) {
        if let Some((device_id, _)) = self.who(connection)
            && let Some(device) = self.devices.get_mut(&device_id)
        {
            device.will = None;
        }
        self.close_connection(connection, |device_id| Event::Closed { connection, device_id });
    }

    /// Takes a connection out, tells so, and publishes the will of its device.
    pub(crate) fn end(&mut self, connection: ConnectionId, event: impl FnOnce(Option<String>) -> Event) {
        let Some(open) = self.connections.remove(&connection) else { return };
        self.unfinished_bytes -= open.unfinished();
        let Some(dialogue) = open.into_dialogue() else { return self.events.push(event(None)) };
        self.unqueue_commands(connection);
        self.events.push(event(Some(dialogue.device_id.clone())));
        if dialogue.platform.is_some() {
            self.end_sys_session(&dialogue.device_id);
        }
        self.suspend(dialogue);
        self.publish_wills();
    }

    /// What is under way stays with the device, where its session outlives the connection (reference §1.2):
    /// what was not sent yet waits for the next login, and so do commands that are kept.
    fn suspend(&mut self, dialogue: Dialogue) {
        let Dialogue { device_id, product_id, deliveries, receipts, .. } = dialogue;
        self.waiting_bytes -= deliveries.waiting_bytes() + receipts.bytes();
        let Some(device) = self.devices.get_mut(&device_id) else { return };
        device.connection = None;
        if let Some(will) = device.will.take() {
            self.due_wills.push_back(DueWill { device_id: device_id.clone(), product_id, will });
        }
        if device.keeps_session {
            let lost = self.devices.suspend(&device_id, deliveries, receipts, &self.limits);
            return self.tell_lost(&device_id, (lost, 0));
        }
        device.end_session();
        self.tell_lost(&device_id, (deliveries.in_flight() + deliveries.waiting(), receipts.len()));
    }

    /// Tells how many messages to and of a device are lost.
    pub(crate) fn tell_lost(&mut self, device_id: &str, (undelivered, unreleased): (usize, usize)) {
        if undelivered + unreleased > 0 {
            let device_id = device_id.to_owned();
            self.events.push(Event::MessagesLost { device_id, undelivered, unreleased });
        }
    }
}
