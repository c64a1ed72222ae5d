//! The simulated platform.

mod debug_log;

use dissect::{Fault, Problem};
use simulator::{DropReason, Reach, RefusalCode};

pub(super) use self::debug_log::said;
use self::debug_log::sys_event;
use super::fault::struck;
use super::inspector::fault;
use super::payload::topic_error;
use super::rules::rule_broken;
use crate::platform::Happening;

/// What is wrong with a frame, as the inspector says it.
fn broken(error: frame::FrameError) -> String {
    fault(&Fault { offset: error.offset, problem: Problem::Frame(error.problem) })
}

pub(super) fn command_refused(error: &simulator::CommandError) -> String {
    match error {
        simulator::CommandError::UnknownDevice(id) => format!("There is no device {id}."),
        simulator::CommandError::NotOnline(id) => format!("Device {id} is not online. Connect it first."),
        simulator::CommandError::Id(error) => {
            format!("The command's id cannot be used: {}.", topic_error(*error))
        }
        simulator::CommandError::IdUsed => "The command's id is already used. Send it again.".to_owned(),
        simulator::CommandError::BodyTooLong { length } => {
            format!("The command has {length} bytes; it must be under 64 KB. Shorten it.")
        }
    }
}

pub(super) fn happening(happening: &Happening) -> String {
    match happening {
        Happening::Sys(event) => sys_event(event),
        Happening::LoggedIn { device_id } => format!("Device {device_id} logged in"),
        Happening::Refused { code, finding } => {
            let reason = match (code, finding) {
                (_, Some(finding)) => rule_broken(finding),
                (RefusalCode::ProtocolVersion, None) => "protocol version not supported".to_owned(),
                (RefusalCode::ClientId, None) => {
                    "the device ID is none that the platform gives out".to_owned()
                }
                (RefusalCode::Unavailable, None) => "no room".to_owned(),
                (RefusalCode::BadLogin, None) => "wrong product ID, auth info or token".to_owned(),
                (RefusalCode::NotAuthorized, None) => "the device may not log in".to_owned(),
            };
            format!("Login refused: CONNACK {}, {reason}", code.number())
        }
        Happening::SubscriptionRefused { filter, finding } => {
            format!("Subscription to {filter} refused: {}", rule_broken(finding))
        }
        Happening::Ignored(finding) => format!("Ignored: {}", rule_broken(finding)),
        Happening::HungUp { device_id, reason } => {
            format!("Hung up on {}: {}", whose(device_id.as_deref()), drop_reason(reason))
        }
        Happening::Left { device_id } => format!("Left: {}", whose(device_id.as_deref())),
        Happening::Struck { device_id, fault, frame } => struck(device_id.as_deref(), *fault, *frame),
        Happening::WillPublished { device_id, topic, reach } => {
            format!("The will of device {device_id} is said on {topic}, {}", reached(*reach))
        }
        Happening::Resent { device_id, messages, releases } => format!(
            "Device {device_id} came back to its session and gets again: PUBLISH with DUP {messages}, PUBREL {releases}"
        ),
        Happening::Repeated { device_id, packet_id } => format!(
            "PUBLISH {packet_id} of device {device_id} came again at QoS 2: acknowledged again, not stored or passed on again"
        ),
        Happening::Unmatched { device_id, acknowledgement, packet_id } => {
            format!("{} {packet_id} of device {device_id} names no message under way", acknowledgement.name())
        }
        Happening::MessagesLost { device_id, undelivered, unreleased } => format!(
            "Lost with the session of device {device_id}: {undelivered} to it that it had not acknowledged, {unreleased} of it without PUBREL"
        ),
    }
}

/// Who gets a message.
fn reached(Reach { receivers, kept, discarded }: Reach) -> String {
    format!("sent to {receivers}, kept for {kept}, lost to {discarded}")
}

pub(super) fn whose(device_id: Option<&str>) -> String {
    device_id.map_or_else(|| "a connection without login".to_owned(), |id| format!("device {id}"))
}

pub(super) fn drop_reason(reason: &DropReason) -> String {
    match reason {
        DropReason::Rule(finding) => rule_broken(finding),
        DropReason::TooManyConnections => "too many connections".to_owned(),
        DropReason::ConnectTimeout => "no CONNECT in time".to_owned(),
        DropReason::Malformed(error) => format!("the packet is not MQTT 3.1.1. {}", broken(*error)),
        DropReason::TakenOver => "the same device logged in elsewhere".to_owned(),
        DropReason::Qos2 => "QoS 2, which the platform does not speak under the chosen reading".to_owned(),
        DropReason::PubrelTimeout => "no PUBREL in time after a PUBREC".to_owned(),
        DropReason::WrongAcknowledgement { acknowledgement, id } => {
            format!("{} {id} is not what that message waits for", acknowledgement.name())
        }
        DropReason::Cut => "a fault cut the connection".to_owned(),
        DropReason::ServerPacket => "a packet that only servers send".to_owned(),
        DropReason::TooMuchUnfinished => "too many unfinished packets at once".to_owned(),
        DropReason::TooSlow => "the device reads too slowly".to_owned(),
    }
}
