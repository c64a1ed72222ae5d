//! What the platform does about each request of a device. Knows no bytes and no deadlines.

use frame::{
    ConnAck, ConnectReturnCode, Packet, PubAck, PubRec, Publish, QoS, SubAck, Subscribe, SubscribeReasonCode,
    UnsubAck, Unsubscribe,
};
use onenet::legacy::{Payload, Topic, UserTopic};
use onenet::rules::legacy::{Publication, Taken, check_subscribe, take_publish};
use onenet::rules::{Finding, RuleId};
use web_time::Instant;

use crate::connection::{ConnectionId, Request};
use crate::device::Device;
use crate::event::Event;
use crate::fault::Fault;
use crate::forward::Message;
use crate::login::{Login, refusal_code};
use crate::platform::Platform;
use crate::reason::{DropReason, RefusalCode};
use crate::receipt::Held;

impl Platform {
    /// Answers one request. Afterwards the connection may be gone.
    pub(crate) fn reply(&mut self, connection: ConnectionId, request: Request, now: Instant) {
        if let Some(speaker) = self.speaker(connection) {
            return self.reply_sys(&speaker, request, now);
        }
        match request {
            Request::LogIn(login) if self.login_delay.is_zero() => self.log_in(connection, login, now),
            Request::LogIn(login) => {
                if let Some(open) = self.connections.get_mut(&connection) {
                    open.handle_connect(login, now + self.login_delay);
                }
            }
            Request::Refuse(finding) => self.refuse(connection, refusal_code(&finding), Some(finding)),
            Request::Ignore(finding) => self.events.push(Event::Ignored { connection, finding }),
            Request::Publish(publish) => self.take_publish(connection, publish, now),
            Request::Subscribe(subscribe) => self.subscribe(connection, &subscribe),
            Request::Unsubscribe(unsubscribe) => self.unsubscribe(connection, &unsubscribe),
            Request::Acknowledge(acknowledgement, id) => {
                self.acknowledge(connection, acknowledgement, id, now);
            }
            Request::Ping => {
                self.send(connection, &Packet::PingResp);
            }
            Request::LogOut => self.log_out(connection),
            Request::Drop(reason) => self.drop_connection(connection, reason),
        }
    }

    /// Lets a device in (reference §1.3). An older connection of it goes first; a refused login does
    /// not touch it, unless it is one too many and the device is banned.
    pub(crate) fn log_in(&mut self, connection: ConnectionId, login: Login, now: Instant) {
        if let Some(sys) = &login.sys {
            if !self.admit(connection, &login, sys, now) {
                return;
            }
        } else if let Err(finding) = self.devices.judge(&login) {
            return self.refuse(connection, refusal_code(&finding), Some(finding));
        }
        let device_id = login.device_id.clone();
        if let Some(code) = self.scenarios.of(Some(&device_id)).and_then(|scenario| scenario.take_refusal()) {
            return self.refuse_by_fault(connection, device_id, code);
        }
        if let Some(older) = self.devices.get(&device_id).and_then(|device| device.connection) {
            self.drop_connection(older, DropReason::TakenOver);
        }
        // What the device may leave behind now: it may be of another product, and its session a new one.
        let before = self.devices.get(&device_id);
        let left = before.map(|device| device.product_id.clone());
        let held = before.map(Device::held).unwrap_or_default();
        if self.devices.remember(&device_id, &login.product_id).is_err() {
            return self.refuse(connection, RefusalCode::Unavailable, None);
        }
        for product_id in left.iter().chain([&login.product_id]) {
            self.clear_will(&device_id, product_id);
        }
        if let Some(sys) = &login.sys {
            self.begin_sys_session(&device_id, sys);
        }
        let session_present = self.begin_session(connection, login, now);
        self.forget_unused_products();
        if !session_present {
            self.tell_lost(&device_id, held);
        }
        self.events.push(Event::LoggedIn { connection, device_id: device_id.clone() });
        self.send(connection, &Packet::ConnAck(ConnAck::new(ConnectReturnCode::Success, session_present)));
        self.send_again(connection);
        self.send_kept(&device_id, now);
        self.queue_due_commands(connection, &device_id, now);
    }

