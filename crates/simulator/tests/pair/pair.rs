//! Both ends and the clock.

use std::collections::VecDeque;
use std::time::Duration;

use session::{Event, Message, Options, Qos, Session};
use simulator::{CommandOptions, ConnectionId, Platform, Transmit};
use time::macros::utc_datetime;
use web_time::Instant;

use crate::bytes;

/// A session, the platform, and the bytes between them.
pub struct Pair {
    pub session: Session,
    pub platform: Platform,
    /// Whether the platform's bytes get lost from now on.
    pub deaf: bool,
    connection: ConnectionId,
    sizes: VecDeque<usize>,
    now: Instant,
    events: Vec<Event>,
}

/// How the device of the much-copied script logs in.
pub fn device() -> Options {
    Options {
        client_id: "29455901".to_owned(),
        username: "12555524".to_owned(),
        password: "JHFDJF55586jhk".to_owned(),
        ..Options::default()
    }
}

impl Pair {
    /// That device and a platform that takes everybody; bytes are cut into chunks of `sizes`, again and again.
    pub fn new(sizes: &[usize]) -> Self {
        Self::with(&device(), sizes)
    }

    /// The same with another login.
    pub fn with(options: &Options, sizes: &[usize]) -> Self {
        #[expect(clippy::disallowed_methods, reason = "tests need some instant to count from")]
        let now = Instant::now();
        let mut platform =
            Platform::new(simulator::Options::default(), now, utc_datetime!(2016-08-15 06:47:00));
        let connection = platform.handle_open(now);
        let session = Session::new(options).unwrap();
        let sizes = sizes.iter().copied().collect();
        Self { session, platform, deaf: false, connection, sizes, now, events: Vec::new() }
    }

    pub fn log_in(&mut self) {
        self.session.handle_open(self.now);
        self.drive();
    }

    pub fn publish(&mut self, topic: &str, payload: &[u8], qos: Qos) {
        let message = Message { topic: topic.to_owned(), payload: bytes(payload), qos, retain: false };
        self.session.publish(message, self.now).unwrap();
    }

    pub fn subscribe(&mut self, filter: &str) {
        self.session.subscribe(&[filter], Qos::AtLeastOnce, self.now).unwrap();
    }

    pub fn unsubscribe(&mut self, filter: &str) {
        self.session.unsubscribe(&[filter], self.now).unwrap();
    }

    pub fn command(&mut self, id: &str, body: &[u8]) {
        self.platform.send_command("29455901", id, bytes(body), CommandOptions::default(), self.now).unwrap();
    }

    /// Lets bytes go both ways until nobody has anything to say.
    pub fn drive(&mut self) {
        loop {
            let mut quiet = true;
            while let Some(frame) = self.session.poll_transmit() {
                quiet = false;
                for chunk in self.cut(&frame) {
                    self.platform.handle_input(self.connection, &chunk, self.now);
                }
            }
            while let Some((_, transmit)) = self.platform.poll_transmit() {
                quiet = false;
                match transmit {
                    Transmit::Frame(_) | Transmit::Chunk(_) if self.deaf => {}
                    Transmit::Frame(frame) | Transmit::Chunk(frame) => {
                        for chunk in self.cut(&frame) {
                            self.session.handle_input(&chunk, self.now);
                        }
                    }
                    Transmit::Close => self.session.handle_close(),
                }
            }
            while let Some(event) = self.session.poll_event() {
                if !matches!(event, Event::Received(_)) {
                    self.events.push(event);
                }
            }
            while self.platform.poll_event().is_some() {}
            if quiet {
                return;
            }
        }
    }

    /// Lets time pass, from deadline to deadline.
    pub fn pass(&mut self, duration: Duration) {
        let end = self.now + duration;
        self.drive();
        loop {
            let deadlines = [self.session.poll_timeout(), self.platform.poll_timeout()];
            match deadlines.into_iter().flatten().min() {
                Some(next) if next <= end => {
                    self.now = next;
                    self.session.handle_timeout(next);
                    self.platform.handle_timeout(next);
                    self.drive();
                }
                _ => {
                    self.now = end;
                    return;
                }
            }
        }
    }

    /// What the session told so far, frames left out.
    pub fn events(&self) -> Vec<Event> {
        self.events.clone()
    }

    /// The values that the platform has of a data stream, oldest first.
    pub fn stored(&self, stream: &str) -> Vec<String> {
        let stream = self.platform.device("29455901").and_then(|device| device.stream(stream));
        stream.map_or_else(Vec::new, |stream| stream.points().map(|point| point.value.to_string()).collect())
    }

    fn cut(&mut self, frame: &[u8]) -> Vec<Vec<u8>> {
        let mut rest = frame;
        let mut chunks = Vec::new();
        while !rest.is_empty() {
            self.sizes.rotate_left(1);
            let (chunk, behind) = rest.split_at(self.sizes[0].min(rest.len()));
            chunks.push(chunk.to_vec());
            rest = behind;
        }
        chunks
    }
}
