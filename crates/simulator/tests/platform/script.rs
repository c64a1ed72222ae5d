//! A script of steps, and the transcript of what the platform does about it. Time is virtual.

use std::fmt::Write;
use std::time::Duration;

use bytes::Bytes;
use expect_test::Expect;
use frame::{
    Connect, LastWill, Packet, PubAck, PubComp, PubRec, PubRel, Publish, QoS, Subscribe, SubscribeFilter,
    Unsubscribe, encode,
};
use onenet::rules::RuleId;
use simulator::{
    CommandOptions, ConnectionId, Faults, KnownDevice, Limits, Options, Platform, Scope, Strike, Transmit,
};
use time::macros::utc_datetime;
use web_time::Instant;

use crate::transcript::{broken_rule, describe_event, describe_frame};

/// One thing that happens to the platform. Connections are numbered in the order they open, from 1.
pub enum Step {
    Open,
    Bytes(u64, Vec<u8>),
    Wait(Duration),
    Close(u64),
    Command {
        device_id: &'static str,
        command_id: &'static str,
        body: &'static str,
        options: CommandOptions,
    },
    /// Anything else that somebody around the platform does; what it gives is written down.
    Do(Act),
}

/// Does something to the platform and gives what is to be written down.
pub type Act = Box<dyn FnOnce(&mut Platform, Instant) -> String>;

/// Runs the script on a platform that knows no devices.
#[track_caller]
pub fn check(script: impl IntoIterator<Item = Step>, expect: Expect) -> Platform {
    check_with(Options::default(), script, expect)
}

#[track_caller]
pub fn check_with(options: Options, script: impl IntoIterator<Item = Step>, expect: Expect) -> Platform {
    let mut stage = Stage::new(options);
    for step in script {
        stage.run(step);
    }
    expect.assert_eq(&stage.transcript);
    stage.platform
}

pub fn open() -> Step {
    Step::Open
}

pub fn send(connection: u64, packet: Packet) -> Step {
    Step::Bytes(connection, encode(&packet).unwrap().to_vec())
}

pub fn bytes(connection: u64, bytes: &[u8]) -> Step {
    Step::Bytes(connection, bytes.to_vec())
}

pub fn wait(seconds: f64) -> Step {
    Step::Wait(Duration::from_secs_f64(seconds))
}

pub fn close(connection: u64) -> Step {
    Step::Close(connection)
}

pub fn command(device_id: &'static str, command_id: &'static str, body: &'static str) -> Step {
    command_with(CommandOptions::default(), device_id, command_id, body)
}

pub fn command_with(
    options: CommandOptions,
    device_id: &'static str,
    command_id: &'static str,
    body: &'static str,
) -> Step {
    Step::Command { device_id, command_id, body, options }
}

/// Does something to the platform; a text that is not empty goes into the transcript.
pub fn act(act: impl FnOnce(&mut Platform, Instant) -> String + 'static) -> Step {
    Step::Do(Box::new(act))
}

/// A good login with keep alive 120.
pub fn connect(device_id: &str, product_id: &str) -> Packet {
    connect_with(device_id, product_id, "JHFDJF55586jhk")
}

pub fn connect_with(device_id: &str, product_id: &str, auth_info: &str) -> Packet {
    let mut connect = Connect::new(device_id);
    connect.keep_alive = 120;
    connect.set_login(product_id, auth_info);
    Packet::Connect(connect)
}

/// A good login with clean session 0.
pub fn connect_again(device_id: &str, product_id: &str) -> Packet {
    let Packet::Connect(mut connect) = connect(device_id, product_id) else { unreachable!() };
    connect.clean_session = false;
    Packet::Connect(connect)
}

/// A good login that leaves a will.
pub fn connect_with_will(device_id: &str, product_id: &str, topic: &str, qos: u8, retain: bool) -> Packet {
    let Packet::Connect(mut connect) = connect(device_id, product_id) else { unreachable!() };
    connect.last_will = Some(LastWill::new(topic, *b"gone", from_number(qos), retain));
    Packet::Connect(connect)
}

/// Sets faults for the device with this id, or for the platform where it is empty.
pub fn set_faults(device_id: &'static str, faults: Faults) -> Step {
    act(move |platform, _| match platform.set_faults(&scope(device_id), faults) {
        Ok(()) => String::new(),
        Err(error) => error.to_string(),
    })
}

/// Strikes the device with this id, or all where it is empty; how many connections that were is written down.
pub fn strike(device_id: &'static str, strike: Strike) -> Step {
    act(move |platform, now| match platform.strike(&scope(device_id), strike, now) {
        Ok(count) => format!("{count} struck"),
        Err(error) => error.to_string(),
    })
}

fn scope(device_id: &str) -> Scope {
    if device_id.is_empty() { Scope::Platform } else { Scope::Device(device_id.to_owned()) }
}

/// At QoS 0 with RETAIN set.
pub fn retained(topic: &str, payload: &[u8]) -> Packet {
    let mut publish = Publish::new(topic, QoS::AtMostOnce, payload);
    publish.retain = true;
    Packet::Publish(publish)
}

/// At QoS 1 with the packet identifier `id`, or at QoS 0 where it is 0.
pub fn publish(topic: &str, id: u16, payload: &[u8]) -> Packet {
    let qos = if id == 0 { QoS::AtMostOnce } else { QoS::AtLeastOnce };
    let mut publish = Publish::new(topic, qos, payload);
    publish.pkid = id;
    Packet::Publish(publish)
}

