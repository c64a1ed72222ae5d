//! What happened on the platforms with tokens, for whoever watches: what their consoles call 设备日志.

use onenet::rules::Finding;
use onenet::studio::{Code, DecodeError, Identifier, Problem};
use onenet::{Timestamp, Value};

use super::call::CallId;
use super::refusal::LoginRefusal;
use crate::connection::ConnectionId;

/// Something that happened with a device of the suite or the studio. Logins, endings, stored data points and refused
/// subscriptions are events of all generations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SysEvent {
    /// A login is about to be refused, and this is why. The `Refused` or `Dropped` of its connection follows.
    LoginRefused {
        /// The connection it came on.
        connection: ConnectionId,
        /// Why.
        refusal: LoginRefusal,
    },
    /// A login was taken although nobody could check its signature: the platform does not know the device's key.
    SignatureUnchecked {
        /// Its connection.
        connection: ConnectionId,
        /// The device.
        device_id: String,
    },
    /// A device subscribed, and its filters were granted at QoS 0.
    Subscribed {
        /// The device.
        device_id: String,
        /// The granted filters.
        filters: Vec<String>,
    },
    /// A device took back subscriptions.
    Unsubscribed {
        /// The device.
        device_id: String,
        /// The filters, whether it had them or not.
        filters: Vec<String>,
    },
    /// A message came up (上行), and the platform has judged it.
    Uplink {
        /// The device that it is about: the one that sent it, or a sub-device of that in the suite.
        device_id: String,
        /// Its whole topic.
        topic: String,
        /// What the platform thinks of it.
        outcome: Outcome,
        /// Whether the device was told.
        told: Told,
    },
    /// A device reported an event (事件).
    EventPosted {
        /// The device.
        device_id: String,
        /// The event's name in the thing model.
        identifier: Identifier,
        /// Its output parameters, an object.
        value: Value,
        /// When it happened.
        at: Timestamp,
    },
    /// Desired values (期望值) of a device changed.
    DesiredChanged {
        /// The device.
        device_id: String,
        /// Whose values.
        identifiers: Vec<Identifier>,
    },
    /// The device image (设备镜像) was updated.
    ImageUpdated {
        /// The device.
        device_id: String,
        /// Its version now.
        version: i64,
        /// Whether the difference of desired and reported state was told; `None` where there is none.
        delta: Option<Told>,
    },
    /// A sub-device came online by its gateway.
    SubDeviceLoggedIn {
        /// The sub-device.
        device_id: String,
        /// Its gateway.
        gateway_id: String,
    },
    /// A sub-device is not online by its gateway any more.
    SubDeviceLoggedOut {
        /// The sub-device.
        device_id: String,
        /// Its gateway.
        gateway_id: String,
    },
    /// The platform asked a device for something (下行).
    CallSent {
        /// What was asked.
        call: CallId,
        /// The device.
        device_id: String,
        /// The whole topic.
        topic: String,
    },
    /// A device answered.
    CallAnswered {
        /// What was asked.
        call: CallId,
        /// The device.
        device_id: String,
        /// How it went, on the studio.
        code: Option<Code>,
    },
    /// A device did not answer in time.
    CallTimedOut {
        /// What was asked.
        call: CallId,
        /// The device.
        device_id: String,
    },
    /// A device did something more often than it may. What the rule delays is acted upon later, and everything that
    /// the device says behind it.
    RateExceeded {
        /// The device.
        device_id: String,
        /// The rule.
        finding: Finding,
    },
    /// A device did too much of something and is refused until then (reference §2.3). Its connection ends.
    Banned {
        /// The device.
        device_id: String,
        /// The rule.
        finding: Finding,
        /// Until when.
        until: Timestamp,
    },
}

/// What the platform thinks of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was acted upon. Problems are such as the platform does not mind.
    Taken {
        /// What a person should know all the same.
        problems: Vec<Problem>,
    },
    /// It was not, and changed nothing.
    Refused {
        /// By which number the platform says so: `err_code` of the suite, `code` of the studio.
        code: i64,
        /// Why.
        why: Why,
    },
}

/// Why a message was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It breaks a rule of the platform.
    Rule(Finding),
    /// It cannot be read, on the studio.
    Unreadable(DecodeError),
    /// It can be read and does not fit, on the studio.
    Problems(Vec<Problem>),
    /// The code says it all.
    Code,
}

/// Whether a message went down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It was sent.
    Sent,
    /// It was not: the device is not subscribed to its topic (1022).
    NotSubscribed,
    /// It was not: the device is not online.
    NotOnline,
    /// There was nothing to send.
    None,
}
