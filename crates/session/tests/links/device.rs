//! A device with a disk: it drives one session after another, loses links, and dies at any moment.

use std::collections::VecDeque;
use std::time::Duration;

use bytes::Bytes;
use frame::QoS;
use session::{Change, Event, Message, Options, Qos, Session, Store};
use web_time::Instant;

/// The device and what it has learnt. What it knows for certain is on its disk and in the lists.
pub struct Device {
    pub session: Session,
    /// Every change that was written, folded.
    pub disk: Store,
    /// Messages that it has promised to send, in order.
    pub accepted: Vec<(QoS, u32)>,
    /// Messages that arrived, in order: written together with the changes.
    pub told: Vec<(QoS, u32)>,
    pub duplicates: u64,
    pub strays: u64,
    pub acknowledged: u64,
    /// Whether it begins to count identifiers anew each time. It must not matter, unless the server answers twice:
    /// the second answer may then find a new message under its identifier.
    pub recounts: bool,
    options: Options,
    numbers: u32,
    now: Instant,
}

impl Device {
    pub fn new(options: &Options) -> Self {
        #[expect(clippy::disallowed_methods, reason = "tests need some instant to count from")]
        let now = Instant::now();
        Self {
            session: Session::resume(options, Store::default()).unwrap(),
            disk: Store::default(),
            accepted: Vec::new(),
            told: Vec::new(),
            duplicates: 0,
            strays: 0,
            acknowledged: 0,
            recounts: false,
            options: options.clone(),
            numbers: 0,
            now,
        }
    }

    pub fn handle_open(&mut self) {
        self.session.handle_open(self.now);
    }

    pub fn handle_input(&mut self, bytes: &[u8]) {
        self.now += Duration::from_millis(1);
        self.session.handle_input(bytes, self.now);
    }

    /// Sends the next number, now or once there is a connection.
    pub fn publish(&mut self, qos: Qos) {
        self.numbers += 1;
        let payload = Bytes::copy_from_slice(&self.numbers.to_be_bytes());
        let message = Message { topic: "up".to_owned(), payload, qos, retain: false };
        self.session.enqueue(message, self.now).unwrap();
    }

    /// Writes what must not be lost, then sends at most so many frames. Gives their bytes.
    pub fn drain(&mut self, frames: usize) -> Vec<u8> {
        while let Some(change) = self.session.poll_change() {
            if let Change::Accepted(outbound) = &change {
                let id = outbound.packet_id;
                assert!(self.disk.message(id).is_none(), "identifier {id} is given out twice");
                assert!(!self.disk.released.contains(&id), "identifier {id} is given out twice");
                self.accepted.push((outbound.message.qos.into(), number(&outbound.message)));
            }
            self.disk.apply(change);
        }
        assert!(self.disk == *self.session.store(), "the folded changes are the state");
        while let Some(event) = self.session.poll_event() {
            match event {
                Event::Message { message, .. } => self.told.push((message.qos.into(), number(&message))),
                Event::Duplicate { .. } => self.duplicates += 1,
                Event::Stray { .. } => self.strays += 1,
                Event::Acknowledged { .. } => self.acknowledged += 1,
                Event::Closed(reason) => assert_eq!(reason, session::CloseReason::LinkClosed),
                Event::Received(_)
                | Event::Connected { .. }
                | Event::Released { .. }
                | Event::Unsettled { .. }
                | Event::Abandoned { .. }
                | Event::NeverLeft { .. }
                | Event::Subscribed { .. }
                | Event::Unsubscribed { .. }
                | Event::Pinged { .. }
                | Event::Unread(_) => {}
            }
        }
        let counts = self.session.counts();
        let ended = counts.acknowledged + counts.given_up + counts.abandoned;
        let held = counts.waiting + counts.in_flight + counts.unsettled;
        assert_eq!(counts.restored + counts.accepted, ended + held, "{counts:?}");
        assert!(counts.in_flight <= 2 * u64::from(self.options.max_in_flight), "{counts:?}");
        (0..frames).map_while(|_| self.session.poll_transmit()).flatten().collect()
    }

    /// The link is gone: a new session goes on where this one ends.
    pub fn lose_link(&mut self) {
        self.session.handle_close();
        self.drain(0);
        let ended = std::mem::replace(&mut self.session, Session::new(&self.options).unwrap());
        assert!(ended.into_store() == self.disk);
        self.restart();
    }

    /// Begins with what is on the disk. At QoS 1 it would rather send twice than not at all, at QoS 2 the reverse.
    pub fn restart(&mut self) {
        if self.recounts {
            self.disk.last_id = 0;
        }
        self.session = Session::resume(&self.options, self.disk.clone()).unwrap();
        let unsettled = self.session.unsettled();
        let unsettled: VecDeque<(u16, Option<Qos>)> =
            unsettled.map(|(id, message)| (id, message.map(|message| message.qos))).collect();
        for (id, qos) in unsettled {
            match qos {
                Some(Qos::AtLeastOnce) => self.session.retry(id).unwrap(),
                Some(Qos::AtMostOnce | Qos::ExactlyOnce) | None => self.session.give_up(id).unwrap(),
            }
        }
    }
}

fn number(message: &Message) -> u32 {
    u32::from_be_bytes(message.payload[..].try_into().unwrap())
}
