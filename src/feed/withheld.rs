//! Automatic answers that are not sent: the platform would hang up, and the page would log in and do it again.

use onenet::rules::{Consequence, Finding, Readings};
use session::TopicProblem;

use crate::connect::Target;
use crate::feed::auto_reply::no_placeholder;
use crate::upload::{Objection, Sender, Upload};

/// An answer that was not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// Where it would have gone.
    pub topic: String,
    /// Why it was not sent.
    pub reason: WithheldReason,
}

/// Why an answer was not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WithheldReason {
    /// There is no placeholder of this name.
    Placeholder(String),
    /// The topic cannot be published to.
    Topic(TopicProblem),
    /// The platform hangs up on what breaks this rule, and all sources say so.
    Rule(Finding),
}

impl Withheld {
    /// Why this answer may not be sent there; `None` where it may.
    pub fn of(answer: &Upload, target: &Target) -> Option<Self> {
        let reason = if let Some(name) = no_placeholder(&answer.topic) {
            WithheldReason::Placeholder(name.to_owned())
        } else if let Err(problem) = session::check_topic(&answer.topic) {
            WithheldReason::Topic(problem)
        } else {
            WithheldReason::Rule(fatal(answer, target)?)
        };
        Some(Self { topic: answer.topic.clone(), reason })
    }
}

/// The first rule that ends the connection, where it is known whose rules hold.
fn fatal(answer: &Upload, target: &Target) -> Option<Finding> {
    target.destination.rules(target.generation)?;
    let objections = answer.objections(&Sender::at(target), None, &Readings::default());
    objections.into_iter().find_map(|objection| match objection {
        Objection::Rule(finding) => ends_connection(&finding).then_some(finding),
        Objection::Value(_) => None,
    })
}

/// Whether the platform hangs up on what breaks this rule, and all sources say so: an answer that does is not sent.
pub(crate) fn ends_connection(finding: &Finding) -> bool {
    match finding.consequence() {
        Consequence::Close | Consequence::Ban => finding.rule.rule().disputed.is_none(),
        Consequence::Refuse(_) | Consequence::Ignore | Consequence::Reject(_) | Consequence::Delay => false,
    }
}
