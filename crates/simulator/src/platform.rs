//! The platform: every connection, device and command there is, and the contract with whoever carries
//! its bytes. What it does about each request stands in `reply`.

use std::collections::BTreeMap;

use bytes::Bytes;
use frame::{Packet, Publish, QoS, encode};
use onenet::legacy::{CommandId, Topic};
use time::UtcDateTime;
use web_time::Instant;

use crate::clock::Clock;
use crate::command::{Command, CommandError, CommandState, Commands, MAX_COMMAND_BODY};
use crate::connection::{Connection, ConnectionId};
use crate::device::{Device, Devices};
use crate::event::{DropReason, Event, Events};
use crate::options::{KnownDevice, Limits, Options};
use crate::outbox::{Outbox, Transmit};

/// The legacy OneNET platform (reference §1), for any number of devices at once.
///
/// After each `handle_*` or [`send_command`](Self::send_command):
///
/// 1. drain [`poll_transmit`](Self::poll_transmit): one transmit is one whole frame, or the order to
///    close the connection, after which nothing more comes for it;
/// 2. drain [`poll_event`](Self::poll_event): the events stand in the order things happened;
/// 3. wait for exactly one thing: bytes, an opened or closed connection, a command, or the moment of
///    [`poll_timeout`](Self::poll_timeout); hand it over with the time it happened.
///
/// What is handed over about a connection that is unknown or closed is ignored. A shell that carries
/// bytes slower than they come must bound its own queue, and close what lags with
/// [`handle_close`](Self::handle_close).
#[derive(Debug)]
pub struct Platform {
    pub(crate) known: Vec<KnownDevice>,
    pub(crate) limits: Limits,
    pub(crate) clock: Clock,
    pub(crate) connections: BTreeMap<ConnectionId, Connection>,
    last_connection: u64,
    pub(crate) devices: Devices,
    pub(crate) commands: Commands,
    outbox: Outbox,
    pub(crate) events: Events,
}

impl Platform {
    /// A platform where nobody is logged in. `now` and `utc` are the same moment: data points without a
    /// time of their own get the time they arrive (reference §1.6).
    pub fn new(options: Options, now: Instant, utc: UtcDateTime) -> Self {
        let Options { devices, limits } = options;
        Self {
            clock: Clock::new(now, utc),
            connections: BTreeMap::new(),
            last_connection: 0,
            devices: Devices::new(&devices, limits.devices),
            commands: Commands::new(limits.commands),
            outbox: Outbox::new(limits.unpolled_bytes),
            events: Events::new(limits.unpolled_events),
            known: devices,
            limits,
        }
    }

    /// The command `command_id`, while it is remembered (reference §1.8).
    pub fn command(&self, command_id: &str) -> Option<&Command> {
        self.commands.get(command_id)
    }

    /// The commands remembered, oldest first (reference §1.8).
    pub fn commands(&self) -> impl DoubleEndedIterator<Item = &Command> {
        self.commands.iter()
    }

    /// How many commands were forgotten.
    pub fn commands_evicted(&self) -> u64 {
        self.commands.evicted()
    }

    /// The device `device_id`, while it is remembered (reference §1.2).
    pub fn device(&self, device_id: &str) -> Option<&Device> {
        self.devices.get(device_id)
    }

    /// The devices remembered, by id (reference §1.2).
    pub fn devices(&self) -> impl Iterator<Item = &Device> {
        self.devices.iter()
    }

    /// How many devices were forgotten, each with all its data points.
    pub fn devices_evicted(&self) -> u64 {
        self.devices.evicted()
    }

    /// How many events were discarded because nobody polled them.
    pub fn events_discarded(&self) -> u64 {
        self.events.discarded()
    }

    /// Somebody opened a connection. Its device must log in before a deadline (reference §1.3).
    pub fn handle_open(&mut self, now: Instant) -> ConnectionId {
        self.last_connection += 1;
        let connection = ConnectionId(self.last_connection);
        let room = self.connections.len() < self.limits.connections;
        self.connections.insert(connection, Connection::new(&self.limits, now));
        self.events.push(Event::Opened { connection });
        if !room {
            self.drop_connection(connection, DropReason::TooManyConnections);
        }
        connection
    }

    /// Bytes arrived, cut anywhere.
    pub fn handle_input(&mut self, connection: ConnectionId, bytes: &[u8], now: Instant) {
        if let Some(open) = self.connections.get_mut(&connection) {
            open.handle_input(bytes);
        }
        // A request may end the connection, and then there is none to poll.
        while let Some(open) = self.connections.get_mut(&connection)
            && let Some(request) = open.poll_request(now)
        {
            self.reply(connection, request, now);
        }
    }

