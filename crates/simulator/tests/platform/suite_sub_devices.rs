//! Sub-devices of a gateway of the suite (reference §2.4).

use std::time::Duration;

use bytes::Bytes;
use expect_test::expect;
use onenet::Generation;
use simulator::{Options, Platform};
use web_time::Instant;

use crate::script::*;
use crate::suite::UUID;
use crate::tokens::*;

fn send_command(platform: &mut Platform, now: Instant) -> String {
    let body = Bytes::from_static(b"on");
    told(platform.call_command("321016/lamp", UUID, body, Duration::from_secs(5), now))
}

#[test]
fn sub_devices_come_and_go_by_their_gateway() {
    let sub = |rest: &str, payload: &str| {
        send(1, publish(&format!("$subdev/321016/lamp/{rest}"), 0, payload.as_bytes()))
    };
    let options = Options::default();
    let script = [
        send(1, subscribe(2, [("$subdev/321016/lamp/login/#", 0), ("$subdev/321016/lamp/#", 1)])),
        sub("login", ""),
        sub("dp/post/json", r#"{"id":1,"dp":{"a":[{"v":1}]}}"#),
        act(send_command),
        sub(&format!("cmd/response/{UUID}"), "is on"),
        sub("login", "x"),
        sub("logout", ""),
        sub("logout", ""),
        sub("login", ""),
        close(1),
    ];
    let platform = check_with(
        options,
        suite_device().into_iter().chain(script),
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  SignatureUnchecked 1 321016/ESP8266_01
          event  LoggedIn 1 321016/ESP8266_01
        1 ← SUBACK 1 [00]
          event  Subscribed 321016/ESP8266_01 ["$sys/321016/ESP8266_01/#"]
        1 ← SUBACK 2 [00, 00]
          event  Subscribed 321016/ESP8266_01 ["$subdev/321016/lamp/login/#", "$subdev/321016/lamp/#"]
        1 ← PUBLISH $subdev/321016/lamp/login/accepted QoS 0 id 0 
          event  SubDeviceLoggedIn 321016/lamp by 321016/ESP8266_01
          event  Uplink 321016/lamp $subdev/321016/lamp/login: taken, told
        1 ← PUBLISH $subdev/321016/lamp/dp/post/json/accepted QoS 0 id 0 {"id":1}
          event  Stored 1 321016/lamp 1
          event  Uplink 321016/lamp $subdev/321016/lamp/dp/post/json: taken, told
          gives  1
        1 ← PUBLISH $subdev/321016/lamp/cmd/request/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a QoS 0 id 0 on
          event  CallSent 1 321016/lamp $subdev/321016/lamp/cmd/request/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a
        1 ← PUBLISH $subdev/321016/lamp/cmd/response/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a/accepted QoS 0 id 0 
          event  CallAnswered 1 321016/lamp
          event  Uplink 321016/lamp $subdev/321016/lamp/cmd/response/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a: taken, told
        1 ← PUBLISH $subdev/321016/lamp/login/rejected QoS 0 id 0 {"err_code":98,"err_msg":"illegal data"}
          event  Uplink 321016/lamp $subdev/321016/lamp/login: refused 98 suite-sub-device-login: payload has 1 bytes, it must be empty at byte 0, told
        1 ← PUBLISH $subdev/321016/lamp/logout/accepted QoS 0 id 0 
          event  Uplink 321016/lamp $subdev/321016/lamp/logout: taken, told
          event  SubDeviceLoggedOut 321016/lamp by 321016/ESP8266_01
        1 ← PUBLISH $subdev/321016/lamp/logout/rejected QoS 0 id 0 {"err_code":128,"err_msg":"unspecified error"}
          event  Uplink 321016/lamp $subdev/321016/lamp/logout: refused 128, told
        1 ← PUBLISH $subdev/321016/lamp/login/accepted QoS 0 id 0 
          event  SubDeviceLoggedIn 321016/lamp by 321016/ESP8266_01
          event  Uplink 321016/lamp $subdev/321016/lamp/login: taken, told
          event  Closed 1 321016/ESP8266_01
          event  SubDeviceLoggedOut 321016/lamp by 321016/ESP8266_01
    "#]],
    );
    assert!(!platform.device("321016/lamp").unwrap().online());
}

#[test]
fn a_gateway_is_told_that_its_sub_device_comes_by_itself() {
    let script = [
        send(1, subscribe(2, [("$subdev/321016/lamp/#", 0)])),
        send(1, publish("$subdev/321016/lamp/login", 0, b"")),
        open(),
        send(2, log_in("321016", "lamp")),
        send(1, publish("$subdev/321016/lamp/login", 0, b"")),
    ];
    check_with(
        Options::default(),
        suite_device().into_iter().chain(script),
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  SignatureUnchecked 1 321016/ESP8266_01
          event  LoggedIn 1 321016/ESP8266_01
        1 ← SUBACK 1 [00]
          event  Subscribed 321016/ESP8266_01 ["$sys/321016/ESP8266_01/#"]
        1 ← SUBACK 2 [00]
          event  Subscribed 321016/ESP8266_01 ["$subdev/321016/lamp/#"]
        1 ← PUBLISH $subdev/321016/lamp/login/accepted QoS 0 id 0 
          event  SubDeviceLoggedIn 321016/lamp by 321016/ESP8266_01
          event  Uplink 321016/lamp $subdev/321016/lamp/login: taken, told
          event  Opened 2
        1 ← PUBLISH $subdev/321016/lamp/logout/notify QoS 0 id 0 
        2 ← CONNACK 0 session present false
          event  SignatureUnchecked 2 321016/lamp
          event  SubDeviceLoggedOut 321016/lamp by 321016/ESP8266_01
          event  LoggedIn 2 321016/lamp
        1 ← PUBLISH $subdev/321016/lamp/login/rejected QoS 0 id 0 {"err_code":128,"err_msg":"unspecified error"}
          event  Uplink 321016/lamp $subdev/321016/lamp/login: refused 128, told
    "#]],
    );
}

#[test]
fn a_sub_device_that_is_not_here_says_nothing() {
    check_with(
        Options::default(),
        suite_device()
            .into_iter()
            .chain([send(1, publish("$subdev/321016/lamp/dp/post/json", 0, br#"{"id":1,"dp":{}}"#))]),
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  SignatureUnchecked 1 321016/ESP8266_01
              event  LoggedIn 1 321016/ESP8266_01
            1 ← SUBACK 1 [00]
              event  Subscribed 321016/ESP8266_01 ["$sys/321016/ESP8266_01/#"]
            1 ← close
              event  Dropped 1 321016/ESP8266_01: rule sys-topic-foreign
        "#]],
    );
}

#[test]
fn a_gateway_has_fifty_sub_devices() {
    let mut stage = Stage::new(Options::default());
    suite_device().into_iter().for_each(|step| stage.run(step));
    stage.transcript.clear();
    for number in 0..=50 {
        stage.run(send(1, publish(&format!("$subdev/321016/d{number}/login"), 0, b"")));
    }
    assert_eq!(stage.transcript.matches("SubDeviceLoggedIn").count(), 50);
    assert!(stage.transcript.contains("refused 100 suite-sub-devices: found 51"), "{}", stage.transcript);
}

#[test]
fn the_answer_of_another_sub_device_leaves_a_command_open() {
    let sub = |name: &str, rest: &str| send(1, publish(&format!("$subdev/321016/{name}/{rest}"), 0, b""));
    let answer = format!("cmd/response/{UUID}");
    let script = [
        send(1, subscribe(2, [("$subdev/321016/lamp/cmd/#", 0), ("$subdev/321016/fan/cmd/#", 0)])),
        sub("lamp", "login"),
        sub("fan", "login"),
        act(send_command),
        sub("fan", &answer),
        sub("lamp", &answer),
    ];
    check_with(
        Options::default(),
        suite_device().into_iter().chain(script),
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  SignatureUnchecked 1 321016/ESP8266_01
          event  LoggedIn 1 321016/ESP8266_01
        1 ← SUBACK 1 [00]
          event  Subscribed 321016/ESP8266_01 ["$sys/321016/ESP8266_01/#"]
        1 ← SUBACK 2 [00, 00]
          event  Subscribed 321016/ESP8266_01 ["$subdev/321016/lamp/cmd/#", "$subdev/321016/fan/cmd/#"]
          event  SubDeviceLoggedIn 321016/lamp by 321016/ESP8266_01
          event  Uplink 321016/lamp $subdev/321016/lamp/login: taken, not subscribed
          event  SubDeviceLoggedIn 321016/fan by 321016/ESP8266_01
          event  Uplink 321016/fan $subdev/321016/fan/login: taken, not subscribed
          gives  1
        1 ← PUBLISH $subdev/321016/lamp/cmd/request/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a QoS 0 id 0 on
          event  CallSent 1 321016/lamp $subdev/321016/lamp/cmd/request/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a
        1 ← PUBLISH $subdev/321016/fan/cmd/response/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a/rejected QoS 0 id 0 {"err_code":113,"err_msg":"cmd id not found"}
          event  Uplink 321016/fan $subdev/321016/fan/cmd/response/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a: refused 113, told
        1 ← PUBLISH $subdev/321016/lamp/cmd/response/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a/accepted QoS 0 id 0 
          event  CallAnswered 1 321016/lamp
          event  Uplink 321016/lamp $subdev/321016/lamp/cmd/response/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a: taken, told
    "#]],
    );
}

#[test]
fn a_registered_device_of_the_studio_is_no_sub_device() {
    let script = [
        send(1, subscribe(2, [("$subdev/VRqhDHF2wL/my_tv/#", 0)])),
        send(1, publish("$subdev/VRqhDHF2wL/my_tv/login", 0, b"")),
    ];
    let platform = check_with(
        two_devices(),
        suite_device().into_iter().chain(script),
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  LoggedIn 1 321016/ESP8266_01
        1 ← SUBACK 1 [00]
          event  Subscribed 321016/ESP8266_01 ["$sys/321016/ESP8266_01/#"]
        1 ← SUBACK 2 [00]
          event  Subscribed 321016/ESP8266_01 ["$subdev/VRqhDHF2wL/my_tv/#"]
        1 ← PUBLISH $subdev/VRqhDHF2wL/my_tv/login/rejected QoS 0 id 0 {"err_code":128,"err_msg":"unspecified error"}
          event  Uplink VRqhDHF2wL/my_tv $subdev/VRqhDHF2wL/my_tv/login: refused 128, told
    "#]],
    );
    let device = platform.device("VRqhDHF2wL/my_tv").unwrap();
    assert_eq!((device.generation(), device.online()), (Generation::Studio, false));
}

#[test]
fn who_is_no_sub_device_of_itself_is_told_so_in_the_tree_of_sub_devices() {
    let script = [
        send(1, subscribe(2, [("$subdev/321016/ESP8266_01/#", 0)])),
        send(1, publish("$subdev/321016/ESP8266_01/login", 0, b"")),
    ];
    check_with(
        two_devices(),
        suite_device().into_iter().chain(script),
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  LoggedIn 1 321016/ESP8266_01
        1 ← SUBACK 1 [00]
          event  Subscribed 321016/ESP8266_01 ["$sys/321016/ESP8266_01/#"]
        1 ← SUBACK 2 [00]
          event  Subscribed 321016/ESP8266_01 ["$subdev/321016/ESP8266_01/#"]
        1 ← PUBLISH $subdev/321016/ESP8266_01/login/rejected QoS 0 id 0 {"err_code":128,"err_msg":"unspecified error"}
          event  Uplink 321016/ESP8266_01 $subdev/321016/ESP8266_01/login: refused 128, told
    "#]],
    );
}
