//! Two devices with a session and a disk each, the platform, the links between them that take time and break, and
//! the one clock of all.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write;
use std::time::Duration;

use bytes::Bytes;
use session::{Options, Qos};
use simulator::{ConnectionId, Fault, Faults, FrameHead, Limits, Platform, Scope, Transmit};
use time::macros::utc_datetime;
use web_time::Instant;

use crate::device::{Device, Link, number};
use crate::pair;
use crate::step::{Break, Step};
use crate::transcript::Transcript;

/// How long bytes are on their way.
const LATENCY: Duration = Duration::from_millis(10);
/// How many messages for the listener are under way at once. The platform keeps only the newest 10 for a device
/// that is offline (reference §1.5), copies at QoS 1 among them.
const UNDER_WAY: usize = 3;
/// How many uploads are held at once.
const HELD: u64 = 50;

/// Everything there is.
pub struct World {
    pub platform: Platform,
    /// Device 1, which uploads and hears what is said in `room`.
    pub listener: Device,
    /// Device 2, which speaks there.
    pub speaker: Device,
    /// How often each fault of the platform has struck, by its name.
    pub struck: BTreeMap<&'static str, u64>,
    /// What was said at QoS 2 and whose PUBREC was lost though the connection stood: later messages may overtake
    /// it, because the platform passes on what is released (reference §1.4) and nothing is sent again before the
    /// next connection.
    pub may_be_late: BTreeSet<u32>,
    /// What was carried, one frame a line.
    pub transcript: Transcript,
    now: Instant,
    wire: VecDeque<Carried>,
    said: u32,
    uploaded: u32,
}

/// Something on its way.
struct Carried {
    at: Instant,
    connection: ConnectionId,
    cargo: Cargo,
}

enum Cargo {
    Up(Bytes),
    Down(Bytes),
    /// One end has closed the connection.
    EndUp,
    EndDown,
}

impl World {
    /// Both devices are online with sessions that are kept, so many messages of each on their way at once, and the
    /// listener has subscribed.
    pub fn new(max_in_flight: u16) -> Self {
        let options = |id: &str| Options {
            client_id: id.to_owned(),
            clean_session: false,
            keep_alive: 10,
            max_in_flight,
            ..pair::device()
        };
        let mut world = Self::with(options("1"), options("2"));
        world.subscribe();
        world.transcript = Transcript::default();
        world
    }

    /// Both devices are online.
    pub fn with(listener: Options, speaker: Options) -> Self {
        #[expect(clippy::disallowed_methods, reason = "tests need some instant to count from")]
        let now = Instant::now();
        let megabyte = 1_024 * 1_024;
        let limits =
            Limits { points_per_stream: 100_000, bytes_per_device: 64 * megabyte, ..Limits::default() };
        let options = simulator::Options { limits, ..simulator::Options::default() };
        let mut world = Self {
            platform: Platform::new(options, now, utc_datetime!(2016-08-15 06:47:00)),
            listener: Device::new("1", listener, now),
            speaker: Device::new("2", speaker, now),
            struck: BTreeMap::new(),
            may_be_late: BTreeSet::new(),
            transcript: Transcript::default(),
            now,
            wire: VecDeque::new(),
            said: 0,
            uploaded: 0,
        };
        world.pass(Duration::from_secs(1));
        world
    }

    /// The listener subscribes to what is said.
    pub fn subscribe(&mut self) {
        self.listener.session.subscribe(&["room"], Qos::ExactlyOnce, self.now).unwrap();
        self.pass(Duration::from_secs(1));
    }

    pub fn run(&mut self, step: &Step) {
        match step {
            Step::Upload(qos) => self.upload(*qos),
            Step::Say(qos) => self.say(*qos),
            Step::Pass(millis) => self.pass(Duration::from_millis((*millis).into())),
            Step::Listener(what) => self.strike(1, what),
            Step::Speaker(what) => {
                // While messages are kept, copies of what it says would push others out.
                while self.platform.device("1").unwrap().messages_waiting() > 0 {
                    self.advance();
                }
                self.strike(2, what);
            }
        }
        self.exchange();
    }

