//! Answers that a device gives by itself, as every real one must.

use std::collections::VecDeque;
use std::time::Duration;

use onenet::Timestamp;
use onenet::rules::{Finding, Readings};
use web_time::Instant;

use crate::feed::reading::Reading;
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
    /// The rules of OneNET that an answer would break wherever the placeholders stand for plain words.
    pub fn findings(&self, readings: &Readings) -> Vec<Finding> {
        let fill = Fill { id: Some("1".to_owned()), now: "1".to_owned(), value: "1".to_owned() };
        let (topic, text) = (fill.fill(&self.topic), fill.fill(&self.text));
        match (topic, text) {
            (Some(topic), Some(text)) => Upload::message(topic, text).findings(readings),
            (_, _) => Vec::new(),
        }
    }

    /// The answer to a message that arrived at `now`, if it is one to answer.
    ///
    /// A message without a command id is not answered where the template asks for one. Nothing is answered on
    /// the topic it came from: with a subscription to it the page would talk to itself. Longer circles are cut
    /// by [`Budget`].
    pub fn answer(&self, topic: &str, payload: &[u8], now: Timestamp) -> Option<Upload> {
        if !self.on || !session::matches(&self.filter, topic) {
            return None;
        }
        let reading = Reading::of(topic, payload);
        let fill = Fill {
            id: reading.command.as_ref().map(|id| id.as_str().to_owned()),
            now: now.to_upload_text(),
            value: reading.text.unwrap_or_default(),
        };
        let (to, text) = (fill.fill(&self.topic)?, fill.fill(&self.text)?);
        if to == topic || session::check_topic(&to).is_err() {
            return None;
        }
        Some(Upload::message(to, text))
    }
}

/// How many answers may be given by themselves: devices that answer each other, or one that answers itself by
/// way of several topics, would otherwise never stop.
#[derive(Debug, Default)]
pub struct Budget {
    /// When the answers of the last second were given.
    given: VecDeque<Instant>,
}

/// Answers a second.
const ANSWERS_A_SECOND: usize = 100;

impl Budget {
    /// Whether one more may be given at `now`; it counts as given then.
    pub fn spend(&mut self, now: Instant) -> bool {
        let recent = |given: &Instant| now.saturating_duration_since(*given) < Duration::from_secs(1);
        while self.given.front().is_some_and(|given| !recent(given)) {
            self.given.pop_front();
        }
        let may = self.given.len() < ANSWERS_A_SECOND;
        if may {
            self.given.push_back(now);
        }
        may
    }
}

/// The values of the placeholders.
struct Fill {
    id: Option<String>,
    now: String,
    value: String,
}

impl Fill {
    /// The template with its placeholders filled: `{{id}}`, `{{now}}`, `{{value}}`. Others stay as they are.
    /// `None` where a value is missing.
    fn fill(&self, template: &str) -> Option<String> {
        let mut filled = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once("{{") {
            filled.push_str(before);
            let (value, behind) = match after.split_once("}}") {
                Some(("id", behind)) => (self.id.as_deref()?, behind),
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
        let upload = reply.answer(topic, payload.as_bytes(), now)?;
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
    fn keeps_what_is_no_placeholder() {
        let said = |text: &str| answer(&on(text), "$creq/7", "x").map(|(_, said)| said);
        assert_eq!(said("{{who}} {{ {{value}}"), Some("{{who}} {{ x".to_owned()));
        assert_eq!(said("{{{value}}}"), Some("{{{value}}}".to_owned()));
    }

    #[test]
    fn topics_that_onenet_refuses_are_pointed_at() {
        let readings = Readings::default();
        assert!(AutoReply::default().findings(&readings).is_empty());
        let dashed = AutoReply { topic: "log-{{value}}".to_owned(), ..AutoReply::default() };
        assert_eq!(dashed.findings(&readings).len(), 1);
    }

    #[test]
    fn answers_only_so_many_a_second() {
        let start = Instant::now();
        let mut budget = Budget::default();
        assert_eq!((0..200).filter(|_| budget.spend(start)).count(), ANSWERS_A_SECOND);
        assert!(!budget.spend(start + Duration::from_millis(999)));
        assert!(budget.spend(start + Duration::from_secs(1)));
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
