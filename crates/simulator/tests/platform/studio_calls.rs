//! What the platform asks of devices of the studio (reference §3.2, §3.3): set, get, invoke; and what becomes of it.

use expect_test::expect;
use simulator::{CallError, CallState, Options, Platform};
use web_time::Instant;

use crate::script::*;
use crate::studio::MODEL;
use crate::tokens::*;

const ID: &str = "VRqhDHF2wL/my_tv";

#[track_caller]
fn check_calls(script: impl IntoIterator<Item = Step>, expect: expect_test::Expect) -> Platform {
    check_with(two_devices(), studio_device().into_iter().chain(script), expect)
}

fn set() -> Step {
    act(set_power)
}

fn set_power(platform: &mut Platform, now: Instant) -> String {
    told(platform.set_properties(ID, named([("power", "true")]), now))
}

#[test]
fn sets_properties_and_gets_an_answer() {
    let platform = check_calls(
        [
            set(),
            studio("thing/property/set_reply", r#"{"id":"1","code":200,"msg":"success"}"#),
            studio("thing/property/set_reply", r#"{"id":"1","code":200,"msg":"success"}"#),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 VRqhDHF2wL/my_tv
            1 ← SUBACK 1 [00]
              event  Subscribed VRqhDHF2wL/my_tv ["$sys/VRqhDHF2wL/my_tv/#"]
              gives  1
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/set QoS 0 id 0 {"id":"1","version":"1.0","params":{"power":true}}
              event  CallSent 1 VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/set
              event  CallAnswered 1 VRqhDHF2wL/my_tv 200
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/set_reply: taken, nothing told
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/set_reply: refused 1028, nothing told
        "#]],
    );
    let call = platform.calls_of(ID).next().unwrap();
    assert!(matches!(call.state, CallState::Answered(Some(code)) if code.is_success()));
}

#[test]
fn gets_properties_and_calls_services() {
    let platform = check_calls(
        [
            act(|platform, now| {
                told(platform.get_properties(ID, vec![identifier("a"), identifier("b")], now))
            }),
            studio("thing/property/get_reply", r#"{"id":"1","code":200,"msg":"ok","data":{"a":1,"b":2.50}}"#),
            act(|platform, now| {
                told(platform.invoke_service(ID, identifier("blink"), named([("times", "3")]), now))
            }),
            // Of another service.
            studio("thing/service/other/invoke_reply", r#"{"id":"2","code":200,"msg":"ok"}"#),
            studio("thing/service/blink/invoke_reply", r#"{"id":"2","code":500,"msg":"busy","data":{}}"#),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 VRqhDHF2wL/my_tv
            1 ← SUBACK 1 [00]
              event  Subscribed VRqhDHF2wL/my_tv ["$sys/VRqhDHF2wL/my_tv/#"]
              gives  1
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/get QoS 0 id 0 {"id":"1","version":"1.0","params":["a","b"]}
              event  CallSent 1 VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/get
              event  CallAnswered 1 VRqhDHF2wL/my_tv 200
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/get_reply: taken, nothing told
              gives  2
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/service/blink/invoke QoS 0 id 0 {"id":"2","version":"1.0","params":{"times":3}}
              event  CallSent 2 VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/service/blink/invoke
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/service/other/invoke_reply: refused 1028, nothing told
              event  CallAnswered 2 VRqhDHF2wL/my_tv 500
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/service/blink/invoke_reply: taken, nothing told
        "#]],
    );
    let answer = platform.calls().next().unwrap().answer.clone().unwrap();
    assert!(answer.ends_with(br#""data":{"a":1,"b":2.50}}"#), "as it was written");
}

#[test]
fn a_call_times_out_after_five_seconds() {
    let mut stage = Stage::new(two_devices());
    studio_device().into_iter().chain([set()]).for_each(|step| stage.run(step));
    let deadline = stage.now + simulator::STUDIO_TIMEOUT;
    assert_eq!(stage.platform.poll_timeout(), Some(deadline));
    check_calls(
        [
            set(),
            wait(4.9),
            wait(0.1),
            studio("thing/property/set_reply", r#"{"id":"1","code":200,"msg":"success"}"#),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 VRqhDHF2wL/my_tv
            1 ← SUBACK 1 [00]
              event  Subscribed VRqhDHF2wL/my_tv ["$sys/VRqhDHF2wL/my_tv/#"]
              gives  1
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/set QoS 0 id 0 {"id":"1","version":"1.0","params":{"power":true}}
              event  CallSent 1 VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/set
              event  CallTimedOut 1 VRqhDHF2wL/my_tv
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/set_reply: refused 1023, nothing told
        "#]],
    );
}

#[test]
fn answers_that_are_none_say_which_code_the_log_has() {
    let platform = check_calls(
        [
            set(),
            studio("thing/property/set_reply", "{"),
            studio("thing/property/set_reply", r#"{"id":1,"code":200}"#),
            studio("thing/property/set_reply", r#"{"id":"99","code":200}"#),
            studio("thing/property/set_reply", r#"{"id":"1","code":"200"}"#),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 VRqhDHF2wL/my_tv
            1 ← SUBACK 1 [00]
              event  Subscribed VRqhDHF2wL/my_tv ["$sys/VRqhDHF2wL/my_tv/#"]
              gives  1
            1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/set QoS 0 id 0 {"id":"1","version":"1.0","params":{"power":true}}
              event  CallSent 1 VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/set
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/set_reply: refused 1027 not JSON (line 1, column 2): found the end at byte 1, nothing told
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/set_reply: refused 1027 expected a string of digits as id, found a number at byte 6, nothing told
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/set_reply: refused 1028, nothing told
              event  CallAnswered 1 VRqhDHF2wL/my_tv 304
              event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/set_reply: refused 304 expected a whole number as code at byte 17, nothing told
        "#]],
    );
    assert!(matches!(platform.calls().next().unwrap().state, CallState::Unreadable(_)));
}

#[test]
fn a_call_needs_a_device_that_hears_it() {
    check_with(
        two_devices(),
        [
            today(),
            set(),
            open(),
            send(1, log_in("VRqhDHF2wL", "my_tv")),
            set(),
            act(|platform, now| told(platform.set_properties("321016/ESP8266_01", Vec::new(), now))),
            act(|platform, now| told(platform.get_properties("1/2", Vec::new(), now))),
        ],
        expect![[r#"
              gives  error: device not online: VRqhDHF2wL/my_tv
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 VRqhDHF2wL/my_tv
              gives  error: the device is not subscribed to $sys/VRqhDHF2wL/my_tv/thing/property/set
              gives  error: the device is of another platform
              gives  error: device not found: 1/2
        "#]],
    );
    let error = CallError::NotSubscribed { topic: String::new() };
    assert_eq!(error.code().map(|code| code.0), Some(1022));
}

#[test]
fn a_call_must_fit_the_thing_model() {
    let script = [
        set(),
        act(|platform, now| told(platform.set_properties(ID, named([("power", "1")]), now))),
        act(|platform, now| told(platform.set_properties(ID, named([("temperature", "1")]), now))),
        act(|platform, now| told(platform.set_properties(ID, named([("x", "1")]), now))),
        act(|platform, now| told(platform.get_properties(ID, vec![identifier("x")], now))),
        act(|platform, now| told(platform.invoke_service(ID, identifier("x"), Vec::new(), now))),
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
          gives  1
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/property/set QoS 0 id 0 {"id":"1","version":"1.0","params":{"power":true}}
          event  CallSent 1 VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/property/set
          gives  error: values do not fit: params.power: expected a boolean, found a number
          gives  error: values do not fit: params.temperature: property is read only
          gives  error: values do not fit: params.x: the thing model has no such identifier
          gives  error: values do not fit: params[0]: the thing model has no such identifier
          gives  error: values do not fit: the thing model has no such identifier
    "#]],
    );
}

#[test]
fn a_sub_device_is_asked_by_its_gateway() {
    let script = [
        studio("thing/sub/login", r#"{"id":"1","params":{"productID":"VRqhDHF2wL","deviceName":"lamp"}}"#),
        act(|platform, now| {
            told(platform.set_properties("VRqhDHF2wL/lamp", named([("power", "true")]), now))
        }),
        studio("thing/sub/property/set_reply", r#"{"id":"1","code":200,"msg":"success"}"#),
        act(|platform, now| {
            told(platform.invoke_service("VRqhDHF2wL/lamp", identifier("blink"), Vec::new(), now))
        }),
        studio(
            "thing/sub/service/invoke_reply",
            r#"{"id":"2","code":200,"msg":"ok","data":{"deviceName":"lamp","productID":"VRqhDHF2wL","identifier":"blink","output":{}}}"#,
        ),
    ];
    check_with(
        Options::default(),
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
          gives  1
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/sub/property/set QoS 0 id 0 {"id":"1","version":"1.0","params":{"deviceName":"lamp","productID":"VRqhDHF2wL","params":{"power":true}}}
          event  CallSent 1 VRqhDHF2wL/lamp $sys/VRqhDHF2wL/my_tv/thing/sub/property/set
          event  CallAnswered 1 VRqhDHF2wL/lamp 200
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/sub/property/set_reply: taken, nothing told
          gives  2
        1 ← PUBLISH $sys/VRqhDHF2wL/my_tv/thing/sub/service/invoke QoS 0 id 0 {"id":"2","version":"1.0","params":{"deviceName":"lamp","productID":"VRqhDHF2wL","identifier":"blink","input":{}}}
          event  CallSent 2 VRqhDHF2wL/lamp $sys/VRqhDHF2wL/my_tv/thing/sub/service/invoke
          event  CallAnswered 2 VRqhDHF2wL/lamp 200
          event  Uplink VRqhDHF2wL/my_tv $sys/VRqhDHF2wL/my_tv/thing/sub/service/invoke_reply: taken, nothing told
    "#]],
    );
}

#[test]
fn a_device_that_lags_is_asked_nothing() {
    let mut stage = Stage::new(two_devices());
    let connection = {
        stage.run(today());
        let connection = stage.platform.handle_open(stage.now);
        for packet in [log_in("VRqhDHF2wL", "my_tv"), subscribe(1, [("$sys/VRqhDHF2wL/my_tv/#", 0)])] {
            let frame = frame::encode(&packet).unwrap();
            stage.platform.handle_input(connection, &frame, stage.now);
        }
        connection
    };
    stage.platform.handle_lag(connection);
    assert_eq!(set_power(&mut stage.platform, stage.now), "error: the device takes less than it is sent");
    stage.platform.handle_caught_up(connection, stage.now);
    assert_eq!(set_power(&mut stage.platform, stage.now), "1");
}

#[test]
fn forgets_the_oldest_calls() {
    let limits = simulator::Limits { commands: 2, ..simulator::Limits::default() };
    let script = studio_device().into_iter().chain([set(), set(), set()]);
    let mut stage = Stage::new(Options { limits, ..two_devices() });
    script.for_each(|step| stage.run(step));
    let kept: Vec<String> = stage.platform.calls().map(|call| call.id.to_string()).collect();
    assert_eq!((kept, stage.platform.calls_evicted()), (vec!["2".to_owned(), "3".to_owned()], 1));
}
