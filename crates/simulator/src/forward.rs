//! Messages from one to others: user topics, data points, what was retained or kept (reference §1.4, §1.5).

use bytes::Bytes;
use frame::{Packet, Publish, QoS};
use onenet::DataPoint;
use onenet::legacy::UserTopic;
use onenet::rules::legacy::Qos;
use web_time::Instant;

use crate::connection::ConnectionId;
use crate::delivery::{Delivery, Outcome};
use crate::event::{Event, Reach};
use crate::mailbox::Kept;
use crate::platform::Platform;
use crate::reason::DropReason;

/// A message on its way to whoever subscribed to its topic.
pub(crate) struct Message {
    pub(crate) topic: UserTopic,
    pub(crate) payload: Bytes,
    /// The publisher's, which is also the receivers' (reference §1.4).
    pub(crate) qos: QoS,
    /// Whether it waits for subscribers that are offline, and since when.
    pub(crate) keep: Option<Instant>,
}

/// How far a message came on a connection.
enum Passage {
    /// It was sent, or stands in line.
    Taken,
    /// It stood in the window when the connection ended: it is sent again where the session outlives that.
    Suspended,
    /// The connection was or is gone, and knows nothing of the message.
    None,
}

impl Passage {
    fn sent(sent: bool, otherwise: Self) -> Self {
        if sent { Self::Taken } else { otherwise }
    }
}

impl Platform {
    /// Passes a message on to its subscribers in a product, the publisher included.
    pub(crate) fn forward(&mut self, product_id: &str, message: &Message) -> Reach {
        let subscribers: Vec<String> = self
            .devices
            .iter()
            .filter(|device| device.product_id == product_id && device.subscriptions.matches(&message.topic))
            .map(|device| device.id().to_owned())
            .collect();
        let mut reach = Reach::default();
        for device_id in subscribers {
            reach += self.deliver(&device_id, message);
        }
        reach
    }

    /// Passes the data points of an upload on, each as a message on `/{device id}/{stream}` whose payload
    /// is the JSON text of the value.
    pub(crate) fn forward_points(
        &mut self,
        device_id: &str,
        product_id: &str,
        points: &[DataPoint],
        qos: QoS,
        now: Instant,
    ) {
        let Ok(prefix) = UserTopic::parse(&format!("/{device_id}/")) else { return };
        let watchers: Vec<String> = self
            .devices
            .iter()
            .filter(|device| device.product_id == product_id && device.subscriptions.reaches_under(&prefix))
            .map(|device| device.id().to_owned())
            .collect();
        if watchers.is_empty() {
            return;
        }
        let mut reach = Reach::default();
        for point in points {
            // A name with other characters cannot be subscribed to.
            let Ok(topic) = UserTopic::parse(&format!("{prefix}{}", point.stream)) else { continue };
            let payload = Bytes::copy_from_slice(point.value.as_json().as_bytes());
            let message = Message { topic, payload, qos, keep: Some(now) };
            for watcher in &watchers {
                let subscribed =
                    self.devices.get(watcher).is_some_and(|d| d.subscriptions.matches(&message.topic));
                if subscribed {
                    reach += self.deliver(watcher, &message);
                }
            }
        }
        if reach != Reach::default() {
            self.events.push(Event::PointsForwarded { device_id: device_id.to_owned(), reach });
        }
    }

    /// Sends what was retained on a topic to a device that has just subscribed to it, at the QoS that it asked
    /// for (reference §1.4). Where there is no QoS 2, that becomes 1.
    pub(crate) fn send_retained(&mut self, connection: ConnectionId, topic: &UserTopic, requested: QoS) {
        let Some(dialogue) = self.connections.get(&connection).and_then(|open| open.dialogue()) else {
            return;
        };
        let product = self.products.get(&dialogue.product_id);
        let Some(payload) = product.and_then(|product| product.retained(topic)) else { return };
        let payload = payload.clone();
        if requested == QoS::AtMostOnce {
            let mut publish = Publish::from_bytes(topic.as_str(), QoS::AtMostOnce, payload);
            publish.retain = true;
            self.send(connection, &Packet::Publish(publish));
        } else {
            let qos = match self.readings.qos {
                Qos::UpTo1 => QoS::AtLeastOnce,
                Qos::UpTo2 => requested,
            };
            let delivery = Delivery { topic: topic.clone(), payload, qos, retain: true, keep: None };
            self.send_surely(connection, delivery);
        }
    }

