//! What platforms with tokens say, and what is answered.

use onenet::studio::{self, Function, Params};
use onenet::suite::{self, Topic};

use super::payload::topic_problem;
use super::rules::finding;
use super::sys::{decode_problem, studio_code, studio_problem, suite_code, suite_problem};
use crate::feed::{ReplyProblem, Said, Withheld, WithheldReason, ends_connection};
use crate::locale::words::ArrivalWords;
use crate::upload::{Objection, PlatformCode};

pub(super) const ARRIVAL: ArrivalWords = ArrivalWords {
    feed_empty: "Whatever the platform sends to this device appears here as it arrives: replies, property sets, service calls, commands. It sends them only to a device that has subscribed.",
    badge,
    said,
    hear_all: "Subscribe to everything that the platform sends, right after the login",
    hear_all_hint: |filter| {
        format!("{filter} — without it the platform says nothing: no replies, no commands.")
    },
    hear_all_unknown: "Fill in product ID and device name first; both stand in the topic.",
    hear_all_now: "Subscribe to everything that the platform sends now",
    subscribe_hint: "Below $sys/{product ID}/{device name}/. Wildcards may stand from the fourth level on; QoS 0 is granted always.",
    auto_reply_hint: "{{reply}} is the topic where the platform waits for the answer, {{id}} the message's id, {{data}} the properties that are asked for with their last values, {{value}} what arrived, {{now}} the time. The first answer that fits is given.",
    service_replies: "Make an answer for each service of the thing model",
    reply_problem,
    withheld,
};

fn reply_problem(problem: &ReplyProblem) -> String {
    match problem {
        ReplyProblem::Placeholder(name) => no_placeholder(name),
        ReplyProblem::FixedId(_, code) => {
            let said = match code {
                Some(PlatformCode::Suite(code)) => format!(": {}", suite_code(*code)),
                Some(PlatformCode::Studio(code)) => format!(": {}", studio_code(*code)),
                None => String::new(),
            };
            format!(
                "Every answer has the same id. Write {{{{id}}}} in its place: the platform takes it for an answer to nothing{said}."
            )
        }
        ReplyProblem::Objection(Objection::Rule(broken)) if ends_connection(broken) => {
            finding(broken) + " Such an answer is not sent."
        }
        ReplyProblem::Objection(Objection::Rule(broken)) => finding(broken),
        ReplyProblem::Objection(Objection::Value(problem)) => studio_problem(problem),
    }
}

fn no_placeholder(name: &str) -> String {
    format!(
        "There is no placeholder {{{{{name}}}}}; an answer to such a topic is not sent. Use {{{{reply}}}} or {{{{id}}}}."
    )
}

fn withheld(Withheld { topic, reason }: &Withheld) -> String {
    let why = match reason {
        WithheldReason::Placeholder(name) => no_placeholder(name),
        WithheldReason::Topic(problem) => topic_problem(*problem),
        WithheldReason::Rule(broken) => finding(broken),
    };
    format!("The automatic answer to {topic} was not sent. {why} Correct it under “Answer automatically”.")
}

fn badge(said: &Said) -> &'static str {
    match said {
        Said::Suite(topic, _) => match topic {
            Topic::DataPoints | Topic::DataPointsAccepted | Topic::DataPointsRejected => "data points",
            Topic::CommandRequest(_)
            | Topic::CommandResponse(_)
            | Topic::CommandAccepted(_)
            | Topic::CommandRejected(_) => "command",
            Topic::ImageUpdate
            | Topic::ImageUpdateAccepted
            | Topic::ImageUpdateRejected
            | Topic::ImageUpdateDelta
            | Topic::ImageDelta
            | Topic::ImageGet
            | Topic::ImageGetAccepted
            | Topic::ImageGetRejected => "device image",
            Topic::Login
            | Topic::LoginAccepted
            | Topic::LoginRejected
            | Topic::Logout
            | Topic::LogoutAccepted
            | Topic::LogoutRejected
            | Topic::LogoutNotify => "sub-device",
            Topic::Thing(_) => "thing",
        },
        Said::Studio(topic, _) => function(topic.function()),
    }
}

