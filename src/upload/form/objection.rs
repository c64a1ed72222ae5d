//! What the platform will object to in an upload that can be sent.

use std::collections::BTreeSet;

use onenet::rules::{Detail, Finding, Place, Readings, RuleId, sys};
use onenet::studio::{Code, Fault, Message, Problem, Step, ThingModel, Topic};
use onenet::sys::{Address, Platform};

use super::content::Content;
use super::problem::UploadField;
use super::typed::UploadForm;
use super::upload::Upload;
use crate::upload::sender::Sender;

/// One thing that the platform will object to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Objection {
    /// A rule that it breaks.
    Rule(Finding),
    /// A value in it does not fit the thing model, or is not what it should be, though no rule says so.
    Value(Problem),
}

impl Objection {
    /// Where in the form it shows.
    pub fn at(&self) -> Place {
        match self {
            Self::Rule(finding) => finding.at(),
            Self::Value(_) => Place::Payload,
        }
    }

    /// Whether it is about a value against its type: where a thing model makes the fields, it stands beside one.
    pub fn is_about_type(&self) -> bool {
        self.problem().is_some_and(|problem| {
            problem.code() == Some(Code::DATA_TYPE) || matches!(problem.fault, Fault::OffStep { .. })
        })
    }

    /// The value that it is about, and what is wrong with that.
    fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Value(problem) | Self::Rule(Finding { detail: Some(Detail::StudioValue(problem)), .. }) => {
                Some(problem)
            }
            Self::Rule(_) => None,
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

impl UploadForm {
    /// The field that an objection is about; `None` where it is about the whole.
    pub fn field_of(&self, objection: &Objection) -> Option<UploadField> {
        if let Objection::Rule(Finding { rule: RuleId::SuiteMessageId, .. }) = objection {
            return Some(UploadField::Id);
        }
        let problem = objection.problem()?;
        let [Step::Member(params), steps @ ..] = problem.path.steps() else { return None };
        if params != "params" {
            return None;
        }
        let is_name = matches!(problem.fault, Fault::UnknownIdentifier | Fault::Repeated);
        let is_time = steps.get(1) == Some(&Step::Member("time".to_owned()));
        let by_model = self.studio.model.filled.is_some();
        match self.content() {
            Content::Properties | Content::Event if by_model => is_time.then_some(UploadField::Time),
            Content::Event if is_name => Some(UploadField::Event),
            Content::Event if is_time => Some(UploadField::Time),
            Content::Event => Some(UploadField::EventValue),
            Content::Properties => {
                let Some(Step::Member(name)) = steps.first() else { return None };
                let row = self.rows.iter().rposition(|row| row.stream.trim() == name)?;
                Some(match (is_name, is_time) {
                    (true, _) => UploadField::Stream(row),
                    (false, true) => UploadField::At(row),
                    (false, false) => UploadField::Value(row),
                })
            }
            Content::DesiredGet | Content::DesiredDelete => Some(UploadField::Names),
            Content::Pack | Content::History => Some(UploadField::Params),
            Content::Points
            | Content::Body
            | Content::CommandAnswer
            | Content::ImageUpdate
            | Content::ImageGet
            | Content::Message => None,
        }
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
            // What breaks a rule may break the thing model, too: it is said once.
            let mut told: BTreeSet<String> =
                objections.iter().filter_map(Objection::problem).map(ToString::to_string).collect();
            let remarks = self.remarks(address.rest(), model).into_iter();
            objections
                .extend(remarks.filter(|problem| told.insert(problem.to_string())).map(Objection::Value));
        }
        objections
    }

    /// Everything that is to be said of the values of a message of the studio.
    fn remarks(&self, rest: &str, model: Option<&ThingModel>) -> Vec<Problem> {
        let Ok(topic) = Topic::parse(rest) else { return Vec::new() };
        match Message::decode(&topic, &self.payload) {
            Err(_) | Ok(Message::Custom(_)) => Vec::new(),
            Ok(Message::Reply(reply)) => {
                model.map(|model| model.check_reply(topic.function(), &reply)).unwrap_or_default()
            }
            Ok(Message::Request(request)) => {
                let mut problems = request.check_limits();
                problems.extend(model.map(|model| model.check(&request)).unwrap_or_default());
                problems
            }
        }
    }
}
