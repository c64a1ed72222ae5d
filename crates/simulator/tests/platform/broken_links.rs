//! What the QoS promise, over links that break all the time: a device with a session gets and gives everything
//! at least once at QoS 1, exactly once at QoS 2, and in order.

use std::collections::BTreeSet;
use std::time::Duration;

use frame::{Packet, Publish, QoS, encode};
use proptest::prelude::*;
use simulator::{Chunks, ConnectionId, Event, Faults, Limits, Scope, Strike, Transmit, When};

use crate::peer::Peer;
use crate::script::*;

/// Messages for each way and QoS.
const MESSAGES: usize = 150;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    // MQTT-4.3.2-1, MQTT-4.3.2-2, MQTT-4.3.3-1, MQTT-4.3.3-2, MQTT-4.4.0-1, MQTT-4.6.0-6
    #[test]
    fn nothing_is_lost_and_nothing_at_qos_2_comes_twice(faults in faults(), strikes in strikes()) {
        let mut links = Links::new();
        links.run(faults, &strikes);
        let numbers: Vec<usize> = (0..MESSAGES).collect();

        prop_assert_eq!(&links.stored("exactly"), &numbers);
        prop_assert_eq!(&links.heard(QoS::ExactlyOnce), &numbers);
        let (stored, heard) = (links.stored("at-least"), links.heard(QoS::AtLeastOnce));
        prop_assert_eq!(&first_of_each(&stored), &numbers);
        prop_assert_eq!(&first_of_each(&heard), &numbers);
    }
}

#[test]
fn the_same_seed_meets_the_same_faults() {
    let run = |seed| {
        let mut links = Links::new();
        let often = Some(When::PerMille(40));
        let jitter = Duration::from_millis(700);
        links.run(Faults { seed, jitter, cut: often, lose_pubrec: often, ..Faults::default() }, &[]);
        links.faults
    };
    let once = run(1);
    assert!(once.len() > 100, "{}", once.len());
    assert_eq!(once, run(1));
    assert_ne!(once, run(2));
}

/// Device 1 over links that break, device 2 over one that does not, and the platform between them. Both are
/// subscribed to what the other says; device 1 uploads, too.
struct Links {
    stage: Stage,
    device: Peer,
    link: Option<ConnectionId>,
    publisher: ConnectionId,
    /// How many messages of each QoS device 2 has said.
    said: usize,
    faults: Vec<String>,
}

impl Links {
    fn new() -> Self {
        // What comes again and again at QoS 1 is stored as often.
        let limits =
            Limits { points_per_stream: 1_000_000, bytes_per_device: 100_000_000, ..Limits::default() };
        let mut stage = Stage::new(limited(limits));
        let publisher = stage.platform.handle_open(stage.now);
        let login = encode(&connect("2", "2")).unwrap();
        stage.platform.handle_input(publisher, &login, stage.now);
        // Until there is something to break, there is nothing to say.
        let (device, said) = (Peer::new(), MESSAGES);
        let mut links = Self { stage, device, link: None, publisher, said, faults: Vec::new() };
        links.log_in_and_subscribe();
        links
    }

