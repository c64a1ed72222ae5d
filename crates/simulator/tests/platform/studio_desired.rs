//! Desired values of properties (reference §3.3): people set them, devices ask for them.

use expect_test::expect;

use crate::script::*;
use crate::studio::{ID, MODEL, check_studio};
use crate::tokens::*;

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
fn what_is_asked_for_many_times_is_told_once() {
    let names = vec![r#""power""#; 1_000].join(",");
    check_studio(
        [
            act(|platform, now| {
                told(platform.set_desired(ID, named([("power", "true")]), now).map(|()| "set"))
            }),
            studio("thing/property/desired/get", &format!(r#"{{"id":"1","params":[{names}]}}"#)),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 VRqhDHF2wL/my_tv
            1 ← SUBACK 1 [00]
              event  Subscribed VRqhDHF2wL/my_tv ["$sys/VRqhDHF2wL/my_tv/#"]
              gives  set
              event  DesiredChanged VRqhDHF2wL/my_tv power
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/desired/get/reply QoS 0 id 0 {"id":"1","code":200,"msg":"success","data":{"power":{"value":true,"version":1}}}
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/desired/get: taken, told
        "#]],
    );
}