    /// Time has passed: drops every device that has been silent too long (reference §1.2).
    pub fn handle_timeout(&mut self, now: Instant) {
        let late: Vec<(ConnectionId, DropReason)> = self
            .connections
            .iter()
            .map(|(id, connection)| (*id, connection.deadline()))
            .filter(|(_, (deadline, _))| *deadline <= now)
            .map(|(id, (_, reason))| (id, reason))
            .collect();
        for (connection, reason) in late {
            self.drop_connection(connection, reason);
        }
    }

    /// The connection is gone, without a word or after a DISCONNECT. What was to be sent on it is
    /// discarded. It needs no time today; a will delay or a stored session would.
    pub fn handle_close(&mut self, connection: ConnectionId, _now: Instant) {
        self.outbox.forget(connection);
        if let Some(device_id) = self.forget(connection) {
            self.events.push(Event::Closed { connection, device_id });
        }
    }

    /// Sends a command to a device that is logged in, at QoS 0 (reference §1.8). `command_id` is made by
    /// the caller: a UUID on the real platform.
    ///
    /// # Errors
    ///
    /// What keeps it from being sent; nothing has changed then.
    pub fn send_command(
        &mut self,
        device_id: &str,
        command_id: &str,
        body: Bytes,
        now: Instant,
    ) -> Result<(), CommandError> {
        let id = CommandId::parse(command_id)?;
        if body.len() > MAX_COMMAND_BODY {
            return Err(CommandError::BodyTooLong { length: body.len() });
        }
        if self.commands.get(command_id).is_some() {
            return Err(CommandError::IdUsed);
        }
        let device =
            self.devices.get(device_id).ok_or_else(|| CommandError::UnknownDevice(device_id.to_owned()))?;
        let connection = device.connection.ok_or_else(|| CommandError::NotOnline(device_id.to_owned()))?;

        let topic = Topic::CommandRequest(id.clone()).to_string();
        let publish = Packet::Publish(Publish::from_bytes(topic, QoS::AtMostOnce, body.clone()));
        self.commands.push(Command {
            id,
            device_id: device_id.to_owned(),
            body,
            state: CommandState::Created,
            created_at: self.clock.time(now),
            answered_at: None,
            answer: None,
        });
        self.transmit(connection, &publish, Some(command_id.to_owned()));
        Ok(())
    }

    /// What to do to which connection next.
    pub fn poll_transmit(&mut self) -> Option<(ConnectionId, Transmit)> {
        let entry = self.outbox.pop()?;
        if let Some(command_id) = entry.command_id
            && let Some(command) = self.commands.get_mut(&command_id)
            && command.state == CommandState::Created
        {
            command.state = CommandState::Sent;
            let device_id = command.device_id.clone();
            self.events.push(Event::CommandSent { command_id, device_id });
        }
        Some((entry.connection, entry.transmit))
    }

    /// What happened next.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.events.pop()
    }

    /// When to call [`handle_timeout`](Self::handle_timeout), if nothing else happens before. `None`
    /// while there is no connection.
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.connections.values().map(|connection| connection.deadline().0).min()
    }

    pub(crate) fn send(&mut self, connection: ConnectionId, packet: &Packet) {
        self.transmit(connection, packet, None);
    }

    fn transmit(&mut self, connection: ConnectionId, packet: &Packet, command_id: Option<String>) {
        if !self.connections.contains_key(&connection) {
            return;
        }
        let frame = encode(packet).expect(
            "topics have at most 1,030 bytes, payloads came in one frame or are commands, identifiers are not 0",
        );
        if self.outbox.push_frame(connection, frame, command_id).is_err() {
            self.outbox.forget(connection);
            self.drop_connection(connection, DropReason::TooSlow);
        }
    }

    /// Closes a connection for a reason that is the device's.
    pub(crate) fn drop_connection(&mut self, connection: ConnectionId, reason: DropReason) {
        if let Some(device_id) = self.forget(connection) {
            self.outbox.push_close(connection);
            self.events.push(Event::Dropped { connection, device_id, reason });
        }
    }

    /// Closes a connection whose device wants or expects it, with the event that says so.
    pub(crate) fn close_connection(
        &mut self,
        connection: ConnectionId,
        event: impl FnOnce(Option<String>) -> Event,
    ) {
        if let Some(device_id) = self.forget(connection) {
            self.outbox.push_close(connection);
            self.events.push(event(device_id));
        }
    }

    /// Takes a connection out, gives the device that was logged in on it. `None` if there was none to
    /// take out.
    fn forget(&mut self, connection: ConnectionId) -> Option<Option<String>> {
        let closed = self.connections.remove(&connection)?;
        let device_id = closed.dialogue().map(|dialogue| dialogue.device_id.clone());
        if let Some(device) = device_id.as_deref().and_then(|id| self.devices.get_mut(id)) {
            device.connection = None;
        }
        Some(device_id)
    }
}