/// At QoS 2 with the packet identifier `id`.
pub fn exactly_once(topic: &str, id: u16, payload: &[u8]) -> Packet {
    let mut publish = Publish::new(topic, QoS::ExactlyOnce, payload);
    publish.pkid = id;
    Packet::Publish(publish)
}

/// The same message, sent again.
pub fn again(packet: Packet) -> Packet {
    let Packet::Publish(publish) = packet else { unreachable!() };
    Packet::Publish(Publish { dup: true, ..publish })
}

/// An upload of type 1 or 3.
pub fn upload(id: u16, payload_type: u8, body: &str) -> Packet {
    let mut payload = vec![payload_type];
    payload.extend_from_slice(&u16::try_from(body.len()).unwrap().to_be_bytes());
    payload.extend_from_slice(body.as_bytes());
    publish("$dp", id, &payload)
}

pub fn subscribe<const N: usize>(id: u16, filters: [(&str, u8); N]) -> Packet {
    let filters = filters.map(|(path, qos)| SubscribeFilter::new(path.to_owned(), from_number(qos)));
    Packet::Subscribe(Subscribe { pkid: id, filters: filters.to_vec() })
}

pub fn unsubscribe(id: u16, topic: &str) -> Packet {
    Packet::Unsubscribe(Unsubscribe { pkid: id, topics: vec![topic.to_owned()] })
}

pub fn puback(id: u16) -> Packet {
    Packet::PubAck(PubAck::new(id))
}

pub fn pubrec(id: u16) -> Packet {
    Packet::PubRec(PubRec::new(id))
}

pub fn pubrel(id: u16) -> Packet {
    Packet::PubRel(PubRel::new(id))
}

pub fn pubcomp(id: u16) -> Packet {
    Packet::PubComp(PubComp::new(id))
}

pub fn known(device_id: &str, product_id: &str, auth_info: &str) -> KnownDevice {
    let [device_id, product_id, auth_info] = [device_id, product_id, auth_info].map(str::to_owned);
    KnownDevice { device_id, product_id, auth_info }
}

pub fn limited(limits: Limits) -> Options {
    Options { limits, ..Options::default() }
}

pub fn from_hex(hex: &str) -> Vec<u8> {
    hex.as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

/// The data points of a device as `stream at value`, one a line.
pub fn stored(platform: &Platform, device_id: &str) -> String {
    let mut text = String::new();
    for (id, stream) in platform.device(device_id).unwrap().streams() {
        for point in stream.points() {
            writeln!(text, "{id} {} {}", point.at, point.value).unwrap();
        }
    }
    text
}

/// A platform, its virtual time and what it has said.
pub struct Stage {
    pub platform: Platform,
    pub now: Instant,
    pub transcript: String,
    /// Every rule that was broken, in that order.
    pub broken: Vec<RuleId>,
    connections: Vec<ConnectionId>,
}

impl Stage {
    #[expect(
        clippy::disallowed_methods,
        reason = "any instant will do, and there is no other way to get one"
    )]
    pub fn new(options: Options) -> Self {
        let now = Instant::now();
        let platform = Platform::new(options, now, utc_datetime!(2016-08-15 06:47:00));
        Self { platform, now, transcript: String::new(), broken: Vec::new(), connections: Vec::new() }
    }

    pub fn run(&mut self, step: Step) {
        match step {
            Step::Open => self.connections.push(self.platform.handle_open(self.now)),
            Step::Bytes(number, bytes) => {
                self.platform.handle_input(self.connection(number), &bytes, self.now);
            }
            Step::Wait(duration) => {
                self.now += duration;
                self.platform.handle_timeout(self.now);
            }
            Step::Close(number) => self.platform.handle_close(self.connection(number), self.now),
            Step::Command { device_id, command_id, body, options } => {
                let body = Bytes::from_static(body.as_bytes());
                let made = self.platform.send_command(device_id, command_id, body, options, self.now);
                if let Err(error) = made {
                    self.broken.extend(error.rule());
                    writeln!(self.transcript, "  error  {error}").unwrap();
                }
            }
            Step::Do(act) => {
                let gives = act(&mut self.platform, self.now);
                if !gives.is_empty() {
                    writeln!(self.transcript, "  gives  {gives}").unwrap();
                }
            }
        }
        self.drain();
    }

    fn connection(&self, number: u64) -> ConnectionId {
        self.connections[usize::try_from(number).unwrap() - 1]
    }

    fn drain(&mut self) {
        while let Some((connection, transmit)) = self.platform.poll_transmit() {
            let what = match transmit {
                Transmit::Frame(frame) => describe_frame(&frame),
                Transmit::Chunk(bytes) => format!("bytes {bytes:02x?}"),
                Transmit::Close => "close".to_owned(),
            };
            writeln!(self.transcript, "{connection} ← {what}").unwrap();
        }
        while let Some(event) = self.platform.poll_event() {
            self.broken.extend(broken_rule(&event));
            writeln!(self.transcript, "  event  {}", describe_event(&event)).unwrap();
        }
    }
}

fn from_number(qos: u8) -> QoS {
    match qos {
        0 => QoS::AtMostOnce,
        1 => QoS::AtLeastOnce,
        _ => QoS::ExactlyOnce,
    }
}
