//! Bad links: cut anywhere, frames lost at the cut, frames said twice, a device that dies between writing and
//! sending. Whatever happens, QoS 1 arrives at least once and QoS 2 exactly once, in order, in both directions.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic; clippy excuses only test functions, not what they call"
)]

mod device;
mod server;

use frame::{Packet, PubAck, PubComp, PubRec, PubRel, QoS};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng};
use session::{Options, Qos};

use crate::device::Device;
use crate::server::Server;

/// One thing that happens.
#[derive(Debug, Clone)]
enum Step {
    /// The device sends a number.
    Up(Qos),
    /// The server sends a number.
    Down(Qos),
    /// The link opens, if it is not open.
    Open,
    /// So many bytes arrive at the server.
    CarryUp(usize),
    /// So many bytes arrive at the device.
    CarryDown(usize),
    /// The link ends; so many bytes still arrive at the server, then at the device.
    Cut(usize, usize),
    /// So many bytes arrive at the device, which dies before it writes anything.
    DieUnwritten(usize),
    /// The same, but it dies after writing and after so many frames are sent.
    DieWritten(usize, usize),
    /// The device accepts a message and dies before it writes anything.
    DieAccepting(Qos),
    /// The server sends a message a second time on the same connection.
    Repeat,
    /// The server will say its next answer twice.
    Echo,
    /// The server acknowledges what the device never sent.
    Stray(u8),
}

/// Device, server, and the bytes between them.
struct World {
    device: Device,
    server: Server,
    open: bool,
    up: Vec<u8>,
    down: Vec<u8>,
    /// Messages of the server, in order.
    said: Vec<(QoS, u32)>,
}

/// A packet identifier that no scenario reaches.
const NOBODYS: u16 = 60_000;

impl World {
    fn new(options: &Options, late: bool, claims: bool) -> Self {
        let (up, down, said) = (Vec::new(), Vec::new(), Vec::new());
        let (device, server) = (Device::new(options), Server::new(late, claims));
        Self { device, server, open: false, up, down, said }
    }

    fn run(&mut self, step: &Step) {
        match *step {
            Step::Up(qos) => self.device.publish(qos),
            Step::Down(qos) => {
                let number = self.said.len() as u32 + 1;
                self.said.push((qos.into(), number));
                self.server.publish(qos.into(), number);
            }
            Step::Open => self.open(),
            Step::CarryUp(bytes) => self.carry_up(bytes),
            Step::CarryDown(bytes) => self.carry_down(bytes),
            Step::Cut(up, down) => {
                self.carry_up(up);
                self.carry_down(down);
                self.cut();
                self.device.lose_link();
            }
            Step::DieUnwritten(bytes) => {
                self.carry_down_unwritten(bytes);
                self.die();
            }
            Step::DieWritten(bytes, frames) => {
                self.carry_down_unwritten(bytes);
                let sent = self.device.drain(frames);
                self.up.extend(sent);
                // What was sent before it died may well arrive.
                self.carry_up(usize::MAX);
                self.die();
            }
            Step::DieAccepting(qos) => {
                self.device.publish(qos);
                self.die();
            }
            Step::Repeat => self.server.repeat(),
            Step::Echo => self.server.echo = true,
            Step::Stray(kind) => {
                if self.server.logged_in {
                    self.server.say(&stray(kind));
                }
            }
        }
        self.exchange();
    }

    /// What both have to say goes on its way, or nowhere.
    fn exchange(&mut self) {
        let said = self.device.drain(usize::MAX);
        let answered = std::mem::take(&mut self.server.said);
        if self.open {
            self.up.extend(said);
            self.down.extend(answered);
        }
    }

    fn open(&mut self) {
        if !self.open {
            self.open = true;
            self.device.handle_open();
        }
    }

    fn carry_up(&mut self, bytes: usize) {
        let bytes: Vec<u8> = self.up.drain(..bytes.min(self.up.len())).collect();
        self.server.handle_input(&bytes);
        self.down.append(&mut self.server.said);
    }

