//! Any script for the platform: connections of several devices, bytes cut anywhere, commands, time, and links that break
//! on purpose. Without faults a second platform hears the same bytes one by one, and must say the same.

#![no_main]

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use bytes::Bytes;
use frame::{
    Connect, Frames, LastWill, Packet, PubAck, PubComp, PubRec, PubRel, Publish, QoS, Subscribe,
    SubscribeFilter, Unsubscribe,
};
use libfuzzer_sys::fuzz_target;
use simulator::{
    Chunks, CommandOptions, ConnectionId, Event, Faults, Limits, Options, Platform, RefusalCode, Scope,
    Strike, Transmit, When,
};
use time::macros::utc_datetime;
use web_time::Instant;

fuzz_target!(|script: &[u8]| {
    let mut script = Script(script);
    let mut stage = Stage::new(script.byte());
    while !script.0.is_empty() {
        stage.step(&mut script);
    }
    stage.end();
});

/// As many connections as a script may open.
const CONNECTIONS: usize = 12;

/// What is left of a script. Behind its end there are zeroes.
struct Script<'a>(&'a [u8]);

impl<'a> Script<'a> {
    fn byte(&mut self) -> u8 {
        self.bytes(1).first().copied().unwrap_or(0)
    }

    fn bytes(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(count.min(self.0.len()));
        self.0 = rest;
        taken
    }
}

struct Stage {
    platform: Platform,
    /// None where faults may be set, some of which depend on the cuts.
    twin: Option<Platform>,
    now: Instant,
    connections: Vec<ConnectionId>,
    /// Those that were opened and have not ended.
    open: BTreeSet<ConnectionId>,
    /// What was sent on each connection; none after its close.
    sent: BTreeMap<ConnectionId, Option<Frames>>,
}

impl Stage {
    fn new(kind: u8) -> Self {
        let now = Instant::now();
        let login_delay = Duration::from_secs(u64::from(kind >> 1 & 1));
        // So few that scripts reach them.
        let limits = Limits {
            connections: 4,
            in_flight: 2,
            devices: 3,
            streams_per_device: 2,
            points_per_stream: 3,
            ..Limits::default()
        };
        let options = Options { login_delay, limits, ..Options::default() };
        let platform = Platform::new(options.clone(), now, utc_datetime!(2016-08-15 06:47:00));
        let twin = (kind & 1 == 0).then(|| Platform::new(options, now, utc_datetime!(2016-08-15 06:47:00)));
        let (open, sent) = (BTreeSet::new(), BTreeMap::new());
        let mut stage = Self { platform, twin, now, connections: Vec::new(), open, sent };
        stage.open(0);
        stage
    }

    fn step(&mut self, script: &mut Script<'_>) {
        let now = self.now;
        match script.byte() % 16 {
            0 | 1 => self.open(script.byte()),
            2..=7 => {
                let connection = self.connection(script);
                let count = 1 + script.byte() % 3;
                let mut input = Vec::new();
                for _ in 0..count {
                    say(script, &mut input);
                }
                self.hear(connection, &input);
            }
            8 => {
                let connection = self.connection(script);
                let length = script.byte() % 64;
                self.hear(connection, script.bytes(length.into()));
            }
            9 => {
                self.now += Duration::from_secs(u64::from(script.byte()));
                let now = self.now;
                self.both(|platform| platform.handle_timeout(now));
            }
            10 => {
                if let Some(next) = self.platform.poll_timeout() {
                    self.now = self.now.max(next);
                }
                let now = self.now;
                self.both(|platform| platform.handle_timeout(now));
            }
            11 => {
                let connection = self.connection(script);
                self.both(|platform| platform.handle_close(connection, now));
            }
            12 => {
                let kind = script.byte();
                let id = ["c", "d", "e"][usize::from(kind % 3)];
                let body = Bytes::copy_from_slice(script.bytes(2));
                let device = device_id(kind >> 4);
                self.both(|platform| {
                    platform.send_command(device, id, body.clone(), CommandOptions::default(), now).is_ok()
                });
            }
            13 => {
                let connection = self.connection(script);
                let lags = script.byte() & 1 == 0;
                self.both(|platform| match lags {
                    true => platform.handle_lag(connection),
                    false => platform.handle_caught_up(connection, now),
                });
            }
            14 if self.twin.is_none() => {
                let (scope, faults) = faults(script);
                let _ = self.platform.set_faults(&scope, faults);
            }
            _ if self.twin.is_none() => {
                let strike = Strike::ALL[usize::from(script.byte() % 3)];
                let _ = self.platform.strike(&Scope::Platform, strike, now);
            }
            _ => {}
        }
        self.drain();
    }

