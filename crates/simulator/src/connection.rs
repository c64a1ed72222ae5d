//! One connection's conversation: what the device asks for, in order. Knows no other connection.

use std::fmt;
use std::time::Duration;

use frame::{Frame, FrameProblem, Frames, Packet, Publish, Subscribe, Unsubscribe};
use onenet::rules::{Finding, Readings, RuleId};
use onenet::sys;
use web_time::Instant;

use crate::delivery::Deliveries;
use crate::event::Acknowledgement;
use crate::limits::Limits;
use crate::login::{self, Login};
use crate::reason::DropReason;
use crate::receipt::Receipts;
use crate::sys::{Pause, Products};

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
pub(crate) struct Connection {
    frames: Frames,
    /// Bytes that `frames` holds.
    unfinished: usize,
    /// Whether its shell still has much to carry to the device.
    pub(crate) lags: bool,
    /// Whether a fault keeps everything from passing it, both ways.
    pub(crate) half_open: bool,
    /// While its device has done too much, and is to wait.
    pub(crate) pause: Option<Pause>,
    conversation: Conversation,
}

impl fmt::Debug for Connection {
    /// Leaves unfinished frames out, so that no log can hold half a CONNECT with the password in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("unfinished", &self.unfinished)
            .field("lags", &self.lags)
            .field("half_open", &self.half_open)
            .field("conversation", &self.conversation)
            .finish_non_exhaustive()
    }
}

/// How far the conversation has come (reference §1.3).
#[derive(Debug)]
enum Conversation {
    /// Open. Only a CONNECT may come, and it must until the deadline.
    AwaitingConnect { deadline: Instant },
    /// The CONNECT is here and its answer is due at a moment.
    Answering { login: Login, at: Instant },
    /// Answered with CONNACK 0.
    LoggedIn(Dialogue),
}

/// What is known of a device while it is logged in.
#[derive(Debug)]
pub(crate) struct Dialogue {
    pub(crate) device_id: String,
    pub(crate) product_id: String,
    /// Of which platform with tokens the device is; `None`: the legacy one.
    pub(crate) platform: Option<sys::Platform>,
    keep_alive: Duration,
    /// When its last packet was complete.
    heard_at: Instant,
    /// How long a PUBREL may take.
    pubrel_timeout: Duration,
    /// What is under way to the device.
    pub(crate) deliveries: Deliveries,
    /// What it has sent at QoS 2 and not released.
    pub(crate) receipts: Receipts,
}

/// What a device asks for with one packet.
pub(crate) enum Request {
    /// Its first CONNECT.
    LogIn(Login),
    /// A CONNECT that is answered with a refusal before anybody has read who it is.
    Refuse(Finding),
    /// Something that is acted upon as if it had not come.
    Ignore(Finding),
    Publish(Publish),
    Subscribe(Subscribe),
    Unsubscribe(Unsubscribe),
    /// An acknowledgement with this identifier.
    Acknowledge(Acknowledgement, u16),
    Ping,
    /// A DISCONNECT.
    LogOut,
    /// Something it may not send.
    Drop(DropReason),
}

/// What happens when a connection's time has come.
pub(crate) enum Deadline {
    /// It is listened to again.
    Resume,
    /// Its login is answered.
    Answer,
    /// The platform gives up on the device.
    Drop(DropReason),
}

impl Connection {
    pub(crate) fn new(limits: &Limits, now: Instant) -> Self {
        let deadline = now + limits.connect_timeout;
        Self {
            frames: Frames::new(limits.remaining_length),
            unfinished: 0,
            lags: false,
            half_open: false,
            pause: None,
            conversation: Conversation::AwaitingConnect { deadline },
        }
    }

    pub(crate) fn handle_input(&mut self, bytes: &[u8]) {
        self.frames.push(bytes);
        self.unfinished += bytes.len();
    }

    /// Bytes of requests that were not polled; once all were, of a frame whose end has not arrived.
    pub(crate) fn unfinished(&self) -> usize {
        self.unfinished
    }

    /// Puts off the answer to a login.
    pub(crate) fn handle_connect(&mut self, login: Login, at: Instant) {
        self.conversation = Conversation::Answering { login, at };
    }

    /// The login whose answer was put off. The connection is as before it.
    pub(crate) fn take_login(&mut self, now: Instant) -> Option<Login> {
        let waiting = Conversation::AwaitingConnect { deadline: now };
        match std::mem::replace(&mut self.conversation, waiting) {
            Conversation::Answering { login, .. } => Some(login),
            other @ (Conversation::AwaitingConnect { .. } | Conversation::LoggedIn(_)) => {
                self.conversation = other;
                None
            }
        }
    }

    /// The device is in, with what its session holds.
    pub(crate) fn handle_login(
        &mut self,
        login: Login,
        (deliveries, mut receipts): (Deliveries, Receipts),
        pubrel_timeout: Duration,
        now: Instant,
    ) {
        receipts.restart(now);
        self.conversation = Conversation::LoggedIn(Dialogue {
            device_id: login.device_id,
            product_id: login.product_id,
            platform: login.sys.map(|sys| sys.platform),
            keep_alive: login.keep_alive,
            heard_at: now,
            pubrel_timeout,
            deliveries,
            receipts,
        });
    }