    /// Uploads the next number, as soon as there is room.
    pub fn upload(&mut self, qos: Qos) {
        while self.listener.held() >= HELD {
            self.advance();
        }
        self.uploaded += 1;
        let body = format!(r#"{{"{}":{}}}"#, stream(qos), self.uploaded);
        let payload = [&[3, 0, u8::try_from(body.len()).unwrap()], body.as_bytes()].concat();
        let now = self.now;
        self.listener.enqueue("$dp", payload.into(), qos, self.uploaded, now);
        self.exchange();
    }

    /// Says the next number in `room`, as soon as there is room.
    pub fn say(&mut self, qos: Qos) {
        while self.under_way() + usize::try_from(self.speaker.held()).unwrap() >= UNDER_WAY {
            self.advance();
        }
        self.speak(qos);
    }

    /// Says the next number, however many wait for the listener.
    pub fn speak(&mut self, qos: Qos) {
        self.said += 1;
        let payload = Bytes::copy_from_slice(&self.said.to_be_bytes());
        let now = self.now;
        self.speaker.enqueue("room", payload, qos, self.said, now);
        self.exchange();
    }

    /// From now on all goes well.
    pub fn heal(&mut self) {
        for number in [1, 2] {
            self.strike(number, &Break::Faults(Faults::default()));
        }
    }

    /// Lets time pass until everything is settled.
    pub fn settle(&mut self) {
        let end = self.now + Duration::from_secs(600);
        while self.now < end && !self.is_settled() {
            self.advance();
        }
        assert!(self.is_settled(), "{:?}", self.listener.session.counts());
        assert_eq!(self.platform.device("1").unwrap().messages_evicted(), 0, "what waits stays below 10");
    }

    /// Lets time pass.
    pub fn pass(&mut self, duration: Duration) {
        let end = self.now + duration;
        self.exchange();
        while self.next().is_some_and(|next| next <= end) {
            self.advance();
        }
        self.now = end;
    }

    /// The numbers that the platform has stored of the uploads at a QoS, in the order they came.
    pub fn stored(&self, qos: Qos) -> Vec<u32> {
        let stream = self.platform.device("1").unwrap().stream(stream(qos));
        let points = stream.map_or_else(Vec::new, |stream| stream.points().collect());
        points.iter().map(|point| point.value.to_string().parse().unwrap()).collect()
    }

    /// The speaker says goodbye and stays away.
    pub fn leave(&mut self) {
        self.speaker.returns = false;
        self.speaker.session.disconnect(self.now).unwrap();
        self.exchange();
    }

    /// Who stays away and shall return, returns.
    pub fn bring_back(&mut self) {
        let now = self.now;
        for number in [1, 2] {
            let device = self.device(number);
            if device.returns && matches!(device.link, Link::Away) {
                device.link = Link::Down(now);
            }
        }
    }

    /// Strikes the device with this number.
    pub fn strike(&mut self, number: u8, what: &Break) {
        let scope = Scope::Device(number.to_string());
        match what {
            Break::Faults(faults) => self.platform.set_faults(&scope, faults.clone()).unwrap(),
            Break::Strike(strike) => {
                self.platform.strike(&scope, *strike, self.now).unwrap();
            }
            Break::Lose { up, down } => self.lose(number, *up, *down),
            Break::LoseSilently => {
                let now = self.now;
                let device = self.device(number);
                if let Link::Up(connection) = device.link {
                    device.hang_up(now);
                    self.wire.retain(|carried| carried.connection != connection);
                }
            }
        }
        self.exchange();
    }

    /// The link is lost; so many bytes of what is on its way still arrive.
    fn lose(&mut self, number: u8, mut up: usize, mut down: usize) {
        let now = self.now;
        let Link::Up(connection) = self.device(number).link else { return };
        let (lost, wire) = self.wire.drain(..).partition(|carried| carried.connection == connection);
        self.wire = wire;
        for Carried { cargo, .. } in Vec::from(lost) {
            match cargo {
                Cargo::Up(bytes) => {
                    let arrived = take(&mut up, &bytes);
                    self.platform.handle_input(connection, &arrived, now);
                }
                Cargo::Down(bytes) => {
                    let arrived = take(&mut down, &bytes);
                    self.device(number).session.handle_input(&arrived, now);
                }
                Cargo::EndUp | Cargo::EndDown => {}
            }
        }
        self.platform.handle_close(connection, now);
        self.device(number).hang_up(now);
    }

    fn device(&mut self, number: u8) -> &mut Device {
        if number == 1 { &mut self.listener } else { &mut self.speaker }
    }

    /// Messages that the platform has for the listener.
    fn under_way(&self) -> usize {
        let waiting = self.platform.device("1").map_or(0, |device| device.messages_waiting());
        let under_way = self.platform.under_way("1").unwrap_or_default();
        waiting + under_way.unacknowledged + under_way.waiting
    }

    fn is_settled(&self) -> bool {
        let unreleased = ["1", "2"].into_iter().filter_map(|id| self.platform.under_way(id));
        let is_through = |device: &Device| {
            device.held() == 0 && device.session.is_connected() && device.session.awaiting().next().is_none()
        };
        self.under_way() == 0
            && unreleased.map(|under_way| under_way.unreleased).sum::<usize>() == 0
            && is_through(&self.listener)
            && is_through(&self.speaker)
            && self.wire.is_empty()
    }

    /// Lets the next thing happen.
    fn advance(&mut self) {
        let next = self.next().expect("a session that is open has deadlines, and one that is not is opened");
        self.now = self.now.max(next);
        let now = self.now;
        self.platform.handle_timeout(now);
        while self.wire.front().is_some_and(|carried| carried.at <= now) {
            let Some(carried) = self.wire.pop_front() else { break };
            self.arrive(carried);
        }
        for number in [1, 2] {
            let device = self.device(number);
            device.session.handle_timeout(now);
            if device.is_overdue(now)
                && let Link::Up(connection) = device.link
            {
                device.hang_up(now);
                self.put(connection, Cargo::EndUp);
            }
            if matches!(self.device(number).link, Link::Down(at) if at <= now) {
                let connection = self.platform.handle_open(now);
                let device = self.device(number);
                device.link = Link::Up(connection);
                device.session.handle_open(now);
            }
        }
        self.exchange();
    }

    fn next(&self) -> Option<Instant> {
        let wire = self.wire.front().map(|carried| carried.at);
        let devices = [&self.listener, &self.speaker].into_iter().flat_map(Device::deadlines);
        devices.chain(wire).chain(self.platform.poll_timeout()).min()
    }

    fn arrive(&mut self, carried: Carried) {
        let (connection, now) = (carried.connection, self.now);
        let number = [1, 2]
            .into_iter()
            .find(|number| matches!(self.device(*number).link, Link::Up(current) if current == connection));
        match (carried.cargo, number) {
            (Cargo::Up(bytes), _) => self.platform.handle_input(connection, &bytes, now),
            (Cargo::EndUp, _) => self.platform.handle_close(connection, now),
            (Cargo::Down(bytes), Some(number)) => self.device(number).session.handle_input(&bytes, now),
            (Cargo::EndDown, Some(number)) => self.device(number).hang_up(now),
            // Nobody is there any more.
            (Cargo::Down(_) | Cargo::EndDown, None) => {}
        }
        self.exchange();
    }

    /// Puts on its way whatever anybody has to say.
    fn exchange(&mut self) {
        let now = self.now;
        for number in [1, 2] {
            let (frames, left) = self.device(number).drain();
            for frame in frames {
                self.transcript.carry(number, "→", &frame);
                if let Some(connection) = left {
                    self.put(connection, Cargo::Up(frame));
                }
            }
            if let (Some(connection), true) = (left, self.device(number).is_over()) {
                self.device(number).hang_up(now);
                self.put(connection, Cargo::EndUp);
            }
        }
        while let Some((connection, transmit)) = self.platform.poll_transmit() {
            let cargo = match transmit {
                Transmit::Frame(bytes) | Transmit::Chunk(bytes) => {
                    let device = [1, 2].into_iter().find(|number| {
                        matches!(self.device(*number).link, Link::Up(current) if current == connection)
                    });
                    self.transcript.carry(device.unwrap_or_default(), "←", &bytes);
                    Cargo::Down(bytes)
                }
                Transmit::Close => Cargo::EndDown,
            };
            self.put(connection, cargo);
        }
        while let Some(event) = self.platform.poll_event() {
            if let simulator::Event::Struck { device_id, fault, frame, .. } = event {
                self.note_struck(device_id.as_deref(), fault, frame);
            }
        }
    }

    fn note_struck(&mut self, device_id: Option<&str>, fault: Fault, frame: Option<FrameHead>) {
        *self.struck.entry(fault.as_str()).or_default() += 1;
        let mut line = format!("  ✗ {}", fault.as_str());
        if let Some(FrameHead { name, packet_id }) = frame {
            write!(line, " {name} {}", packet_id.unwrap_or_default()).unwrap();
            let message = packet_id.and_then(|id| self.speaker.disk.message(id));
            if let (Some(message), Some("2"), "PUBREC", Fault::Lost) = (message, device_id, name, fault) {
                self.may_be_late.insert(number(&message.payload).unwrap());
            }
        }
        self.transcript.note(&line);
    }

    fn put(&mut self, connection: ConnectionId, cargo: Cargo) {
        self.wire.push_back(Carried { at: self.now + LATENCY, connection, cargo });
    }
}

/// The data stream of the uploads at a QoS.
fn stream(qos: Qos) -> &'static str {
    match qos {
        Qos::AtMostOnce => "q0",
        Qos::AtLeastOnce => "q1",
        Qos::ExactlyOnce => "q2",
    }
}

/// So many bytes, and counts them.
fn take(left: &mut usize, bytes: &Bytes) -> Bytes {
    let taken = bytes.slice(..bytes.len().min(*left));
    *left -= taken.len();
    taken
}
