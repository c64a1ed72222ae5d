//! What is wrong with a login, and where in the form that shows.

use onenet::Generation;
use onenet::doctor::{Case, Diagnosis, Field, Problem, Severity, diagnose, stripped};
use onenet::rules::{Consequence, Finding, Place};
use onenet::token::{Claims, Key, Resource, is_token};

use crate::connect::{ConnectForm, TokenForm, TokenSource};

/// Everything that is known to be wrong with a login, the worst first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkup {
    /// What it is, and where it shows.
    pub diagnoses: Vec<(Spot, Diagnosis)>,
    /// The rules for which the platform refuses the login or hangs up, as far as no diagnosis says the same.
    pub broken: Vec<Finding>,
    /// All of it in one word.
    pub verdict: Verdict,
}

/// The rules of the platform that a form breaks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Broken {
    /// Those for logins.
    pub login: Vec<Finding>,
    /// Those for messages, broken by what is uploaded as soon as the login is accepted.
    pub first: Vec<Finding>,
}

/// A place in the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// The choice of generation.
    Generation,
    /// 设备 ID or 设备名称.
    ClientId,
    /// 产品 ID.
    Username,
    /// 鉴权信息.
    AuthInfo,
    /// The token that was pasted.
    Token,
    /// The key.
    Key,
    /// When tokens that are signed here expire.
    Expiry,
    /// Which version tokens that are signed here have.
    Version,
    /// The computer's clock.
    Clock,
}

/// What a login is to expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A field is empty or cannot be read: nothing can be said yet.
    Unfilled,
    /// It will be refused, for so many reasons.
    Refused(usize),
    /// It will probably be refused, for so many reasons.
    Doubtful(usize),
    /// It can be accepted, and the first upload makes the platform hang up, for so many reasons.
    HungUp(usize),
    /// Nothing speaks against it. Without the key, nobody can say whether the signature is right.
    Unverified,
    /// It should be accepted.
    Good,
}

impl Verdict {
    /// Whether something speaks against the login.
    pub fn is_objection(self) -> bool {
        match self {
            Self::Refused(_) | Self::Doubtful(_) | Self::HungUp(_) => true,
            Self::Unfilled | Self::Unverified | Self::Good => false,
        }
    }
}

impl Checkup {
    /// Looks at a form at `now`, in seconds since 1970 UTC; `None` for a login that has nothing to do with tokens.
    pub fn of(form: &ConnectForm, broken: &Broken, now: u64) -> Option<Self> {
        let mut diagnoses = match (form.generation, form.token.source) {
            (Generation::Legacy, _) if !is_token(&form.auth_info) => return None,
            (Generation::Legacy, _) => diagnose(&Case { password: &form.auth_info, ..case(form, now) }),
            (Generation::Suite | Generation::Studio, TokenSource::Pasted) => {
                let mut found = diagnose(&pasted(form, now));
                // The key is not sent: whatever is wrong with it, the login does not fail for that.
                let of_key = found.iter_mut().filter(|diagnosis| diagnosis.field == Field::Key);
                of_key.for_each(|diagnosis| diagnosis.severity = Severity::Note);
                found
            }
            (Generation::Suite | Generation::Studio, TokenSource::Key) => {
                let key = Some(form.token.key.as_str());
                let mut found = diagnose(&Case { key, ..case(form, now) });
                // The token does not exist before the login.
                found.retain(|diagnosis| diagnosis.field != Field::Password);
                found.extend(of_signing(form, now));
                found
            }
        };
        diagnoses.sort_by_key(|diagnosis| diagnosis.severity);
        let signs = form.generation.has_tokens() && form.token.source == TokenSource::Key;
        let has_key = match signs {
            // A simulated platform lets in whom it does not know.
            true if form.destination.is_simulated() => !form.token.key.is_empty(),
            true => !form.own_key().is_empty(),
            false => Key::parse(stripped(form.own_key())).is_ok(),
        };
        let is_unread = form.keep_alive().is_none() || signs && form.token.validity().is_none();
        let is_empty = diagnoses.iter().any(|diagnosis| diagnosis.problem == Problem::Empty);
        let is_unfilled = is_unread || is_empty || signs && !has_key;
        let is_told = |finding: &&Finding| diagnoses.iter().any(|diagnosis| says(diagnosis, finding));
        let login = broken.login.iter().filter(|finding| ends(finding) && !is_told(finding));
        let first = broken.first.iter().filter(|finding| ends(finding));
        let (refusing, ending) = (login.clone().count(), first.clone().count());
        let broken = login.chain(first).cloned().collect();
        // What is missing is told when somebody tries to log in without it.
        diagnoses.retain(|diagnosis| diagnosis.problem != Problem::Empty);
        let count = |severity| diagnoses.iter().filter(|diagnosis| diagnosis.severity == severity).count();
        let verdict = match (count(Severity::WillBeRefused) + refusing, count(Severity::Probably)) {
            (0, 0) if is_unfilled => Verdict::Unfilled,
            (0, 0) if ending > 0 => Verdict::HungUp(ending),
            (0, 0) if has_key => Verdict::Good,
            (0, 0) => Verdict::Unverified,
            (0, doubts) => Verdict::Doubtful(doubts),
            (refusals, _) => Verdict::Refused(refusals),
        };
        let diagnoses = diagnoses.into_iter().map(|diagnosis| (spot(form, &diagnosis), diagnosis)).collect();
        Some(Self { diagnoses, broken, verdict })
    }

