//! Many messages at once: whoever reads and acknowledges gets them all, each once and in order.

use bytes::Bytes;
use session::{Event, Message, Options, Qos, Session};
use simulator::{ConnectionId, DropReason, Platform, Reach, Transmit};
use time::macros::utc_datetime;
use web_time::Instant;

use crate::pair::{self, Pair};

#[test]
fn twenty_thousand_small_messages_reach_a_subscriber() {
    let mut ends = Ends::new();
    ends.burst(20_000, 200);
    assert_eq!(ends.heard, 20_000);
    assert_eq!(ends.acknowledged, 20_000);
    assert_eq!(ends.dropped, []);
}

#[test]
fn five_thousand_messages_of_a_kilobyte_reach_a_subscriber() {
    let mut ends = Ends::new();
    ends.burst(5_000, 1_024);
    assert_eq!((ends.heard, ends.acknowledged), (5_000, 5_000));
    assert_eq!(ends.dropped, []);
}

#[test]
fn large_messages_reach_a_subscriber() {
    let mut ends = Ends::new();
    ends.burst(30, 200_000);
    assert_eq!((ends.heard, ends.acknowledged), (30, 30));
    assert_eq!(ends.dropped, []);
}

#[test]
fn burst_after_burst_reaches_a_subscriber() {
    let mut ends = Ends::new();
    for _ in 0..10 {
        ends.burst(300, 20_000);
    }
    assert_eq!((ends.heard, ends.acknowledged), (3_000, 3_000));
    assert_eq!(ends.dropped, []);
}

#[test]
fn a_burst_of_data_points_reaches_a_subscriber() {
    let mut ends = Ends::new();
    ends.subscribe("/2/wendu");
    for _ in 0..5_000 {
        ends.publish("$dp", b"\x03\x00\x0C{\"wendu\":55}");
    }
    ends.drive();
    assert_eq!((ends.heard, ends.acknowledged), (5_000, 5_000));
}

#[test]
fn a_device_hears_thousands_of_its_own_messages() {
    let mut pair = Pair::new(&[usize::MAX]);
    pair.log_in();
    pair.subscribe("room");
    pair.drive();
    for _ in 0..5_000 {
        pair.publish("room", &[b'x'; 1_024], Qos::AtLeastOnce);
    }
    pair.drive();
    let events = pair.events();
    let count = |wanted: fn(&Event) -> bool| events.iter().filter(|event| wanted(event)).count();
    assert_eq!(count(|event| matches!(event, Event::Message { .. })), 5_000);
    assert_eq!(count(|event| matches!(event, Event::Acknowledged { .. })), 5_000);
    assert!(pair.session.is_connected());
}

/// A subscriber, a publisher, both of them real sessions, and the platform.
struct Ends {
    platform: Platform,
    now: Instant,
    /// Device 1.
    subscriber: End,
    /// Device 2.
    publisher: End,
    /// How many messages were published to `room`.
    said: u64,
    /// How many messages the subscriber got, and how many PUBACKs the publisher.
    heard: u64,
    acknowledged: u64,
    dropped: Vec<DropReason>,
}

struct End {
    connection: ConnectionId,
    session: Session,
    /// What the platform sent and the session has not read.
    unread: Vec<Transmit>,
}

impl Ends {
    /// Both have logged in, and the subscriber has subscribed to `room`.
    fn new() -> Self {
        #[expect(clippy::disallowed_methods, reason = "tests need some instant to count from")]
        let now = Instant::now();
        let options = simulator::Options::default();
        let mut platform = Platform::new(options, now, utc_datetime!(2016-08-15 06:47:00));
        let [subscriber, publisher] = ["1", "2"].map(|id| {
            let options = Options { client_id: id.to_owned(), ..pair::device() };
            let mut session = Session::new(&options).unwrap();
            session.handle_open(now);
            End { connection: platform.handle_open(now), session, unread: Vec::new() }
        });
        let (said, heard, acknowledged, dropped) = (0, 0, 0, Vec::new());
        let mut ends = Self { platform, now, subscriber, publisher, said, heard, acknowledged, dropped };
        ends.drive();
        ends.subscribe("room");
        ends
    }

    fn subscribe(&mut self, filter: &str) {
        self.subscriber.session.subscribe(&[filter], Qos::AtLeastOnce, self.now).unwrap();
        self.drive();
    }

    fn publish(&mut self, topic: &str, payload: &[u8]) {
        let payload = Bytes::copy_from_slice(payload);
        let message = Message { topic: topic.to_owned(), payload, qos: Qos::AtLeastOnce, retain: false };
        self.publisher.session.publish(message, self.now).unwrap();
    }

    /// Publishes so many messages of so many bytes, each beginning with its number. The subscriber does not
    /// read before the publisher has all its PUBACKs.
    fn burst(&mut self, count: usize, length: usize) {
        for _ in 0..count {
            let mut payload = vec![b'x'; length];
            payload[..8].copy_from_slice(&self.said.to_be_bytes());
            self.publish("room", &payload);
            self.said += 1;
            if self.said.is_multiple_of(100) {
                self.publisher.exchange(&mut self.platform, self.now);
                self.carry();
            }
        }
        self.drive();
    }

    /// Lets bytes go both ways until nobody has anything to say.
    fn drive(&mut self) {
        loop {
            let publisher_was_quiet = self.publisher.exchange(&mut self.platform, self.now);
            let subscriber_was_quiet = self.subscriber.exchange(&mut self.platform, self.now);
            let platform_was_quiet = self.carry();
            if publisher_was_quiet && subscriber_was_quiet && platform_was_quiet {
                return;
            }
        }
    }

    /// Carries what the platform says to those who are to read it. Whether it said nothing.
    fn carry(&mut self) -> bool {
        let mut quiet = true;
        while let Some((connection, transmit)) = self.platform.poll_transmit() {
            quiet = false;
            let to_publisher = connection == self.publisher.connection;
            let end = if to_publisher { &mut self.publisher } else { &mut self.subscriber };
            end.unread.push(transmit);
        }
        self.take_events();
        quiet
    }

    fn take_events(&mut self) {
        while let Some(event) = self.subscriber.session.poll_event() {
            if let Event::Message { message, .. } = event {
                if message.topic == "room" {
                    assert_eq!(message.payload[..8], self.heard.to_be_bytes(), "in order");
                }
                self.heard += 1;
            }
        }
        while let Some(event) = self.publisher.session.poll_event() {
            self.acknowledged += u64::from(matches!(event, Event::Acknowledged { .. }));
        }
        while let Some(event) = self.platform.poll_event() {
            match event {
                simulator::Event::Dropped { reason, .. } => self.dropped.push(reason),
                simulator::Event::Forwarded { reach, .. } => {
                    assert_eq!(reach, Reach { receivers: 1, ..Reach::default() });
                }
                _ => {}
            }
        }
    }
}

impl End {
    /// Reads what has come and says what there is to say, all in one piece. Whether there was nothing.
    fn exchange(&mut self, platform: &mut Platform, now: Instant) -> bool {
        let mut quiet = self.unread.is_empty();
        for transmit in self.unread.drain(..) {
            match transmit {
                Transmit::Frame(frame) | Transmit::Chunk(frame) => self.session.handle_input(&frame, now),
                Transmit::Close => self.session.handle_close(),
            }
        }
        let mut said = Vec::new();
        while let Some(frame) = self.session.poll_transmit() {
            quiet = false;
            said.extend_from_slice(&frame);
        }
        platform.handle_input(self.connection, &said, now);
        quiet
    }
}
