//! Devices of the studio (reference §3.2, §3.3): what they say, and what the platform answers.

use expect_test::expect;
use simulator::Platform;

use crate::script::*;
use crate::tokens::*;

pub const ID: &str = "VRqhDHF2wL/my_tv";

/// A temperature that is read, a switch that is set, an event and a service.
pub const MODEL: &str = r#"{
    "properties": [
        {"identifier":"temperature","name":"温度","accessMode":"r","functionType":"u","dataType":{"type":"int32","specs":{"min":"-40","max":"85","step":"1","unit":""}}},
        {"identifier":"power","name":"开关","accessMode":"rw","functionType":"u","dataType":{"type":"bool","specs":{"true":"开","false":"关"}}}
    ],
    "events": [
        {"identifier":"alarm","name":"告警","eventType":"alert","functionType":"u","outputData":[{"identifier":"level","name":"级别","dataType":{"type":"int32","specs":{"min":"0","max":"9","step":"1"}}}]}
    ],
    "services": [
        {"identifier":"blink","name":"闪烁","callType":"s","functionType":"u","input":[{"identifier":"times","name":"次数","dataType":{"type":"int32","specs":{"min":"1","max":"9","step":"1"}}}],"output":[]}
    ]
}"#;

/// The script behind a login.
#[track_caller]
pub fn check_studio(script: impl IntoIterator<Item = Step>, expect: expect_test::Expect) -> Platform {
    check_with(two_devices(), studio_device().into_iter().chain(script), expect)
}