    /// Takes up the stored session of a device, or begins a new one (reference §1.2). Whether there was one.
    fn begin_session(&mut self, connection: ConnectionId, mut login: Login, now: Instant) -> bool {
        let (present, under_way) = self.devices.resume(&login.device_id, login.clean_session);
        if let Some(device) = self.devices.get_mut(&login.device_id) {
            device.connection = Some(connection);
            device.will = login.will.take();
        }
        if let Some(open) = self.connections.get_mut(&connection) {
            open.handle_login(login, under_way, self.limits.pubrel_timeout, now);
        }
        self.waiting_bytes += self.receipt_bytes(connection);
        present
    }

    fn refuse_by_fault(&mut self, connection: ConnectionId, device_id: String, code: RefusalCode) {
        let fault = Fault::LoginRefused(code);
        self.events.push(Event::Struck { connection, device_id: Some(device_id), fault, frame: None });
        self.refuse(connection, code, None);
    }

    pub(crate) fn refuse(&mut self, connection: ConnectionId, code: RefusalCode, finding: Option<Finding>) {
        self.send(connection, &Packet::ConnAck(ConnAck::new(code.return_code(), false)));
        self.close_connection(connection, |_| Event::Refused { connection, code, finding });
    }

    /// Does what the topic says, then acknowledges (reference §1.4).
    fn take_publish(&mut self, connection: ConnectionId, publish: Publish, now: Instant) {
        let (qos, id) = (publish.qos, publish.pkid);
        let publication = Publication {
            topic: &publish.topic,
            payload: &publish.payload,
            qos: qos as u8,
            retain: publish.retain,
        };
        let taken = match take_publish(&publication, &self.readings) {
            Ok(taken) => taken,
            Err(findings) => {
                // Never none: they are why it is not taken.
                let Some(finding) = findings.into_iter().next() else { return };
                return self.drop_connection(connection, DropReason::Rule(finding));
            }
        };
        let exactly_once = qos == QoS::ExactlyOnce;
        if exactly_once && self.receive_again(connection, id, now) {
            return;
        }
        let Some((device_id, product_id)) = self.who(connection) else { return };
        match taken {
            Taken::Message(Topic::User(topic)) => {
                let held = Held { topic, payload: publish.payload, retain: publish.retain };
                if !exactly_once {
                    self.pass_on(device_id, &product_id, held, qos, now);
                } else if !self.receive(connection, id, Some(held), now) {
                    return;
                }
            }
            // Of what nobody else is to see, only the identifier awaits its release.
            _ if exactly_once && !self.receive(connection, id, None, now) => return,
            Taken::Upload(payload) => self.store_upload(connection, device_id, &payload, qos, now),
            Taken::Message(Topic::CommandResponse(command_id)) => {
                self.record_answer(device_id, &command_id, publish.payload, now);
            }
            // Neither is taken: the one is an upload, the other a broken rule.
            Taken::Message(Topic::DataPoint | Topic::CommandRequest(_)) => {}
        }
        match qos {
            QoS::AtMostOnce => {}
            QoS::AtLeastOnce => {
                self.send(connection, &Packet::PubAck(PubAck::new(id)));
            }
            QoS::ExactlyOnce => {
                self.send(connection, &Packet::PubRec(PubRec::new(id)));
            }
        }
    }

    /// Stores an upload (reference §1.4, §1.6). All of it: what cannot be read has not come this far.
    fn store_upload(
        &mut self,
        connection: ConnectionId,
        device_id: String,
        payload: &Payload,
        qos: QoS,
        now: Instant,
    ) {
        let points = payload.points_as(self.readings.floats);
        self.store_points(&device_id, &points, now);
        let (connection, stored) = (Some(connection), points.len());
        self.events.push(Event::Stored { connection, device_id: device_id.clone(), points: stored });
        self.announce(&device_id, &points, qos, now);
    }

