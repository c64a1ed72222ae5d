//! What the platform will object to, and what it will do.

use onenet::rules::{Consequence, Detail, Finding};

use super::payload::{decode_error, topic_error};
use super::sys::{
    any_code, decode_problem, name_problem, studio_problem, studio_topic, suite_problem, topic,
};

/// The rule, what breaks it, and what the real platform does then.
pub(super) fn finding(finding: &Finding) -> String {
    let consequence = match finding.consequence() {
        Consequence::Close => "OneNET would hang up without a word.".to_owned(),
        Consequence::Refuse(code) => format!("OneNET would refuse it with code {code}."),
        Consequence::Ignore => "OneNET would ignore it.".to_owned(),
        // Beside the mistake stands its code.
        Consequence::Reject(_) if finding.code().is_some() => {
            "You hear of it only if you are subscribed to its answer.".to_owned()
        }
        Consequence::Reject(code) => {
            format!("OneNET would reject it with {}, if you are subscribed to that.", any_code(code))
        }
        Consequence::Delay => "OneNET would leave it for the next second.".to_owned(),
        Consequence::Ban => "OneNET would hang up and refuse the device for five minutes.".to_owned(),
    };
    let rule = finding.rule.rule();
    let disputed = if rule.disputed.is_some() { ", disputed" } else { "" };
    format!("{} {consequence} (Rule {}; source: {}{disputed}.)", rule_broken(finding), rule.id, rule.source)
}

/// The rule and what breaks it.
pub(super) fn rule_broken(finding: &Finding) -> String {
    let detail = match &finding.detail {
        Some(Detail::Payload(error)) => format!(" {}", decode_error(*error)),
        Some(Detail::Topic(error)) => format!(" Here {}.", topic_error(*error)),
        Some(Detail::Sys(error)) => format!(" {}", topic(*error)),
        Some(Detail::Name(error)) => format!(" Here it {}.", name_problem(*error)),
        Some(Detail::Suite(error)) => format!(" {}", suite_problem(&error.problem, error.code)),
        Some(Detail::StudioTopic(error)) => format!(" {}", studio_topic(*error)),
        Some(Detail::Studio(error)) => {
            format!(" {} (At byte {}.)", decode_problem(&error.problem), error.offset)
        }
        Some(Detail::StudioValue(problem)) => format!(" {}", studio_problem(problem)),
        Some(Detail::Number(number)) => format!(" Here it is {number}."),
        Some(Detail::Bits(bits)) => format!(" Here they are {bits:08b}."),
        None => String::new(),
    };
    format!("{}{detail}", finding.rule.rule().english)
}
