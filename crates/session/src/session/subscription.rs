//! Asking for topics and taking them back (MQTT 3.1.1 §3.8–3.11). Subscriptions are not kept here: whoever wants
//! them again on the next connection asks again.

use web_time::Instant;

use super::Session;
use crate::acknowledgement::Acknowledgement;
use crate::error::{CloseReason, CommandError, Violation};
use crate::event::Event;
use crate::in_flight::Sent;
use crate::message::Qos;
use crate::request;

impl Session {
    /// Subscribes to topic filters (§3.8), each at most at `qos`. Gives the packet identifier that
    /// [`Event::Subscribed`] will name. Goes ahead of the messages that are not transmitted yet, so that what answers
    /// them is heard.
    ///
    /// # Errors
    ///
    /// A filter cannot be sent; nothing was sent.
    pub fn subscribe(&mut self, filters: &[&str], qos: Qos, now: Instant) -> Result<u16, CommandError> {
        let packet_id = self.next_id()?;
        let frame = request::subscribe_frame(filters, qos, packet_id)?;
        self.sends(&frame, now)?;
        self.transmits.push_ahead(frame);
        self.in_flight.hold(packet_id);
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
        self.in_flight.hold(packet_id);
        self.await_answer(packet_id, Sent::Unsubscribe, now);
        Ok(packet_id)
    }

    pub(super) fn handle_suback(&mut self, suback: &frame::SubAck, now: Instant) -> Result<(), CloseReason> {
        let packet_id = suback.pkid;
        let Some((sent, _)) = self.settle(Acknowledgement::SubAck, packet_id, now)? else {
            return Ok(());
        };
        self.in_flight.free(packet_id);
        let granted = suback.return_codes.len();
        match sent {
            Sent::Subscribe { filters } if filters != granted => {
                Err(CloseReason::Violation(Violation::GrantedCount { requested: filters, granted }))
            }
            Sent::Subscribe { .. } | Sent::Publish(_) | Sent::Release { .. } | Sent::Unsubscribe => {
                let granted = suback.return_codes.iter().map(Into::into).collect();
                self.events.push_back(Event::Subscribed { packet_id, granted });
                Ok(())
            }
        }
    }

    pub(super) fn handle_unsuback(&mut self, packet_id: u16, now: Instant) -> Result<(), CloseReason> {
        if self.settle(Acknowledgement::UnsubAck, packet_id, now)?.is_some() {
            self.in_flight.free(packet_id);
            self.events.push_back(Event::Unsubscribed { packet_id });
        }
        Ok(())
    }
}