    fn carry_down(&mut self, bytes: usize) {
        self.carry_down_unwritten(bytes);
        let said = self.device.drain(usize::MAX);
        self.up.extend(said);
    }

    fn carry_down_unwritten(&mut self, bytes: usize) {
        let bytes: Vec<u8> = self.down.drain(..bytes.min(self.down.len())).collect();
        self.device.handle_input(&bytes);
    }

    fn cut(&mut self) {
        self.open = false;
        self.up.clear();
        self.down.clear();
        self.server.handle_close();
    }

    /// The device dies and starts again with its disk.
    fn die(&mut self) {
        self.cut();
        self.device.restart();
    }

    /// From now on all goes well, until nobody has anything to say.
    fn settle(&mut self) {
        self.run(&Step::Open);
        while !self.up.is_empty() || !self.down.is_empty() {
            self.run(&Step::CarryUp(usize::MAX));
            self.run(&Step::CarryDown(usize::MAX));
        }
    }
}

/// Once everything is settled, new messages arrive as on the first day.
fn check_fresh(world: &mut World) {
    let (passed, told) = (world.server.passed.len(), world.device.told.len());
    for qos in [Qos::ExactlyOnce, Qos::AtLeastOnce, Qos::ExactlyOnce] {
        world.run(&Step::Up(qos));
        world.run(&Step::Down(qos));
    }
    world.settle();
    assert_eq!(world.server.passed.len() - passed, 3);
    assert_eq!(world.device.told.len() - told, 3);
}

fn stray(kind: u8) -> Packet {
    let pkid = NOBODYS;
    match kind % 4 {
        0 => Packet::PubAck(PubAck { pkid }),
        1 => Packet::PubRec(PubRec { pkid }),
        2 => Packet::PubRel(PubRel { pkid }),
        _ => Packet::PubComp(PubComp { pkid }),
    }
}

/// Those at this QoS.
fn only(messages: &[(QoS, u32)], wanted: QoS) -> Vec<u32> {
    messages.iter().filter(|(qos, _)| *qos == wanted).map(|(_, number)| *number).collect()
}

/// Without what came before.
fn firsts(messages: &[u32]) -> Vec<u32> {
    let mut seen = std::collections::BTreeSet::new();
    messages.iter().copied().filter(|number| seen.insert(*number)).collect()
}

fn check_kept(world: &mut World) {
    world.settle();
    check_fresh(world);
    let (device, server) = (&world.device, &world.server);
    for (sent, arrived) in [(&device.accepted, &server.passed), (&world.said, &device.told)] {
        assert_eq!(only(sent, QoS::ExactlyOnce), only(arrived, QoS::ExactlyOnce), "exactly once, in order");
        let (sent, arrived) = (only(sent, QoS::AtLeastOnce), only(arrived, QoS::AtLeastOnce));
        assert_eq!(sent, firsts(&arrived), "at least once, in order");
    }
    assert_eq!((device.session.store().outbound.len(), server.owed()), (0, 0));
    assert!(device.session.store().released.is_empty() && device.session.store().inbound.is_empty());
}

fn check_clean(world: &mut World) {
    world.settle();
    check_fresh(world);
    let (device, server) = (&world.device, &world.server);
    let (sent, arrived) = (only(&device.accepted, QoS::AtLeastOnce), only(&server.passed, QoS::AtLeastOnce));
    assert_eq!(sent, firsts(&arrived), "at least once, in order");
    for arrived in [&server.passed, &device.told] {
        let arrived = only(arrived, QoS::ExactlyOnce);
        assert!(arrived.is_sorted_by(|one, next| one < next), "at most once, in order: {arrived:?}");
    }
    let counts = device.session.counts();
    assert_eq!((counts.waiting, counts.in_flight, counts.unsettled), (0, 0, 0));
}

fn options(clean_session: bool) -> Options {
    Options { client_id: "1".to_owned(), clean_session, max_in_flight: 3, ..Options::default() }
}

