//! A device with a session and a disk, which connects again when its link is lost.

use std::time::Duration;

use bytes::Bytes;
use session::{CloseReason, Event, Message, Options, Qos, Session, Store};
use simulator::ConnectionId;
use web_time::Instant;

/// How long a device stays away after its connection ended.
const BREAK: Duration = Duration::from_millis(100);
/// How long a device waits for an acknowledgement before it connects anew: on a link that stands nothing is sent
/// again (MQTT 3.1.1 §4.4), so a lost PUBACK is only made good by a new one.
const PATIENCE: Duration = Duration::from_secs(30);

/// A device and what it knows.
pub struct Device {
    pub id: &'static str,
    pub session: Session,
    /// Everything that was accepted, and everything that was heard, in order.
    pub sent: Vec<(Qos, u32)>,
    pub heard: Vec<(Qos, u32)>,
    /// Texts of messages that are no numbers.
    pub texts: Vec<String>,
    pub acknowledged: u64,
    /// How often it logged in, and how often to the session that it had.
    pub logins: u64,
    pub resumed: u64,
    pub closed: Vec<CloseReason>,
    /// Whether it connects again when a connection ends.
    pub returns: bool,
    pub options: Options,
    pub disk: Store,
    pub link: Link,
}

/// Where its connection stands.
pub enum Link {
    Up(ConnectionId),
    /// It connects at this time.
    Down(Instant),
    Away,
}

impl Device {
    pub fn new(id: &'static str, options: Options, now: Instant) -> Self {
        Self {
            id,
            session: Session::new(&options).unwrap(),
            sent: Vec::new(),
            heard: Vec::new(),
            texts: Vec::new(),
            acknowledged: 0,
            logins: 0,
            resumed: 0,
            closed: Vec::new(),
            returns: true,
            options,
            disk: Store::default(),
            link: Link::Down(now),
        }
    }

    /// Messages that it has not been told are through.
    pub fn held(&self) -> u64 {
        let counts = self.session.counts();
        counts.waiting + counts.in_flight + counts.unsettled
    }

    pub fn enqueue(&mut self, topic: &str, payload: Bytes, qos: Qos, number: u32, now: Instant) {
        let message = Message { topic: topic.to_owned(), payload, qos, retain: false };
        self.session.enqueue(message, now).unwrap();
        self.sent.push((qos, number));
    }

    /// Takes notice of what happened. Gives the frames to send, and the link they go on.
    pub fn drain(&mut self) -> (Vec<Bytes>, Option<ConnectionId>) {
        while let Some(change) = self.session.poll_change() {
            self.disk.apply(change);
        }
        assert!(self.disk == *self.session.store(), "the folded changes are the state");
        while let Some(event) = self.session.poll_event() {
            match event {
                Event::Message { message, .. } => match number(&message.payload) {
                    Some(number) => self.heard.push((message.qos, number)),
                    None => self.texts.push(String::from_utf8(message.payload.to_vec()).unwrap()),
                },
                Event::Connected { session_present, .. } => {
                    self.logins += 1;
                    self.resumed += u64::from(session_present);
                }
                Event::Acknowledged { .. } => self.acknowledged += 1,
                Event::Closed(reason) => self.closed.push(reason),
                Event::Received(_)
                | Event::Released { .. }
                | Event::Unsettled { .. }
                | Event::Abandoned { .. }
                | Event::NeverLeft { .. }
                | Event::Subscribed { .. }
                | Event::Unsubscribed { .. }
                | Event::Duplicate { .. }
                | Event::Stray { .. }
                | Event::Pinged { .. }
                | Event::Unread(_) => {}
            }
        }
        let frames = std::iter::from_fn(|| self.session.poll_transmit()).collect();
        let link = match self.link {
            Link::Up(connection) => Some(connection),
            Link::Down(_) | Link::Away => None,
        };
        (frames, link)
    }

    /// Whether the session has ended by itself.
    pub fn is_over(&self) -> bool {
        !self.session.is_connected() && self.session.poll_timeout().is_none()
    }

    /// The link is gone: the next session goes on with what is on the disk.
    pub fn hang_up(&mut self, now: Instant) {
        self.session.handle_close();
        self.drain();
        self.session = Session::resume(&self.options, self.disk.clone()).unwrap();
        self.link = if self.returns { Link::Down(now + BREAK) } else { Link::Away };
    }

    pub fn is_overdue(&self, now: Instant) -> bool {
        self.overdue_at().is_some_and(|at| at <= now)
    }

    fn overdue_at(&self) -> Option<Instant> {
        self.session.awaiting().map(|awaiting| awaiting.since + PATIENCE).min()
    }

    pub fn deadlines(&self) -> impl Iterator<Item = Instant> {
        let link = match self.link {
            Link::Up(_) => [self.session.poll_timeout(), self.overdue_at()],
            Link::Down(at) => [Some(at), None],
            Link::Away => [None, None],
        };
        link.into_iter().flatten()
    }
}

/// The number that a payload is.
pub fn number(payload: &[u8]) -> Option<u32> {
    Some(u32::from_be_bytes(payload.try_into().ok()?))
}
