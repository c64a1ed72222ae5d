//! Gateways of the studio (reference §3.2, §3.3): their sub-devices, and what they say of them.

use expect_test::expect;

use crate::script::*;
use crate::studio::{ID, MODEL};
use crate::tokens::*;

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
fn a_batch_that_names_its_sender_fits_the_thing_model_of_that() {
    let own = |rest: &str, id: u8, temperature: &str| {
        let identity = r#""identity":{"productID":"VRqhDHF2wL","deviceName":"my_tv"}"#;
        let properties = format!(r#""properties":{{"temperature":{temperature}}}"#);
        studio(rest, &format!(r#"{{"id":"{id}","params":[{{{identity},{properties}}}]}}"#))
    };
    let script = [
        own("thing/pack/post", 1, r#"{"value":"20"}"#),
        own("thing/pack/post", 2, r#"{"value":20}"#),
        own("thing/history/post", 3, r#"[{"value":"20"}]"#),
        own("thing/history/post", 4, r#"[{"value":20}]"#),
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
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/pack/post/reply QoS 0 id 0 {"id":"1","code":302,"msg":"data type error"}
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/pack/post: refused 302 params[0].properties.temperature.value: expected a number, found a string, told
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/pack/post/reply QoS 0 id 0 {"id":"2","code":200,"msg":"success"}
          event  Stored 1 VRqhDHF2wL/my_tv 1
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/pack/post: taken, told
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/history/post/reply QoS 0 id 0 {"id":"3","code":302,"msg":"data type error"}
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/history/post: refused 302 params[0].properties.temperature[0].value: expected a number, found a string, told
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/history/post/reply QoS 0 id 0 {"id":"4","code":200,"msg":"success"}
          event  Stored 1 VRqhDHF2wL/my_tv 1
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/history/post: taken, told
    "#]],
    );
    assert_eq!(platform.device(ID).unwrap().received(), 2);
}
