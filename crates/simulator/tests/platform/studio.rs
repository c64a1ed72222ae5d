//! Devices of the studio (reference §3.2, §3.3): what they say, and what the platform answers.

use expect_test::expect;
use simulator::Platform;

use crate::script::*;
use crate::tokens::*;

const ID: &str = "VRqhDHF2wL/my_tv";

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
fn check_studio(script: impl IntoIterator<Item = Step>, expect: expect_test::Expect) -> Platform {
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
fn desired_values_wait_until_the_device_asks() {
    let platform = check_studio(
        [
            act(|platform, now| {
                told(platform.set_desired(ID, named([("power", "true")]), now).map(|()| "set"))
            }),
            act(|platform, now| {
                let values = named([("power", "false"), ("level", "7")]);
                told(platform.set_desired(ID, values, now).map(|()| "set"))
            }),
            studio("thing/property/desired/get", r#"{"id":"1","params":["power","unknown","level"]}"#),
            studio(
                "thing/property/desired/delete",
                r#"{"id":"2","params":{"power":{"version":1},"level":{}}}"#,
            ),
            studio("thing/property/desired/get", r#"{"id":"3","params":["power","level"]}"#),
            studio("thing/property/desired/delete", r#"{"id":"4","params":{"power":{"version":2}}}"#),
            act(|platform, _| told(platform.clear_desired(ID, &[identifier("power")]))),
            act(|platform, now| told(platform.set_desired("1", Vec::new(), now).map(|()| "set"))),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 VRqhDHF2wL/my_tv
            1 ← SUBACK 1 [00]
              event  Subscribed VRqhDHF2wL/my_tv ["$sys/VRqhDHF2wL/my_tv/#"]
              gives  set
              event  DesiredChanged VRqhDHF2wL/my_tv power
              gives  set
              event  DesiredChanged VRqhDHF2wL/my_tv power,level
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/desired/get/reply QoS 0 id 0 {"id":"1","code":200,"msg":"success","data":{"power":{"value":false,"version":2},"level":{"value":7,"version":1}}}
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/desired/get: taken, told
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/desired/delete/reply QoS 0 id 0 {"id":"2","code":200,"msg":"success"}
              event  DesiredChanged VRqhDHF2wL/my_tv level
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/desired/delete: taken, told
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/desired/get/reply QoS 0 id 0 {"id":"3","code":200,"msg":"success","data":{"power":{"value":false,"version":2}}}
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/desired/get: taken, told
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/desired/delete/reply QoS 0 id 0 {"id":"4","code":200,"msg":"success"}
              event  DesiredChanged VRqhDHF2wL/my_tv power
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/desired/delete: taken, told
              gives  0
              gives  error: device not found: 1
        "#]],
    );
    assert_eq!(platform.device(ID).unwrap().profile().unwrap().desired().len(), 0);
}

#[test]
fn desired_values_fit_the_thing_model_and_their_room() {
    let script = [
        act(|platform, now| told(platform.set_desired(ID, named([("power", "1")]), now).map(|()| "set"))),
        act(|platform, now| {
            told(platform.set_desired(ID, named([("temperature", "20")]), now).map(|()| "set"))
        }),
    ];
    check_with(
        with_model(MODEL),
        studio_device().into_iter().chain(script),
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  LoggedIn 1 VRqhDHF2wL/my_tv
        1 ← SUBACK 1 [00]
          event  Subscribed VRqhDHF2wL/my_tv ["$sys/VRqhDHF2wL/my_tv/#"]
          gives  error: values do not fit: params.power: expected a boolean, found a number
          gives  error: values do not fit: params.temperature: property is read only
    "#]],
    );
    check_studio(
        [act(|platform, now| {
            let long = format!("\"{}\"", "x".repeat(70_000));
            told(platform.set_desired(ID, named([("power", &long)]), now).map(|()| "set"))
        })],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 VRqhDHF2wL/my_tv
            1 ← SUBACK 1 [00]
              event  Subscribed VRqhDHF2wL/my_tv ["$sys/VRqhDHF2wL/my_tv/#"]
              gives  error: no room for so much
        "#]],
    );
}

#[test]
fn packs_and_histories_are_stored_for_their_devices() {
    let script = [
        studio("thing/sub/login", r#"{"id":"1","params":{"productID":"VRqhDHF2wL","deviceName":"lamp"}}"#),
        studio(
            "thing/pack/post",
            r#"{"id":"2","params":[{"properties":{"a":{"value":1}},"events":{"e":{"value":{},"time":1597622400123}}},{"identity":{"productID":"VRqhDHF2wL","deviceName":"lamp"},"properties":{"b":{"value":2}}}]}"#,
        ),
        studio(
            "thing/history/post",
            r#"{"id":"3","params":[{"identity":{"productID":"VRqhDHF2wL","deviceName":"lamp"},"properties":{"b":[{"value":3,"time":1597622400123},{"value":4,"time":1597622401123}]},"events":{"e":[{"value":{}}]}}]}"#,
        ),
        studio(
            "thing/pack/post",
            r#"{"id":"4","params":[{"properties":{"a":{"value":5}}},{"identity":{"productID":"VRqhDHF2wL","deviceName":"door"},"properties":{"b":{"value":6}}}]}"#,
        ),
    ];
    let platform = check_with(
        simulator::Options::default(),
        studio_device().into_iter().chain(script),
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  SignatureUnchecked 1 VRqhDHF2wL/my_tv
              event  LoggedIn 1 VRqhDHF2wL/my_tv
            1 ← SUBACK 1 [00]
              event  Subscribed VRqhDHF2wL/my_tv ["$sys/VRqhDHF2wL/my_tv/#"]
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/sub/login/reply QoS 0 id 0 {"id":"1","code":200,"msg":"success"}
              event  SubDeviceLoggedIn VRqhDHF2wL/lamp by VRqhDHF2wL/my_tv
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/sub/login: taken, told
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/pack/post/reply QoS 0 id 0 {"id":"2","code":200,"msg":"success"}
              event  Stored 1 VRqhDHF2wL/my_tv 1
              event  EventPosted VRqhDHF2wL/my_tv e {} 2020-08-17 08:00:00.123
              event  Stored 1 VRqhDHF2wL/lamp 1
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/pack/post: taken, told
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/history/post/reply QoS 0 id 0 {"id":"3","code":200,"msg":"success"}
              event  Stored 1 VRqhDHF2wL/lamp 2
              event  EventPosted VRqhDHF2wL/lamp e {} 2020-08-17 08:00:00.000
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/history/post: taken, told
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/pack/post/reply QoS 0 id 0 {"id":"4","code":307,"msg":"invalid pid or devName"}
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/pack/post: refused 307, told
        "#]],
    );
    assert_eq!(platform.device(ID).unwrap().received(), 1);
    assert_eq!(platform.device("VRqhDHF2wL/lamp").unwrap().received(), 3);
}

#[test]
fn sub_devices_are_bound_and_come_and_go() {
    let lamp = |id: u8, rest: &str, more: &str| {
        let params = format!(r#""productID":"VRqhDHF2wL","deviceName":"lamp"{more}"#);
        studio(rest, &format!(r#"{{"id":"{id}","version":"1.0","params":{{{params}}}}}"#))
    };
    let sas = |token: &str| format!(r#","sasToken":"{token}""#);
    let right = sas(&token("VRqhDHF2wL", "lamp"));
    let script = [
        act(|platform, now| told(platform.register_device(registered("VRqhDHF2wL", "lamp"), now))),
        lamp(1, "thing/sub/topo/add", &sas(&token_with("VRqhDHF2wL", "lamp", ET, "AAAA"))),
        lamp(2, "thing/sub/topo/add", &sas(&token("VRqhDHF2wL", "door"))),
        lamp(3, "thing/sub/topo/add", &right),
        studio("thing/sub/topo/get", r#"{"id":"4"}"#),
        studio("thing/sub/topo/get/result", r#"{"id":"4","code":200,"msg":"success"}"#),
        lamp(5, "thing/sub/logout", ""),
        lamp(6, "thing/sub/login", ""),
        lamp(7, "thing/sub/logout", ""),
        lamp(8, "thing/sub/login", ""),
        lamp(9, "thing/sub/topo/delete", &right),
        lamp(10, "thing/sub/login", ""),
        // The sub-device comes by itself.
        open(),
        send(2, log_in("VRqhDHF2wL", "lamp")),
        lamp(11, "thing/sub/login", ""),
        studio("thing/sub/login", r#"{"id":"12","params":{"productID":"a b","deviceName":"lamp"}}"#),
    ];
    check_with(
        two_devices(),
        studio_device().into_iter().chain(script),
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  LoggedIn 1 VRqhDHF2wL/my_tv
        1 ← SUBACK 1 [00]
          event  Subscribed VRqhDHF2wL/my_tv ["$sys/VRqhDHF2wL/my_tv/#"]
          gives  VRqhDHF2wL/lamp
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/sub/topo/add/reply QoS 0 id 0 {"id":"1","code":1106,"msg":"sign not match"}
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/sub/topo/add: refused 1106, told
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/sub/topo/add/reply QoS 0 id 0 {"id":"2","code":1114,"msg":"argument not match with token"}
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/sub/topo/add: refused 1114, told
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/sub/topo/add/reply QoS 0 id 0 {"id":"3","code":200,"msg":"success"}
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/sub/topo/add: taken, told
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/sub/topo/get/reply QoS 0 id 0 {"id":"4","code":200,"msg":"success","data":[{"deviceName":"lamp","productID":"VRqhDHF2wL"}]}
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/sub/topo/get: taken, told
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/sub/topo/get/result: taken, nothing told
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/sub/logout/reply QoS 0 id 0 {"id":"5","code":308,"msg":"device not online"}
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/sub/logout: refused 308, told
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/sub/login/reply QoS 0 id 0 {"id":"6","code":200,"msg":"success"}
          event  SubDeviceLoggedIn VRqhDHF2wL/lamp by VRqhDHF2wL/my_tv
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/sub/login: taken, told
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/sub/logout/reply QoS 0 id 0 {"id":"7","code":200,"msg":"success"}
          event  SubDeviceLoggedOut VRqhDHF2wL/lamp by VRqhDHF2wL/my_tv
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/sub/logout: taken, told
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/sub/login/reply QoS 0 id 0 {"id":"8","code":200,"msg":"success"}
          event  SubDeviceLoggedIn VRqhDHF2wL/lamp by VRqhDHF2wL/my_tv
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/sub/login: taken, told
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/sub/topo/delete/reply QoS 0 id 0 {"id":"9","code":200,"msg":"success"}
          event  SubDeviceLoggedOut VRqhDHF2wL/lamp by VRqhDHF2wL/my_tv
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/sub/topo/delete: taken, told
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/sub/login/reply QoS 0 id 0 {"id":"10","code":200,"msg":"success"}
          event  SubDeviceLoggedIn VRqhDHF2wL/lamp by VRqhDHF2wL/my_tv
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/sub/login: taken, told
          event  Opened 2
        2 ← CONNACK 0 session present false
          event  SubDeviceLoggedOut VRqhDHF2wL/lamp by VRqhDHF2wL/my_tv
          event  LoggedIn 2 VRqhDHF2wL/lamp
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/sub/login/reply QoS 0 id 0 {"id":"11","code":313,"msg":"bad request"}
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/sub/login: refused 313, told
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/sub/login/reply QoS 0 id 0 {"id":"12","code":307,"msg":"invalid pid or devName"}
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/sub/login: refused 307 params.productID: is no product ID, told
    "#]],
    );
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
