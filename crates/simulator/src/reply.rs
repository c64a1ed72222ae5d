//! What the platform does about each request of a device. Knows no bytes and no deadlines.

use frame::{
    ConnAck, ConnectReturnCode, Packet, PubAck, Publish, QoS, SubAck, Subscribe, UnsubAck, Unsubscribe,
};
use onenet::legacy::{CommandId, Payload, Topic, UserTopic};
use web_time::Instant;

use crate::command::CommandState;
use crate::connection::{ConnectionId, Request};
use crate::delivery::Delivery;
use crate::event::{DropReason, Event, RefusalCode};
use crate::login::Login;
use crate::platform::Platform;
use crate::store::Point;

impl Platform {
    /// Answers one request. Afterwards the connection may be gone.
    pub(crate) fn reply(&mut self, connection: ConnectionId, request: Request, now: Instant) {
        match request {
            Request::LogIn(login) => self.log_in(connection, login, now),
            Request::Refuse(code) => self.refuse(connection, code),
            Request::Publish(publish) => self.take_publish(connection, publish, now),
            Request::Subscribe(subscribe) => self.subscribe(connection, &subscribe),
            Request::Unsubscribe(unsubscribe) => self.unsubscribe(connection, &unsubscribe),
            Request::Acknowledge(id) => self.acknowledge(connection, id),
            Request::Ping => self.send(connection, &Packet::PingResp),
            Request::LogOut => {
                self.close_connection(connection, |device_id| Event::Closed { connection, device_id });
            }
            Request::Drop(reason) => self.drop_connection(connection, reason),
        }
    }

    /// Lets a device in (reference §1.3). An older connection of it goes first; a refused login does
    /// not touch it.
    fn log_in(&mut self, connection: ConnectionId, login: Login, now: Instant) {
        if let Err(code) = login.judge(&self.known) {
            return self.refuse(connection, code);
        }
        let Ok(device) = self.devices.remember(&login.device_id, &login.product_id) else {
            return self.refuse(connection, RefusalCode::Unavailable);
        };
        let device_id = login.device_id.clone();
        if let Some(older) = device.connection.take() {
            self.drop_connection(older, DropReason::TakenOver);
        }
        if let Some(device) = self.devices.get_mut(&device_id) {
            device.connection = Some(connection);
        }
        if let Some(open) = self.connections.get_mut(&connection) {
            open.handle_login(login, now);
        }
        self.events.push(Event::LoggedIn { connection, device_id });
        self.send(connection, &Packet::ConnAck(ConnAck::new(ConnectReturnCode::Success, false)));
    }

    fn refuse(&mut self, connection: ConnectionId, code: RefusalCode) {
        self.send(connection, &Packet::ConnAck(ConnAck::new(code.return_code(), false)));
        self.close_connection(connection, |_| Event::Refused { connection, code });
    }

    /// Does what the topic says, then acknowledges (reference §1.4).
    fn take_publish(&mut self, connection: ConnectionId, publish: Publish, now: Instant) {
        let (qos, id) = (publish.qos, publish.pkid);
        let taken = match Topic::parse(&publish.topic) {
            _ if qos == QoS::ExactlyOnce => Err(DropReason::Qos2),
            Ok(Topic::DataPoint) => self.store(connection, &publish, now),
            Ok(Topic::CommandRequest(_)) => Err(DropReason::CommandByDevice),
            Ok(Topic::CommandResponse(command_id)) => {
                self.record_answer(connection, &command_id, publish, now);
                Ok(())
            }
            Ok(Topic::User(topic)) => {
                self.forward(connection, &topic, &publish);
                Ok(())
            }
            Err(error) => Err(DropReason::Topic(error)),
        };
        match taken {
            Ok(()) if qos == QoS::AtLeastOnce => self.send(connection, &Packet::PubAck(PubAck::new(id))),
            Ok(()) => {}
            Err(reason) => self.drop_connection(connection, reason),
        }
    }

    /// Stores an upload (reference §1.4, §1.6). All of it or, where it cannot be read, nothing.
    fn store(&mut self, connection: ConnectionId, publish: &Publish, now: Instant) -> Result<(), DropReason> {
        if publish.retain {
            return Err(DropReason::RetainedUpload);
        }
        let payload = Payload::decode(&publish.payload).map_err(DropReason::Undecodable)?;
        let arrived_at = self.clock.time(now);
        let Some(device_id) = self.device_id(connection) else { return Ok(()) };
        if let Some(device) = self.devices.get_mut(&device_id) {
            for point in payload.points() {
                let at = point.time().unwrap_or(arrived_at);
                let value = point.value.clone();
                device.store.push(&point.stream, Point { at, value }, &self.limits);
            }
        }
        let points = payload.points().len();
        self.events.push(Event::Stored { connection, device_id, points });
        Ok(())
    }