    /// What shows in one place.
    pub fn at(&self, spot: Spot) -> Vec<Diagnosis> {
        let there = self.diagnoses.iter().filter(|(at, _)| *at == spot);
        there.map(|(_, diagnosis)| diagnosis.clone()).collect()
    }
}

/// Whether the platform refuses whoever breaks a rule, or hangs up.
fn ends(finding: &Finding) -> bool {
    match finding.consequence() {
        Consequence::Close | Consequence::Refuse(_) | Consequence::Ban => true,
        Consequence::Ignore | Consequence::Reject(_) | Consequence::Delay => false,
    }
}

/// Whether a diagnosis says what a broken rule says, and more.
fn says(diagnosis: &Diagnosis, finding: &Finding) -> bool {
    if diagnosis.severity == Severity::Note {
        return false;
    }
    let is_swapped = diagnosis.problem == Problem::Swapped;
    match finding.at() {
        Place::DeviceId => is_swapped || diagnosis.field == Field::ClientId,
        Place::ProductId => is_swapped || diagnosis.field == Field::Username,
        Place::AuthInfo => matches!(diagnosis.field, Field::Password | Field::Token | Field::Generation),
        Place::Connect
        | Place::KeepAlive
        | Place::Will
        | Place::Topic
        | Place::Payload
        | Place::Qos
        | Place::Retain
        | Place::Filter
        | Place::Conversation
        | Place::Command => false,
    }
}

/// A login with a token that was pasted. A key is there to check it with.
pub(super) fn pasted(form: &ConnectForm, now: u64) -> Case<'_> {
    let key = Some(form.own_key()).filter(|key| !key.is_empty());
    Case { password: &form.token.token, key, ..case(form, now) }
}

/// The ids alone.
fn case(form: &ConnectForm, now: u64) -> Case<'_> {
    let ConnectForm { generation, device_id, product_id, .. } = form;
    Case {
        generation: *generation,
        client_id: device_id,
        username: product_id,
        password: "",
        key: None,
        token: None,
        now,
    }
}

/// For a key and a device that are not there yet: when a token expires does not depend on them.
const STAND_IN: &str = "AAAA";

/// What is wrong with how tokens are signed here: the page makes no other mistakes.
fn of_signing(form: &ConnectForm, now: u64) -> Vec<Diagnosis> {
    let TokenForm { version, method, .. } = &form.token;
    let Some(validity) = form.token.validity() else { return Vec::new() };
    let (Ok(key), Ok(res)) = (Key::parse(STAND_IN), Resource::parse(&format!("products/{STAND_IN}"))) else {
        return Vec::new();
    };
    let claims = Claims { version: version.clone(), res, et: validity.expiry(now), method: *method };
    let password = claims.sign(&key).write();
    let mut found = diagnose(&Case { password: &password, ..case(form, now) });
    found.retain(|diagnosis| signed_spot(&diagnosis.problem).is_some());
    found
}

/// Where a problem of a token that was signed here comes from.
fn signed_spot(problem: &Problem) -> Option<Spot> {
    let is_expiry =
        matches!(problem, Problem::Expired { .. } | Problem::EtFar { .. } | Problem::EtMillis { .. });
    let is_version = matches!(
        problem,
        Problem::VersionOfApplications | Problem::VersionLater | Problem::VersionUnknown { .. }
    );
    match (is_expiry, is_version) {
        (true, _) => Some(Spot::Expiry),
        (false, true) => Some(Spot::Version),
        (false, false) => None,
    }
}

fn spot(form: &ConnectForm, diagnosis: &Diagnosis) -> Spot {
    match diagnosis.field {
        Field::Generation => Spot::Generation,
        Field::ClientId => Spot::ClientId,
        Field::Username => Spot::Username,
        Field::Key => Spot::Key,
        Field::Clock => Spot::Clock,
        Field::Password if !form.generation.has_tokens() => Spot::AuthInfo,
        Field::Password | Field::Token => match form.token.source {
            TokenSource::Key => signed_spot(&diagnosis.problem).unwrap_or(Spot::Token),
            TokenSource::Pasted => Spot::Token,
        },
    }
}

#[cfg(test)]
mod tests;