    /// Lets everything happen until both have all messages. Every so many milliseconds there is a strike, and in
    /// the end nothing goes wrong any more.
    fn run(&mut self, faults: Faults, strikes: &[(u16, Strike)]) {
        let device_1 = Scope::Device("1".to_owned());
        self.stage.platform.set_faults(&device_1, faults).unwrap();
        self.said = 0;
        for number in 0..MESSAGES {
            for (stream, qos) in [("at-least", QoS::AtLeastOnce), ("exactly", QoS::ExactlyOnce)] {
                let body = format!(r#"{{"{stream}":{number}}}"#);
                let Packet::Publish(publish) = upload(0, 3, &body) else { unreachable!() };
                self.device.outbox.push_back(Publish { qos, ..publish });
            }
        }
        for (millis, strike) in strikes {
            self.pass(Duration::from_millis((*millis).into()));
            self.stage.platform.strike(&device_1, *strike, self.stage.now).unwrap();
            self.drive();
        }
        for round in 0..1_000 {
            self.pass(Duration::from_secs(10));
            if self.is_done() {
                return;
            }
            // Nobody waits any longer for what may have been lost.
            self.hang_up();
            if round == 500 {
                self.stage.platform.set_faults(&device_1, Faults::default()).unwrap();
            }
        }
        panic!("not done: {} heard, {} said", self.device.heard.len(), self.said);
    }

    fn is_done(&self) -> bool {
        let under_way = self.stage.platform.under_way("1").unwrap();
        let waiting = self.stage.platform.device("1").unwrap().messages_waiting();
        self.said == MESSAGES
            && self.device.is_done()
            && under_way.unacknowledged + under_way.waiting + under_way.unreleased + waiting == 0
    }

    fn log_in_and_subscribe(&mut self) {
        self.drive();
        let link = self.link.expect("nothing goes wrong yet");
        let subscribe = encode(&subscribe(1, [("news", 2)])).unwrap();
        self.stage.platform.handle_input(link, &subscribe, self.stage.now);
        self.drive();
    }

    /// Lets time pass, from deadline to deadline.
    fn pass(&mut self, duration: Duration) {
        let end = self.stage.now + duration;
        self.drive();
        while let Some(next) = self.stage.platform.poll_timeout().filter(|next| *next <= end) {
            self.stage.now = next;
            self.stage.platform.handle_timeout(next);
            self.drive();
        }
        self.stage.now = end;
    }

    /// Lets bytes go both ways until nobody has anything to say.
    fn drive(&mut self) {
        loop {
            self.publish();
            let mut quiet = true;
            if self.link.is_none() {
                let link = self.stage.platform.handle_open(self.stage.now);
                self.link = Some(link);
                let login = self.device.connect(&connect_again("1", "2"));
                self.stage.platform.handle_input(link, &login, self.stage.now);
            }
            while let Some((connection, transmit)) = self.stage.platform.poll_transmit() {
                quiet = false;
                match transmit {
                    _ if connection == self.publisher => self.confirm(&transmit),
                    _ if Some(connection) != self.link => {}
                    Transmit::Frame(bytes) | Transmit::Chunk(bytes) => {
                        let answers = self.device.read(&bytes);
                        self.stage.platform.handle_input(connection, &answers, self.stage.now);
                    }
                    Transmit::Close => self.link = None,
                }
            }
            while let Some(event) = self.stage.platform.poll_event() {
                if let Event::Struck { fault, frame, .. } = event {
                    self.faults.push(format!("{fault:?} {frame:?}"));
                }
            }
            if quiet {
                return;
            }
        }
    }

    /// Device 2 says something while device 1 is there and has little to acknowledge: only ten messages would be
    /// kept for it (reference §1.5).
    fn publish(&mut self) {
        let under_way = self.stage.platform.under_way("1").unwrap_or_default();
        let is_there = self.stage.platform.device("1").is_some_and(simulator::Device::online);
        if !is_there || under_way.unacknowledged > 6 || self.said == MESSAGES {
            return;
        }
        let number = self.said.to_string();
        self.said += 1;
        for packet in
            [publish("news", 1, number.as_bytes()), exactly_once("news", 2, number.as_bytes()), pubrel(2)]
        {
            let bytes = encode(&packet).unwrap();
            self.stage.platform.handle_input(self.publisher, &bytes, self.stage.now);
        }
        let ping = encode(&Packet::PingReq).unwrap();
        self.stage.platform.handle_input(self.publisher, &ping, self.stage.now);
    }

    fn confirm(&self, transmit: &Transmit) {
        assert_ne!(*transmit, Transmit::Close, "nothing goes wrong for device 2");
    }

    fn hang_up(&mut self) {
        if let Some(link) = self.link.take() {
            self.stage.platform.handle_close(link, self.stage.now);
        }
        // The other one only pings when it says something.
        let ping = encode(&Packet::PingReq).unwrap();
        self.stage.platform.handle_input(self.publisher, &ping, self.stage.now);
    }

    /// The numbers that a data stream has, in the order they came.
    fn stored(&self, stream: &str) -> Vec<usize> {
        let stream = self.stage.platform.device("1").unwrap().stream(stream).unwrap();
        assert_eq!(stream.evicted(), 0);
        stream.points().map(|point| point.value.as_json().parse().unwrap()).collect()
    }

    /// The numbers that device 1 has heard at a QoS, in the order they came.
    fn heard(&self, qos: QoS) -> Vec<usize> {
        let heard = self.device.heard.iter().filter(|publish| publish.qos == qos);
        heard.map(|publish| std::str::from_utf8(&publish.payload).unwrap().parse().unwrap()).collect()
    }
}

/// Everything that may go wrong, each now and then.
fn faults() -> impl Strategy<Value = Faults> {
    let when = || {
        prop_oneof![
            2 => Just(None),
            1 => (1u32..40).prop_map(|number| Some(When::Nth(number))),
            1 => (3u32..40).prop_map(|number| Some(When::Each(number))),
            1 => (0u16..80).prop_map(|share| Some(When::PerMille(share))),
        ]
    };
    let chunks = prop_oneof![
        Just(Chunks::Whole),
        (1usize..9).prop_map(Chunks::Split),
        (0u64..500).prop_map(|millis| Chunks::Merge(Duration::from_millis(millis))),
    ];
    let times = (0u64..300, 0u64..300).prop_map(|(delay, jitter)| [delay, jitter].map(Duration::from_millis));
    let lost = (when(), when(), when(), when());
    (any::<u64>(), times, chunks, (when(), prop::option::of(0usize..40), when()), lost, when()).prop_map(
        |(seed, [delay, jitter], chunks, (cut, cut_after, half_open), lost, duplicate)| {
            let (lose_puback, lose_pubrec, lose_pubrel, lose_pubcomp) = lost;
            let acknowledgements =
                Faults { lose_puback, lose_pubrec, lose_pubrel, lose_pubcomp, ..Faults::default() };
            Faults { seed, delay, jitter, chunks, cut, cut_after, half_open, duplicate, ..acknowledgements }
        },
    )
}

fn strikes() -> impl Strategy<Value = Vec<(u16, Strike)>> {
    let strike = (0..Strike::ALL.len()).prop_map(|index| Strike::ALL[index]);
    prop::collection::vec((0u16..2_000, strike), 0..20)
}

fn first_of_each(numbers: &[usize]) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    numbers.iter().copied().filter(|number| seen.insert(*number)).collect()
}
