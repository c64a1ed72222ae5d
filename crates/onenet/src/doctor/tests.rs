//! The classic mistakes, one by one. Here: key, time, method, version, and what is right.

use data_encoding::{BASE64, BASE64URL, HEXLOWER};

use super::*;
use crate::Generation;
use crate::token::{Claims, Key, Method, Resource, Token, Version, escape};

mod any;
mod form;
mod signature;
mod written;

/// 2023-11-14.
const NOW: u64 = 1_700_000_000;
const ET: u64 = 1_800_000_000;
const PRODUCT: &str = "VRqhDHF2wL";
const DEVICE: &str = "my_tv";
/// A published one.
const KEY: &str = "5XHGxLb9Rr25t5po+Y3c/mtqiS6ArjsLtzk/sS/D5x8=";

fn key() -> Key {
    Key::parse(KEY).unwrap()
}

fn claims() -> Claims {
    Claims::device(Resource::device(PRODUCT, DEVICE).unwrap(), ET, Method::Sha1)
}

fn token() -> String {
    claims().sign(&key()).write()
}

/// A good login with this password, whose key is known.
fn case(password: &str) -> Case<'_> {
    Case {
        generation: Generation::Studio,
        client_id: DEVICE,
        username: PRODUCT,
        password,
        key: Some(KEY),
        token: None,
        now: NOW,
    }
}

#[track_caller]
fn check(case: &Case<'_>, diagnoses: &[&str]) {
    let found: Vec<String> = diagnose(case).iter().map(ToString::to_string).collect();
    assert_eq!(found, diagnoses);
}

fn remedies(case: &Case<'_>) -> Vec<Remedy> {
    diagnose(case).iter().map(Diagnosis::remedy).collect()
}

// ── Nothing is wrong ──

#[test]
fn a_good_login_is_left_alone() {
    let token = token();
    check(&case(&token), &[]);
    check(&Case { key: None, ..case(&token) }, &[]);
    check(&Case { token: Some(&token), ..case("") }, &[]);
    let legacy = Case {
        generation: Generation::Legacy,
        client_id: "654804584",
        username: "388631",
        key: None,
        ..case("um151515")
    };
    check(&legacy, &[]);
}

// ── The key ──

#[test]
fn a_key_that_is_no_base64_names_the_character() {
    let token = token();
    let wrong = KEY.replace("t5po", "t5*o");
    check(
        &Case { key: Some(&wrong), ..case(&token) },
        &["key: key has '*', which is not Base64, at byte 14 (probably)"],
    );
}

#[test]
fn a_key_with_wrong_padding_says_how_much_is_missing() {
    let short = KEY.trim_end_matches('=');
    let problem = diagnose(&Case { key: Some(short), ..case("") }).pop().unwrap();
    assert_eq!(problem.to_string(), "key: key has 0 of 1 padding characters at byte 43 (probably)");
    assert_eq!(problem.remedy(), Remedy::CopyKey);
}

#[test]
fn a_key_in_the_url_safe_alphabet_is_used_and_told() {
    let (token, safe) = (token(), KEY.replace('+', "-").replace('/', "_"));
    check(
        &Case { key: Some(&safe), ..case(&token) },
        &["key: is url-safe Base64, first at byte 16 (probably)"],
    );
}

#[test]
fn a_key_as_password_is_told_from_a_token() {
    check(&case(KEY), &["password: is a key of 44 characters, not a token (will be refused)"]);
    let diagnoses = diagnose(&Case { key: None, ..case(KEY) });
    assert_eq!(diagnoses[0].problem, Problem::KeyHere { length: 44, same: false });
    assert_eq!(diagnoses[0].remedy(), Remedy::SignAnew);
}

#[test]
fn a_key_as_client_id_is_not_repeated() {
    let token = token();
    let wrong = Case { client_id: KEY, ..case(&token) };
    check(&wrong, &["client id: is a key of 44 characters, not a token (will be refused)"]);
    assert_eq!(remedies(&wrong), [Remedy::MoveToKey]);
}

// ── Time ──

#[test]
fn an_expired_token_says_for_how_long() {
    let token = token();
    check(&Case { now: ET + 60, ..case(&token) }, &["password: expired 60 s ago (will be refused)"]);
    check(&Case { now: ET, ..case(&token) }, &[]);
}

#[test]
fn an_expiry_in_milliseconds_is_told() {
    let token = Claims { et: ET * 1_000, ..claims() }.sign(&key()).write();
    check(&case(&token), &["password: et is in milliseconds; in seconds it is 1800000000 (probably)"]);
}

#[test]
fn an_expiry_that_is_no_number_says_where() {
    let token = token().replace("1800000000", "2027-01-15");
    check(
        &Case { key: None, ..case(&token) },
        &["password: et is no number of seconds from byte 4 of it on (will be refused)"],
    );
}

#[test]
fn an_expiry_far_away_or_an_early_clock_are_notes() {
    let token = token();
    check(
        &Case { now: 0, ..case(&token) },
        &[
            "clock: shows a time before there were tokens (note)",
            "password: expires only in 1800000000 s (note)",
        ],
    );
}

// ── Method and version ──

#[test]
fn a_method_with_capitals_is_told_and_its_signature_as_well() {
    let token = token().replace("method=sha1", "method=SHA1");
    check(
        &case(&token),
        &[
            "password: method \"SHA1\" must be written sha1 (will be refused)",
            "password: sign was made with the method name \"sha1\" (will be refused)",
        ],
    );
}

#[test]
fn a_method_that_is_none_names_the_nearest() {
    let token = token().replace("method=sha1", "method=HmacSHA-256");
    let found = diagnose(&Case { key: None, ..case(&token) });
    let nearest = Some(Method::Sha256);
    assert_eq!(found[0].problem, Problem::MethodUnknown { found: "HmacSHA-256".to_owned(), nearest });
}

#[test]
fn a_version_of_another_api_is_told() {
    for (version, problem) in [
        (Version::APPLICATION, "password: version is the one for applications (probably)"),
        (Version::LATER, "password: version is one that no document names (note)"),
        (Version::parse("2018-10-13").unwrap(), "password: version \"2018-10-13\" is unknown (probably)"),
    ] {
        let token = Claims { version, ..claims() }.sign(&key()).write();
        check(&case(&token), &[problem]);
    }
}

// ── What is right ──

#[test]
fn prescribes_the_login_that_is_right() {
    let expired = Claims { et: NOW - 1, method: Method::Md5, ..claims() };
    let wrong = expired.sign(&key()).write().replace("md5", "MD5");
    let wrong = Case { client_id: PRODUCT, username: DEVICE, ..case(&wrong) };
    let right = prescribe(&wrong).unwrap();
    assert_eq!((right.client_id.as_str(), right.username.as_str()), (DEVICE, PRODUCT));
    assert_eq!(right.token.claims, Claims { et: NOW + YEAR, method: Method::Md5, ..claims() });
    assert!(right.token.verify(&key()));
    let written = right.token.write();
    check(&case(&written), &[]);
    assert_eq!(prescribe(&Case { key: Some("?"), ..wrong }), None);
}

#[test]
fn keeps_secrets_out_of_debug_output() {
    let token = token();
    let case = Case { token: Some(&token), ..case("um151515") };
    let shown = format!("{case:?}{:?}{:?}", diagnose(&case), prescribe(&case));
    for secret in ["um151515", KEY, "sign=", "5XHG"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
