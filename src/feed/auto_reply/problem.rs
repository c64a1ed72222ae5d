//! What is wrong with an automatic answer, before anybody asks for one.

use onenet::rules::{Place, Readings};
use onenet::studio::{self, Function, ThingModel};
use onenet::sys::{Address, Tree};
use onenet::{Generation, legacy, suite};

use super::{AutoReply, Fill, no_placeholder};
use crate::upload::{Objection, PlatformCode, Sender, Upload};

/// A field of an automatic answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyField {
    /// Where it goes.
    Topic,
    /// What it says.
    Text,
}

/// What is wrong with an automatic answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplyProblem {
    /// There is no placeholder of this name: an answer to such a topic is not sent.
    Placeholder(String),
    /// It says the same id whatever it answers, and so answers nothing; with the code that the platform has for that.
    FixedId(ReplyField, Option<PlatformCode>),
    /// The platform will object.
    Objection(Objection),
}

impl ReplyProblem {
    /// Where it shows.
    pub fn field(&self) -> ReplyField {
        match self {
            Self::Placeholder(_) => ReplyField::Topic,
            Self::FixedId(field, _) => *field,
            Self::Objection(objection) if objection.at() == Place::Payload => ReplyField::Text,
            Self::Objection(_) => ReplyField::Topic,
        }
    }
}

impl AutoReply {
    /// What is wrong with the answer of `sender`, wherever the placeholders stand for plain words; the worst first.
    /// What OneNET objects to is said where its rules hold, and of an answer to a service of the thing model also what
    /// that objects to.
    pub fn problems(
        &self,
        sender: &Sender,
        model: Option<&ThingModel>,
        readings: Option<&Readings>,
    ) -> Vec<ReplyProblem> {
        let (topic, text) = self.filled(sender, "1");
        let placeholder = no_placeholder(&self.topic).map(|name| ReplyProblem::Placeholder(name.to_owned()));
        // One mistake of a topic is enough.
        let is_news = |fixed: &ReplyProblem| placeholder.is_none() || fixed.field() != ReplyField::Topic;
        let fixed = self.fixed_id(sender, topic.as_deref(), text.as_deref()).filter(is_news);
        let is_known = |model: &&ThingModel| {
            model
                .services
                .iter()
                .any(|service| self.filter == Self::service(service.identifier.as_str(), "").filter)
        };
        let objections = match (topic, text, readings) {
            (Some(topic), Some(text), Some(readings)) => {
                Upload::message(topic, text).objections(sender, model.filter(is_known), readings)
            }
            (_, _, _) => Vec::new(),
        };
        let objections = objections.into_iter().map(ReplyProblem::Objection);
        placeholder.into_iter().chain(fixed).chain(objections).collect()
    }

    /// Topic and text of an answer to a message with this id, as far as they can be known.
    fn filled(&self, sender: &Sender, id: &str) -> (Option<String>, Option<String>) {
        let plain = || "1".to_owned();
        let reply =
            sender.names().ok().and_then(|device| Some(device.topic(Tree::Sys, &self.reply_rest(id)?)));
        let fill =
            Fill { id: Some(id.to_owned()), reply, now: plain(), value: plain(), data: "{}".to_owned() };
        (fill.fill(&self.topic), fill.fill(&self.text))
    }

    /// That answers to different messages have the same id, if they do.
    fn fixed_id(&self, sender: &Sender, topic: Option<&str>, text: Option<&str>) -> Option<ReplyProblem> {
        let (other_topic, other_text) = self.filled(sender, "2");
        let address = topic.and_then(|topic| Address::parse(topic).ok());
        let is_suite_command = address
            .as_ref()
            .is_some_and(|address| matches!(suite::Topic::of(address), Ok(suite::Topic::CommandResponse(_))));
        let is_legacy_command = topic.is_some_and(|topic| {
            matches!(legacy::Topic::parse(topic), Ok(legacy::Topic::CommandResponse(_)))
        });
        if (is_suite_command || is_legacy_command) && topic == other_topic.as_deref() {
            let code = is_suite_command.then_some(PlatformCode::Suite(suite::Code::CommandNotFound));
            return Some(ReplyProblem::FixedId(ReplyField::Topic, code));
        }
        let has_id = match address.map(|address| studio::Topic::parse(address.rest())) {
            Some(Ok(studio::Topic::Reply(function))) => !matches!(function, Function::CustomDown(_)),
            Some(_) => false,
            // Where the filter lets many kinds of messages through, the topic is known once one comes.
            None => sender.generation == Generation::Studio && self.topic.contains("{{reply}}"),
        };
        let id = |text: Option<&str>| studio::Message::id_of(text?.as_bytes());
        let is_fixed = has_id && id(text).is_some() && id(text) == id(other_text.as_deref());
        let code = PlatformCode::Studio(studio::Code::REPLY_UNKNOWN);
        is_fixed.then_some(ReplyProblem::FixedId(ReplyField::Text, Some(code)))
    }

    /// Where the platform waits for an answer to a message with this id that the filter lets through, behind the names;
    /// `None` where that is more than one kind of message.
    fn reply_rest(&self, id: &str) -> Option<String> {
        let topic = self.filter.replace('+', id);
        let address = Address::parse(&topic).ok()?;
        if let Ok(topic) = studio::Topic::parse(address.rest()) {
            return Some(topic.reply()?.to_string());
        }
        match suite::Topic::of(&address).ok()? {
            suite::Topic::CommandRequest(id) => Some(suite::Topic::CommandResponse(id).to_string()),
            _ => None,
        }
    }
}
