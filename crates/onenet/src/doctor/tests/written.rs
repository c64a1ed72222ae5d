//! How a token is written: what stands around it, its escapes, its parameters.

use super::*;

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
    let token = token().replace("%2Fdevices", "%2gdevices");
    check(
        &Case { key: None, ..case(&token) },
        &["password: escape of res at byte 44 is none (will be refused)"],
    );
}

#[test]
fn names_the_code_that_the_device_log_shows() {
    let code = |now, client_id, password: &str| {
        diagnose(&Case { now, client_id, ..case(password) })[0].problem.log_code()
    };
    let token = token();
    assert_eq!(code(NOW, DEVICE, ""), Some(1101));
    assert_eq!(code(NOW, DEVICE, KEY), Some(1103));
    assert_eq!(code(ET + 1, DEVICE, &token), Some(1104));
    assert_eq!(code(NOW, DEVICE, &token.replace("Ex%2B", "Ex%2F")), Some(1106));
    assert_eq!(code(NOW, DEVICE, &token.replace("sha1", "sha2")), Some(1110));
    assert_eq!(code(NOW, "your_tv", &token), Some(1114));
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
