//! What the platform will object to in an upload that can be sent.

use onenet::rules::{Finding, Place, Readings, RuleId, sys};
use onenet::studio::{Code, DecodeError, Direction, Fault, Message, Problem, ThingModel, Topic};
use onenet::sys::{Address, Platform};

use super::typed::UploadForm;
use super::upload::Upload;
use crate::upload::sender::Sender;

/// One thing that the platform will object to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Objection {
    /// A rule that it breaks.
    Rule(Finding),
    /// It is no message of its topic.
    Form(DecodeError),
    /// A value in it breaks a limit, or the thing model.
    Value(Problem),
}

impl Objection {
    /// Where in the form it shows.
    pub fn at(&self) -> Place {
        match self {
            Self::Rule(finding) => finding.at(),
            Self::Form(_) | Self::Value(_) => Place::Payload,
        }
    }

    /// Whether it is about a value against its type: where a thing model makes the fields, it stands beside one.
    pub fn is_about_type(&self) -> bool {
        match self {
            Self::Value(problem) => {
                problem.code() == Some(Code::DATA_TYPE) || matches!(problem.fault, Fault::OffStep { .. })
            }
            Self::Rule(_) | Self::Form(_) => false,
        }
    }
}

impl UploadForm {
    /// Everything that the platform will object to in what the form asks for.
    pub fn objections(&self, upload: &Upload, readings: &Readings) -> Vec<Objection> {
        let model = self.studio.model.filled.as_ref().map(|filled| &*filled.model);
        upload.objections(&self.sender, model, readings)
    }
}

impl Upload {
    /// Everything that the platform will object to when `sender` sends it, by its rules and by the thing model.
    pub fn objections(
        &self,
        sender: &Sender,
        model: Option<&ThingModel>,
        readings: &Readings,
    ) -> Vec<Objection> {
        let Some(platform) = sender.platform() else {
            return self.findings(readings).into_iter().map(Objection::Rule).collect();
        };
        let Ok(device) = sender.names() else { return Vec::new() };
        let publication = sys::Publication {
            topic: &self.topic,
            payload: &self.payload,
            qos: self.qos.bits(),
            retain: false,
            dup: false,
        };
        let findings = sys::check_publish(&publication, &device, platform, readings);
        let mut objections: Vec<Objection> = findings.into_iter().map(Objection::Rule).collect();
        if platform == Platform::Studio
            && objections.iter().all(|objection| objection.at() != Place::Topic)
            && let Ok(address) = Address::parse(&self.topic)
        {
            objections.extend(self.objections_of_studio(address.rest(), model));
        }
        objections
    }

    fn objections_of_studio(&self, rest: &str, model: Option<&ThingModel>) -> Vec<Objection> {
        let rule = |rule| vec![Objection::Rule(Finding::new(rule))];
        let Ok(topic) = Topic::parse(rest) else { return rule(RuleId::SysTopicUnknown) };
        if topic.direction() == Direction::Down {
            return rule(RuleId::SysTopicDown);
        }
        let problems = match Message::decode(&topic, &self.payload) {
            Err(error) => return vec![Objection::Form(error)],
            Ok(Message::Custom(_)) => Vec::new(),
            Ok(Message::Reply(reply)) => {
                model.map(|model| model.check_reply(topic.function(), &reply)).unwrap_or_default()
            }
            Ok(Message::Request(request)) => {
                let mut problems = request.check_limits();
                problems.extend(model.map(|model| model.check(&request)).unwrap_or_default());
                problems
            }
        };
        problems.into_iter().map(Objection::Value).collect()
    }
}
