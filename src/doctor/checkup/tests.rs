//! Verdicts, and where what is wrong shows.

use onenet::rules::{Readings, RuleId};
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
    let checkup = Checkup::of(form, &Broken::default(), NOW).unwrap();
    let told: Vec<(Spot, String)> =
        checkup.diagnoses.iter().map(|(spot, diagnosis)| (*spot, diagnosis.to_string())).collect();
    let told: Vec<(Spot, &str)> = told.iter().map(|(spot, text)| (*spot, text.as_str())).collect();
    assert_eq!((checkup.verdict, told.as_slice()), (verdict, found));
}

#[test]
fn a_legacy_login_is_left_alone_until_a_token_is_pasted() {
    let legacy = ConnectForm::default();
    assert_eq!(Checkup::of(&legacy, &Broken::default(), NOW), None);
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
    assert_eq!(
        Checkup::of(&form, &Broken::default(), NOW).unwrap().diagnoses.len(),
        2,
        "whatever the key is"
    );
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

/// The verdict on a form with the rules that it breaks, and these rules.
#[track_caller]
fn check_rules(form: &ConnectForm, verdict: Verdict, rules: &[RuleId]) {
    let broken = Broken { login: form.findings(&Readings::default()), first: Vec::new() };
    let checkup = Checkup::of(form, &broken, NOW).unwrap();
    let broken: Vec<RuleId> = checkup.broken.iter().map(|finding| finding.rule).collect();
    assert_eq!((checkup.verdict, broken.as_slice()), (verdict, rules));
}

#[test]
fn a_login_for_which_the_platform_hangs_up_is_not_good() {
    check_rules(&form(TokenSource::Key), Verdict::Good, &[]);
    for keep_alive in ["0", "9", "1801", "65535"] {
        let form = ConnectForm { keep_alive: keep_alive.to_owned(), ..form(TokenSource::Key) };
        check_rules(&form, Verdict::Refused(1), &[RuleId::SysKeepAliveRange]);
    }
    let mut kept = form(TokenSource::Pasted);
    kept.token.token = token("demo-board");
    kept.clean_session = false;
    check_rules(&kept, Verdict::Refused(1), &[RuleId::SysCleanSession]);
    kept.will.on = true;
    check_rules(&kept, Verdict::Refused(2), &[RuleId::SysWill, RuleId::SysCleanSession]);
    // Whatever else cannot be read.
    kept.keep_alive = "a while".to_owned();
    check_rules(&kept, Verdict::Refused(2), &[RuleId::SysWill, RuleId::SysCleanSession]);
}

#[test]
fn what_a_diagnosis_says_is_not_counted_again() {
    let form = ConnectForm { device_id: "my board".to_owned(), ..form(TokenSource::Key) };
    check_rules(&form, Verdict::Refused(1), &[]);
    let nameless = ConnectForm { device_id: String::new(), ..form };
    check_rules(&nameless, Verdict::Unfilled, &[]);
}

#[test]
fn what_cannot_be_read_is_not_filled_in() {
    for keep_alive in ["", "70000", "never"] {
        let form = ConnectForm { keep_alive: keep_alive.to_owned(), ..form(TokenSource::Key) };
        check_rules(&form, Verdict::Unfilled, &[]);
    }
    let mut form = form(TokenSource::Key);
    form.token.lifetime = Lifetime::Until;
    for expiry in ["", "tomorrow", "2030-13-01"] {
        form.token.expiry = expiry.to_owned();
        check_rules(&form, Verdict::Unfilled, &[]);
    }
}

#[test]
fn a_first_upload_that_ends_the_connection_is_told() {
    let finding = |rule| Finding { rule, detail: None };
    let broken = Broken { login: Vec::new(), first: vec![finding(RuleId::SysQos)] };
    let checkup = Checkup::of(&form(TokenSource::Key), &broken, NOW).unwrap();
    assert_eq!((checkup.verdict, checkup.broken), (Verdict::HungUp(1), broken.first));
    assert!(checkup.verdict.is_objection());
}
