//! The classic mistakes, one by one.

use data_encoding::{BASE64, BASE64URL, HEXLOWER};

use super::*;
use crate::Generation;
use crate::token::{Claims, Key, Method, Resource, Token, Version, escape};

mod any;
mod signature;

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

// ── Which value goes where ──

#[test]
fn res_of_another_device_shows_the_first_difference() {
    let token = token();
    let wrong = Case { client_id: "my_TV", ..case(&token) };
    check(
        &wrong,
        &["password: res names another device: \"my_tv\" in the token, \"my_TV\" in the form, \
            different from byte 3 on (will be refused)"],
    );
    let Problem::ResDevice(difference) = &diagnose(&wrong)[0].problem else { panic!("another problem") };
    assert!(difference.is_case_only());
}

#[test]
fn res_of_another_product_shows_the_first_difference() {
    let token = token();
    check(
        &Case { username: "VRqhDHF3wL", ..case(&token) },
        &["password: res names another product: \"VRqhDHF2wL\" in the token, \"VRqhDHF3wL\" in the form, \
            different from byte 7 on (will be refused)"],
    );
}

#[test]
fn res_of_a_product_logs_no_device_in() {
    let claims = Claims { res: Resource::parse("products/VRqhDHF2wL").unwrap(), ..claims() };
    check(&case(&claims.sign(&key()).write()), &["password: res is that of a product (will be refused)"]);
}

#[test]
fn res_of_an_application_logs_no_device_in() {
    let res = Resource::parse("userid/1234").unwrap();
    let claims = Claims { res, version: Version::APPLICATION, ..claims() };
    check(
        &case(&claims.sign(&key()).write()),
        &["password: res is that of an application (will be refused)"],
    );
}

#[test]
fn res_that_is_misspelt_says_where() {
    let token = token().replace("devices", "device");
    check(
        &Case { key: None, ..case(&token) },
        &["password: res has a level that no form has at byte 20 of it (will be refused)"],
    );
}

#[test]
fn product_and_device_in_one_field_are_parted() {
    let token = token();
    for joined in ["VRqhDHF2wL&my_tv", "my_tv&VRqhDHF2wL"] {
        let wrong = Case { client_id: joined, ..case(&token) };
        check(&wrong, &["client id: joins product \"VRqhDHF2wL\" and device \"my_tv\" (will be refused)"]);
        assert_eq!(remedies(&wrong), [Remedy::Type("my_tv".to_owned())]);
    }
    let wrong = Case { client_id: "products/VRqhDHF2wL/devices/my_tv", ..case(&token) };
    assert_eq!(remedies(&wrong), [Remedy::Type("my_tv".to_owned())]);
}

#[test]
fn client_id_and_product_id_in_each_others_field_are_found_by_the_token() {
    let token = token();
    let wrong = Case { client_id: PRODUCT, username: DEVICE, ..case(&token) };
    check(&wrong, &["client id: client id and user name are exchanged (will be refused)"]);
    assert_eq!(remedies(&wrong), [Remedy::Exchange]);
}

#[test]
fn without_a_token_exchanged_ids_are_told_by_their_form() {
    check(
        &Case { client_id: PRODUCT, username: DEVICE, ..case(KEY) },
        &[
            "password: is a key of 44 characters, not a token (will be refused)",
            "client id: client id and user name are exchanged (probably)",
        ],
    );
    let legacy = Case { generation: Generation::Legacy, key: None, ..case("um151515") };
    check(
        &Case { client_id: "388631", username: "654804584", ..legacy },
        &["client id: client id and user name are exchanged (probably)"],
    );
}

#[test]
fn the_product_id_as_client_id_names_the_device() {
    let token = token();
    check(
        &Case { client_id: PRODUCT, ..case(&token) },
        &["client id: is the product ID, not the device \"my_tv\" (will be refused)"],
    );
    check(
        &Case { username: DEVICE, ..case(&token) },
        &["user name: is the device name, not the product \"VRqhDHF2wL\" (will be refused)"],
    );
    check(
        &Case { client_id: PRODUCT, ..case("x") },
        &[
            "password: is no token: 1 bytes without version, res, et, method, sign (will be refused)",
            "client id: is the same as the user name (probably)",
        ],
    );
}

#[test]
fn a_token_in_another_field_belongs_into_the_password() {
    let token = token();
    let wrong = Case { client_id: &token, ..case(&token) };
    check(&wrong, &["client id: is a token (will be refused)"]);
    assert_eq!(remedies(&wrong), [Remedy::MoveToPassword]);
    let wrong = Case { key: Some(&token), ..case(&token) };
    check(&wrong, &["key: is a token (will be refused)"]);
}

