//! The platform: every connection, device and command there is, and the contract with whoever carries
//! its bytes. What it does about each request stands in `reply`, what else may be done with it in
//! `commands` and `console`.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use onenet::rules::Readings;
use time::UtcDateTime;
use web_time::Instant;

use crate::clock::Clock;
use crate::commands::Commands;
use crate::connection::{Connection, ConnectionId, Deadline, Request};
use crate::device::Device;
use crate::devices::Devices;
use crate::event::{Event, Events};
use crate::fault::{Fault, Scenarios};
use crate::limits::Limits;
use crate::options::Options;
use crate::outbox::{Entry, Outbox, Transmit};
use crate::product::Product;
use crate::reason::DropReason;
use crate::sys::{Calls, Products, Rates};
use crate::will::DueWill;

/// The OneNET platform of all generations (reference §1 to §3), for any number of devices at once. Of which one a
/// device is, its login says.
///
/// After each `handle_*` and each command such as [`send_command`](Self::send_command) or
/// [`publish`](Self::publish):
///
/// 1. drain [`poll_transmit`](Self::poll_transmit): one transmit is one whole frame, a chunk of bytes where
///    faults are set, or the order to close the connection, after which nothing more comes for it. One that a
///    fault has made half-open gets no such order: it ends when the device ends it;
/// 2. drain [`poll_event`](Self::poll_event): the events stand in the order things happened;
/// 3. wait for exactly one thing: bytes, an opened or closed connection, a command, or the moment of
///    [`poll_timeout`](Self::poll_timeout); [set the clock](Self::set_clock) and hand it over with the time it
///    happened.
///
/// What is handed over about a connection that is unknown or closed is ignored. A shell that carries
/// bytes slower than they come must bound its own queue, and close what lags with
/// [`handle_close`](Self::handle_close). Commands need not fill that queue: between
/// [`handle_lag`](Self::handle_lag) and [`handle_caught_up`](Self::handle_caught_up) none is handed over.
#[derive(Debug)]
pub struct Platform {
    pub(crate) readings: Readings,
    pub(crate) login_delay: Duration,
    pub(crate) limits: Limits,
    pub(crate) clock: Clock,
    /// The last moment anybody told: what is polled is polled then.
    pub(crate) now: Instant,
    pub(crate) connections: BTreeMap<ConnectionId, Connection>,
    last_connection: u64,
    pub(crate) devices: Devices,
    /// By product ID; only products that a device has.
    pub(crate) products: BTreeMap<String, Product>,
    pub(crate) commands: Commands,
    /// Which product is of which generation.
    pub(crate) registry: Products,
    pub(crate) calls: Calls,
    pub(crate) rates: Rates,
    /// Bytes of the messages that wait for an acknowledgement of another, or for their PUBREL, of all
    /// connections.
    pub(crate) waiting_bytes: usize,
    /// Bytes of unfinished frames of all connections: their sum.
    pub(crate) unfinished_bytes: usize,
    /// The wills that are to be published.
    pub(crate) due_wills: VecDeque<DueWill>,
    pub(crate) publishing_wills: bool,
    pub(crate) scenarios: Scenarios,
    pub(crate) outbox: Outbox,
    pub(crate) events: Events,
}

impl Platform {
    /// A platform where nobody is logged in. `now` and `utc` are the same moment: data points without a
    /// time of their own get the time they arrive (reference §1.6).
    pub fn new(options: Options, now: Instant, utc: UtcDateTime) -> Self {
        let Options { devices, sys_products, sys_devices, rates, readings, login_delay, limits } = options;
        let mut registry = Products::default();
        for device in &devices {
            registry.take_legacy(&device.product_id);
        }
        let is_legacy = |product_id: &str| devices.iter().any(|device| device.product_id == product_id);
        for product in sys_products.into_iter().filter(|product| !is_legacy(product.id.as_str())) {
            registry.insert(product);
        }
        let mut platform = Self {
            readings,
            login_delay,
            clock: Clock::new(now, utc),
            now,
            connections: BTreeMap::new(),
            last_connection: 0,
            devices: Devices::new(devices, !sys_devices.is_empty(), limits.devices),
            products: BTreeMap::new(),
            commands: Commands::new(&limits),
            registry,
            calls: Calls::new(&limits),
            rates: Rates::default(),
            waiting_bytes: 0,
            unfinished_bytes: 0,
            due_wills: VecDeque::new(),
            publishing_wills: false,
            scenarios: Scenarios::default(),
            outbox: Outbox::new(limits.unpolled_bytes),
            events: Events::new(limits.unpolled_events),
            limits,
        };
        platform.enforce_rates(rates);
        for device in sys_devices {
            // A product of the legacy platform, or more than there is room for: such a device cannot log in.
            let _ = platform.register_device(device, now);
        }
        platform
    }

    /// Follows other readings from now on. What was judged before stays as it is: logins, their keep alive,
    /// subscriptions, stored data points.
    pub fn follow(&mut self, readings: Readings) {
        self.readings = readings;
    }

