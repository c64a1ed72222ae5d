//! The login is answered (MQTT 3.1.1 §3.2): what goes on from the last connection, and what ends with it.

use frame::Packet;
use web_time::Instant;

use super::{Phase, Session};
use crate::error::{CloseReason, ReturnCode, Violation};
use crate::event::{Event, Resumption};
use crate::keep_alive::KeepAlive;
use crate::store::Change;

impl Session {
    /// The first packet of the server (§3.2).
    pub(super) fn handle_connack(
        &mut self,
        packet: &Packet,
        since: Instant,
        now: Instant,
    ) -> Result<(), CloseReason> {
        let Packet::ConnAck(connack) = packet else {
            return Err(CloseReason::Violation(Violation::BeforeConnack(frame::name(packet))));
        };
        if let Some(code) = ReturnCode::from_code(connack.code) {
            return Err(CloseReason::Refused(code));
        }
        self.phase = Phase::Connected { keep_alive: KeepAlive::new(self.keep_alive_seconds, since, now) };
        let session_present = connack.session_present;
        self.events.push_back(Event::Connected {
            session_present,
            resumption: self.resumption(session_present),
            round_trip: now.saturating_duration_since(since),
        });
        let goes_on = session_present && self.may_go_on();
        self.abandon_unsettled();
        if self.store().clean_session != self.clean_session {
            self.ledger.record(Change::Began { clean_session: self.clean_session });
        }
        self.resume_inbound(goes_on, now);
        self.resume_outbound(now);
        Ok(())
    }

    /// Whether this login asks for the session that the last one had.
    fn may_go_on(&self) -> bool {
        !self.clean_session && !self.store().clean_session
    }

    fn resumption(&self, session_present: bool) -> Resumption {
        let store = self.store();
        let is_empty = store.released.is_empty() && store.inbound.is_empty() && store.sent().next().is_none();
        match session_present {
            true if !self.may_go_on() => Resumption::Claimed,
            true => Resumption::Resumed,
            false if self.may_go_on() && !is_empty => Resumption::Lost,
            false => Resumption::New,
        }
    }
}
