//! Answers that a device gives by itself, as every real one must.

use onenet::rules::Readings;
use onenet::studio::{self, Message, Params, Request, Service};
use onenet::sys::Tree;
use onenet::{Generation, Timestamp};

use crate::feed::reading::Reading;
use crate::feed::said::Said;
use crate::feed::values::Values;
use crate::upload::{Objection, Sender, Upload};

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
    /// What a page answers from the beginning: every request of a thing model, as a device must within five seconds
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

    /// What the platform would object to in an answer of `sender`, wherever the placeholders stand for plain words.
    pub fn objections(&self, sender: &Sender, readings: &Readings) -> Vec<Objection> {
        // The platform's own topic is right by itself.
        let reply = sender.names().ok().map(|device| device.topic(Tree::Sys, "cmd/response/1"));
        let reply = if self.topic == "{{reply}}" { None } else { reply };
        let plain = || "1".to_owned();
        let fill = Fill { id: Some(plain()), reply, now: plain(), value: plain(), data: "{}".to_owned() };
        let (topic, text) = (fill.fill(&self.topic), fill.fill(&self.text));
        match (topic, text) {
            (Some(topic), Some(text)) => Upload::message(topic, text).objections(sender, None, readings),
            (_, _) => Vec::new(),
        }
    }

    /// The answer to a message that arrived at `now`, if it is one to answer, by a device with these values.
    ///
    /// A message without a command id is not answered where the template asks for one. Nothing is answered on
    /// the topic it came from: with a subscription to it the page would talk to itself. Longer circles are cut
    /// by [`Budget`](crate::feed::Budget).
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
        if to == topic || session::check_topic(&to).is_err() {
            return None;
        }
        Some(Upload::message(to, text))
    }
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
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn answer(reply: &AutoReply, topic: &str, payload: &str) -> Option<(String, String)> {
        let now = Timestamp::parse("2016-08-15T14:47:00").unwrap();
        let upload = reply.answer(topic, payload.as_bytes(), now, &Values::default())?;
        Some((upload.topic, upload.summary))
    }

    fn on(text: &str) -> AutoReply {
        AutoReply { on: true, text: text.to_owned(), ..AutoReply::default() }
    }

    #[test]
    fn confirms_commands_when_it_is_on() {
        let reply = on("{{value}} at {{now}} for {{id}}");
        let said = "opendoor at 2016-08-15T14:47:00 for 7";
        assert_eq!(answer(&reply, "$creq/7", "opendoor"), Some(("$crsp/7".to_owned(), said.to_owned())));
        assert_eq!(answer(&AutoReply { on: false, ..reply.clone() }, "$creq/7", "x"), None);
        assert_eq!(answer(&reply, "room", "x"), None);
    }

    #[test]
    fn requests_of_a_thing_model_are_answered_from_what_the_device_knows() {
        let mut values = Values::default();
        let device = "$sys/VRqhDHF2wL/my_tv/thing/";
        values.say(&format!("{device}property/post"), br#"{"id":"1","params":{"heat":{"value":27.50}}}"#);
        let answer = |rest: &str, payload: &str| {
            let topic = format!("{device}{rest}");
            let now = Timestamp::default();
            let answers = AutoReply::defaults();
            let upload =
                answers.iter().find_map(|reply| reply.answer(&topic, payload.as_bytes(), now, &values));
            let upload = upload.expect("a device must answer");
            assert_eq!(upload.topic, format!("{topic}_reply"));
            String::from_utf8(upload.payload.to_vec()).unwrap()
        };
        let set = answer("property/set", r#"{"id":"7","params":{"switch":1}}"#);
        assert_eq!(set, r#"{"id":"7","code":200,"msg":"success"}"#);
        let get = answer("property/get", r#"{"id":"8","params":["heat","unheard"]}"#);
        assert_eq!(get, r#"{"id":"8","code":200,"msg":"success","data":{"heat":27.50}}"#);
        let called = answer("service/dim/invoke", r#"{"id":"9","params":{"to":3}}"#);
        assert_eq!(called, r#"{"id":"9","code":200,"msg":"success","data":{}}"#);
    }

    #[test]
    fn commands_of_the_suite_are_answered_when_somebody_says_so() {
        let command = "$sys/321016/lamp/cmd/request/4b97-72";
        let mut replies = AutoReply::defaults();
        assert!(replies.iter().all(|reply| answer(reply, command, "open").is_none()));
        replies.iter_mut().for_each(|reply| reply.on = true);
        let given = replies.iter().find_map(|reply| answer(reply, command, "open"));
        assert_eq!(given.unwrap().0, "$sys/321016/lamp/cmd/response/4b97-72");
    }

    #[test]
    fn each_service_of_a_thing_model_gets_an_answer_of_its_own() {
        let model = r#"{"services":[{"identifier":"dim","output":[{"identifier":"done","dataType":{"type":"bool"}}]}]}"#;
        let model = studio::ThingModel::import(model.as_bytes()).unwrap();
        let replies = AutoReply::for_services(&AutoReply::defaults(), model.services.iter());
        let texts: Vec<&str> = replies.iter().map(|reply| reply.text.as_str()).collect();
        assert_eq!(texts[4], r#"{"id":"{{id}}","code":200,"msg":"success","data":{"done":false}}"#);
        assert_eq!(replies[5], AutoReply::service("+", "{}"), "the answer to any other comes behind it");
        assert_eq!(AutoReply::for_services(&replies, model.services.iter()), replies, "once is enough");
    }

    #[test]
    fn each_protocol_sees_its_own_answers() {
        let suiting = |generation| {
            let replies = AutoReply::defaults();
            replies.iter().filter(|reply| reply.suits(generation)).count()
        };
        assert_eq!([Generation::Legacy, Generation::Suite, Generation::Studio].map(suiting), [1, 1, 3]);
    }

    #[test]
    fn keeps_what_is_no_placeholder() {
        let said = |text: &str| answer(&on(text), "$creq/7", "x").map(|(_, said)| said);
        assert_eq!(said("{{who}} {{ {{value}}"), Some("{{who}} {{ x".to_owned()));
        assert_eq!(said("{{{value}}}"), Some("{{{value}}}".to_owned()));
    }

    #[test]
    fn topics_that_onenet_refuses_are_pointed_at() {
        let objections = |reply: &AutoReply| reply.objections(&Sender::default(), &Readings::default());
        assert!(objections(&AutoReply::default()).is_empty());
        let dashed = AutoReply { topic: "log-{{value}}".to_owned(), ..AutoReply::default() };
        assert_eq!(objections(&dashed).len(), 1);
    }

    #[test]
    fn does_not_answer_where_it_came_from() {
        let echo = AutoReply { filter: "room".to_owned(), topic: "room".to_owned(), ..on("{{value}}") };
        assert_eq!(answer(&echo, "room", "x"), None);
        let nameless = AutoReply { filter: "room".to_owned(), ..on("x") };
        assert_eq!(answer(&nameless, "room", "x"), None, "there is no command id");
    }

    proptest! {
        #[test]
        fn any_template_is_filled(template in "[{}a-z ]{0,30}") {
            let _ = answer(&on(&template), "$creq/7", "x");
        }
    }
}
