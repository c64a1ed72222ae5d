//! Answers that a device gives by itself, as every real one must.

mod problem;

use onenet::studio::{self, Message, Params, Request, Service};
use onenet::{Generation, Timestamp};

pub use self::problem::{ReplyField, ReplyProblem};
use crate::feed::reading::Reading;
use crate::feed::said::Said;
use crate::feed::values::Values;
use crate::upload::Upload;

/// What to answer to which messages, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AutoReply {
    /// Whether it answers.
    pub on: bool,
    /// Messages whose topic matches this filter are answered.
    pub filter: String,
    /// Where the answer goes, a template.
    pub topic: String,
    /// What it says, a template.
    pub text: String,
}

impl Default for AutoReply {
    /// Confirms every command (reference §1.8).
    fn default() -> Self {
        Self {
            on: false,
            filter: "$creq/+".to_owned(),
            topic: "$crsp/{{id}}".to_owned(),
            text: r#"{"ok":true,"at":"{{now}}"}"#.to_owned(),
        }
    }
}

impl AutoReply {
    /// What a page answers from the beginning: property sets and gets and calls of services, as a device must within five seconds
    /// (reference §3.3). Commands are answered when somebody says so.
    pub fn defaults() -> Vec<Self> {
        let on = |filter: &str, text: &str| Self {
            on: true,
            filter: filter.to_owned(),
            topic: "{{reply}}".to_owned(),
            text: text.to_owned(),
        };
        vec![
            Self::default(),
            Self {
                filter: "$sys/+/+/cmd/request/+".to_owned(),
                topic: "{{reply}}".to_owned(),
                ..Self::default()
            },
            on("$sys/+/+/thing/property/set", r#"{"id":"{{id}}","code":200,"msg":"success"}"#),
            on(
                "$sys/+/+/thing/property/get",
                r#"{"id":"{{id}}","code":200,"msg":"success","data":{{data}}}"#,
            ),
            Self::service("+", "{}"),
        ]
    }

    /// Answers the calls of a service with these output parameters, a JSON object.
    pub fn service(identifier: &str, output: &str) -> Self {
        Self {
            on: true,
            filter: format!("$sys/+/+/thing/service/{identifier}/invoke"),
            topic: "{{reply}}".to_owned(),
            text: format!(r#"{{"id":"{{{{id}}}}","code":200,"msg":"success","data":{output}}}"#),
        }
    }

    /// One to be filled in, for a device of this generation.
    pub fn blank(generation: Generation) -> Self {
        let blank = |filter: &str| Self {
            filter: filter.to_owned(),
            topic: "{{reply}}".to_owned(),
            ..Self::default()
        };
        match generation {
            Generation::Legacy => Self::default(),
            Generation::Suite => blank("$sys/+/+/cmd/request/+"),
            Generation::Studio => Self { on: false, ..Self::service("+", "{}") },
        }
    }

    /// The same answers with one for each of these services in front of that for any: its output parameters, with
    /// values that fit. A service that has an answer keeps it.
    pub fn for_services<'a>(replies: &[Self], services: impl Iterator<Item = &'a Service>) -> Vec<Self> {
        let made = services.map(|service| {
            let output = studio::default_object(&service.output);
            Self::service(service.identifier.as_str(), output.as_json())
        });
        let new = made.filter(|made| replies.iter().all(|reply| reply.filter != made.filter));
        let any = Self::service("+", "{}").filter;
        let at = replies.iter().position(|reply| reply.filter == any).unwrap_or(replies.len());
        let mut replies = replies.to_vec();
        replies.splice(at..at, new.collect::<Vec<_>>());
        replies
    }

    /// Whether messages that it answers may come to a device of this generation.
    pub fn suits(&self, generation: Generation) -> bool {
        let is_suite = self.filter.starts_with("$sys/") && self.filter.contains("/cmd/");
        let is_studio = self.filter.starts_with("$sys/") && self.filter.contains("/thing/");
        match generation {
            Generation::Legacy => !self.filter.starts_with("$sys/"),
            Generation::Suite => !is_studio && !self.filter.starts_with("$creq/"),
            Generation::Studio => !is_suite && !self.filter.starts_with("$creq/"),
        }
    }

    /// The answer to a message that arrived at `now`, if it is one to answer, by a device with these values.
    ///
    /// A message without a command id is not answered where the template asks for one. Nothing is answered on
    /// the topic it came from: with a subscription to it the page would talk to itself. Longer circles are cut
    /// by [`Budget`](crate::feed::Budget), and what may not be sent is held back by [`Withheld`](crate::feed::Withheld).
    pub fn answer(&self, topic: &str, payload: &[u8], now: Timestamp, values: &Values) -> Option<Upload> {
        if !self.on || !session::matches(&self.filter, topic) {
            return None;
        }
        let reading = Reading::of(topic, payload);
        let data = match &reading.said {
            Some(Said::Studio(
                _,
                Ok(Message::Request(Request { params: Params::PropertyGet(names), .. })),
            )) => values.object(names),
            Some(Said::Studio(..) | Said::Suite(..)) | None => "{}".to_owned(),
        };
        let (id, reply) = reading.ask.map(|ask| (ask.id, ask.reply)).unzip();
        let value = reading.text.unwrap_or_default();
        let fill = Fill { id, reply, now: now.to_upload_text(), value, data };
        let (to, text) = (fill.fill(&self.topic)?, fill.fill(&self.text)?);
        (to != topic).then(|| Upload::message(to, text))
    }
}

/// The first `{{…}}` in a topic that none of the placeholders is.
pub(super) fn no_placeholder(text: &str) -> Option<&str> {
    let mut rest = text;
    while let Some((name, behind)) = rest.split_once("{{").and_then(|(_, after)| after.split_once("}}")) {
        if !matches!(name, "id" | "reply" | "now" | "value" | "data") {
            return Some(name);
        }
        rest = behind;
    }
    None
}

/// The values of the placeholders.
struct Fill {
    /// The id of what is answered.
    id: Option<String>,
    /// The topic on which the platform waits for the answer.
    reply: Option<String>,
    now: String,
    value: String,
    /// The properties that are asked for, a JSON object.
    data: String,
}

impl Fill {
    /// The template with its placeholders filled: `{{id}}`, `{{reply}}`, `{{now}}`, `{{value}}`, `{{data}}`. Others stay as they are.
    /// `None` where a value is missing.
    fn fill(&self, template: &str) -> Option<String> {
        let mut filled = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once("{{") {
            filled.push_str(before);
            let (value, behind) = match after.split_once("}}") {
                Some(("id", behind)) => (self.id.as_deref()?, behind),
                Some(("reply", behind)) => (self.reply.as_deref()?, behind),
                Some(("data", behind)) => (self.data.as_str(), behind),
                Some(("now", behind)) => (self.now.as_str(), behind),
                Some(("value", behind)) => (self.value.as_str(), behind),
                Some(_) | None => ("{{", after),
            };
            filled.push_str(value);
            rest = behind;
        }
        filled.push_str(rest);
        Some(filled)
    }
}

#[cfg(test)]
mod tests;
