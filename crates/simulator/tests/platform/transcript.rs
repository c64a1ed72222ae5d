//! What the platform says and what happens, a line each.

use frame::{Frames, MAX_REMAINING_LENGTH, Packet, Publish};
use onenet::rules::RuleId;
use simulator::{Event, Fault, Outcome, Reach, SysEvent, Told, Why};

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
        | Event::Sys(_)
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
        Event::Sys(event) => describe_sys(event),
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

fn describe_sys(event: &SysEvent) -> String {
    match event {
        SysEvent::LoginRefused { connection, refusal } => {
            let code = refusal.fault.log_code().map_or("-".to_owned(), |code| code.0.to_string());
            let found: Vec<String> = refusal.diagnoses.iter().map(ToString::to_string).collect();
            format!("LoginRefused {connection} {code} {}: {}", refusal.fault, found.join("; "))
        }
        SysEvent::SignatureUnchecked { connection, device_id } => {
            format!("SignatureUnchecked {connection} {device_id}")
        }
        SysEvent::Subscribed { device_id, filters } => format!("Subscribed {device_id} {filters:?}"),
        SysEvent::Unsubscribed { device_id, filters } => format!("Unsubscribed {device_id} {filters:?}"),
        SysEvent::Uplink { device_id, topic, outcome, told } => {
            format!("Uplink {device_id} {topic}: {}, {}", describe_outcome(outcome), describe_told(*told))
        }
        SysEvent::EventPosted { device_id, identifier, value, at } => {
            format!("EventPosted {device_id} {identifier} {value} {at}")
        }
        SysEvent::DesiredChanged { device_id, identifiers } => {
            let names: Vec<&str> = identifiers.iter().map(|identifier| identifier.as_str()).collect();
            format!("DesiredChanged {device_id} {}", names.join(","))
        }
        SysEvent::ImageUpdated { device_id, version, delta } => {
            let delta = delta.map_or("no difference", describe_told);
            format!("ImageUpdated {device_id} {version} {delta}")
        }
        SysEvent::SubDeviceLoggedIn { device_id, gateway_id } => {
            format!("SubDeviceLoggedIn {device_id} by {gateway_id}")
        }
        SysEvent::SubDeviceLoggedOut { device_id, gateway_id } => {
            format!("SubDeviceLoggedOut {device_id} by {gateway_id}")
        }
        SysEvent::CallSent { call, device_id, topic } => format!("CallSent {call} {device_id} {topic}"),
        SysEvent::CallAnswered { call, device_id, code } => {
            let code = code.map_or(String::new(), |code| format!(" {}", code.0));
            format!("CallAnswered {call} {device_id}{code}")
        }
        SysEvent::CallTimedOut { call, device_id } => format!("CallTimedOut {call} {device_id}"),
        SysEvent::RateExceeded { device_id, finding } => format!("RateExceeded {device_id} {finding}"),
        SysEvent::Banned { device_id, finding, until } => {
            format!("Banned {device_id} {finding} until {until}")
        }
    }
}

fn describe_outcome(outcome: &Outcome) -> String {
    let joined = |problems: &[onenet::studio::Problem]| {
        problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    };
    match outcome {
        Outcome::Taken { problems } if problems.is_empty() => "taken".to_owned(),
        Outcome::Taken { problems } => format!("taken, though {}", joined(problems)),
        Outcome::Refused { code, why } => {
            let why = match why {
                Why::Rule(finding) => finding.to_string(),
                Why::Unreadable(error) => error.to_string(),
                Why::Problems(problems) => joined(problems),
                Why::Code => String::new(),
            };
            format!("refused {code} {why}").trim_end().to_owned()
        }
    }
}

fn describe_told(told: Told) -> &'static str {
    match told {
        Told::Sent => "told",
        Told::NotSubscribed => "not subscribed",
        Told::NotOnline => "not online",
        Told::None => "nothing told",
    }
}