fn qos() -> impl Strategy<Value = Qos> {
    prop_oneof![Just(Qos::AtLeastOnce), Just(Qos::ExactlyOnce)]
}

/// Rarely few bytes, so that the dialogue gets somewhere.
fn bytes() -> impl Strategy<Value = usize> {
    prop_oneof![1 => 0usize..12, 1 => 0usize..60, 2 => Just(usize::MAX)]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => qos().prop_map(Step::Up),
        4 => qos().prop_map(Step::Down),
        6 => Just(Step::Open),
        6 => bytes().prop_map(Step::CarryUp),
        6 => bytes().prop_map(Step::CarryDown),
        2 => (bytes(), bytes()).prop_map(|(up, down)| Step::Cut(up, down)),
        1 => bytes().prop_map(Step::DieUnwritten),
        1 => (bytes(), 0usize..4).prop_map(|(bytes, frames)| Step::DieWritten(bytes, frames)),
        1 => qos().prop_map(Step::DieAccepting),
        1 => Just(Step::Repeat),
        1 => Just(Step::Echo),
        1 => any::<u8>().prop_map(Step::Stray),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    // MQTT-4.3.2-1, MQTT-4.3.3-1, MQTT-4.3.3-2, MQTT-4.4.0-1, MQTT-4.6.0-1, MQTT-2.3.1-2, MQTT-3.3.1-1.
    #[test]
    fn a_kept_session_delivers_at_qos_1_at_least_once_and_at_qos_2_exactly_once(
        steps in prop::collection::vec(step(), 0..80), late in any::<bool>(),
    ) {
        let mut world = World::new(&options(false), late, false);
        world.device.recounts = !steps.iter().any(|step| matches!(step, Step::Echo));
        steps.iter().for_each(|step| world.run(step));
        check_kept(&mut world);
    }

    // MQTT-3.1.2-6.
    #[test]
    fn clean_sessions_deliver_at_qos_1_at_least_once_and_at_qos_2_at_most_once(
        steps in prop::collection::vec(step(), 0..80), late in any::<bool>(), claims in any::<bool>(),
    ) {
        let mut world = World::new(&options(true), late, claims);
        world.device.recounts = !steps.iter().any(|step| matches!(step, Step::Echo));
        steps.iter().for_each(|step| world.run(step));
        check_clean(&mut world);
    }
}

#[test]
fn ten_thousand_messages_each_way_and_at_each_qos_survive_a_thousand_faults() {
    let mut world = World::new(&Options { max_in_flight: 20, ..options(false) }, true, false);
    let mut random = TestRng::from_seed(RngAlgorithm::XorShift, &[7; 16]);
    let mut faults = 0;
    for number in 0..20_000 {
        let qos = if number % 2 == 0 { Qos::AtLeastOnce } else { Qos::ExactlyOnce };
        world.run(&Step::Up(qos));
        world.run(&Step::Down(qos));
        world.run(&Step::Open);
        world.run(&Step::CarryUp(usize::MAX));
        world.run(&Step::CarryDown(usize::MAX));
        if number % 20 == 7 {
            faults += 1;
            let (some, few) = (random.random_range(0..200), random.random_range(0..8));
            world.run(&match random.random_range(0..6) {
                0 => Step::DieUnwritten(some),
                1 => Step::DieWritten(some, few),
                2 => Step::Repeat,
                3 => Step::Echo,
                4 => Step::Stray(few as u8),
                _ => Step::Cut(some, random.random_range(0..200)),
            });
        }
    }
    check_kept(&mut world);
    let (device, server) = (&world.device, &world.server);
    println!(
        "{faults} faults; up: {} accepted, {} acknowledged, {} passed on; down: {} said, {} told, \
         {} duplicates, {} strays",
        device.accepted.len(),
        device.acknowledged,
        server.passed.len(),
        world.said.len(),
        device.told.len(),
        device.duplicates,
        device.strays,
    );
    // With the three at the end.
    assert_eq!((faults, device.accepted.len(), world.said.len()), (1_000, 20_003, 20_003));
}