fn function(function: &Function) -> &'static str {
    match function {
        Function::PropertyPost => "property post",
        Function::PropertySet => "property set",
        Function::PropertyGet => "property get",
        Function::DesiredGet => "desired values",
        Function::DesiredDelete => "clear desired values",
        Function::EventPost => "event post",
        Function::Service(_) => "service call",
        Function::PackPost => "batch",
        Function::HistoryPost => "history",
        Function::SubLogin => "sub-device login",
        Function::SubLogout => "sub-device logout",
        Function::TopoAdd => "add sub-device",
        Function::TopoDelete => "remove sub-device",
        Function::TopoGet | Function::TopoChange => "sub-devices",
        Function::SubPropertyGet => "sub-device property get",
        Function::SubPropertySet => "sub-device property set",
        Function::SubService => "sub-device service call",
        Function::OtaInform => "upgrade",
        Function::CustomUp | Function::CustomDown(_) => "own format",
    }
}

fn said(said: &Said) -> String {
    match said {
        Said::Suite(topic, Ok(message)) => suite_said(topic, message),
        Said::Suite(_, Err(error)) => {
            format!(
                "Cannot be read: {} (At byte {}.)",
                suite_problem(&error.problem, error.code),
                error.offset
            )
        }
        Said::Studio(topic, Ok(message)) => studio_said(topic, message),
        Said::Studio(_, Err(error)) => {
            format!("Cannot be read: {} (At byte {}.)", decode_problem(&error.problem), error.offset)
        }
    }
}

fn suite_said(topic: &Topic, message: &suite::Message) -> String {
    match message {
        suite::Message::DataPoints(points) => format!("Data points with id {}.", points.id()),
        suite::Message::Accepted(accepted) => format!("Data points {} were accepted.", accepted.id()),
        suite::Message::Rejected(rejected) => {
            let what = match rejected.id() {
                Some(id) => format!("Data points {id} were rejected"),
                None if *topic == Topic::DataPointsRejected => {
                    "Data points were rejected whose id could not be read".to_owned()
                }
                None => "Rejected".to_owned(),
            };
            let said = match rejected.code().text() {
                Some(text) if text == rejected.text() => suite_code(rejected.code()),
                _ => format!("{} {}", rejected.code().number(), rejected.text()),
            };
            format!("{what}: {said}.")
        }
        suite::Message::Command(_) => "A command: answer it within its time-out.".to_owned(),
        suite::Message::Answer(_) => "An answer to a command.".to_owned(),
        suite::Message::ImageUpdate(_) => "An update of the device image.".to_owned(),
        suite::Message::ImageDelta(delta) => match delta.version() {
            Some(version) => format!("Desired and not yet reported (version {version})."),
            None => "Desired and not yet reported.".to_owned(),
        },
        suite::Message::Empty | suite::Message::Raw(_) => match topic {
            Topic::CommandAccepted(id) => format!("The answer to command {id} was accepted."),
            Topic::ImageUpdateAccepted => "The device image was updated.".to_owned(),
            Topic::ImageGetAccepted => "The device image.".to_owned(),
            Topic::LoginAccepted => "The sub-device is logged in.".to_owned(),
            Topic::LogoutAccepted | Topic::LogoutNotify => "The sub-device is logged out.".to_owned(),
            Topic::LoginRejected | Topic::LogoutRejected => "The platform did not take it.".to_owned(),
            _ => String::new(),
        },
    }
}

fn studio_said(topic: &studio::Topic, message: &studio::Message) -> String {
    match message {
        studio::Message::Reply(reply) => {
            let code = studio_code(reply.code);
            let done = if reply.code.is_success() { "done" } else { "refused" };
            let own = reply.msg.as_deref().filter(|msg| !msg.is_empty() && Some(*msg) != reply.code.text());
            let own = own.map(|msg| format!(" — {msg}")).unwrap_or_default();
            format!("Reply to {} {}: {done}, {code}{own}.", function(topic.function()), reply.id)
        }
        studio::Message::Request(request) => {
            let id = &request.id;
            match &request.params {
                Params::PropertySet(_) => format!("Set these properties (id {id})."),
                Params::PropertyGet(names) => {
                    let names: Vec<&str> = names.iter().map(studio::Identifier::as_str).collect();
                    format!("Report these properties (id {id}): {}.", names.join(", "))
                }
                Params::Service { identifier, .. } => format!("Call of service {identifier} (id {id})."),
                Params::OtaInform(_) => format!("An upgrade is announced (id {id})."),
                _ => format!("Request: {} (id {id}).", function(topic.function())),
            }
        }
        studio::Message::Custom(_) => "Bytes of the product's own format.".to_owned(),
    }
}
