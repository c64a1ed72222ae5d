//! The device image of the suite (reference §2.4): two sides, and what is told of their difference.

use expect_test::expect;
use onenet::Value;
use onenet::rules::Readings;
use onenet::rules::sys::DeltaTopic;
use simulator::{Options, Platform};

use crate::script::*;
use crate::suite::{ID, check_suite};
use crate::tokens::*;

/// Somebody desires a value.
fn desire(name: &'static str, json: &'static str) -> Step {
    act(move |platform: &mut Platform, now| {
        let desired = vec![(name.to_owned(), Value::parse(json).unwrap())];
        told(platform.set_image(ID, desired, now).map(|()| "set"))
    })
}

#[test]
fn the_image_has_two_sides_and_tells_their_difference() {
    let platform = check_suite(
        [
            suite("image/get", ""),
            suite("image/update", r#"{"state":{"reported":{"color":"red","size":1}}}"#),
            desire("color", r#""green""#),
            wait(1.0),
            suite("image/update", r#"{"state":{"reported":{"color":"green"}}}"#),
            suite("image/get", ""),
            suite("image/get", "x"),
            suite("image/update", "{"),
            suite("image/update", "{}"),
            suite("image/update", r#"{"state":{}}"#),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 321016/ESP8266_01
            1 ← SUBACK 1 [00]
              event  Subscribed 321016/ESP8266_01 ["$sys/321016/ESP8266_01/#"]
            1 ← PUBLISH $sys/321016/ESP8266_01/image/get/rejected QoS 0 id 0 {"err_code":167,"err_msg":"device image not exists"}
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/image/get: refused 167, told
            1 ← PUBLISH $sys/321016/ESP8266_01/image/update/accepted QoS 0 id 0 {"version":1,"timestamp":1597622400}
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/image/update: taken, told
              event  ImageUpdated 321016/ESP8266_01 1 no difference
              gives  set
            1 ← PUBLISH $sys/321016/ESP8266_01/image/update/delta QoS 0 id 0 {"state":{"color":"green"},"metadata":{"color":{"timestamp":1597622400}},"version":2,"timestamp":1597622400}
              event  ImageUpdated 321016/ESP8266_01 2 told
            1 ← PUBLISH $sys/321016/ESP8266_01/image/update/accepted QoS 0 id 0 {"version":3,"timestamp":1597622401}
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/image/update: taken, told
              event  ImageUpdated 321016/ESP8266_01 3 no difference
            1 ← PUBLISH $sys/321016/ESP8266_01/image/get/accepted QoS 0 id 0 {"state":{"desired":{"color":"green"},"reported":{"color":"green","size":1}},"metadata":{"desired":{"color":{"timestamp":1597622400}},"reported":{"color":{"timestamp":1597622401},"size":{"timestamp":1597622400}}},"version":3,"timestamp":1597622401}
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/image/get: taken, told
            1 ← PUBLISH $sys/321016/ESP8266_01/image/get/rejected QoS 0 id 0 {"err_code":98,"err_msg":"illegal data"}
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/image/get: refused 98 suite-image-get: payload has 1 bytes, it must be empty at byte 0, told
            1 ← PUBLISH $sys/321016/ESP8266_01/image/update/rejected QoS 0 id 0 {"err_code":160,"err_msg":"illegal json"}
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/image/update: refused 160 suite-image-update: payload is not JSON (line 1, column 2): found the end at byte 1, told
            1 ← PUBLISH $sys/321016/ESP8266_01/image/update/rejected QoS 0 id 0 {"err_code":163,"err_msg":"state key not found"}
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/image/update: refused 163 suite-image-update: member "state" is missing at byte 0, told
            1 ← PUBLISH $sys/321016/ESP8266_01/image/update/rejected QoS 0 id 0 {"err_code":164,"err_msg":"desired or reported key not found"}
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/image/update: refused 164 suite-image-update: state has neither desired nor reported at byte 9, told
        "#]],
    );
    assert_eq!(platform.device(ID).unwrap().profile().unwrap().image().unwrap().version, 3);
}

#[test]
fn the_other_reading_tells_differences_elsewhere() {
    let readings = Readings { delta_topic: DeltaTopic::Image, ..Readings::default() };
    let options = Options { readings, ..two_devices() };
    let script =
        suite_device().into_iter().chain([suite("image/update", r#"{"state":{"desired":{"color":"red"}}}"#)]);
    check_with(
        options,
        script,
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  LoggedIn 1 321016/ESP8266_01
        1 ← SUBACK 1 [00]
          event  Subscribed 321016/ESP8266_01 ["$sys/321016/ESP8266_01/#"]
        1 ← PUBLISH $sys/321016/ESP8266_01/image/update/accepted QoS 0 id 0 {"version":1,"timestamp":1597622400}
        1 ← PUBLISH $sys/321016/ESP8266_01/image/delta QoS 0 id 0 {"state":{"color":"red"},"metadata":{"color":{"timestamp":1597622400}},"version":1,"timestamp":1597622400}
          event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/image/update: taken, told
          event  ImageUpdated 321016/ESP8266_01 1 told
    "#]],
    );
}

#[test]
fn an_image_that_is_too_large_changes_nothing() {
    let long = format!(r#"{{"state":{{"reported":{{"a":"{}"}}}}}}"#, "x".repeat(70_000));
    let platform = check_suite(
        [suite("image/update", &long)],
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  LoggedIn 1 321016/ESP8266_01
        1 ← SUBACK 1 [00]
          event  Subscribed 321016/ESP8266_01 ["$sys/321016/ESP8266_01/#"]
        1 ← PUBLISH $sys/321016/ESP8266_01/image/update/rejected QoS 0 id 0 {"err_code":161,"err_msg":"json out of bound"}
          event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/image/update: refused 161, told
    "#]],
    );
    assert_eq!(platform.device(ID).unwrap().profile().unwrap().image(), None);
}

#[test]
fn what_differs_in_white_space_alone_is_no_difference() {
    check_suite(
        [
            desire("color", r#"{"r": 1, "name": "a b"}"#),
            suite("image/update", r#"{"state":{"reported":{"color":{"r":1,"name":"a b"}}}}"#),
            // In a string it is a difference.
            suite("image/update", r#"{"state":{"reported":{"color":{"r":1,"name":"ab"}}}}"#),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 321016/ESP8266_01
            1 ← SUBACK 1 [00]
              event  Subscribed 321016/ESP8266_01 ["$sys/321016/ESP8266_01/#"]
              gives  set
            1 ← PUBLISH $sys/321016/ESP8266_01/image/update/delta QoS 0 id 0 {"state":{"color":{"r": 1, "name": "a b"}},"metadata":{"color":{"timestamp":1597622400}},"version":1,"timestamp":1597622400}
              event  ImageUpdated 321016/ESP8266_01 1 told
            1 ← PUBLISH $sys/321016/ESP8266_01/image/update/accepted QoS 0 id 0 {"version":2,"timestamp":1597622400}
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/image/update: taken, told
              event  ImageUpdated 321016/ESP8266_01 2 no difference
            1 ← PUBLISH $sys/321016/ESP8266_01/image/update/accepted QoS 0 id 0 {"version":3,"timestamp":1597622400}
            1 ← PUBLISH $sys/321016/ESP8266_01/image/update/delta QoS 0 id 0 {"state":{"color":{"r": 1, "name": "a b"}},"metadata":{"color":{"timestamp":1597622400}},"version":3,"timestamp":1597622400}
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/image/update: taken, told
              event  ImageUpdated 321016/ESP8266_01 3 told
        "#]],
    );
}

#[test]
fn a_difference_has_the_time_of_each_value() {
    check_suite(
        [
            desire("color", r#""green""#),
            wait(10.0),
            desire("size", "2"),
            wait(10.0),
            suite("image/update", r#"{"state":{"reported":{"weight":3}}}"#),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 321016/ESP8266_01
            1 ← SUBACK 1 [00]
              event  Subscribed 321016/ESP8266_01 ["$sys/321016/ESP8266_01/#"]
              gives  set
            1 ← PUBLISH $sys/321016/ESP8266_01/image/update/delta QoS 0 id 0 {"state":{"color":"green"},"metadata":{"color":{"timestamp":1597622400}},"version":1,"timestamp":1597622400}
              event  ImageUpdated 321016/ESP8266_01 1 told
              gives  set
            1 ← PUBLISH $sys/321016/ESP8266_01/image/update/delta QoS 0 id 0 {"state":{"color":"green","size":2},"metadata":{"color":{"timestamp":1597622400},"size":{"timestamp":1597622410}},"version":2,"timestamp":1597622410}
              event  ImageUpdated 321016/ESP8266_01 2 told
            1 ← PUBLISH $sys/321016/ESP8266_01/image/update/accepted QoS 0 id 0 {"version":3,"timestamp":1597622420}
            1 ← PUBLISH $sys/321016/ESP8266_01/image/update/delta QoS 0 id 0 {"state":{"color":"green","size":2},"metadata":{"color":{"timestamp":1597622400},"size":{"timestamp":1597622410}},"version":3,"timestamp":1597622420}
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/image/update: taken, told
              event  ImageUpdated 321016/ESP8266_01 3 told
        "#]],
    );
}
