//! Signatures that are wrong, and how they came about.

use super::*;

/// A login whose token has this text as signature.
#[track_caller]
fn check_sign(sign: &str, diagnoses: &[&str]) {
    let token = with_sign(sign);
    check(&case(&token), diagnoses);
}

fn with_sign(sign: &str) -> String {
    let token = token();
    let until = token.find("sign=").unwrap();
    format!("{}sign={}", &token[..until], escape(sign))
}

/// A login whose signature is the SHA-1 HMAC of this text.
#[track_caller]
fn check_text(text: &str, mistakes: &str) {
    let sign = BASE64.encode(&Method::Sha1.mac(key().bytes(), text.as_bytes()));
    check_sign(&sign, &[&format!("password: sign was made with {mistakes} (will be refused)")]);
}

const TEXT: &str = "1800000000\nsha1\nproducts/VRqhDHF2wL/devices/my_tv\n2018-10-31";

#[test]
fn made_with_the_text_of_the_key() {
    let sign = BASE64.encode(&Method::Sha1.mac(KEY.as_bytes(), TEXT.as_bytes()));
    check_sign(
        &sign,
        &["password: sign was made with the text of the key instead of its bytes (will be refused)"],
    );
}

#[test]
fn made_of_escaped_res() {
    check_text(&TEXT.replace('/', "%2F"), "res with its escapes");
}

#[test]
fn made_by_another_hash_than_the_token_names() {
    for (text, mistakes) in [
        (TEXT.to_owned(), "the hash md5"),
        (TEXT.replace("sha1", "md5"), "the hash md5, the method name \"md5\""),
    ] {
        let sign = BASE64.encode(&Method::Md5.mac(key().bytes(), text.as_bytes()));
        check_sign(&sign, &[&format!("password: sign was made with {mistakes} (will be refused)")]);
    }
    // Without the key, its length tells.
    let token = with_sign(&BASE64.encode(&[7; 16]));
    check(
        &Case { key: None, ..case(&token) },
        &["password: sign has 16 bytes, sha1 makes 20 (will be refused)"],
    );
}

#[test]
fn made_with_other_line_breaks() {
    check_text(&format!("{TEXT}\n"), "a line break behind the last line");
    check_text(&TEXT.replace('\n', "\r\n"), "carriage returns");
    check_text(&TEXT.replace('\n', "\\n"), "backslash and n for line breaks");
    check_text(&TEXT.replace('\n', ""), "no line breaks");
}

#[test]
fn made_of_other_values_or_in_another_order() {
    check_text(
        "2018-10-31\nproducts/VRqhDHF2wL/devices/my_tv\n1800000000\nsha1",
        "the values in the order of the token",
    );
    check_text(&TEXT.replace("/devices/my_tv", ""), "the product alone as res");
    check_text(&TEXT.replace("1800000000", "1800000000000"), "et in milliseconds");
    check_text(&TEXT.replace("2018-10-31", "2022-05-01"), "the version 2022-05-01");
}

#[test]
fn made_with_two_mistakes_at_once() {
    let text = TEXT.replace('/', "%2F") + "\n";
    check_text(&text, "res with its escapes, a line break behind the last line");
    let sign = BASE64.encode(&Method::Sha1.mac(KEY.as_bytes(), format!("{TEXT}\n").as_bytes()));
    check_sign(
        &sign,
        &["password: sign was made with the text of the key instead of its bytes, \
            a line break behind the last line (will be refused)"],
    );
}

#[test]
fn made_for_the_device_of_the_form_while_res_names_another() {
    let other = token().replace("my_tv", "your_tv");
    check(
        &case(&other),
        &[
            "password: res names another device: \"your_tv\" in the token, \"my_tv\" in the form, \
            different from byte 0 on (will be refused)",
            "password: sign was made with the device of the form as res (will be refused)",
        ],
    );
}

#[test]
fn made_with_nothing_known_says_what_was_tried() {
    let token = with_sign(&BASE64.encode(&[7; 20]));
    let found = diagnose(&case(&token));
    let [Diagnosis { problem: Problem::SignUnknown { tried }, .. }] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert!(tried.contains(&Mistake::KeyText) && tried.contains(&Mistake::LastLineBreak), "{tried:?}");
    assert_eq!(found[0].remedy(), Remedy::CheckKey);
}

#[test]
fn written_in_hex() {
    let digest = claims().sign(&key()).sign;
    check_sign(&HEXLOWER.encode(&digest), &["password: sign is hex, not Base64 (will be refused)"]);
    check_sign(
        &BASE64.encode(HEXLOWER.encode(&digest).as_bytes()),
        &["password: sign is the Base64 of a hex text, not of the digest (will be refused)"],
    );
}

#[test]
fn written_in_the_url_safe_alphabet() {
    let sign = BASE64URL.encode(&claims().sign(&key()).sign);
    check_sign(&sign, &["password: sign is url-safe Base64, first at byte 2 of it (will be refused)"]);
}

#[test]
fn written_without_padding_or_no_base64_at_all() {
    let sign = claims().sign(&key()).sign_text();
    check_sign(
        sign.trim_end_matches('='),
        &["password: sign has 0 of 1 padding characters (will be refused)"],
    );
    check_sign("Iab*7", &["password: sign is no Base64 at byte 3 of it (will be refused)"]);
}

#[test]
fn copied_from_the_official_examples() {
    check_sign(
        "ZjA1NzZlMmMxYzIOTg3MjBzNjYTI2MjA4Yw=",
        &["password: sign is the placeholder of the official examples (will be refused)"],
    );
}