    /// Records an answer (reference §1.8). No source says what an answer to nothing gets; it is
    /// acknowledged, because the platform may have forgotten a command that the device remembers.
    fn record_answer(&mut self, connection: ConnectionId, id: &CommandId, publish: Publish, now: Instant) {
        let Some(device_id) = self.device_id(connection) else { return };
        let answered_at = self.clock.time(now);
        let command_id = id.as_str().to_owned();
        let event = match self.commands.get_mut(&command_id) {
            Some(command) if command.device_id == device_id && command.state != CommandState::Answered => {
                command.state = CommandState::Answered;
                command.answered_at = Some(answered_at);
                command.answer = Some(publish.payload);
                Event::CommandAnswered { command_id, device_id }
            }
            Some(_) | None => Event::AnswerDiscarded { command_id, device_id },
        };
        self.events.push(event);
    }

    /// Passes a message on to the subscribers in the publisher's product, the publisher included, at
    /// the publisher's QoS (reference §1.4, §1.5).
    fn forward(&mut self, connection: ConnectionId, topic: &UserTopic, publish: &Publish) {
        let Some(publisher) = self.connections.get(&connection).and_then(|open| open.dialogue()) else {
            return;
        };
        let (device_id, product_id) = (publisher.device_id.clone(), publisher.product_id.clone());
        let (mut sends, mut receivers, mut discarded) = (Vec::new(), 0, 0);
        for (id, open) in &mut self.connections {
            let Some(dialogue) = open.dialogue_mut() else { continue };
            if dialogue.product_id != product_id || !dialogue.subscriptions.matches(topic) {
                continue;
            }
            let payload = publish.payload.clone();
            let delivery = if publish.qos == QoS::AtMostOnce {
                Delivery::Send(Publish::from_bytes(topic.as_str(), QoS::AtMostOnce, payload))
            } else {
                dialogue.deliveries.deliver(topic.clone(), payload, &self.limits)
            };
            match delivery {
                Delivery::Send(publish) => {
                    receivers += 1;
                    sends.push((*id, Packet::Publish(publish)));
                }
                Delivery::Waits => receivers += 1,
                Delivery::Discarded => discarded += 1,
            }
        }
        let topic = topic.as_str().to_owned();
        self.events.push(Event::Forwarded { device_id, topic, receivers, discarded });
        for (id, packet) in &sends {
            self.send(*id, packet);
        }
    }

    /// Answers every filter on its own (reference §1.5).
    fn subscribe(&mut self, connection: ConnectionId, subscribe: &Subscribe) {
        let limit = self.limits.topics_per_device;
        let Some(dialogue) = self.connections.get_mut(&connection).and_then(|open| open.dialogue_mut())
        else {
            return;
        };
        let subscriptions = &mut dialogue.subscriptions;
        let codes =
            subscribe.filters.iter().map(|f| subscriptions.subscribe(&f.path, f.qos, limit)).collect();
        self.send(connection, &Packet::SubAck(SubAck::new(subscribe.pkid, codes)));
    }

    fn unsubscribe(&mut self, connection: ConnectionId, unsubscribe: &Unsubscribe) {
        let Some(dialogue) = self.connections.get_mut(&connection).and_then(|open| open.dialogue_mut())
        else {
            return;
        };
        for topic in &unsubscribe.topics {
            dialogue.subscriptions.unsubscribe(topic);
        }
        self.send(connection, &Packet::UnsubAck(UnsubAck::new(unsubscribe.pkid)));
    }

    fn acknowledge(&mut self, connection: ConnectionId, id: u16) {
        let dialogue = self.connections.get_mut(&connection).and_then(|open| open.dialogue_mut());
        if let Some(next) = dialogue.and_then(|dialogue| dialogue.deliveries.acknowledge(id)) {
            self.send(connection, &Packet::Publish(next));
        }
    }

    fn device_id(&self, connection: ConnectionId) -> Option<String> {
        let dialogue = self.connections.get(&connection)?.dialogue()?;
        Some(dialogue.device_id.clone())
    }
}
