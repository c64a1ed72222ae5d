//! Devices of the suite (reference §2.4): data points and commands.

use std::time::Duration;

use bytes::Bytes;
use expect_test::expect;
use simulator::{CallState, Platform};
use web_time::Instant;

use crate::script::*;
use crate::tokens::*;

pub const ID: &str = "321016/ESP8266_01";
pub const UUID: &str = "4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a";

/// The script behind a login.
#[track_caller]
pub fn check_suite(script: impl IntoIterator<Item = Step>, expect: expect_test::Expect) -> Platform {
    check_with(two_devices(), suite_device().into_iter().chain(script), expect)
}

fn command(body: &'static str, seconds: u64) -> Step {
    act(move |platform, now| send_command(platform, UUID, body, seconds, now))
}

fn send_command(platform: &mut Platform, id: &str, body: &'static str, seconds: u64, now: Instant) -> String {
    let body = Bytes::from_static(body.as_bytes());
    told(platform.call_command(ID, id, body, Duration::from_secs(seconds), now))
}

#[test]
fn stores_data_points_and_says_so_to_who_is_subscribed() {
    let platform = check_suite(
        [
            suite(
                "dp/post/json",
                r#"{"id":1600930685,"dp":{"wendu":[{"v":127.10,"t":1597622400},{"v":2}],"a":[]}}"#,
            ),
            send(
                1,
                publish("$sys/321016/ESP8266_01/dp/post/json", 7, br#"{"id":2,"dp":{"wendu":[{"v":"x"}]}}"#),
            ),
            send(1, unsubscribe(2, "$sys/321016/ESP8266_01/#")),
            suite("dp/post/json", r#"{"id":3,"dp":{"wendu":[{"v":3}]}}"#),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 321016/ESP8266_01
            1 ← SUBACK 1 [00]
              event  Subscribed 321016/ESP8266_01 ["$sys/321016/ESP8266_01/#"]
            1 ← PUBLISH $sys/321016/ESP8266_01/dp/post/json/accepted QoS 0 id 0 {"id":1600930685}
              event  Stored 1 321016/ESP8266_01 2
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/dp/post/json: taken, told
            1 ← PUBACK 7
            1 ← PUBLISH $sys/321016/ESP8266_01/dp/post/json/accepted QoS 0 id 0 {"id":2}
              event  Stored 1 321016/ESP8266_01 1
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/dp/post/json: taken, told
            1 ← UNSUBACK 2
              event  Unsubscribed 321016/ESP8266_01 ["$sys/321016/ESP8266_01/#"]
              event  Stored 1 321016/ESP8266_01 1
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/dp/post/json: taken, not subscribed
        "#]],
    );
    expect![[r#"
        wendu 2020-08-17 08:00:00.000 127.10
        wendu 2020-08-17 08:00:00.000 2
        wendu 2020-08-17 08:00:00.000 "x"
        wendu 2020-08-17 08:00:00.000 3
    "#]]
    .assert_eq(&stored(&platform, ID));
}

#[test]
fn rejects_data_points_with_the_bytes_of_the_real_platform() {
    check_suite(
        [
            suite("dp/post/json", "{"),
            suite("dp/post/json", r#"{"id":5,"dp":{"a-b":[{"v":1}]}}"#),
            suite("dp/post/json", r#"{"id":0,"dp":{}}"#),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 321016/ESP8266_01
            1 ← SUBACK 1 [00]
              event  Subscribed 321016/ESP8266_01 ["$sys/321016/ESP8266_01/#"]
            1 ← PUBLISH $sys/321016/ESP8266_01/dp/post/json/rejected QoS 0 id 0 {"id":-1,"err_code":98,"err_msg":"illegal data"}
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/dp/post/json: refused 98 suite-data-points: payload is not JSON (line 1, column 2): found the end at byte 1, told
            1 ← PUBLISH $sys/321016/ESP8266_01/dp/post/json/rejected QoS 0 id 0 {"id":5,"err_code":98,"err_msg":"illegal data"}
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/dp/post/json: refused 98 suite-data-points: name of data stream has '-' as byte 1, expected letters, digits, _ and . at byte 20, told
            1 ← PUBLISH $sys/321016/ESP8266_01/dp/post/json/rejected QoS 0 id 0 {"id":0,"err_code":98,"err_msg":"illegal data"}
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/dp/post/json: refused 98 suite-message-id: found 0, told
        "#]],
    );
}

#[test]
fn things_of_which_no_document_says_more_are_taken_and_not_answered() {
    check_suite(
        [suite("thing/json/up", "{}"), suite("thing/tlv/down_reply/7", "\u{1}")],
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  LoggedIn 1 321016/ESP8266_01
        1 ← SUBACK 1 [00]
          event  Subscribed 321016/ESP8266_01 ["$sys/321016/ESP8266_01/#"]
          event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/thing/json/up: taken, nothing told
          event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/thing/tlv/down_reply/7: taken, nothing told
    "#]],
    );
}

#[test]
fn a_command_is_answered_once() {
    let platform = check_suite(
        [
            command("opendoor", 30),
            wait(2.0),
            suite(&format!("cmd/response/{UUID}"), "done"),
            suite(&format!("cmd/response/{UUID}"), "again"),
            suite("cmd/response/other", "what"),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 321016/ESP8266_01
            1 ← SUBACK 1 [00]
              event  Subscribed 321016/ESP8266_01 ["$sys/321016/ESP8266_01/#"]
              gives  1
            1 ← PUBLISH $sys/321016/ESP8266_01/cmd/request/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a QoS 0 id 0 opendoor
              event  CallSent 1 321016/ESP8266_01 $sys/321016/ESP8266_01/cmd/request/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a
            1 ← PUBLISH $sys/321016/ESP8266_01/cmd/response/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a/accepted QoS 0 id 0 
              event  CallAnswered 1 321016/ESP8266_01
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/cmd/response/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a: taken, told
            1 ← PUBLISH $sys/321016/ESP8266_01/cmd/response/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a/rejected QoS 0 id 0 {"err_code":113,"err_msg":"cmd id not found"}
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/cmd/response/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a: refused 113, told
            1 ← PUBLISH $sys/321016/ESP8266_01/cmd/response/other/rejected QoS 0 id 0 {"err_code":113,"err_msg":"cmd id not found"}
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/cmd/response/other: refused 113, told
        "#]],
    );
    let call = platform.calls_of(ID).next().unwrap();
    assert_eq!((call.state.clone(), call.answer.as_deref()), (CallState::Answered(None), Some(&b"done"[..])));
}

#[test]
fn a_command_times_out_and_a_late_answer_says_so() {
    let platform = check_suite(
        [command("opendoor", 5), wait(5.0), suite(&format!("cmd/response/{UUID}"), "done")],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 321016/ESP8266_01
            1 ← SUBACK 1 [00]
              event  Subscribed 321016/ESP8266_01 ["$sys/321016/ESP8266_01/#"]
              gives  1
            1 ← PUBLISH $sys/321016/ESP8266_01/cmd/request/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a QoS 0 id 0 opendoor
              event  CallSent 1 321016/ESP8266_01 $sys/321016/ESP8266_01/cmd/request/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a
              event  CallTimedOut 1 321016/ESP8266_01
            1 ← PUBLISH $sys/321016/ESP8266_01/cmd/response/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a/rejected QoS 0 id 0 {"err_code":112,"err_msg":"cmd response timeout"}
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/cmd/response/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a: refused 112, told
        "#]],
    );
    assert_eq!(platform.calls().next().unwrap().state, CallState::TimedOut);
}

#[test]
fn an_answer_that_is_too_long_leaves_the_command_open() {
    let long = "x".repeat(1_024);
    check_suite(
        [
            command("opendoor", 30),
            suite(&format!("cmd/response/{UUID}"), &long),
            suite(&format!("cmd/response/{UUID}"), "short"),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 321016/ESP8266_01
            1 ← SUBACK 1 [00]
              event  Subscribed 321016/ESP8266_01 ["$sys/321016/ESP8266_01/#"]
              gives  1
            1 ← PUBLISH $sys/321016/ESP8266_01/cmd/request/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a QoS 0 id 0 opendoor
              event  CallSent 1 321016/ESP8266_01 $sys/321016/ESP8266_01/cmd/request/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a
            1 ← PUBLISH $sys/321016/ESP8266_01/cmd/response/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a/rejected QoS 0 id 0 {"err_code":99,"err_msg":"maximum payload size exceeded"}
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/cmd/response/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a: refused 99 suite-answer-size: answer has 1024 bytes, the limit is 1023 at byte 1023, told
            1 ← PUBLISH $sys/321016/ESP8266_01/cmd/response/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a/accepted QoS 0 id 0 
              event  CallAnswered 1 321016/ESP8266_01
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/cmd/response/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a: taken, told
        "#]],
    );
}

#[test]
fn a_command_needs_a_device_that_hears_it() {
    check_with(
        two_devices(),
        [
            today(),
            command("a", 5),
            open(),
            send(1, log_in("321016", "ESP8266_01")),
            command("a", 5),
            send(1, subscribe(1, [("$sys/321016/ESP8266_01/cmd/request/+", 1)])),
            act(|platform, now| send_command(platform, "a/b", "", 5, now)),
            act(|platform, now| {
                let body = Bytes::from(vec![b'x'; 1_024]);
                told(platform.call_command(ID, UUID, body, Duration::from_secs(5), now))
            }),
            act(|platform, now| {
                told(platform.call_command(
                    "VRqhDHF2wL/my_tv",
                    UUID,
                    Bytes::new(),
                    Duration::from_secs(5),
                    now,
                ))
            }),
            act(|platform, now| {
                told(platform.call_command("1", UUID, Bytes::new(), Duration::from_secs(5), now))
            }),
            command("a", 5),
            command("b", 5),
        ],
        expect![[r#"
              gives  error: device not online: 321016/ESP8266_01
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 321016/ESP8266_01
              gives  error: the device is not subscribed to $sys/321016/ESP8266_01/cmd/request/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a
            1 ← SUBACK 1 [00]
              event  Subscribed 321016/ESP8266_01 ["$sys/321016/ESP8266_01/cmd/request/+"]
              gives  error: command id: '/' at byte 1 is not allowed here
              gives  error: message has 1024 bytes, the limit is 1023
              gives  error: the device is of another platform
              gives  error: device not found: 1
              gives  1
            1 ← PUBLISH $sys/321016/ESP8266_01/cmd/request/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a QoS 0 id 0 a
              event  CallSent 1 321016/ESP8266_01 $sys/321016/ESP8266_01/cmd/request/4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a
              gives  error: command id is already used
        "#]],
    );
}

#[test]
fn an_answer_whose_topic_has_no_room_for_a_reply_gets_none() {
    let mut stage = Stage::new(two_devices());
    suite_device().into_iter().for_each(|step| stage.run(step));
    stage.run(suite(&format!("cmd/response/{}", "x".repeat(65_495)), "done"));
    assert!(stage.transcript.ends_with("refused 113, not subscribed\n"));
}
