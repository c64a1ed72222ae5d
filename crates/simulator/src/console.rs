//! What the people around a platform may do and see: the verbs of the HTTP API and of a console
//! (reference §1.9). Commands stand in `commands`.

use bytes::Bytes;
use frame::QoS;
use onenet::DataPoint;
use onenet::legacy::UserTopic;
use web_time::Instant;

use crate::device::Device;
use crate::event::Event;
use crate::forward::Message;
use crate::platform::Platform;
use crate::product::CreateTopicError;
use crate::registration::{CreateDeviceError, NewDevice};

/// What is under way between the platform and a device at QoS 1 and 2, counted in messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UnderWay {
    /// Sent to the device, which has not acknowledged them to the end.
    pub unacknowledged: usize,
    /// In line behind those.
    pub waiting: usize,
    /// Sent by the device at QoS 2 and not released.
    pub unreleased: usize,
}

/// No device has this id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("device not found: {0}")]
pub struct UnknownDevice(pub String);

impl Platform {
    /// Makes a device and gives its id: the next decimal number that is free. It may log in from now on and
    /// is never forgotten.
    ///
    /// # Errors
    ///
    /// What keeps it from being made; nothing has changed then.
    pub fn create_device(&mut self, new: NewDevice, now: Instant) -> Result<String, CreateDeviceError> {
        self.now = now;
        let product_id = new.product_id.clone();
        if self.registry.get(&product_id).is_some() {
            return Err(CreateDeviceError::TokenProduct(product_id));
        }
        let device_id = self.devices.create(new, self.clock.time(now))?;
        self.registry.take_legacy(&product_id);
        Ok(device_id)
    }

    /// Stores data points as if their device had uploaded them at QoS 0.
    ///
    /// # Errors
    ///
    /// There is no such device.
    pub fn store(
        &mut self,
        device_id: &str,
        points: &[DataPoint],
        now: Instant,
    ) -> Result<(), UnknownDevice> {
        self.now = now;
        if self.devices.get(device_id).is_none() {
            return Err(UnknownDevice(device_id.to_owned()));
        }
        self.store_points(device_id, points, now);
        let (connection, device_id) = (None, device_id.to_owned());
        self.events.push(Event::Stored { connection, device_id: device_id.clone(), points: points.len() });
        self.announce(&device_id, points, QoS::AtMostOnce, now);
        Ok(())
    }

    /// Publishes to the subscribers of a topic that are online, at QoS 0. Gives how many get it.
    pub fn publish(&mut self, product_id: &str, topic: &UserTopic, payload: Bytes, now: Instant) -> usize {
        self.now = now;
        let message = Message { topic: topic.clone(), payload, qos: QoS::AtMostOnce, keep: None };
        let reach = self.forward(product_id, &message);
        self.events.push(Event::Forwarded { device_id: None, topic: topic.as_str().to_owned(), reach });
        reach.receivers
    }

    /// Creates a topic, as its first subscription would have.
    ///
    /// # Errors
    ///
    /// What keeps it from being created; nothing has changed then.
    pub fn create_topic(&mut self, product_id: &str, topic: UserTopic) -> Result<(), CreateTopicError> {
        if !self.devices.has_product(product_id) {
            return Err(CreateTopicError::UnknownProduct(product_id.to_owned()));
        }
        self.products.entry(product_id.to_owned()).or_default().create_topic(topic)
    }

    /// The topics of a product, by name. Topics are forgotten with the last device of their product.
    pub fn topics(&self, product_id: &str) -> impl Iterator<Item = &UserTopic> {
        self.products.get(product_id).into_iter().flat_map(|product| product.topics())
    }

    /// The topics that a device is subscribed to, by name.
    pub fn subscriptions_of(&self, device_id: &str) -> impl Iterator<Item = &UserTopic> {
        let device = self.devices.get(device_id);
        device.into_iter().flat_map(|device| device.subscriptions.iter().map(|(topic, _)| topic))
    }

    /// The devices of a product that are subscribed to a topic, by id.
    pub fn subscribers_of(&self, product_id: &str, topic: &UserTopic) -> impl Iterator<Item = &Device> {
        self.devices
            .iter()
            .filter(move |device| device.product_id == product_id && device.subscriptions.matches(topic))
    }

    /// What is under way to and from a device, while it is logged in or its session is kept. `None` where there is
    /// no such device.
    pub fn under_way(&self, device_id: &str) -> Option<UnderWay> {
        let device = self.devices.get(device_id)?;
        let open = device.connection.and_then(|connection| self.connections.get(&connection));
        let (deliveries, receipts) = match open.and_then(|open| open.dialogue()) {
            Some(dialogue) => (&dialogue.deliveries, &dialogue.receipts),
            None => (&device.deliveries, &device.receipts),
        };
        Some(UnderWay {
            unacknowledged: deliveries.in_flight(),
            waiting: deliveries.waiting(),
            unreleased: receipts.len(),
        })
    }

    /// How many retained messages of a product were forgotten to make room.
    pub fn retained_evicted(&self, product_id: &str) -> u64 {
        self.products.get(product_id).map_or(0, |product| product.evicted())
    }

    pub(crate) fn store_points(&mut self, device_id: &str, points: &[DataPoint], now: Instant) {
        self.devices.store(device_id, points, self.clock.time(now), &self.limits);
    }

    /// Tells those who subscribed to the data points of a device.
    pub(crate) fn announce(&mut self, device_id: &str, points: &[DataPoint], qos: QoS, now: Instant) {
        let Some(device) = self.devices.get(device_id) else { return };
        let product_id = device.product_id.clone();
        self.forward_points(device_id, &product_id, points, qos, now);
    }
}
