//! What the platform says and what happens, a line each.

use frame::{Frames, MAX_REMAINING_LENGTH, Packet, Publish};
use onenet::rules::RuleId;
use simulator::{Event, Fault, Reach};

/// The rule whose breaking an event tells of.
pub fn broken_rule(event: &Event) -> Option<RuleId> {
    match event {
        Event::Refused { finding, .. } => finding.as_ref().map(|finding| finding.rule),
        Event::Ignored { finding, .. } | Event::SubscriptionRefused { finding, .. } => Some(finding.rule),
        Event::Dropped { reason, .. } => reason.rule(),
        Event::Opened { .. }
        | Event::LoggedIn { .. }
        | Event::Stored { .. }
        | Event::Forwarded { .. }
        | Event::PointsForwarded { .. }
        | Event::CaughtUp { .. }
        | Event::Resent { .. }
        | Event::Repeated { .. }
        | Event::Unmatched { .. }
        | Event::WillPublished { .. }
        | Event::MessagesLost { .. }
        | Event::Struck { .. }
        | Event::CommandSent { .. }
        | Event::CommandExpired { .. }
        | Event::CommandAnswered { .. }
        | Event::AnswerDiscarded { .. }
        | Event::Closed { .. } => None,
    }
}

/// A transmitted frame, in one line.
pub fn describe_frame(frame: &[u8]) -> String {
    let mut frames = Frames::new(MAX_REMAINING_LENGTH);
    frames.push(frame);
    let packet = frames.poll_frame().unwrap().expect("a transmit is a whole frame").packet;
    assert_eq!(frames.poll_frame(), Ok(None), "a transmit is one frame");
    match packet {
        Packet::ConnAck(connack) => {
            format!("CONNACK {} session present {}", frame[3], connack.session_present)
        }
        Packet::Publish(publish) => {
            let payload = String::from_utf8_lossy(&publish.payload).into_owned();
            let retained = if publish.retain { " retained" } else { "" };
            let again = if publish.dup { " DUP" } else { "" };
            let Publish { topic, qos, pkid, .. } = publish;
            format!("PUBLISH {topic} QoS {} id {pkid}{retained}{again} {payload}", qos as u8)
        }
        Packet::PubAck(puback) => format!("PUBACK {}", puback.pkid),
        Packet::PubRec(pubrec) => format!("PUBREC {}", pubrec.pkid),
        Packet::PubRel(pubrel) => format!("PUBREL {}", pubrel.pkid),
        Packet::PubComp(pubcomp) => format!("PUBCOMP {}", pubcomp.pkid),
        Packet::SubAck(suback) => format!("SUBACK {} {:02x?}", suback.pkid, &frame[4..]),
        Packet::UnsubAck(unsuback) => format!("UNSUBACK {}", unsuback.pkid),
        Packet::PingResp => "PINGRESP".to_owned(),
        other => panic!("no server sends {other:?}"),
    }
}

/// An event, in one line.
pub fn describe_event(event: &Event) -> String {
    let nobody = || "nobody".to_owned();
    let device = |device_id: &Option<String>| device_id.clone().unwrap_or_else(nobody);
    match event {
        Event::Opened { connection } => format!("Opened {connection}"),
        Event::LoggedIn { connection, device_id } => format!("LoggedIn {connection} {device_id}"),
        Event::Refused { connection, code, finding } => {
            let finding = finding.as_ref().map_or(String::new(), |finding| format!(", rule {finding}"));
            format!("Refused {connection} {}: {code}{finding}", code.number())
        }
        Event::Ignored { connection, finding } => format!("Ignored {connection}: rule {finding}"),
        Event::Stored { connection, device_id, points } => {
            let connection = connection.map_or("HTTP".to_owned(), |connection| connection.to_string());
            format!("Stored {connection} {device_id} {points}")
        }
        Event::SubscriptionRefused { connection, device_id, filter, finding } => {
            let filter: String = filter.chars().take(20).collect();
            format!("SubscriptionRefused {connection} {device_id} {filter}: rule {finding}")
        }
        Event::Forwarded { device_id, topic, reach } => {
            let from = device_id.clone().unwrap_or("HTTP".to_owned());
            format!("Forwarded {topic} from {from} to {}", describe_reach(*reach))
        }
        Event::PointsForwarded { device_id, reach } => {
            format!("PointsForwarded from {device_id} to {}", describe_reach(*reach))
        }
        Event::CaughtUp { device_id, messages } => format!("CaughtUp {device_id} {messages}"),
        Event::Resent { connection, device_id, messages, releases } => {
            format!("Resent {connection} {device_id} {messages}, PUBRELs {releases}")
        }
        Event::Repeated { connection, device_id, packet_id } => {
            format!("Repeated {connection} {device_id} id {packet_id}")
        }
        Event::Unmatched { connection, device_id, acknowledgement, packet_id } => {
            format!("Unmatched {connection} {device_id} {} {packet_id}", acknowledgement.name())
        }
        Event::WillPublished { device_id, topic, reach } => {
            format!("WillPublished {topic} of {device_id} to {}", describe_reach(*reach))
        }
        Event::MessagesLost { device_id, undelivered, unreleased } => {
            format!("MessagesLost {device_id} undelivered {undelivered}, unreleased {unreleased}")
        }
        Event::Struck { connection, device_id, fault, frame } => {
            let frame = frame.map_or(String::new(), |frame| match frame.packet_id {
                Some(id) => format!(" {} {id}", frame.name),
                None => format!(" {}", frame.name),
            });
            format!("Struck {connection} {}{frame}: {}", device(device_id), describe_fault(*fault))
        }
        Event::CommandSent { command_id, device_id } => format!("CommandSent {command_id} {device_id}"),
        Event::CommandExpired { command_id, device_id } => {
            format!("CommandExpired {command_id} {device_id}")
        }
        Event::CommandAnswered { command_id, device_id } => {
            format!("CommandAnswered {command_id} {device_id}")
        }
        Event::AnswerDiscarded { command_id, device_id } => {
            format!("AnswerDiscarded {command_id} {device_id}")
        }
        Event::Dropped { connection, device_id, reason } => {
            format!("Dropped {connection} {}: {reason}", device(device_id))
        }
        Event::Closed { connection, device_id } => format!("Closed {connection} {}", device(device_id)),
    }
}

fn describe_fault(fault: Fault) -> String {
    let name = fault.as_str();
    match fault {
        Fault::Delayed(by) => format!("{name} by {by:?}"),
        Fault::Split(count) | Fault::Discarded(count) | Fault::Unread(count) => format!("{name} {count}"),
        Fault::Cut { after } => format!("{name} after {after} bytes"),
        Fault::LoginRefused(code) => format!("{name} with {}", code.number()),
        Fault::Merged | Fault::Lost | Fault::Duplicated | Fault::HalfOpen | Fault::TakenOver => {
            name.to_owned()
        }
    }
}

fn describe_reach(Reach { receivers, kept, discarded }: Reach) -> String {
    let kept = if kept > 0 { format!(", kept {kept}") } else { String::new() };
    format!("{receivers}{kept}, discarded {discarded}")
}