#[test]
fn stores_properties_and_replies_to_who_is_subscribed() {
    let platform = check_studio(
        [
            // As it was captured (reference §6).
            studio("thing/property/post", r#"{"id": "123","version" : "1.0","params": {"wendu": {"value": 21.1}}}"#),
            send(
                1,
                publish(
                    "$sys/VRqhDHF2wL/my_tv/thing/property/post",
                    9,
                    br#"{"id":"124","params":{"wendu":{"value":22.10,"time":1597622400123},"on":{"value":true}}}"#,
                ),
            ),
            send(1, unsubscribe(2, "$sys/VRqhDHF2wL/my_tv/#")),
            studio("thing/property/post", r#"{"id":"125","params":{}}"#),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 VRqhDHF2wL/my_tv
            1 ← SUBACK 1 [00]
              event  Subscribed VRqhDHF2wL/my_tv ["$sys/VRqhDHF2wL/my_tv/#"]
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/post/reply QoS 0 id 0 {"id":"123","code":200,"msg":"success"}
              event  Stored 1 VRqhDHF2wL/my_tv 1
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/post: taken, told
            1 ← PUBACK 9
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/post/reply QoS 0 id 0 {"id":"124","code":200,"msg":"success"}
              event  Stored 1 VRqhDHF2wL/my_tv 2
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/post: taken, told
            1 ← UNSUBACK 2
              event  Unsubscribed VRqhDHF2wL/my_tv ["$sys/VRqhDHF2wL/my_tv/#"]
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/post: taken, not subscribed
        "#]],
    );
    expect![[r#"
        on 2020-08-17 08:00:00.000 true
        wendu 2020-08-17 08:00:00.000 21.1
        wendu 2020-08-17 08:00:00.123 22.10
    "#]]
    .assert_eq(&stored(&platform, ID));
}

#[test]
fn refuses_what_cannot_be_read_with_the_device_log_s_codes() {
    check_studio(
        [
            studio("thing/property/post", "{"),
            studio("thing/property/post", r#"{"id":1,"params":{}}"#),
            studio("thing/property/post", r#"{"id":"7","params":[]}"#),
            studio("thing/property/post", r#"{"id":"8","params":{"a":1}}"#),
            studio("thing/property/post", r#"{"params":{}}"#),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 VRqhDHF2wL/my_tv
            1 ← SUBACK 1 [00]
              event  Subscribed VRqhDHF2wL/my_tv ["$sys/VRqhDHF2wL/my_tv/#"]
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/post/reply QoS 0 id 0 {"id":"0","code":301,"msg":"json format error"}
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/post: refused 301 not JSON (line 1, column 2): found the end at byte 1, told
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/post/reply QoS 0 id 0 {"id":"0","code":312,"msg":"invalid msg id"}
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/post: refused 312 expected a string of digits as id, found a number at byte 6, told
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/post/reply QoS 0 id 0 {"id":"7","code":301,"msg":"json format error"}
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/post: refused 301 expected an object as params, found an array at byte 19, told
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/post/reply QoS 0 id 0 {"id":"8","code":302,"msg":"data type error"}
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/post: refused 302 a is a number, expected {"value":…} around it at byte 24, told
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/post/reply QoS 0 id 0 {"id":"0","code":312,"msg":"invalid msg id"}
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/post: refused 312 member "id" is missing at byte 0, told
        "#]],
    );
}

#[test]
fn checks_values_against_the_thing_model() {
    let script = [
        studio("thing/property/post", r#"{"id":"1","params":{"temperature":{"value":20}}}"#),
        studio("thing/property/post", r#"{"id":"2","params":{"temperature":{"value":"20"}}}"#),
        studio(
            "thing/property/post",
            r#"{"id":"3","params":{"temperature":{"value":20},"wendu":{"value":20}}}"#,
        ),
        studio(
            "thing/property/post",
            r#"{"id":"4","params":{"temperature":{"value":20,"time":1597622400}}}"#,
        ),
        studio("thing/event/post", r#"{"id":"5","params":{"alarm":{"value":{"level":10}}}}"#),
        studio(
            "thing/event/post",
            r#"{"id":"6","params":{"alarm":{"value":{"level":9},"time":1597622400123}}}"#,
        ),
    ];
    let platform = check_with(
        with_model(MODEL),
        studio_device().into_iter().chain(script),
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  LoggedIn 1 VRqhDHF2wL/my_tv
        1 ← SUBACK 1 [00]
          event  Subscribed VRqhDHF2wL/my_tv ["$sys/VRqhDHF2wL/my_tv/#"]
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/post/reply QoS 0 id 0 {"id":"1","code":200,"msg":"success"}
          event  Stored 1 VRqhDHF2wL/my_tv 1
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/post: taken, told
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/post/reply QoS 0 id 0 {"id":"2","code":302,"msg":"data type error"}
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/post: refused 302 params.temperature.value: expected a number, found a string, told
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/post/reply QoS 0 id 0 {"id":"3","code":309,"msg":"identifier not exist"}
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/post: refused 309 params.wendu: the thing model has no such identifier, told
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/post/reply QoS 0 id 0 {"id":"4","code":200,"msg":"success"}
          event  Stored 1 VRqhDHF2wL/my_tv 1
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/post: taken, though params.temperature.time: is a time in seconds, expected milliseconds, told
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/event/post/reply QoS 0 id 0 {"id":"5","code":302,"msg":"data type error"}
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/event/post: refused 302 params.alarm.value.level: is greater than 9, told
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/event/post/reply QoS 0 id 0 {"id":"6","code":200,"msg":"success"}
          event  EventPosted VRqhDHF2wL/my_tv alarm {"level":9} 2020-08-17 08:00:00.123
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/event/post: taken, told
    "#]],
    );
    assert_eq!(platform.device(ID).unwrap().received(), 2, "one that does not fit changes nothing");
}

#[test]
fn closes_on_topics_that_are_none_or_the_platform_s() {
    let sends = |rest: &'static str| {
        let mut stage = Stage::new(two_devices());
        studio_device().into_iter().for_each(|step| stage.run(step));
        stage.transcript.clear();
        stage.run(studio(rest, r#"{"id":"1","code":200}"#));
        stage.transcript
    };
    let topics = ["thing/property/set", "thing/property/set/reply", "thing/x", "dp/post/json"];
    expect![[r#"
        1 ← close
          event  Dropped 1 VRqhDHF2wL/my_tv: rule sys-topic-down
        1 ← close
          event  Dropped 1 VRqhDHF2wL/my_tv: rule sys-topic-unknown: the topic of this reply is "thing/property/set_reply"
        1 ← close
          event  Dropped 1 VRqhDHF2wL/my_tv: rule sys-topic-unknown: no topic of the thing model goes on like this at byte 28
        1 ← close
          event  Dropped 1 VRqhDHF2wL/my_tv: rule sys-topic-unknown: no topic of the thing model goes on like this at byte 22
    "#]].assert_eq(&topics.map(sends).concat());
}

#[test]
fn bytes_of_an_own_format_are_taken() {
    check_studio(
        [studio("custome/up", "\u{1}\u{2}")],
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  LoggedIn 1 VRqhDHF2wL/my_tv
        1 ← SUBACK 1 [00]
          event  Subscribed VRqhDHF2wL/my_tv ["$sys/VRqhDHF2wL/my_tv/#"]
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/custome/up: taken, nothing told
    "#]],
    );
}

#[test]
fn answers_to_what_the_platform_never_asks_are_taken() {
    check_studio(
        [
            studio("thing/sub/topo/change_reply", r#"{"id":"1","code":200,"msg":"success"}"#),
            studio("ota/inform_reply", r#"{"id":"2","code":200,"msg":"success"}"#),
            studio("custome/down_reply/7", "\u{1}"),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 VRqhDHF2wL/my_tv
            1 ← SUBACK 1 [00]
              event  Subscribed VRqhDHF2wL/my_tv ["$sys/VRqhDHF2wL/my_tv/#"]
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/sub/topo/change_reply: taken, nothing told
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/ota/inform_reply: taken, nothing told
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/custome/down_reply/7: taken, nothing told
        "#]],
    );
}

#[test]
fn tells_no_more_than_some_problems_of_a_message() {
    let values = |count: usize, value: &str| {
        let values: Vec<String> = (0..count).map(|number| format!(r#""x{number}":{value}"#)).collect();
        values.join(",")
    };
    let unknown = "the thing model has no such identifier";
    let mut stage = Stage::new(with_model(MODEL));
    studio_device().into_iter().for_each(|step| stage.run(step));
    let post = format!(r#"{{"id":"1","params":{{{}}}}}"#, values(1_000, r#"{"value":1}"#));
    stage.run(studio("thing/property/post", &post));
    assert!(stage.transcript.contains(r#"{"id":"1","code":309,"msg":"identifier not exist"}"#));
    assert_eq!(stage.transcript.matches(unknown).count(), 20);
    // Nor of an answer.
    stage.run(act(|platform, now| told(platform.get_properties(ID, vec![identifier("power")], now))));
    stage.transcript.clear();
    let answer = format!(r#"{{"id":"1","code":200,"msg":"success","data":{{{}}}}}"#, values(1_000, "1"));
    stage.run(studio("thing/property/get_reply", &answer));
    assert!(stage.transcript.contains("CallAnswered 1 VRqhDHF2wL/my_tv 200"), "{}", stage.transcript);
    assert_eq!(stage.transcript.matches(unknown).count(), 20);
}
