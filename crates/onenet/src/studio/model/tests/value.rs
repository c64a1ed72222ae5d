//! Values against their types, and what a person types.

use expect_test::expect;

use super::{data_type, greenhouse};
use crate::data_point::Value;

/// What is said of a value of the greenhouse, with the code of the platform.
fn said(identifier: &str, json: &str) -> String {
    let problems = data_type(identifier).check(&Value::parse(json).unwrap());
    let told = problems.iter().map(|problem| match problem.code() {
        Some(code) => format!("{problem} ({})", code.0),
        None => format!("{problem} (-)"),
    });
    told.collect::<Vec<String>>().join("; ")
}

#[test]
fn values_that_fit_pass() {
    for (identifier, json) in [
        ("temperature", "21.1"),
        ("temperature", "-40"),
        ("temperature", "2.11e1"),
        ("fan", "true"),
        ("interval", "3600"),
        ("litres", "9223372036854775807"),
        ("pressure", "-1e-300"),
        ("mode", "2"),
        ("faults", "7"),
        ("label", r#""八个字的名字一号""#),
        ("watered", "1747458287111"),
        ("soil", r#"[{"depth":5,"moisture":0.1},{"moisture":0,"depth":200}]"#),
        ("soil", "[]"),
        ("photo", r#"{"any":"thing"}"#),
    ] {
        assert_eq!(said(identifier, json), "", "{identifier} {json}");
    }
}

#[test]
fn values_that_do_not_fit_are_told_with_path_and_limit() {
    let mut told = String::new();
    for (identifier, json) in [
        ("temperature", "85.1"),
        ("temperature", "-40.1"),
        ("temperature", "21.15"),
        ("temperature", r#""21""#),
        ("pressure", "1e309"),
        ("fan", "1"),
        ("interval", "7"),
        ("interval", "10.0"),
        ("interval", "1e1"),
        ("interval", "2147483648"),
        ("litres", "9223372036854775808"),
        ("litres", "-1"),
        ("mode", "4"),
        ("mode", "1.0"),
        ("faults", "8"),
        ("faults", "-1"),
        ("label", r#""nine char""#),
        ("label", "null"),
        ("watered", r#""2024-01-01""#),
        ("soil", r#"[{"depth":5},{"depth":201,"moisture":0,"salt":1},{}]"#),
        ("soil", r#"{"depth":5}"#),
    ] {
        told += &format!("{identifier} {json}: {}\n", said(identifier, json));
    }
    expect![[r#"
        temperature 85.1: is greater than 85 (302)
        temperature -40.1: is less than -40 (302)
        temperature 21.15: is not in steps of 0.1 (-)
        temperature "21": expected a number, found a string (302)
        pressure 1e309: is greater than 1.7976931348623157e308 (302)
        fan 1: expected a boolean, found a number (302)
        interval 7: is not in steps of 5 (-)
        interval 10.0: expected a whole number (302)
        interval 1e1: expected a whole number (302)
        interval 2147483648: is greater than 3600 (302)
        litres 9223372036854775808: is greater than 9223372036854775807 (302)
        litres -1: is less than 0 (302)
        mode 4: is none of 1, 2, 3 (302)
        mode 1.0: is none of 1, 2, 3 (302)
        faults 8: is greater than 7 (302)
        faults -1: is less than 0 (302)
        label "nine char": has 9 characters, the limit is 8 (302)
        label null: expected a string, found null (302)
        watered "2024-01-01": expected a number, found a string (302)
        soil [{"depth":5},{"depth":201,"moisture":0,"salt":1},{}]: has 3 elements, the limit is 2 (302); [0]: member "moisture" is missing (-); [1].depth: is greater than 200 (302); [1].salt: the thing model has no such identifier (309); [2]: member "depth" is missing (-); [2]: member "moisture" is missing (-)
        soil {"depth":5}: expected an array, found an object (302)
    "#]].assert_eq(&told);
}

#[test]
fn every_default_fits_its_type() {
    let mut told = String::new();
    for property in greenhouse().properties {
        let value = property.data_type.default_value();
        assert_eq!(property.data_type.check(&value), []);
        told += &format!("{} {value}\n", property.identifier);
    }
    expect![[r#"
        temperature 0
        fan false
        interval 5
        litres 0
        pressure 0
        mode 1
        faults 0
        label ""
        watered 0
        soil [{"depth":0,"moisture":0}]
        $OneNET_LBS [0]
        photo null
    "#]]
    .assert_eq(&told);
}

#[test]
fn takes_what_a_person_types() {
    let mut told = String::new();
    for (identifier, text) in [
        ("temperature", " 21.10 "),
        ("temperature", "21,1"),
        ("temperature", "+5"),
        ("temperature", "true"),
        ("litres", "9223372036854775807"),
        ("fan", "开"),
        ("fan", "0"),
        ("fan", "maybe"),
        ("mode", "3"),
        ("mode", "自动"),
        ("mode", ""),
        ("label", " \"a\" "),
        ("soil", "[ {} ]"),
        ("soil", "[{]"),
        ("soil", "5"),
        ("photo", "x"),
    ] {
        match data_type(identifier).parse(text) {
            Ok(value) => told += &format!("{identifier} {text:?}: {value}\n"),
            Err(fault) => told += &format!("{identifier} {text:?} is wrong: {fault}\n"),
        }
    }
    expect![[r#"
        temperature " 21.10 ": 21.10
        temperature "21,1" is wrong: expected a number such as 12 or -0.5
        temperature "+5" is wrong: expected a number such as 12 or -0.5
        temperature "true" is wrong: expected a number such as 12 or -0.5
        litres "9223372036854775807": 9223372036854775807
        fan "开": true
        fan "0": false
        fan "maybe" is wrong: is none of true, false
        mode "3": 3
        mode "自动": 1
        mode "" is wrong: is none of 1, 2, 3
        label " \"a\" ": " \"a\" "
        soil "[ {} ]": [ {} ]
        soil "[{]" is wrong: not JSON at line 1 column 3
        soil "5" is wrong: expected an array, found a number
        photo "x": "x"
    "#]]
    .assert_eq(&told);
}