    /// Sends what the window of a connection has room for now.
    pub(crate) fn send_waiting(&mut self, connection: ConnectionId) {
        // Sending may end the connection, and then there is nothing to poll.
        while let Some(dialogue) = self.connections.get_mut(&connection).and_then(|open| open.dialogue_mut())
        {
            let before = dialogue.deliveries.waiting_bytes();
            let Some(publish) = dialogue.deliveries.poll_publish(&self.limits) else { return };
            self.waiting_bytes -= before - dialogue.deliveries.waiting_bytes();
            self.send(connection, &Packet::Publish(publish));
        }
    }

    /// Sends a device that has logged in what was kept for it meanwhile, oldest first.
    pub(crate) fn send_kept(&mut self, device_id: &str, now: Instant) {
        let Some(device) = self.devices.get_mut(device_id) else { return };
        let kept = device.mailbox.take(now);
        let mut reach = Reach::default();
        for Kept { topic, payload, qos, at } in kept {
            reach += self.deliver(device_id, &Message { topic, payload, qos, keep: Some(at) });
        }
        if reach.receivers > 0 {
            self.events.push(Event::CaughtUp { device_id: device_id.to_owned(), messages: reach.receivers });
        }
    }

    /// Sends a message to a device, or keeps it where that is asked for.
    fn deliver(&mut self, device_id: &str, message: &Message) -> Reach {
        let Some(device) = self.devices.get(device_id) else { return Reach::default() };
        let Message { topic, payload, qos, keep } = message;
        if payload.len() > self.limits.message_bytes {
            return Reach { discarded: 1, ..Reach::default() };
        }
        let connection = device.connection;
        if let Some(connection) = connection {
            let passage = if *qos == QoS::AtMostOnce {
                let publish = Publish::from_bytes(topic.as_str(), *qos, payload.clone());
                Passage::sent(self.send(connection, &Packet::Publish(publish)), Passage::None)
            } else {
                let (topic, payload, qos) = (topic.clone(), payload.clone(), *qos);
                self.send_surely(connection, Delivery { topic, payload, qos, retain: false, keep: *keep })
            };
            let keeps_session = self.devices.get(device_id).is_some_and(|device| device.keeps_session);
            match passage {
                Passage::Taken => return Reach { receivers: 1, ..Reach::default() },
                Passage::Suspended if keeps_session => return Reach { kept: 1, ..Reach::default() },
                Passage::Suspended => return Reach { discarded: 1, ..Reach::default() },
                Passage::None => {}
            }
        }

        // The device is offline; perhaps this very message was too much for it.
        let discarded = Reach { discarded: usize::from(connection.is_some()), ..Reach::default() };
        let Some(since) = *keep else { return discarded };
        let device = self.devices.get_mut(device_id).filter(|device| device.keeps_session);
        let Some(device) = device else { return discarded };
        match device.mailbox.push(Kept::new(topic.clone(), payload.clone(), *qos, since), &self.limits) {
            true => Reach { kept: 1, ..Reach::default() },
            false => Reach { discarded: 1, ..Reach::default() },
        }
    }

    /// Sends a message at QoS 1 or 2, or lets it wait for its turn. Where it cannot, the connection is gone.
    fn send_surely(&mut self, connection: ConnectionId, delivery: Delivery) -> Passage {
        let free = self.free_bytes();
        let dialogue = self.connections.get_mut(&connection).and_then(|open| open.dialogue_mut());
        let Some(dialogue) = dialogue else { return Passage::None };
        let before = dialogue.deliveries.waiting_bytes();
        let outcome = dialogue.deliveries.deliver(delivery, free, &self.limits);
        self.waiting_bytes += dialogue.deliveries.waiting_bytes() - before;
        match outcome {
            Outcome::Send(publish) => {
                Passage::sent(self.send(connection, &Packet::Publish(publish)), Passage::Suspended)
            }
            Outcome::Waits => Passage::Taken,
            Outcome::Full => {
                self.drop_connection(connection, DropReason::TooSlow);
                Passage::None
            }
        }
    }
}