    /// Sets the clock: `now` and `utc` are the same moment. Afterwards what happens at `now` plus a second has
    /// the time `utc` plus a second, and what happened before `now` counts as then.
    ///
    /// An `Instant` may stand still while a computer sleeps, and a wall clock may be put right, so a shell
    /// sets the clock every time before it hands something over. Times that were told before stay as they
    /// are, and so do deadlines, which are instants.
    pub fn set_clock(&mut self, now: Instant, utc: UtcDateTime) {
        self.now = now;
        self.clock = Clock::new(now, utc);
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
        self.now = now;
        self.last_connection += 1;
        let connection = ConnectionId(self.last_connection);
        // Those that are closed, but for what a fault still delays, stand too.
        let late = self.outbox.late().filter(|late| !self.connections.contains_key(late)).count();
        let room = self.connections.len() + late < self.limits.connections;
        self.connections.insert(connection, Connection::new(&self.limits, now));
        self.events.push(Event::Opened { connection });
        if !room {
            self.drop_connection(connection, DropReason::TooManyConnections);
        }
        connection
    }

    /// Bytes arrived, cut anywhere.
    pub fn handle_input(&mut self, connection: ConnectionId, bytes: &[u8], now: Instant) {
        self.now = now;
        let Some(open) = self.connections.get_mut(&connection) else { return };
        if open.half_open {
            return self.tell_struck(connection, Fault::Unread(bytes.len()), None);
        }
        open.handle_input(bytes);
        self.unfinished_bytes += bytes.len();
        self.reply_all(connection, now);
        let Some(open) = self.connections.get(&connection) else { return };
        let waits = open.pause.is_some() && open.unfinished() > self.limits.remaining_length;
        if waits || open.unfinished() > 0 && self.unfinished_bytes > self.limits.unfinished_bytes {
            self.drop_connection(connection, DropReason::TooMuchUnfinished);
        }
    }

    /// Answers the requests that have arrived on a connection, unless it is to wait.
    pub(crate) fn reply_all(&mut self, connection: ConnectionId, now: Instant) {
        // A request may end the connection, and then there is none to poll.
        while let Some(request) = self.poll_request(connection, now) {
            self.reply(connection, request, now);
        }
    }

    fn poll_request(&mut self, connection: ConnectionId, now: Instant) -> Option<Request> {
        let listens = |open: &&mut Connection| !open.half_open && open.pause.is_none();
        let open = self.connections.get_mut(&connection).filter(listens)?;
        let before = open.unfinished();
        let request = open.poll_request(now, &self.readings, &self.registry);
        self.unfinished_bytes -= before - open.unfinished();
        request
    }

    /// Time has passed: drops every device that has been silent too long (reference §1.2), answers logins
    /// whose time has come and devices that had to wait, and gives up commands that were kept for long enough, and calls that nobody answers.
    pub fn handle_timeout(&mut self, now: Instant) {
        self.now = now;
        let due: Vec<(ConnectionId, Deadline)> = self
            .connections
            .iter()
            .map(|(id, connection)| (*id, connection.deadline()))
            .filter(|(_, (moment, _))| *moment <= now)
            .map(|(id, (_, deadline))| (id, deadline))
            .collect();
        self.expire_commands(now);
        self.expire_calls(now);
        for (connection, deadline) in due {
            match deadline {
                Deadline::Drop(reason) => self.drop_connection(connection, reason),
                Deadline::Resume => self.resume(connection, now),
                Deadline::Answer => self.answer_login(connection, now),
            }
        }
    }

    fn answer_login(&mut self, connection: ConnectionId, now: Instant) {
        let open = self.connections.get_mut(&connection);
        if let Some(login) = open.and_then(|open| open.take_login(now)) {
            self.log_in(connection, login, now);
        }
    }

    /// Much is still to be carried to the device of a connection: it gets no commands until it has caught up.
    /// They wait as long as they are kept. Whatever else there is to say is still said.
    pub fn handle_lag(&mut self, connection: ConnectionId) {
        if let Some(open) = self.connections.get_mut(&connection) {
            open.lags = true;
        }
    }

    /// Little is left to be carried to the device of a connection: it gets its commands again.
    pub fn handle_caught_up(&mut self, connection: ConnectionId, now: Instant) {
        self.now = now;
        if let Some(open) = self.connections.get_mut(&connection) {
            open.lags = false;
        }
    }

    /// The connection is gone. What was to be sent on it is discarded. Where no DISCONNECT came before, the will
    /// of its device is published.
    pub fn handle_close(&mut self, connection: ConnectionId, now: Instant) {
        self.now = now;
        self.outbox.forget(connection);
        self.end(connection, |device_id| Event::Closed { connection, device_id });
    }

    /// What to do to which connection next. Commands come last, one for each poll, so that a shell can say
    /// after any of them that the device lags.
    pub fn poll_transmit(&mut self) -> Option<(ConnectionId, Transmit)> {
        loop {
            if let Some(Entry { connection, transmit }) = self.outbox.pop(self.now) {
                return Some((connection, transmit));
            }
            let (connection, packet, frame) = self.poll_command()?;
            if self.is_plain(connection) {
                return Some((connection, Transmit::Frame(frame)));
            }
            self.carry(connection, &packet, frame);
        }
    }

    /// What happened next.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.events.pop()
    }

    /// When to call [`handle_timeout`](Self::handle_timeout), if nothing else happens before. `None`
    /// while there is no connection, no command that is kept, no call that waits and nothing that a fault delays.
    pub fn poll_timeout(&self) -> Option<Instant> {
        let connections = self.connections.values().map(|connection| connection.deadline().0);
        let calls = self.next_expiry().into_iter().chain(self.next_call_timeout());
        connections.chain(calls).chain(self.outbox.next_late()).min()
    }

    /// Forgets topics and retained messages that no device can reach any more.
    pub(crate) fn forget_unused_products(&mut self) {
        let used: BTreeSet<&str> = self.devices.iter().map(Device::product_id).collect();
        self.products.retain(|product_id, _| used.contains(product_id.as_str()));
    }
}