    /// What the next whole packet asks for. Not to be polled again after a request that ends the
    /// connection.
    pub(crate) fn poll_request(
        &mut self,
        now: Instant,
        readings: &Readings,
        products: &Products,
    ) -> Option<Request> {
        match self.frames.poll_frame() {
            Ok(None) => None,
            Ok(Some(Frame { bytes, packet })) => {
                self.unfinished -= bytes.len();
                Some(match &mut self.conversation {
                    Conversation::AwaitingConnect { .. } => {
                        read_first_request(packet, &bytes, readings, products)
                    }
                    Conversation::Answering { .. } => read_early_request(&packet),
                    Conversation::LoggedIn(dialogue) => {
                        dialogue.heard_at = now;
                        read_request(packet)
                    }
                })
            }
            Err(error) => Some(match (&self.conversation, error.problem) {
                (Conversation::AwaitingConnect { .. }, FrameProblem::ProtocolLevel(level)) => {
                    Request::Refuse(Finding::number(RuleId::ProtocolLevel, level.into()))
                }
                _ => Request::Drop(DropReason::Malformed(error)),
            }),
        }
    }

    /// When the connection's time has come, and what happens then.
    pub(crate) fn deadline(&self) -> (Instant, Deadline) {
        let pause = self.pause.as_ref().map(|pause| (pause.until, Deadline::Resume));
        pause.unwrap_or_else(|| self.conversation.deadline())
    }

    /// The device that is logged in on it.
    pub(crate) fn device_id(&self) -> Option<&str> {
        self.dialogue().map(|dialogue| dialogue.device_id.as_str())
    }

    pub(crate) fn dialogue(&self) -> Option<&Dialogue> {
        match &self.conversation {
            Conversation::AwaitingConnect { .. } | Conversation::Answering { .. } => None,
            Conversation::LoggedIn(dialogue) => Some(dialogue),
        }
    }

    pub(crate) fn into_dialogue(self) -> Option<Dialogue> {
        match self.conversation {
            Conversation::AwaitingConnect { .. } | Conversation::Answering { .. } => None,
            Conversation::LoggedIn(dialogue) => Some(dialogue),
        }
    }

    pub(crate) fn dialogue_mut(&mut self) -> Option<&mut Dialogue> {
        match &mut self.conversation {
            Conversation::AwaitingConnect { .. } | Conversation::Answering { .. } => None,
            Conversation::LoggedIn(dialogue) => Some(dialogue),
        }
    }
}

impl Conversation {
    /// When its time has come, and what happens then.
    fn deadline(&self) -> (Instant, Deadline) {
        match self {
            Conversation::AwaitingConnect { deadline } => {
                (*deadline, Deadline::Drop(DropReason::ConnectTimeout))
            }
            Conversation::Answering { at, .. } => (*at, Deadline::Answer),
            Conversation::LoggedIn(dialogue) => dialogue.deadline(),
        }
    }
}

impl Dialogue {
    /// When the platform gives up on the device, and why.
    fn deadline(&self) -> (Instant, Deadline) {
        let rule = match self.platform {
            Some(_) => RuleId::SysKeepAliveSilence,
            None => RuleId::KeepAliveSilence,
        };
        let silence = self.heard_at + self.keep_alive * 3 / 2;
        let release = self.receipts.oldest().map(|at| at + self.pubrel_timeout);
        match release.filter(|release| *release < silence) {
            Some(release) => (release, Deadline::Drop(DropReason::PubrelTimeout)),
            None => (silence, Deadline::Drop(DropReason::broken(rule))),
        }
    }
}

/// What a packet asks for before the login.
fn read_first_request(packet: Packet, frame: &[u8], readings: &Readings, products: &Products) -> Request {
    match packet {
        Packet::Connect(connect) => login::read(connect, frame, readings, products),
        _ => Request::Drop(DropReason::broken(RuleId::FirstPacket)),
    }
}

/// What a packet asks for between CONNECT and CONNACK.
fn read_early_request(packet: &Packet) -> Request {
    match packet {
        Packet::Connect(_) => Request::Drop(DropReason::broken(RuleId::SecondConnect)),
        _ => Request::Ignore(Finding::new(RuleId::BeforeConnack)),
    }
}

/// What a packet asks for after the login.
fn read_request(packet: Packet) -> Request {
    match packet {
        Packet::Connect(_) => Request::Drop(DropReason::broken(RuleId::SecondConnect)),
        Packet::Publish(publish) => Request::Publish(publish),
        Packet::Subscribe(subscribe) => Request::Subscribe(subscribe),
        Packet::Unsubscribe(unsubscribe) => Request::Unsubscribe(unsubscribe),
        Packet::PubAck(puback) => Request::Acknowledge(Acknowledgement::Puback, puback.pkid),
        Packet::PubRec(pubrec) => Request::Acknowledge(Acknowledgement::Pubrec, pubrec.pkid),
        Packet::PubRel(pubrel) => Request::Acknowledge(Acknowledgement::Pubrel, pubrel.pkid),
        Packet::PubComp(pubcomp) => Request::Acknowledge(Acknowledgement::Pubcomp, pubcomp.pkid),
        Packet::PingReq => Request::Ping,
        Packet::Disconnect => Request::LogOut,
        Packet::ConnAck(_) | Packet::SubAck(_) | Packet::UnsubAck(_) | Packet::PingResp => {
            Request::Drop(DropReason::ServerPacket)
        }
    }
}
