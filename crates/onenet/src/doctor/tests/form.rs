//! Which value goes into which field, and which platform they belong to.

use super::*;

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
fn a_token_that_has_product_and_device_exchanged_is_blamed_itself() {
    let swapped = |product: &str, device: &str| {
        let res = Resource::device(device, product).unwrap();
        Claims { res, ..claims() }.sign(&key()).write()
    };
    let token = swapped(PRODUCT, DEVICE);
    let told = "password: res has product and device exchanged (will be refused)";
    check(&case(&token), &[told]);
    assert_eq!(remedies(&case(&token)), [Remedy::SignAnew]);
    check(&Case { client_id: "tv1", ..case(&swapped(PRODUCT, "tv1")) }, &[told]);
    // In both places.
    check(
        &Case { client_id: PRODUCT, username: DEVICE, ..case(&token) },
        &[told, "client id: client id and user name are exchanged (probably)"],
    );
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
