//! What is wrong with a login, and where in the form that shows.

use onenet::Generation;
use onenet::doctor::{Case, Diagnosis, Field, Problem, Severity, diagnose, stripped};
use onenet::token::{Claims, Key, Resource, is_token};

use crate::connect::{ConnectForm, TokenForm, TokenSource};

/// Everything that is known to be wrong with a login, the worst first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkup {
    /// What it is, and where it shows.
    pub diagnoses: Vec<(Spot, Diagnosis)>,
    /// All of it in one word.
    pub verdict: Verdict,
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
    /// A field is empty: nothing can be said yet.
    Unfilled,
    /// It will be refused, for so many reasons.
    Refused(usize),
    /// It will probably be refused, for so many reasons.
    Doubtful(usize),
    /// Nothing speaks against it. Without the key, nobody can say whether the signature is right.
    Unverified,
    /// It should be accepted.
    Good,
}

impl Verdict {
    /// Whether something speaks against the login.
    pub fn is_objection(self) -> bool {
        match self {
            Self::Refused(_) | Self::Doubtful(_) => true,
            Self::Unfilled | Self::Unverified | Self::Good => false,
        }
    }
}

impl Checkup {
    /// Looks at a form at `now`, in seconds since 1970 UTC; `None` for a login that has nothing to do with tokens.
    pub fn of(form: &ConnectForm, now: u64) -> Option<Self> {
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
        let is_unfilled =
            signs && !has_key || diagnoses.iter().any(|diagnosis| diagnosis.problem == Problem::Empty);
        // What is missing is told when somebody tries to log in without it.
        diagnoses.retain(|diagnosis| diagnosis.problem != Problem::Empty);
        let count = |severity| diagnoses.iter().filter(|diagnosis| diagnosis.severity == severity).count();
        let verdict = match (count(Severity::WillBeRefused), count(Severity::Probably)) {
            (0, 0) if is_unfilled => Verdict::Unfilled,
            (0, 0) if has_key => Verdict::Good,
            (0, 0) => Verdict::Unverified,
            (0, doubts) => Verdict::Doubtful(doubts),
            (refusals, _) => Verdict::Refused(refusals),
        };
        let diagnoses = diagnoses.into_iter().map(|diagnosis| (spot(form, &diagnosis), diagnosis)).collect();
        Some(Self { diagnoses, verdict })
    }

    /// What shows in one place.
    pub fn at(&self, spot: Spot) -> Vec<Diagnosis> {
        let there = self.diagnoses.iter().filter(|(at, _)| *at == spot);
        there.map(|(_, diagnosis)| diagnosis.clone()).collect()
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
mod tests {
    use onenet::token::{Method, Version};

    use super::*;
    use crate::connect::{Destination, Lifetime};

    const NOW: u64 = 1_700_000_000;

    fn form(source: TokenSource) -> ConnectForm {
        let mut form = ConnectForm::default();
        form.choose(Generation::Studio);
        form.token.source = source;
        form
    }

    fn token(device: &str) -> String {
        let res = Resource::device("OneNetDemo", device).unwrap();
        let key = Key::parse(&form(TokenSource::Key).token.key).unwrap();
        Claims::device(res, NOW + 60, Method::Sha1).sign(&key).write()
    }

    #[track_caller]
    fn check(form: &ConnectForm, verdict: Verdict, found: &[(Spot, &str)]) {
        let checkup = Checkup::of(form, NOW).unwrap();
        let told: Vec<(Spot, String)> =
            checkup.diagnoses.iter().map(|(spot, diagnosis)| (*spot, diagnosis.to_string())).collect();
        let told: Vec<(Spot, &str)> = told.iter().map(|(spot, text)| (*spot, text.as_str())).collect();
        assert_eq!((checkup.verdict, told.as_slice()), (verdict, found));
    }

    #[test]
    fn a_legacy_login_is_left_alone_until_a_token_is_pasted() {
        let legacy = ConnectForm::default();
        assert_eq!(Checkup::of(&legacy, NOW), None);
        let with_token = ConnectForm { auth_info: token("demo-board"), ..legacy };
        check(
            &with_token,
            Verdict::Doubtful(1),
            &[(Spot::Generation, "generation: the password is a token: the platform is suite (probably)")],
        );
    }

    #[test]
    fn what_is_signed_here_is_good_while_the_key_is() {
        check(&form(TokenSource::Key), Verdict::Good, &[]);
        let mut wrong = form(TokenSource::Key);
        wrong.token.key.insert(4, '*');
        check(
            &wrong,
            Verdict::Doubtful(1),
            &[(Spot::Key, "key: key has '*', which is not Base64, at byte 4 (probably)")],
        );
        wrong.token.key.clear();
        check(&wrong, Verdict::Unfilled, &[]);
    }

    #[test]
    fn an_expiry_and_a_version_that_were_chosen_show_where_they_were() {
        let mut form = form(TokenSource::Key);
        form.token.lifetime = Lifetime::Until;
        form.token.expiry = (NOW - 60).to_string();
        form.token.version = Version::APPLICATION;
        check(
            &form,
            Verdict::Refused(1),
            &[
                (Spot::Expiry, "password: expired 60 s ago (will be refused)"),
                (Spot::Version, "password: version is the one for applications (probably)"),
            ],
        );
        form.token.key.clear();
        assert_eq!(Checkup::of(&form, NOW).unwrap().diagnoses.len(), 2, "whatever the key is");
    }

    #[test]
    fn ids_that_are_exchanged_are_told_though_the_token_would_name_them_so() {
        let mut form = form(TokenSource::Key);
        std::mem::swap(&mut form.device_id, &mut form.product_id);
        check(
            &form,
            Verdict::Doubtful(1),
            &[(Spot::ClientId, "client id: client id and user name are exchanged (probably)")],
        );
    }

    #[test]
    fn a_pasted_token_is_compared_with_the_form_and_with_the_key_if_there_is_one() {
        let mut form = form(TokenSource::Pasted);
        form.token.token = token("demo-board");
        check(&form, Verdict::Good, &[]);
        form.token.key.clear();
        check(&form, Verdict::Unverified, &[]);
        // A key that is not sent cannot be refused.
        form.token.key = format!("{} ", self::form(TokenSource::Key).token.key);
        check(&form, Verdict::Good, &[(Spot::Key, "key: ' ' at byte 44 does not belong to it (note)")]);
        form.token.key.clear();
        form.token.token = token("demo-bored");
        check(
            &form,
            Verdict::Refused(1),
            &[(
                Spot::Token,
                "password: res names another device: \"demo-bored\" in the token, \"demo-board\" in the form, \
                 different from byte 7 on (will be refused)",
            )],
        );
        form.token.token.clear();
        check(&form, Verdict::Unfilled, &[]);
    }

    #[test]
    fn the_key_to_begin_with_says_nothing_of_a_device_of_the_persons_own() {
        let mut form = form(TokenSource::Pasted);
        form.device_id = "my_tv".to_owned();
        let res = Resource::device("OneNetDemo", "my_tv").unwrap();
        let own = Key::parse("5XHGxLb9").unwrap();
        form.token.token = Claims::device(res, NOW + 60, Method::Sha1).sign(&own).write();
        check(&form, Verdict::Unverified, &[]);
        form.token.source = TokenSource::Key;
        check(&form, Verdict::Good, &[]);
        form.destination = Destination::Upstream("onenet-studio".to_owned());
        check(&form, Verdict::Unfilled, &[]);
        form.token.key = "5XHGxLb9".to_owned();
        check(&form, Verdict::Good, &[]);
    }
}
