//! What can be said of a login as it is typed. The form is drawn without it until it is here: a first visit need not
//! wait for what judges a form that nobody has touched.

use std::ptr;

use onenet::Timestamp;
use onenet::rules::Place;
use yew::{AttrValue, Html, html};

use super::panel::ConnectPanelProps;
use crate::connect::{ConnectField, ConnectProblem, Target};
use crate::doctor::{Broken, Checkup, DoctorPanel, DoctorPanelProps, Notes, NotesProps};
use crate::upload::Objection;

/// Says what is wrong with a login, and draws what the doctor says. One alone exists: [`JUDGE`].
#[derive(Debug)]
pub struct Judge {
    pub(super) judge: fn(&ConnectPanelProps, Timestamp) -> Judgement,
    pub(super) notes: fn(NotesProps) -> Html,
    pub(super) doctor: fn(DoctorPanelProps) -> Html,
}

/// The judge of logins.
pub static JUDGE: Judge = Judge {
    judge: Judgement::of,
    notes: |props| html! { <Notes ..props /> },
    doctor: |props| html! { <DoctorPanel ..props /> },
};

impl PartialEq for Judge {
    fn eq(&self, other: &Self) -> bool {
        ptr::eq(self, other)
    }
}

/// What is to be said of a login, in the language of the page. Nothing, as long as nobody has judged it.
#[derive(Clone, PartialEq, Default)]
pub(super) struct Judgement {
    /// What it asks for, unless it has mistakes.
    pub(super) target: Option<Target>,
    /// What keeps it from being sent, each with its field.
    pub(super) problems: Vec<(ConnectField, ConnectProblem, AttrValue)>,
    /// The rules that it breaks, each with its place.
    pub(super) findings: Vec<(Place, AttrValue)>,
    /// What the platform will object to in the first upload.
    pub(super) first: Option<AttrValue>,
    /// The rule that the last will breaks.
    pub(super) will: Option<AttrValue>,
    /// What the doctor says.
    pub(super) checkup: Option<Checkup>,
    /// Until when tokens that are signed now are good.
    pub(super) expiry: Option<AttrValue>,
}

impl Judgement {
    fn of(props: &ConnectPanelProps, now: Timestamp) -> Self {
        let ConnectPanelProps { language, page, form, upload, readings, .. } = props;
        let words = language.words();
        let seconds = now.to_unix_seconds();
        let (target, problems) = match form.parse(page, upload) {
            Ok(target) => (Some(target), Vec::new()),
            Err(problems) => (None, problems),
        };
        let token = form.token.validity().map(|validity| validity.expiry(seconds)).filter(|et| *et > seconds);
        let said = |finding| AttrValue::from((words.finding)(finding));
        let (login, will) = (form.findings(readings), form.will_findings(readings));
        let first = form.first_objections(upload, readings);
        let rule = |objection: &Objection| match objection {
            Objection::Rule(finding) => Some(finding.clone()),
            Objection::Value(_) => None,
        };
        let broken = Broken {
            login: login.iter().chain(&will).cloned().collect(),
            first: first.iter().filter_map(rule).collect(),
        };
        Self {
            target,
            problems: problems
                .into_iter()
                .map(|(field, problem)| (field, problem, (words.connect_problem)(problem).into()))
                .collect(),
            findings: login.iter().map(|finding| (finding.at(), said(finding))).collect(),
            first: first.first().map(|objection| (words.uploading.objection)(objection).into()),
            will: will.first().map(said),
            checkup: Checkup::of(form, &broken, seconds),
            expiry: token.map(|et| {
                let at = Timestamp::from_unix_seconds(et).to_document_text();
                (words.doctor.will_expire)(&at, et - seconds).into()
            }),
        }
    }

    /// Whether the login can be sent, though something speaks against it.
    pub(super) fn is_doubtful(&self) -> bool {
        let is_doubted = self.checkup.as_ref().is_some_and(|checkup| checkup.verdict.is_objection());
        let breaks_rules = !self.findings.is_empty() || self.first.is_some() || self.will.is_some();
        self.target.is_some() && (breaks_rules || is_doubted)
    }
}
