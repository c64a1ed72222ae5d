//! Messages of every topic as they stand in the documents, and what is said of wrong ones.

use expect_test::{Expect, expect};

use super::super::topic::Topic;
use super::*;

/// Reads, checks that writing gives the same text, and shows what was read.
#[track_caller]
fn check_same(topic: &str, text: &str) -> Message {
    let topic = Topic::parse(topic).unwrap();
    let message = Message::decode(&topic, text.as_bytes()).unwrap();
    assert_eq!(String::from_utf8(message.encode()).unwrap(), text);
    if let Message::Request(request) = &message {
        assert_eq!(request.topic(), topic);
        assert_eq!(request.check_limits(), []);
    }
    message
}

#[test]
fn reads_and_writes_a_message_of_every_topic() {
    for (topic, text) in [
        (
            "thing/property/post",
            r#"{"id":"123","version":"1.0","params":{"power":{"value":"on","time":1524448722123},"wf":{"value":23.60}}}"#,
        ),
        ("thing/property/post/reply", r#"{"id":"123","code":200,"msg":"success"}"#),
        (
            "thing/property/set",
            r#"{"id":"007","version":"1.0","params":{"switch":1,"t":12345678901234567890.10}}"#,
        ),
        ("thing/property/set_reply", r#"{"id":"7","code":200,"msg":"好的"}"#),
        ("thing/property/get", r#"{"id":"7","params":["a","b"]}"#),
        ("thing/property/get_reply", r#"{"id":"7","code":200,"msg":"","data":{"a":1,"b":[2,{}]}}"#),
        ("thing/property/desired/get", r#"{"id":"1","version":"1.0","params":["power"]}"#),
        (
            "thing/property/desired/get/reply",
            r#"{"id":"1","code":200,"msg":"x","data":{"power":{"value":"on","version":2}}}"#,
        ),
        (
            "thing/property/desired/delete",
            r#"{"id":"1","version":"1.0","params":{"power":{"version":1},"temperature":{}}}"#,
        ),
        ("thing/property/desired/delete/reply", r#"{"id":"1","code":309}"#),
        (
            "thing/event/post",
            r#"{"id":"1","version":"1.0","params":{"alarm":{"value":{"level":2},"time":1524448722123}}}"#,
        ),
        ("thing/service/reboot/invoke", r#"{"id":"1","version":"1.0","params":{"delay":5}}"#),
        ("thing/service/reboot/invoke_reply", r#"{"id":"1","code":200,"msg":"success","data":{"up":true}}"#),
        (
            "thing/pack/post",
            r#"{"id":"1","version":"1.0","params":[{"identity":{"productID":"p","deviceName":"d"},"properties":{"a":{"value":1}},"events":{"e":{"value":{}}}},{"properties":{"b":{"value":2}}}]}"#,
        ),
        ("thing/pack/post/reply", r#"{"id":"1","code":200,"msg":"success"}"#),
        (
            "thing/history/post",
            r#"{"id":"1","version":"1.0","params":[{"properties":{"a":[{"value":1,"time":1},{"value":2,"time":2}],"b":[]},"events":{"e":[{"value":{"k":0},"time":3}]}}]}"#,
        ),
        ("thing/sub/login", r#"{"id":"1","version":"1.0","params":{"deviceName":"d","productID":"p"}}"#),
        ("thing/sub/logout", r#"{"id":"1","version":"1.0","params":{"deviceName":"d","productID":"p"}}"#),
        (
            "thing/sub/topo/add",
            r#"{"id":"1","version":"1.0","params":{"deviceName":"d","productID":"p","sasToken":"version=1"}}"#,
        ),
        (
            "thing/sub/topo/delete",
            r#"{"id":"1","version":"1.0","params":{"deviceName":"d","productID":"p","sasToken":"version=1"}}"#,
        ),
        ("thing/sub/topo/get", r#"{"id":"1","version":"1.0"}"#),
        (
            "thing/sub/topo/get/reply",
            r#"{"id":"1","code":200,"msg":"x","data":[{"deviceName":"d","productID":"p"}]}"#,
        ),
        ("thing/sub/topo/get/result", r#"{"id":"1","code":200}"#),
        (
            "thing/sub/topo/change",
            r#"{"id":"1","version":"1.0","params":{"subList":[{"deviceName":"d","productID":"p"}]}}"#,
        ),
        (
            "thing/sub/property/get",
            r#"{"id":"1","version":"1.0","params":{"deviceName":"d","productID":"p","params":["t"]}}"#,
        ),
        (
            "thing/sub/property/set",
            r#"{"id":"1","version":"1.0","params":{"deviceName":"d","productID":"p","params":{"t":30.5}}}"#,
        ),
        (
            "thing/sub/service/invoke",
            r#"{"id":"1","version":"1.0","params":{"deviceName":"d","productID":"p","identifier":"s","input":{"a":1}}}"#,
        ),
        (
            "thing/sub/service/invoke_reply",
            r#"{"id":"1","code":200,"msg":"x","data":{"deviceName":"d","productID":"p","identifier":"s","output":{"r":"on"}}}"#,
        ),
        ("ota/inform", r#"{"id":"1","version":"1.0"}"#),
        ("ota/inform_reply", r#"{"id":"1","code":200,"msg":"success"}"#),
        ("custome/up", "any \u{1} bytes"),
    ] {
        check_same(topic, text);
    }
}

#[test]
fn members_may_stand_in_any_order_among_others() {
    let topic = Topic::parse("thing/property/post").unwrap();
    let text = br#" { "params" : { "t" : { "time":1, "unit":"C", "value" : 1.50 } } , "x":0, "id":"1" } "#;
    let message = Message::decode(&topic, text).unwrap();
    let written = String::from_utf8(message.encode()).unwrap();
    assert_eq!(written, r#"{"id":"1","params":{"t":{"value":1.50,"time":1}}}"#);
}

#[test]
fn says_which_byte_is_wrong_and_what_the_platform_calls_it() {
    let mut told = String::new();
    for (topic, text) in [
        ("thing/property/post", ""),
        ("thing/property/post", r#"{"id":"1","params":{"t":{"value":}}}"#),
        ("thing/property/post", "[]"),
        ("thing/property/post", r#"{"params":{}}"#),
        ("thing/property/post", r#"{"id":1,"params":{}}"#),
        ("thing/property/post", r#"{"id":"12345678901234","params":{}}"#),
        ("thing/property/post", r#"{"id":"abc","params":{}}"#),
        ("thing/property/post", r#"{"id":"1","version":1.0,"params":{}}"#),
        ("thing/property/post", r#"{"id":"1","version":"1.0"}"#),
        ("thing/property/post", r#"{"id":"1","params":{"t":30.5}}"#),
        ("thing/property/post", r#"{"id":"1","params":{"t":{"v":30.5}}}"#),
        ("thing/property/post", r#"{"id":"1","params":{"t":{"value":1,"time":"now"}}}"#),
        ("thing/property/post", r#"{"id":"1","params":{"":{"value":1}}}"#),
        ("thing/property/get", r#"{"id":"1","params":{"t":1}}"#),
        ("thing/property/set_reply", r#"{"id":"1","msg":"ok"}"#),
        ("thing/property/set_reply", r#"{"id":"1","code":"200"}"#),
        ("thing/sub/login", r#"{"id":"1","params":{"productID":"p"}}"#),
        ("thing/history/post", r#"{"id":"1","params":[{"properties":{"t":{}}}]}"#),
    ] {
        let topic = Topic::parse(topic).unwrap();
        let error = Message::decode(&topic, text.as_bytes()).unwrap_err();
        assert!(error.offset <= text.len());
        told += &format!("{text}\n    {} {error}\n", error.code().0);
    }
    expect![[r#"

            301 not JSON (line 1, column 1): found the end at byte 0
        {"id":"1","params":{"t":{"value":}}}
            301 not JSON (line 1, column 34): found '}' at byte 33
        []
            301 expected an object as payload, found an array at byte 0
        {"params":{}}
            312 member "id" is missing at byte 0
        {"id":1,"params":{}}
            312 expected a string of digits as id, found a number at byte 6
        {"id":"12345678901234","params":{}}
            312 message id has 14 digits, the limit is 13 at byte 6
        {"id":"abc","params":{}}
            312 'a' at byte 0 of the message id is not a digit at byte 6
        {"id":"1","version":1.0,"params":{}}
            301 expected a string as version, found a number at byte 20
        {"id":"1","version":"1.0"}
            301 member "params" is missing at byte 0
        {"id":"1","params":{"t":30.5}}
            302 t is a number, expected {"value":…} around it at byte 24
        {"id":"1","params":{"t":{"v":30.5}}}
            301 member "value" is missing at byte 24
        {"id":"1","params":{"t":{"value":1,"time":"now"}}}
            302 expected a whole number without sign as time at byte 42
        {"id":"1","params":{"":{"value":1}}}
            309 identifier is empty at byte 23
        {"id":"1","params":{"t":1}}
            301 expected an array as params, found an object at byte 19
        {"id":"1","msg":"ok"}
            301 member "code" is missing at byte 0
        {"id":"1","code":"200"}
            304 expected a whole number as code at byte 17
        {"id":"1","params":{"productID":"p"}}
            307 member "deviceName" is missing at byte 19
        {"id":"1","params":[{"properties":{"t":{}}}]}
            301 expected an array as a history, found an object at byte 39
    "#]]
    .assert_eq(&told);
}

#[test]
fn finds_the_id_to_repeat_whatever_else_is_wrong() {
    let id = |text: &str| Message::id_of(text.as_bytes()).map(|id| id.to_string());
    assert_eq!(id(r#"{"params":7,"id":"12"}"#).as_deref(), Some("12"));
    assert_eq!(id(r#"{"id":12}"#), None);
    assert_eq!(id("{"), None);
}

#[test]
fn shows_no_token_of_a_sub_device() {
    let message = check_same(
        "thing/sub/topo/add",
        r#"{"id":"1","params":{"deviceName":"d","productID":"p","sasToken":"sign=secret"}}"#,
    );
    assert!(!format!("{message:?}").contains("secret"));
}

/// What is said of the limits of a good payload, which it breaks.
#[track_caller]
fn check_limits(topic: &str, params: &str, said: Expect) {
    let topic = Topic::parse(topic).unwrap();
    let text = format!(r#"{{"id":"1","params":{params}}}"#);
    let Message::Request(request) = Message::decode(&topic, text.as_bytes()).unwrap() else {
        panic!("{topic} is no request");
    };
    let mut told = String::new();
    for problem in request.check_limits() {
        assert!(problem.path.locate(&text).is_some(), "{}", problem.path);
        told += &match problem.code() {
            Some(code) => format!("{problem} ({})\n", code.0),
            None => format!("{problem} (-)\n"),
        };
    }
    said.assert_eq(&told);
}

#[test]
fn says_which_limit_a_message_breaks() {
    let many =
        |count: usize, one: &dyn Fn(usize) -> String| (0..count).map(one).collect::<Vec<String>>().join(",");
    let devices = many(11, &|n| {
        format!(
            r#"{{"identity":{{"productID":"p","deviceName":"d{n}"}},"properties":{{"a":{{"value":1}}}}}}"#
        )
    });
    check_limits(
        "thing/pack/post",
        &format!("[{devices}]"),
        expect![[r#"
            params: names 11 devices, the limit is 10 (313)
        "#]],
    );
    let points = |from: usize| many(60, &|n| format!(r#""p{}":{{"value":1}}"#, n + from));
    let batches = format!(r#"[{{"properties":{{{}}}}},{{"properties":{{{}}}}}]"#, points(0), points(60));
    check_limits(
        "thing/pack/post",
        &batches,
        expect![[r#"
            params[1]: has 120 entries, the limit is 100 (313)
        "#]],
    );
    check_limits("thing/property/post", &format!("{{{},{}}}", points(0), points(60)), expect![""]);
    let moments = many(101, &|n| format!(r#"{{"value":{n}}}"#));
    let series = format!(r#"[{{"properties":{{"a":[{moments}]}},"events":{{"e":[{{"value":1}}]}}}}]"#);
    check_limits(
        "thing/history/post",
        &series,
        expect![[r#"
            params[0].properties.a: has 101 entries, the limit is 100 (313)
            params[0].events.e[0].value: expected an object, found a number (302)
        "#]],
    );
    let names = many(51, &|n| format!(r#""p{n}""#));
    let get = format!(r#"{{"deviceName":"d d","productID":"","params":[{names}]}}"#);
    check_limits(
        "thing/sub/property/get",
        &get,
        expect![[r#"
            params.productID: is no product ID (307)
            params.deviceName: is no device name (307)
            params.params: has 51 entries, the limit is 50 (313)
        "#]],
    );
    check_limits(
        "thing/property/set",
        r#"{"a":1,"b":2,"a":3}"#,
        expect![[r#"
            params.a: identifier is repeated (-)
        "#]],
    );
    check_limits(
        "thing/property/post",
        r#"{"a":{"value":1,"time":1524448722}}"#,
        expect![[r#"
            params.a.time: is a time in seconds, expected milliseconds (-)
        "#]],
    );
    check_limits(
        "thing/event/post",
        r#"{"e":{"value":1}}"#,
        expect![[r#"
            params.e.value: expected an object, found a number (302)
        "#]],
    );
}
