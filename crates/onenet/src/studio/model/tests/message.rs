//! Messages against the thing model.

use expect_test::{Expect, expect};

use super::super::*;
use super::greenhouse;
use crate::studio::{Function, Identifier, Message, Params, Topic};

/// What is said of a payload.
#[track_caller]
fn check_message(topic: &str, text: &str, said: Expect) {
    let topic = Topic::parse(topic).unwrap();
    let model = greenhouse();
    let problems = match Message::decode(&topic, text.as_bytes()).unwrap() {
        Message::Request(request) => model.check(&request),
        Message::Reply(reply) => model.check_reply(topic.function(), &reply),
        Message::Custom(_) => Vec::new(),
    };
    let mut told = String::new();
    for problem in problems {
        assert!(problem.path.locate(text).is_some(), "{}", problem.path);
        told += &format!("{problem}\n");
    }
    said.assert_eq(&told);
}

#[test]
fn messages_are_compared_with_the_thing_model() {
    check_message(
        "thing/property/post",
        r#"{"id":"1","params":{"temperature":{"value":99},"humidity":{"value":1},"fan":{"value":true}}}"#,
        expect![[r#"
            params.temperature.value: is greater than 85
            params.humidity: the thing model has no such identifier
        "#]],
    );
    check_message(
        "thing/property/set",
        r#"{"id":"1","params":{"temperature":20,"fan":"on","mode":1}}"#,
        expect![[r#"
            params.temperature: property is read only
            params.fan: expected a boolean, found a string
        "#]],
    );
    check_message(
        "thing/property/get",
        r#"{"id":"1","params":["fan","sun"]}"#,
        expect![[r#"
            params[1]: the thing model has no such identifier
        "#]],
    );
    check_message(
        "thing/property/desired/delete",
        r#"{"id":"1","params":{"sun":{},"fan":{}}}"#,
        expect![[r#"
            params.sun: the thing model has no such identifier
        "#]],
    );
    check_message(
        "thing/event/post",
        r#"{"id":"1","params":{"dry":{"value":{"level":101,"why":1}},"wet":{"value":{}}}}"#,
        expect![[r#"
            params.dry.value.level: is greater than 100
            params.dry.value.why: the thing model has no such identifier
            params.dry.value: member "text" is missing
            params.wet: the thing model has no such identifier
        "#]],
    );
    check_message(
        "thing/service/water/invoke",
        r#"{"id":"1","params":{"seconds":0}}"#,
        expect![[r#"
            params.seconds: is less than 1
        "#]],
    );
    check_message(
        "thing/service/fly/invoke",
        r#"{"id":"1","params":{}}"#,
        expect![[r#"
            the thing model has no such identifier
        "#]],
    );
    check_message(
        "thing/service/water/invoke_reply",
        r#"{"id":"1","code":200,"data":{"liters":1}}"#,
        expect![[r#"
            data.liters: the thing model has no such identifier
            data: member "litres" is missing
        "#]],
    );
    check_message(
        "thing/property/get_reply",
        r#"{"id":"1","code":200,"data":{"mode":9,"sun":1}}"#,
        expect![[r#"
            data.mode: is none of 1, 2, 3
            data.sun: the thing model has no such identifier
        "#]],
    );
    check_message(
        "thing/property/desired/get/reply",
        r#"{"id":"1","code":200,"data":{"mode":{"value":9,"version":1}}}"#,
        expect![[r#"
            data.mode.value: is none of 1, 2, 3
        "#]],
    );
}

#[test]
fn of_packs_and_histories_only_the_own_batches_are_compared() {
    check_message(
        "thing/pack/post",
        r#"{"id":"1","params":[{"identity":{"productID":"p","deviceName":"d"},"properties":{"x":{"value":1}}},{"properties":{"mode":{"value":9}},"events":{"dry":{"value":{"level":"low","text":""}}}}]}"#,
        expect![[r#"
            params[1].properties.mode.value: is none of 1, 2, 3
            params[1].events.dry.value.level: expected a number, found a string
        "#]],
    );
    check_message(
        "thing/history/post",
        r#"{"id":"1","params":[{"properties":{"mode":[{"value":1},{"value":9}],"sun":[]},"events":{"dry":[{"value":{"level":0,"text":""}},{"value":0}]}}]}"#,
        expect![[r#"
            params[0].properties.mode[1].value: is none of 1, 2, 3
            params[0].properties.sun: the thing model has no such identifier
            params[0].events.dry[1].value: expected an object, found a number
        "#]],
    );
}

#[test]
fn a_service_is_called_with_its_defaults() {
    let identifier = Identifier::parse("water").unwrap();
    let model = greenhouse();
    let service = model.service(&identifier).unwrap();
    let input = default_object(&service.input);
    let text = format!(r#"{{"id":"1","params":{input}}}"#);
    let topic = Topic::Request(Function::Service(identifier));
    let Message::Request(request) = Message::decode(&topic, text.as_bytes()).unwrap() else { panic!() };
    assert!(matches!(request.params, Params::Service { .. }));
    assert_eq!(model.check(&request), []);
}
