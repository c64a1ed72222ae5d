//! Commands on their way: made, kept for a login, handed over, answered, expired (reference §1.8, §1.9).

use std::collections::VecDeque;

use bytes::Bytes;
use frame::{Packet, Publish, QoS, encode};
use onenet::Timestamp;
use onenet::legacy::{CommandId, Topic};
use web_time::Instant;

use crate::command::{Command, CommandError, CommandOptions, CommandState, MAX_COMMAND_BODY};
use crate::connection::ConnectionId;
use crate::event::Event;
use crate::limits::Limits;
use crate::platform::Platform;

/// A device gets no command while faults delay more bytes than this to it.
const MAX_DELAYED: usize = 65_536;

/// The commands remembered, oldest first.
#[derive(Debug)]
pub(crate) struct Commands {
    kept: VecDeque<Command>,
    limit: usize,
    /// Of bodies and answers in `kept`.
    bytes: usize,
    bytes_limit: usize,
    evicted: u64,
}

impl Commands {
    pub(crate) fn new(limits: &Limits) -> Self {
        let (limit, bytes_limit) = (limits.commands, limits.command_bytes);
        Self { kept: VecDeque::new(), limit, bytes: 0, bytes_limit, evicted: 0 }
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Command> {
        self.kept.iter().rev().find(|command| command.id.as_str() == id)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Command> {
        self.kept.iter_mut().rev().find(|command| command.id.as_str() == id)
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Command> {
        self.kept.iter()
    }

    pub(crate) fn evicted(&self) -> u64 {
        self.evicted
    }

    fn push(&mut self, command: Command) {
        self.bytes += command.bytes();
        self.kept.push_back(command);
        self.evict();
    }

    /// Records an answer. Whether it is one to a command of this device that waits for it.
    fn answer(&mut self, id: &str, device_id: &str, answer: Bytes, at: Timestamp) -> bool {
        let Some(command) = self.get_mut(id) else { return false };
        if command.device_id != device_id || !command.may_be_answered() {
            return false;
        }
        let length = answer.len();
        command.state = CommandState::Answered;
        command.queued = None;
        command.answered_at = Some(at);
        command.answer = Some(answer);
        self.bytes += length;
        self.evict();
        true
    }

    /// Forgets the oldest commands until the limits hold.
    fn evict(&mut self) {
        while self.kept.len() > self.limit || self.bytes > self.bytes_limit {
            let Some(command) = self.kept.pop_front() else { break };
            self.bytes -= command.bytes();
            self.evicted += 1;
        }
    }
}

impl Platform {
    /// The command `command_id`, while it is remembered (reference §1.8).
    pub fn command(&self, command_id: &str) -> Option<&Command> {
        self.commands.get(command_id)
    }

    /// The commands remembered, oldest first (reference §1.8).
    pub fn commands(&self) -> impl DoubleEndedIterator<Item = &Command> {
        self.commands.iter()
    }

    /// The commands remembered for one device, oldest first (reference §1.9).
    pub fn commands_of(&self, device_id: &str) -> impl DoubleEndedIterator<Item = &Command> {
        self.commands.iter().filter(move |command| command.device_id == device_id)
    }

    /// How many commands were forgotten.
    pub fn commands_evicted(&self) -> u64 {
        self.commands.evicted()
    }

    /// Makes a command for a device of the legacy platform, sent at QoS 0 (reference §1.8): now where it is logged in,
    /// otherwise at its next login if that comes soon enough. `command_id` is made by the caller: a UUID on the real
    /// platform.
    ///
    /// # Errors
    ///
    /// What keeps it from being made; nothing has changed then.
    pub fn send_command(
        &mut self,
        device_id: &str,
        command_id: &str,
        body: Bytes,
        options: CommandOptions,
        now: Instant,
    ) -> Result<(), CommandError> {
        self.now = now;
        let id = CommandId::parse(command_id)?;
        if body.len() > MAX_COMMAND_BODY {
            return Err(CommandError::BodyTooLong { length: body.len() });
        }
        if self.commands.get(command_id).is_some() {
            return Err(CommandError::IdUsed);
        }
        let unknown = || CommandError::UnknownDevice(device_id.to_owned());
        // Only the legacy platform has such commands.
        let device = self.devices.get(device_id).filter(|device| device.profile.is_none());
        let connection = device.ok_or_else(unknown)?.connection;
        if connection.is_none() && options.keep_for.is_zero() {
            return Err(CommandError::NotOnline(device_id.to_owned()));
        }
        // A duration beyond all instants is as good as none.
        let deadline = now.checked_add(options.keep_for).filter(|_| !options.keep_for.is_zero());
        self.commands.push(Command {
            id,
            device_id: device_id.to_owned(),
            body,
            state: CommandState::Created,
            options,
            created_at: self.clock.time(now),
            expires_at: deadline.map(|deadline| self.clock.time(deadline)),
            sent_at: None,
            answered_at: None,
            answer: None,
            deadline,
            queued: connection,
        });
        Ok(())
    }

    /// It is the turn of what is due to a device that has logged in. A login that failed meanwhile gets
    /// nothing.
    pub(crate) fn queue_due_commands(&mut self, connection: ConnectionId, device_id: &str, now: Instant) {
        if !self.connections.contains_key(&connection) {
            return;
        }
        let for_device = self.commands.kept.iter_mut().filter(|command| command.device_id == device_id);
        for command in for_device.filter(|command| command.is_due(now)) {
            command.queued = Some(connection);
        }
    }

    /// The connection is gone: what it was the turn of was not sent.
    pub(crate) fn unqueue_commands(&mut self, connection: ConnectionId) {
        for command in self.commands.kept.iter_mut().filter(|command| command.queued == Some(connection)) {
            command.queued = None;
            if command.is_for_now() {
                self.events.push(command.expire());
            }
        }
    }

    /// The oldest command whose turn it is and whose device does not lag, as a packet and its frame. It counts
    /// as sent.
    pub(crate) fn poll_command(&mut self) -> Option<(ConnectionId, Packet, Bytes)> {
        let sent_at = self.clock.time(self.now);
        let reached = |connection| {
            let is_there = self.connections.get(&connection).is_some_and(|open| !open.lags);
            is_there && self.outbox.bytes(connection) <= MAX_DELAYED
        };
        let command = self.commands.kept.iter_mut().find(|command| command.queued.is_some_and(reached))?;
        let connection = command.queued.take()?;
        command.state = CommandState::Sent;
        command.sent_at = Some(sent_at);
        let topic = Topic::CommandRequest(command.id.clone()).to_string();
        let publish = Publish::from_bytes(topic, QoS::AtMostOnce, command.body.clone());
        let (command_id, device_id) = (command.id.as_str().to_owned(), command.device_id.clone());
        self.events.push(Event::CommandSent { command_id, device_id });
        let packet = Packet::Publish(publish);
        let frame =
            encode(&packet).expect("the topic has at most 1,030 bytes, the body at most MAX_COMMAND_BODY");
        Some((connection, packet, frame))
    }

    /// Records an answer (reference §1.8). No source says what an answer to nothing gets; it is
    /// acknowledged, because the platform may have forgotten a command that the device remembers.
    pub(crate) fn record_answer(&mut self, device_id: String, id: &CommandId, answer: Bytes, now: Instant) {
        let command_id = id.as_str().to_owned();
        let answered = self.commands.answer(&command_id, &device_id, answer, self.clock.time(now));
        self.events.push(if answered {
            Event::CommandAnswered { command_id, device_id }
        } else {
            Event::AnswerDiscarded { command_id, device_id }
        });
    }

    /// Marks what was not sent in time.
    pub(crate) fn expire_commands(&mut self, now: Instant) {
        for command in &mut self.commands.kept {
            if command.expiry().is_some_and(|expiry| expiry <= now) {
                self.events.push(command.expire());
            }
            // Nor is one sent again behind its time to a device that lags.
            if command.deadline.is_some_and(|deadline| deadline <= now) {
                command.queued = None;
            }
        }
    }

    /// When the next command expires.
    pub(crate) fn next_expiry(&self) -> Option<Instant> {
        self.commands.iter().filter_map(Command::expiry).min()
    }
}
