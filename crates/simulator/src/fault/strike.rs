//! Faults that somebody strikes with at once, and what is told of each that strikes.

use std::time::Duration;

use frame::Packet;
use web_time::Instant;

use super::faults::Faults;
use crate::connection::{Connection, ConnectionId};
use crate::console::UnknownDevice;
use crate::platform::Platform;
use crate::reason::{DropReason, RefusalCode};

/// Whom faults strike.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Every connection whose device has no faults of its own.
    Platform,
    /// The device with this id: its own faults stand in place of the platform's.
    Device(String),
}

/// A fault that happens once, now, to connections that stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strike {
    /// The connection is cut; what was still under way on it is lost.
    Cut,
    /// Nothing passes the connection any more, what was still under way on it included, and neither end is
    /// told.
    HalfOpen,
    /// The device logs in on another connection, which is not there: its older one is dropped
    /// (reference §1.3).
    TakeOver,
}

/// A fault that has struck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The frame goes out so much later, its last piece if it has several.
    Delayed(Duration),
    /// The frame goes out in so many chunks.
    Split(usize),
    /// The frame goes out in one chunk with those before it.
    Merged,
    /// The frame does not go out.
    Lost,
    /// The frame goes out a second time, this one with DUP.
    Duplicated,
    /// The connection is cut, after so many bytes of the frame if there is one.
    Cut {
        /// How many bytes of the frame go out; 0 where there is none.
        after: usize,
    },
    /// Nothing passes the connection any more: neither the frame nor, where there is none, what will follow.
    HalfOpen,
    /// So many frames or chunks that were still under way are lost with the connection.
    Discarded(usize),
    /// So many bytes arrived on a half-open connection and are not read.
    Unread(usize),
    /// The login is refused with this code.
    LoginRefused(RefusalCode),
    /// The device counts as logged in elsewhere.
    TakenOver,
}

/// What a frame is, for those who do not need its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameHead {
    /// The name of its packet, such as `PUBACK` (MQTT 3.1.1 §2.2.1).
    pub name: &'static str,
    /// Its packet identifier, where it has one (MQTT 3.1.1 §2.3.1).
    pub packet_id: Option<u16>,
}

impl Fault {
    /// Its name in kebab case, which never changes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delayed(_) => "delayed",
            Self::Split(_) => "split",
            Self::Merged => "merged",
            Self::Lost => "lost",
            Self::Duplicated => "duplicated",
            Self::Cut { .. } => "cut",
            Self::HalfOpen => "half-open",
            Self::Discarded(_) => "discarded",
            Self::Unread(_) => "unread",
            Self::LoginRefused(_) => "login-refused",
            Self::TakenOver => "taken-over",
        }
    }
}

impl Strike {
    /// Every strike.
    pub const ALL: [Self; 3] = [Self::Cut, Self::HalfOpen, Self::TakeOver];

    /// Its name in kebab case, which never changes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cut => "cut",
            Self::HalfOpen => "half-open",
            Self::TakeOver => "take-over",
        }
    }
}

impl FrameHead {
    /// The head of a frame that a server sends.
    pub(crate) fn of(packet: &Packet) -> Self {
        let packet_id = match packet {
            Packet::Publish(publish) => publish.pkid,
            Packet::PubAck(puback) => puback.pkid,
            Packet::PubRec(pubrec) => pubrec.pkid,
            Packet::PubRel(pubrel) => pubrel.pkid,
            Packet::PubComp(pubcomp) => pubcomp.pkid,
            Packet::SubAck(suback) => suback.pkid,
            Packet::UnsubAck(unsuback) => unsuback.pkid,
            Packet::Connect(_)
            | Packet::ConnAck(_)
            | Packet::Subscribe(_)
            | Packet::Unsubscribe(_)
            | Packet::PingReq
            | Packet::PingResp
            | Packet::Disconnect => 0,
        };
        Self { name: frame::name(packet), packet_id: (packet_id != 0).then_some(packet_id) }
    }
}

impl Platform {
    /// Sets the faults of a scope in place of those it had, from now on; what is under way already is not
    /// struck any more. Counts and chance begin anew. [`Faults::default`] takes them away.
    ///
    /// # Errors
    ///
    /// There is no such device; nothing has changed then.
    pub fn set_faults(&mut self, scope: &Scope, faults: Faults) -> Result<(), UnknownDevice> {
        self.check_scope(scope)?;
        self.scenarios.retain(|device_id| self.devices.get(device_id).is_some());
        self.scenarios.set(scope, faults);
        Ok(())
    }

    /// The faults that are set for a scope, as far as they have not struck and are done. `None` where nothing
    /// goes wrong.
    pub fn faults(&self, scope: &Scope) -> Option<&Faults> {
        self.scenarios.get(scope)
    }

    /// Strikes the connections of a scope, those of all devices where it is the platform. Gives how many.
    /// Only devices that are logged in can be taken over.
    ///
    /// # Errors
    ///
    /// There is no such device; nothing has changed then.
    pub fn strike(&mut self, scope: &Scope, strike: Strike, now: Instant) -> Result<usize, UnknownDevice> {
        self.check_scope(scope)?;
        self.now = now;
        let is_struck = |open: &Connection| match scope {
            Scope::Platform => strike != Strike::TakeOver || open.device_id().is_some(),
            Scope::Device(device_id) => open.device_id() == Some(device_id),
        };
        let connections = self.connections.iter().filter(|(_, open)| is_struck(open));
        let connections: Vec<ConnectionId> = connections.map(|(connection, _)| *connection).collect();
        for connection in &connections {
            match strike {
                Strike::Cut => self.cut(*connection),
                Strike::HalfOpen => {
                    self.open_half(*connection, None);
                    self.discard(*connection);
                }
                Strike::TakeOver => self.take_over(*connection),
            }
        }
        Ok(connections.len())
    }

    fn cut(&mut self, connection: ConnectionId) {
        self.tell_struck(connection, Fault::Cut { after: 0 }, None);
        self.discard(connection);
        if let Some(open) = self.connections.get_mut(&connection) {
            // Now its end does reach the device.
            open.half_open = false;
        }
        self.drop_connection(connection, DropReason::Cut);
    }

    fn take_over(&mut self, connection: ConnectionId) {
        let Some((device_id, product_id)) = self.who(connection) else { return };
        self.tell_struck(connection, Fault::TakenOver, None);
        self.drop_connection(connection, DropReason::TakenOver);
        // What any login of the device does.
        self.clear_will(&device_id, &product_id);
    }

    fn check_scope(&self, scope: &Scope) -> Result<(), UnknownDevice> {
        match scope {
            Scope::Device(device_id) if self.devices.get(device_id).is_none() => {
                Err(UnknownDevice(device_id.clone()))
            }
            Scope::Device(_) | Scope::Platform => Ok(()),
        }
    }
}
