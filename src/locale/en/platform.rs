//! The simulated platform.

use simulator::{DropReason, RefusalCode};

use super::payload::{decode_error, topic_error};
use crate::platform::Happening;

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
        Happening::LoggedIn { device_id } => format!("Device {device_id} logged in"),
        Happening::Refused(code) => {
            let reason = match code {
                RefusalCode::ProtocolVersion => "protocol version not supported",
                RefusalCode::ClientId => "the device ID is none that the platform gives out",
                RefusalCode::Unavailable => "no room",
                RefusalCode::BadLogin => "wrong product ID or auth info",
            };
            format!("Login refused: CONNACK {}, {reason}", code.number())
        }
        Happening::HungUp { device_id, reason } => {
            format!("Hung up on {}: {}", whose(device_id.as_deref()), drop_reason(reason))
        }
        Happening::Left { device_id } => format!("Left: {}", whose(device_id.as_deref())),
    }
}

pub(super) fn whose(device_id: Option<&str>) -> String {
    device_id.map_or_else(|| "a connection without login".to_owned(), |id| format!("device {id}"))
}

pub(super) fn drop_reason(reason: &DropReason) -> String {
    match reason {
        DropReason::TooManyConnections => "too many connections".to_owned(),
        DropReason::ConnectTimeout => "no CONNECT in time".to_owned(),
        DropReason::BeforeConnect => "the first packet was no CONNECT".to_owned(),
        DropReason::Malformed(error) => format!("the packet is not MQTT 3.1.1 ({error})"),
        DropReason::LoginMissing => "CONNECT without user name or password".to_owned(),
        DropReason::KeepAliveZero => "keep alive is 0".to_owned(),
        DropReason::SecondConnect => "a second CONNECT on one connection".to_owned(),
        DropReason::TakenOver => "the same device logged in elsewhere".to_owned(),
        DropReason::KeepAlive => "no packet for 1.5 times the keep alive".to_owned(),
        DropReason::Undecodable(error) => {
            format!("the upload to $dp cannot be read: {}", decode_error(*error))
        }
        DropReason::RetainedUpload => "an upload to $dp with RETAIN set".to_owned(),
        DropReason::Qos2 => "the simulated platform does not speak QoS 2".to_owned(),
        DropReason::CommandByDevice => "a device published to $creq, where only the platform may".to_owned(),
        DropReason::Topic(error) => topic_error(*error),
        DropReason::ServerPacket => "a packet that only servers send".to_owned(),
        DropReason::TooSlow => "the device reads too slowly".to_owned(),
    }
}
