//! Every rule about messages, broken, on both platforms.

use super::super::super::Consequence;
use super::super::reading::MessageIds;
use super::*;
use crate::sys::{DeviceName, ProductId};

const GOOD: &[u8] = br#"{"id":123,"dp":{"temperature":[{"v":30,"t":1552289676}]}}"#;

fn check_as(publication: &Publication<'_>, platform: Platform, readings: &Readings) -> Vec<String> {
    let product = ProductId::parse("321016").unwrap();
    let device = Device { product, name: DeviceName::parse("ESP8266_01").unwrap() };
    let findings = check_publish(publication, &device, platform, readings);
    findings.iter().map(ToString::to_string).collect()
}

fn check(topic: &str, payload: &[u8]) -> Vec<String> {
    let publication = Publication { topic, payload, qos: 1, retain: false, dup: true };
    check_as(&publication, Platform::Suite, &Readings::default())
}

#[test]
fn finds_nothing_wrong_with_what_the_platform_takes() {
    for (topic, payload) in [
        ("$sys/321016/ESP8266_01/dp/post/json", GOOD),
        ("$subdev/321016/lamp/dp/post/json", GOOD),
        ("$subdev/321016/lamp/login", b""),
        ("$sys/321016/ESP8266_01/cmd/response/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a", b"opened"),
        ("$sys/321016/ESP8266_01/image/get", b""),
        ("$sys/321016/ESP8266_01/image/update", br#"{"state":{"reported":{"color":"red"}}}"#),
        ("$sys/321016/ESP8266_01/thing/json/up", b"{}"),
    ] {
        assert!(check(topic, payload).is_empty(), "{topic}");
    }
}

#[test]
fn finds_every_broken_rule_of_a_topic() {
    for (topic, finding) in [
        ("", "sys-topic-empty: topic is empty"),
        ("$sys/321016/ESP8266_01/dp/#", "sys-topic-characters: '#' at byte 26 is not allowed here"),
        ("$sys/321016/ESP8266_01/4/5/6/7/8/9", "sys-topic-levels: topic has 9 levels, the limit is 8"),
        ("$dp", "sys-topic-foreign: topic begins with neither $sys/ nor $subdev/"),
        ("app_topic", "sys-topic-foreign: topic begins with neither $sys/ nor $subdev/"),
        ("$sys/321016/other/dp/post/json", "sys-topic-foreign: names another device from byte 12 on"),
        (
            "$sys/321016/ESP8266_01/dp/post/xml",
            "sys-topic-unknown: the platform has no such topic from byte 31 on",
        ),
        (
            "$sys/321016/ESP8266_01/thing/property/post",
            "sys-topic-unknown: the platform has no such topic from byte 29 on",
        ),
        ("$sys/321016/ESP8266_01/cmd/request/7", "sys-topic-down"),
    ] {
        assert_eq!(check(topic, b""), [finding], "{topic}");
    }
}

#[test]
fn finds_every_broken_rule_of_a_message() {
    let topic = "$sys/321016/ESP8266_01/dp/post/json";
    let wrong = Publication { topic, payload: GOOD, qos: 2, retain: true, dup: true };
    assert_eq!(check_as(&wrong, Platform::Suite, &Readings::default()), ["sys-qos: found 2", "sys-retain"]);
    let repeated = Publication { qos: 0, retain: false, ..wrong };
    assert_eq!(check_as(&repeated, Platform::Suite, &Readings::default()), ["sys-dup"]);
    let large = vec![b' '; 256 * 1_024 + 1];
    assert_eq!(check(topic, &large), ["sys-payload-size: found 262145"]);
    let answer = "$sys/321016/ESP8266_01/cmd/response/7";
    assert_eq!(
        check(answer, &[b'x'; 1_024]),
        ["suite-answer-size: answer has 1024 bytes, the limit is 1023 at byte 1023"]
    );
    assert_eq!(
        check("$sys/321016/ESP8266_01/image/get", b"{}"),
        ["suite-image-get: payload has 2 bytes, it must be empty at byte 0"]
    );
}

#[test]
fn the_consequence_is_the_code_of_the_very_mistake() {
    let product = ProductId::parse("1").unwrap();
    let device = Device { product, name: DeviceName::parse("a").unwrap() };
    let consequence = |topic, payload| {
        let publication = Publication { topic, payload, qos: 0, retain: false, dup: false };
        let findings = check_publish(&publication, &device, Platform::Suite, &Readings::default());
        findings.iter().map(Finding::consequence).collect::<Vec<_>>()
    };
    assert_eq!(consequence("$sys/1/a/dp/post/json", b"{"), [Consequence::Reject(98)]);
    assert_eq!(consequence("$sys/1/a/image/update", b"{"), [Consequence::Reject(160)]);
    assert_eq!(consequence("$sys/1/a/image/update", b"{}"), [Consequence::Reject(163)]);
    assert_eq!(consequence("$sys/1/b/image/update", b"{}"), [Consequence::Close]);
}

#[test]
fn follows_the_readings() {
    let payload = br#"{"id":0,"dp":{}}"#;
    let topic = "$sys/321016/ESP8266_01/dp/post/json";
    assert_eq!(check(topic, payload), ["suite-message-id: found 0"]);
    let readings = Readings { message_ids: MessageIds::FromZero, ..Readings::default() };
    let publication = Publication { topic, payload, qos: 1, retain: false, dup: false };
    assert!(check_as(&publication, Platform::Suite, &readings).is_empty());
}

fn check_studio(rest: &str, payload: &str) -> Vec<String> {
    let topic = format!("$sys/321016/ESP8266_01/{rest}");
    let publication =
        Publication { topic: &topic, payload: payload.as_bytes(), qos: 0, retain: false, dup: false };
    check_as(&publication, Platform::Studio, &Readings::default())
}

#[test]
fn finds_nothing_wrong_with_what_the_studio_takes() {
    for (rest, payload) in [
        ("thing/property/post", r#"{"id":"123","version":"1.0","params":{"wendu":{"value":21.1}}}"#),
        ("thing/property/set_reply", r#"{"id":"7","code":200,"msg":"success"}"#),
        ("thing/sub/topo/get/result", r#"{"id":"7","code":200}"#),
        ("custome/up", "\u{1}"),
        // Nothing says that the platform minds.
        ("thing/property/post", r#"{"id":"1","params":{"wendu":{"value":1,"time":1524448722}}}"#),
    ] {
        assert!(check_studio(rest, payload).is_empty(), "{rest}");
    }
}

#[test]
fn finds_every_broken_rule_of_a_topic_of_the_studio() {
    for (rest, finding) in [
        ("thing/property/set", "sys-topic-down"),
        ("thing/property/post/reply", "sys-topic-down"),
        ("thing/x", "sys-topic-unknown: no topic of the thing model goes on like this at byte 29"),
        (
            "thing/property/set/reply",
            r#"sys-topic-unknown: the topic of this reply is "thing/property/set_reply""#,
        ),
        (
            "thing/service//invoke",
            "sys-topic-unknown: identifier is empty, in the level that begins at byte 37",
        ),
    ] {
        assert_eq!(check_studio(rest, "{"), [finding], "{rest}");
    }
    let of_another = |topic| {
        let publication = Publication { topic, payload: b"", qos: 0, retain: false, dup: false };
        check_as(&publication, Platform::Studio, &Readings::default())
    };
    assert_eq!(
        of_another("$sys/321016/x/thing/property/post"),
        ["sys-topic-foreign: names another device from byte 12 on"]
    );
    assert_eq!(
        of_another("$subdev/321016/ESP8266_01/login"),
        ["sys-topic-foreign: topic begins with neither $sys/ nor $subdev/"]
    );
}

#[test]
fn finds_every_broken_rule_of_a_message_of_the_studio() {
    for (rest, payload, finding) in [
        ("thing/property/post", r#"{"params":{}}"#, r#"studio-request: member "id" is missing at byte 0"#),
        (
            "thing/property/set_reply",
            r#"{"id":"7","code":"ok"}"#,
            "studio-reply: expected a whole number as code at byte 17",
        ),
        (
            "thing/event/post",
            r#"{"id":"1","params":{"alarm":{"value":2}}}"#,
            "studio-limits: params.alarm.value: expected an object, found a number",
        ),
    ] {
        assert_eq!(check_studio(rest, payload), [finding], "{rest}");
    }
    let large = " ".repeat(MAX_PAYLOAD + 1);
    assert_eq!(check_studio("thing/property/post", &large), ["sys-payload-size: found 262145"]);
}

#[test]
fn the_studio_has_codes_for_mistakes_of_requests_alone() {
    let product = ProductId::parse("1").unwrap();
    let device = Device { product, name: DeviceName::parse("a").unwrap() };
    let consequence = |topic, payload| {
        let publication = Publication { topic, payload, qos: 0, retain: false, dup: false };
        let findings = check_publish(&publication, &device, Platform::Studio, &Readings::default());
        findings.iter().map(Finding::consequence).collect::<Vec<_>>()
    };
    assert_eq!(consequence("$sys/1/a/thing/property/post", b"{"), [Consequence::Reject(301)]);
    assert_eq!(consequence("$sys/1/a/thing/property/post", b"{}"), [Consequence::Reject(312)]);
    let login = br#"{"id":"1","params":{"productID":"a b","deviceName":"c"}}"#;
    assert_eq!(consequence("$sys/1/a/thing/sub/login", login), [Consequence::Reject(307)]);
    assert_eq!(consequence("$sys/1/a/thing/property/set_reply", b"{}"), [Consequence::Ignore]);
    assert_eq!(consequence("$sys/1/a/thing/x", b"{}"), [Consequence::Close]);
}
