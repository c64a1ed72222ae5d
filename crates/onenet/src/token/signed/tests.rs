//! Tokens written and read, and what is said about texts that are none.

use proptest::prelude::*;

use super::*;
use crate::token::EscapeError;

const WRITTEN: &str = "version=2018-10-31&res=products%2F321016%2Fdevices%2FESP8266_01&et=1597706627&method=md5\
    &sign=Iab67cX76DXqSqZ4ztVMxw%3D%3D";

fn key() -> Key {
    Key::parse("5XHGxLb9Rr25t5po+Y3c/mtqiS6ArjsLtzk/sS/D5x8=").unwrap()
}

fn parse(text: &str) -> Parsed {
    Token::parse(text).unwrap()
}

#[track_caller]
fn refused(text: &str, problem: &str) {
    assert_eq!(Token::parse(text).unwrap_err().to_string(), problem);
}

#[test]
fn reads_the_worked_example_and_writes_it_again() {
    let Parsed { token, oddities } = parse(WRITTEN);
    assert_eq!(token.write(), WRITTEN);
    assert!(token.verify(&key()));
    assert_eq!(oddities, []);
}

#[test]
fn parameters_may_come_in_any_order() {
    let mut parts: Vec<&str> = WRITTEN.split('&').collect();
    parts.reverse();
    assert_eq!(parse(&parts.join("&")), parse(WRITTEN));
}

#[test]
fn values_that_are_not_escaped_are_taken_and_told() {
    let raw = WRITTEN.replace("%2F", "/").replace("%3D", "=");
    let Parsed { token, oddities } = parse(&raw);
    assert_eq!(token, parse(WRITTEN).token);
    let places: Vec<String> =
        oddities.iter().map(|(parameter, oddity)| format!("{parameter}: {oddity}")).collect();
    assert_eq!(
        places,
        [
            "res: '/' is not escaped at byte 31",
            "res: '/' is not escaped at byte 38",
            "res: '/' is not escaped at byte 46",
            "sign: '=' is not escaped at byte 110",
            "sign: '=' is not escaped at byte 111",
        ]
    );
}

#[test]
fn a_token_of_another_key_or_with_another_claim_is_not_verified() {
    let mut token = parse(WRITTEN).token;
    assert!(!token.verify(&Key::parse("HPv0RI7RsjYoArHEEe8dZewML/wd4lEEjnYFkDLUol4=").unwrap()));
    token.claims.et += 1;
    assert!(!token.verify(&key()));
}

#[test]
fn a_token_is_valid_until_its_last_second() {
    let token = parse(WRITTEN).token;
    assert_eq!(token.expired(1_597_706_627), None);
    assert_eq!(token.expired(1_597_706_629), Some(2));
}

#[test]
fn names_the_parameter_that_is_unknown_doubled_or_missing() {
    refused("", "no parameter of a token at byte 0");
    refused("um151515", "no parameter of a token at byte 0");
    refused(&WRITTEN.replace("method", "methd"), "unknown parameter \"methd\" at byte 78");
    refused(&format!("{WRITTEN}&et=1"), "parameter et once more at byte 123");
    refused("version=2018-10-31&res&et=1", "parameter res without a value at byte 22");
    refused("et=1&version=", "parameter version without a value at byte 12");
    refused("version=2018-10-31&res=products%2F1", "missing parameter et at byte 35");
}

#[test]
fn tells_no_more_of_an_unknown_parameter_than_the_letters_that_it_begins_with() {
    let last = |part: &str| WRITTEN.replace("sign=", part);
    refused(&last("sign:"), "unknown parameter \"sign\" at byte 89");
    refused(&last("signature-of-it="), "unknown parameter \"signature-of\" at byte 89");
    refused(&last(""), "unknown parameter \"Iab\" at byte 89");
    refused(&format!("{WRITTEN}&KuF3NT"), "unknown parameter \"KuF\" at byte 123");
}

#[test]
fn says_where_a_value_is_none_of_its_parameter() {
    let with = |from: &str, to: &str| WRITTEN.replace(from, to);
    refused(&with("2018-10-31", "1"), "version is no date such as 2018-10-31 at byte 9");
    refused(&with("devices", "device"), "res has a level that no form has at byte 43");
    refused(&with("1597706627", "soon"), "et is no number of seconds at byte 67");
    refused(&with("1597706627", "01597706627"), "et is no number of seconds at byte 67");
    refused(&with("1597706627", "1597706627.5"), "et is no number of seconds at byte 77");
    refused(&with("md5", "MD5"), "method is none of md5, sha1 and sha256 at byte 85");
    refused(&with("Iab67", "Iab-7"), "sign is no Base64 at byte 97");
    refused(&with("Mxw%3D%3D", "Mxw"), "sign is no Base64 at byte 114");
    refused(&with("%2F321016", "%2G321016"), "res has % without two hex digits at byte 31");
    let error = Token::parse(&with("ESP", "%FF")).unwrap_err();
    assert_eq!(error.problem, TokenProblem::Escape(Parameter::Res, EscapeError::Utf8 { offset: 23 }));
}

#[test]
fn keeps_the_secret_out_of_debug_output() {
    let debug = format!("{:?}", parse(WRITTEN));
    assert!(debug.contains("ESP8266_01") && !debug.contains("Iab67") && !debug.contains("33"), "{debug}");
}

fn resource() -> impl Strategy<Value = Resource> {
    let name = "[^/\\p{Cc}]{1,12}";
    prop_oneof![
        (name, name).prop_map(|(product, device)| format!("products/{product}/devices/{device}")),
        name.prop_map(|product| format!("products/{product}")),
        name.prop_map(|user| format!("userid/{user}")),
        (name, name).prop_map(|(project, group)| format!("projectid/{project}/groupid/{group}")),
    ]
    .prop_map(|text| Resource::parse(&text).expect("made of names"))
}

proptest! {
    #[test]
    fn what_is_signed_and_written_is_read_and_verified(
        version in "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        res in resource(),
        et: u64,
        method in prop::sample::select(Method::ALL.as_slice()),
        bytes in prop::collection::vec(any::<u8>(), 1..100),
    ) {
        let key = Key::parse(&BASE64.encode(&bytes)).unwrap();
        let version = Version::parse(&version).unwrap();
        let token = Claims { version, res, et, method }.sign(&key);
        let read = parse(&token.write());
        prop_assert!(read.token.verify(&key));
        prop_assert_eq!(read, Parsed { token, oddities: Vec::new() });
    }

    #[test]
    fn any_text_is_a_token_or_wrong_at_a_place_inside_it(
        text in "((version|res|et|method|sign|\\PC)(=(md5|1|2018-10-31|products%2F1|[%2F+é/]{0,4}|\\PC{0,3}))?&?){0,7}",
    ) {
        if let Err(error) = Token::parse(&text) {
            prop_assert!(text.is_char_boundary(error.offset), "{}", error);
        }
    }

    #[test]
    fn a_token_cut_or_changed_anywhere_is_read_or_wrong_at_a_place_inside_it(
        at in 0..WRITTEN.len(), until in 0..WRITTEN.len(), new in "\\PC{0,2}",
    ) {
        let text = format!("{}{new}{}", &WRITTEN[..at.min(until)], &WRITTEN[at.max(until)..]);
        if let Err(error) = Token::parse(&text) {
            prop_assert!(text.is_char_boundary(error.offset), "{}", error);
        }
    }
}
