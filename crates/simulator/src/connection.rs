//! One connection's conversation: what the device asks for, in order. Knows no other connection.

use std::fmt;
use std::time::Duration;

use frame::{Frame, FrameProblem, Frames, Packet, Publish, Subscribe, Unsubscribe};
use web_time::Instant;

use crate::delivery::Deliveries;
use crate::event::{DropReason, RefusalCode};
use crate::filter::Subscriptions;
use crate::login::Login;
use crate::options::Limits;

/// Names one connection for as long as the platform lives: never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub(crate) u64);

impl fmt::Display for ConnectionId {
    /// The number, counted from 1.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// One connection. It is closed when the platform has forgotten it.
#[derive(Debug)]
pub(crate) struct Connection {
    frames: Frames,
    conversation: Conversation,
}

/// How far the conversation has come (reference §1.3).
#[derive(Debug)]
enum Conversation {
    /// Open. Only a CONNECT may come, and it must until the deadline.
    AwaitingConnect { deadline: Instant },
    /// Answered with CONNACK 0.
    LoggedIn(Dialogue),
}

/// What is known of a device while it is logged in.
#[derive(Debug)]
pub(crate) struct Dialogue {
    pub(crate) device_id: String,
    pub(crate) product_id: String,
    keep_alive: Duration,
    /// When its last packet was complete.
    heard_at: Instant,
    pub(crate) subscriptions: Subscriptions,
    pub(crate) deliveries: Deliveries,
}

/// What a device asks for with one packet.
pub(crate) enum Request {
    /// Its first CONNECT.
    LogIn(Login),
    /// A CONNECT that is answered with a refusal before anybody has read who it is.
    Refuse(RefusalCode),
    Publish(Publish),
    Subscribe(Subscribe),
    Unsubscribe(Unsubscribe),
    /// A PUBACK for this identifier.
    Acknowledge(u16),
    Ping,
    /// A DISCONNECT.
    LogOut,
    /// Something it may not send.
    Drop(DropReason),
}

impl Connection {
    pub(crate) fn new(limits: &Limits, now: Instant) -> Self {
        let deadline = now + limits.connect_timeout;
        Self {
            frames: Frames::new(limits.remaining_length),
            conversation: Conversation::AwaitingConnect { deadline },
        }
    }

    pub(crate) fn handle_input(&mut self, bytes: &[u8]) {
        self.frames.push(bytes);
    }

    pub(crate) fn handle_login(&mut self, login: Login, now: Instant) {
        self.conversation = Conversation::LoggedIn(Dialogue {
            device_id: login.device_id,
            product_id: login.product_id,
            keep_alive: login.keep_alive,
            heard_at: now,
            subscriptions: Subscriptions::default(),
            deliveries: Deliveries::default(),
        });
    }

    /// What the next whole packet asks for. Not to be polled again after a request that ends the
    /// connection.
    pub(crate) fn poll_request(&mut self, now: Instant) -> Option<Request> {
        match self.frames.poll_frame() {
            Ok(None) => None,
            Ok(Some(Frame { bytes, packet })) => Some(match &mut self.conversation {
                Conversation::AwaitingConnect { .. } => read_first_request(packet, &bytes),
                Conversation::LoggedIn(dialogue) => {
                    dialogue.heard_at = now;
                    read_request(packet)
                }
            }),
            Err(error) => Some(match (&self.conversation, error.problem) {
                (Conversation::AwaitingConnect { .. }, FrameProblem::ProtocolLevel(_)) => {
                    Request::Refuse(RefusalCode::ProtocolVersion)
                }
                _ => Request::Drop(DropReason::Malformed(error)),
            }),
        }
    }

    /// When the platform gives up on the device, and why.
    pub(crate) fn deadline(&self) -> (Instant, DropReason) {
        match &self.conversation {
            Conversation::AwaitingConnect { deadline } => (*deadline, DropReason::ConnectTimeout),
            Conversation::LoggedIn(dialogue) => {
                (dialogue.heard_at + dialogue.keep_alive * 3 / 2, DropReason::KeepAlive)
            }
        }
    }

    pub(crate) fn dialogue(&self) -> Option<&Dialogue> {
        match &self.conversation {
            Conversation::AwaitingConnect { .. } => None,
            Conversation::LoggedIn(dialogue) => Some(dialogue),
        }
    }

    pub(crate) fn dialogue_mut(&mut self) -> Option<&mut Dialogue> {
        match &mut self.conversation {
            Conversation::AwaitingConnect { .. } => None,
            Conversation::LoggedIn(dialogue) => Some(dialogue),
        }
    }
}

/// What a packet asks for before the login.
fn read_first_request(packet: Packet, frame: &[u8]) -> Request {
    let Packet::Connect(connect) = packet else {
        return Request::Drop(DropReason::BeforeConnect);
    };
    Login::read(connect, frame).map_or_else(Request::Drop, Request::LogIn)
}

/// What a packet asks for after the login.
fn read_request(packet: Packet) -> Request {
    match packet {
        Packet::Connect(_) => Request::Drop(DropReason::SecondConnect),
        Packet::Publish(publish) => Request::Publish(publish),
        Packet::Subscribe(subscribe) => Request::Subscribe(subscribe),
        Packet::Unsubscribe(unsubscribe) => Request::Unsubscribe(unsubscribe),
        Packet::PubAck(puback) => Request::Acknowledge(puback.pkid),
        Packet::PingReq => Request::Ping,
        Packet::Disconnect => Request::LogOut,
        Packet::PubRec(_) | Packet::PubRel(_) | Packet::PubComp(_) => Request::Drop(DropReason::Qos2),
        Packet::ConnAck(_) | Packet::SubAck(_) | Packet::UnsubAck(_) | Packet::PingResp => {
            Request::Drop(DropReason::ServerPacket)
        }
    }
}