    /// Nothing happens any more but time.
    fn end(mut self) {
        for connection in self.connections.clone() {
            let now = self.now;
            self.both(|platform| platform.handle_close(connection, now));
        }
        self.drain();
        assert!(self.open.is_empty(), "{:?} have no end", self.open);
        let mut rounds = 0;
        while let Some(next) = self.platform.poll_timeout() {
            rounds += 1;
            assert!(rounds < 1_000, "it never comes to rest");
            self.now = self.now.max(next);
            let now = self.now;
            self.both(|platform| platform.handle_timeout(now));
            self.drain();
        }
    }

    fn open(&mut self, kind: u8) {
        if self.connections.len() >= CONNECTIONS {
            return;
        }
        let now = self.now;
        let connection = self.both(|platform| platform.handle_open(now));
        self.connections.push(connection);
        self.drain();
        if kind & 1 == 0 {
            self.hear(connection, &login(kind >> 1));
            self.drain();
        }
    }

    /// One that was opened. It may have ended since.
    fn connection(&self, script: &mut Script<'_>) -> ConnectionId {
        self.connections[usize::from(script.byte()) % self.connections.len()]
    }

    fn hear(&mut self, connection: ConnectionId, bytes: &[u8]) {
        self.platform.handle_input(connection, bytes, self.now);
        if let Some(twin) = &mut self.twin {
            for byte in bytes {
                twin.handle_input(connection, &[*byte], self.now);
            }
        }
    }

    fn both<T: PartialEq + std::fmt::Debug>(&mut self, act: impl Fn(&mut Platform) -> T) -> T {
        let told = act(&mut self.platform);
        if let Some(twin) = &mut self.twin {
            assert_eq!(told, act(twin));
        }
        told
    }

    /// Takes everything that the platform wants, and checks it.
    fn drain(&mut self) {
        while let Some((connection, transmit)) = self.platform.poll_transmit() {
            if let Some(twin) = &mut self.twin {
                assert_eq!(Some((connection, transmit.clone())), twin.poll_transmit());
            }
            self.carry(connection, transmit);
        }
        while let Some(event) = self.platform.poll_event() {
            if let Some(twin) = &mut self.twin {
                assert_eq!(Some(&event), twin.poll_event().as_ref());
            }
            self.note(&event);
        }
        if let Some(twin) = &mut self.twin {
            assert_eq!((twin.poll_transmit(), twin.poll_event()), (None, None));
            assert_eq!(self.platform.poll_timeout(), twin.poll_timeout());
        }
        for device in self.platform.devices() {
            let kept: usize = device.streams().map(|(_, stream)| stream.points().len()).sum();
            assert_eq!(device.received(), kept as u64 + device.evicted());
            assert!(self.platform.under_way(device.id()).is_some());
        }
    }

    /// What is sent are whole frames, however they are cut, and nothing follows a close.
    fn carry(&mut self, connection: ConnectionId, transmit: Transmit) {
        let sent = self.sent.entry(connection).or_insert_with(|| Some(Frames::new(10_000)));
        let frames = sent.as_mut().expect("nothing follows a close");
        match transmit {
            Transmit::Frame(bytes) => {
                frames.push(&bytes);
                assert!(frames.poll_frame().expect("good frames").is_some(), "one whole frame");
                assert!(frames.take_rest().is_empty(), "one frame at a time");
            }
            Transmit::Chunk(bytes) => {
                frames.push(&bytes);
                while frames.poll_frame().expect("good frames").is_some() {}
            }
            Transmit::Close => *sent = None,
        }
    }

    /// Every connection begins with `Opened` and ends once.
    fn note(&mut self, event: &Event) {
        match event {
            Event::Opened { connection } => assert!(self.open.insert(*connection)),
            Event::Refused { connection, .. }
            | Event::Dropped { connection, .. }
            | Event::Closed { connection, .. } => assert!(self.open.remove(connection), "{event:?}"),
            _ => {}
        }
    }
}

fn device_id(kind: u8) -> &'static str {
    ["1", "2", "3", "4"][usize::from(kind & 3)]
}