    /// Passes a message on to the subscribers in the publisher's product, and retains it where it says so
    /// (reference §1.4, §1.5).
    pub(crate) fn pass_on(
        &mut self,
        device_id: String,
        product_id: &str,
        held: Held,
        qos: QoS,
        now: Instant,
    ) {
        let Held { topic, payload, retain } = held;
        if retain {
            let product = self.products.entry(product_id.to_owned()).or_default();
            product.retain(&topic, payload.clone(), &self.limits);
        }
        let message = Message { topic, payload, qos, keep: Some(now) };
        let reach = self.forward(product_id, &message);
        let topic = message.topic.as_str().to_owned();
        self.events.push(Event::Forwarded { device_id: Some(device_id), topic, reach });
    }

    /// Answers every filter on its own, then sends what is retained on those it granted (reference §1.5).
    fn subscribe(&mut self, connection: ConnectionId, subscribe: &Subscribe) {
        let Some((device_id, product_id)) = self.who(connection) else { return };
        let (mut codes, mut granted) = (Vec::new(), Vec::new());
        for filter in &subscribe.filters {
            match self.judge_filter(&device_id, &product_id, &filter.path) {
                Ok(topic) => {
                    self.take_subscription(&device_id, &product_id, topic.clone(), filter.qos);
                    codes.push(SubscribeReasonCode::Success(filter.qos));
                    granted.push((topic, filter.qos));
                }
                Err(finding) => {
                    let (device_id, filter) = (device_id.clone(), filter.path.clone());
                    self.events.push(Event::SubscriptionRefused { connection, device_id, filter, finding });
                    codes.push(SubscribeReasonCode::Failure);
                }
            }
        }
        self.send(connection, &Packet::SubAck(SubAck::new(subscribe.pkid, codes)));
        for (topic, qos) in granted {
            self.send_retained(connection, &topic, qos);
        }
    }

    /// The topic of a filter, or the first rule that it breaks.
    fn judge_filter(&self, device_id: &str, product_id: &str, filter: &str) -> Result<UserTopic, Finding> {
        let already = self.devices.get(device_id).map_or(0, |device| device.subscriptions.others(filter));
        let product = self.products.get(product_id).filter(|_| !self.names_data(product_id, filter));
        let in_product = product.map_or(0, |product| product.others(filter));
        if let Some(finding) = check_subscribe(filter, already, in_product, &self.readings).into_iter().next()
        {
            return Err(finding);
        }
        UserTopic::parse(filter).map_err(|_| Finding::new(RuleId::FilterCharacters))
    }

    fn take_subscription(&mut self, device_id: &str, product_id: &str, topic: UserTopic, qos: QoS) {
        if !self.names_data(product_id, topic.as_str()) {
            // That it exists already is no matter, and too many were refused before.
            let _ = self.products.entry(product_id.to_owned()).or_default().create_topic(topic.clone());
        }
        if let Some(device) = self.devices.get_mut(device_id) {
            device.subscriptions.subscribe(topic, qos);
        }
    }

    /// Whether a filter asks for data points: `/{device id}/{stream}` of a device of the product. Such a
    /// one is no topic of the product.
    fn names_data(&self, product_id: &str, filter: &str) -> bool {
        let parts = filter.strip_prefix('/').and_then(|rest| rest.split_once('/'));
        let device = parts.and_then(|(device_id, _)| self.devices.get(device_id));
        device.is_some_and(|device| device.product_id == product_id)
    }

    fn unsubscribe(&mut self, connection: ConnectionId, unsubscribe: &Unsubscribe) {
        let Some((device_id, _)) = self.who(connection) else { return };
        if let Some(device) = self.devices.get_mut(&device_id) {
            for topic in &unsubscribe.topics {
                device.subscriptions.unsubscribe(topic);
            }
        }
        self.send(connection, &Packet::UnsubAck(UnsubAck::new(unsubscribe.pkid)));
    }

    /// Device and product of a connection.
    pub(crate) fn who(&self, connection: ConnectionId) -> Option<(String, String)> {
        let dialogue = self.connections.get(&connection)?.dialogue()?;
        Some((dialogue.device_id.clone(), dialogue.product_id.clone()))
    }
}