#[test]
fn characters_that_no_id_has_are_named() {
    let legacy = Case { generation: Generation::Legacy, key: None, ..case("um151515") };
    check(
        &Case { client_id: " 6548o4584", username: "388631", ..legacy },
        &[
            "client id: ' ' at byte 0 does not belong to it (will be refused)",
            "client id: 'o' at byte 5 is in no such id (will be refused)",
        ],
    );
    check(
        &Case { client_id: "", username: "VRqh DHF2wL", ..case("") },
        &[
            "client id: is empty (will be refused)",
            "user name: ' ' at byte 4 is in no such id (will be refused)",
            "password: is empty (will be refused)",
        ],
    );
    let long = "a".repeat(65);
    let found = diagnose(&Case { client_id: &long, ..case(KEY) });
    assert!(found.iter().any(|found| found.problem == Problem::TooLong { length: 65, limit: 64 }));
}

// ── Which platform ──

#[test]
fn a_legacy_login_is_not_for_a_platform_with_tokens() {
    let wrong = Case { client_id: "654804584", username: "388631", key: None, ..case("um151515") };
    for generation in [Generation::Suite, Generation::Studio] {
        check(
            &Case { generation, ..wrong },
            &[
                "password: is no token: 8 bytes without version, res, et, method, sign (will be refused)",
                "generation: the login is one to the legacy platform (probably)",
            ],
        );
    }
    assert_eq!(remedies(&wrong), [Remedy::SignAnew, Remedy::Choose(Generation::Legacy)]);
}

#[test]
fn a_token_is_not_for_the_legacy_platform() {
    let token = token();
    let wrong = Case { generation: Generation::Legacy, key: None, username: "321016", ..case(&token) };
    let found = diagnose(&Case { client_id: "654804584", ..wrong });
    assert_eq!(
        found.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["generation: the password is a token: the platform is suite (probably)"],
    );
    let found = diagnose(&Case { username: PRODUCT, ..wrong });
    assert!(found.iter().any(|found| found.remedy() == Remedy::Choose(Generation::Studio)));
}

#[test]
fn a_numeric_product_is_rather_one_of_the_suite() {
    let res = Resource::device("321016", DEVICE).unwrap();
    let token = Claims { res, ..claims() }.sign(&key()).write();
    let studio = Case { username: "321016", ..case(&token) };
    check(&studio, &["generation: the product ID looks like one of suite (note)"]);
    check(&Case { generation: Generation::Suite, ..studio }, &[]);
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

// ── How the token is written ──

#[test]
fn blanks_and_quotation_marks_around_are_told() {
    let token = token();
    check(
        &case(&format!("{token}\r\n")),
        &["password: '\\r' at byte 130 does not belong to it (will be refused)"],
    );
    check(
        &case(&format!("“{token}”\u{200B}")),
        &[
            "password: '\\u{200b}' at byte 136 does not belong to it (will be refused)",
            "password: “ at byte 0 is a quotation mark from elsewhere (will be refused)",
        ],
    );
}

#[test]
fn characters_that_are_not_escaped_are_told_by_how_bad_they_are() {
    check(
        &case(&token().replace("%2F", "/").replace("%3D", "=")),
        &[
            "password: '=' of sign at byte 119 is not escaped (probably)",
            "password: '/' of res at byte 31 is not escaped (note)",
        ],
    );
}

#[test]
fn a_plus_that_is_not_escaped_or_became_a_space_is_told() {
    check(
        &case(&token().replacen("%2B", "+", 1)),
        &["password: '+' of sign at byte 96 is not escaped (probably)"],
    );
    check(
        &case(&token().replacen("%2B", "%20", 1)),
        &["password: sign has a space for a + at byte 2 of it (will be refused)"],
    );
}

#[test]
fn what_was_escaped_twice_is_read_and_told() {
    check(
        &case(&token().replace('%', "%25")),
        &[
            "password: res is escaped twice, first at byte 31 (will be refused)",
            "password: sign is escaped twice, first at byte 102 (will be refused)",
        ],
    );
    check(&case(&escape(&token())), &["password: is escaped as a whole (will be refused)"]);
}

#[test]
fn small_letters_in_escapes_are_a_note() {
    check(
        &case(&token().replace("%2F", "%2f")),
        &[
            "password: escape of res with small letters at byte 31 (note)",
            "password: escape of sign with small letters at byte 122 (note)",
        ],
    );
}

#[test]
fn a_broken_escape_says_where() {
    let token = token().replace("%2Fdevices", "%2devices");
    let found = diagnose(&Case { key: None, ..case(&token) });
    assert_eq!(found[0].problem.log_code(), Some(1114), "{}", found[0]);
    let token = self::token().replace("%2Fdevices", "%2gdevices");
    check(
        &Case { key: None, ..case(&token) },
        &["password: escape of res at byte 44 is none (will be refused)"],
    );
}

#[test]
fn parameters_that_are_missing_doubled_or_unknown_are_named() {
    let token = token();
    check(
        &case(&token.replace("version=", "Version=")),
        &[
            "password: unknown parameter \"Version\" at byte 0 (will be refused)",
            "password: missing parameter version at byte 130 (will be refused)",
        ],
    );
    let doubled = format!("{token}&et=");
    check(&case(&doubled), &["password: parameter et once more at byte 131 (will be refused)"]);
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