fn login(kind: u8) -> Vec<u8> {
    let mut connect = Connect::new(device_id(kind));
    connect.keep_alive = [1, 120, 65_535, 0][usize::from(kind >> 2 & 3)];
    connect.set_login(["9", "8"][usize::from(kind == 0xFF)], "a");
    connect.clean_session = kind & 16 != 0;
    if kind & 32 != 0 {
        let topic = ["a", "$dp"][usize::from(kind & 3 == 3)];
        connect.last_will = Some(LastWill::new(topic, *b"gone", qos(kind >> 3), kind & 64 != 0));
    }
    encode(&Packet::Connect(connect))
}

fn qos(kind: u8) -> QoS {
    [QoS::AtLeastOnce, QoS::ExactlyOnce, QoS::AtMostOnce][usize::from(kind % 3)]
}

/// One frame of a device that does as it likes.
fn say(script: &mut Script<'_>, input: &mut Vec<u8>) {
    let kind = script.byte();
    let more = script.byte();
    // Few, so that they meet.
    let id = u16::from(1 + more % 5);
    let packet = match kind % 12 {
        0..=2 => {
            let topic =
                ["$dp", "a", "b", "$crsp/c", "$crsp/d", "/1/a", "$creq/c"][usize::from(kind >> 4) % 7];
            let payload: &[u8] = match (topic, more >> 6) {
                ("$dp", 0) => b"\x03\x00\x07{\"a\":1}",
                ("$dp", 1) => b"\x05\x00\x07,;a,1;2",
                ("$dp", 2) => b"\x07\x00\x01\x00\x01\x00\x00\x80\x3F",
                (_, 3) => b"",
                _ => script.bytes(3),
            };
            let mut publish = Publish::new(topic, qos(more >> 2), payload);
            (publish.pkid, publish.retain) = (id, more & 32 != 0 && topic != "$dp");
            publish.dup = kind & 1 != 0 && publish.qos != QoS::AtMostOnce;
            Packet::Publish(publish)
        }
        3 | 4 => {
            let filters = ["a", "b", "/1/a", "$dp", "#"].into_iter().skip(usize::from(kind >> 4) % 5);
            let filters = filters.take(1 + usize::from(more >> 7));
            let filters = filters.map(|filter| SubscribeFilter::new(filter.to_owned(), qos(more >> 2)));
            Packet::Subscribe(Subscribe { pkid: id, filters: filters.collect() })
        }
        5 => Packet::Unsubscribe(Unsubscribe { pkid: id, topics: vec!["a".to_owned()] }),
        6 => Packet::PubAck(PubAck { pkid: id }),
        7 => Packet::PubRec(PubRec { pkid: id }),
        8 => Packet::PubRel(PubRel { pkid: id }),
        9 => Packet::PubComp(PubComp { pkid: id }),
        10 if kind & 128 == 0 => Packet::PingReq,
        10 => Packet::Disconnect,
        _ => return input.extend_from_slice(&login(more)),
    };
    input.extend_from_slice(&encode(&packet));
}

fn faults(script: &mut Script<'_>) -> (Scope, Faults) {
    let kind = script.byte();
    let when = match script.byte() {
        number @ 0..=99 => When::Nth((number % 6).into()),
        number @ 100..=199 => When::Each((number % 4).into()),
        number => When::PerMille(u16::from(number) * 4),
    };
    let on = |bit: u8| (kind >> bit & 1 != 0).then_some(when);
    let more = script.byte();
    let faults = Faults {
        seed: more.into(),
        delay: Duration::from_secs(u64::from(more & 3)),
        jitter: Duration::from_secs(u64::from(more >> 2 & 3)),
        chunks: match more >> 4 & 3 {
            0 => Chunks::Split(usize::from(more & 7)),
            1 => Chunks::Merge(Duration::from_millis(u64::from(more))),
            _ => Chunks::Whole,
        },
        cut: on(0),
        cut_after: (more & 64 != 0).then_some(usize::from(more & 7)),
        half_open: on(1),
        lose_puback: on(2),
        lose_pubrec: on(3),
        lose_pubrel: on(4),
        lose_pubcomp: on(5),
        lose_pingresp: on(6),
        duplicate: on(7),
        refuse_login: (more & 128 != 0).then_some(RefusalCode::ALL[0]),
    };
    let scope = match script.byte() {
        device @ 0..=3 => Scope::Device(device_id(device).to_owned()),
        _ => Scope::Platform,
    };
    (scope, faults)
}

fn encode(packet: &Packet) -> Vec<u8> {
    frame::encode(packet).expect("such a packet can be written").to_vec()
}
