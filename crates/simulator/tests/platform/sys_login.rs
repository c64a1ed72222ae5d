//! Logins with tokens (reference §2.2, §4): who is let in, who is refused and why, and of which generation they are.

use expect_test::expect;
use frame::{Connect, LastWill, Packet, QoS};
use onenet::Generation;
use simulator::Options;
use time::macros::utc_datetime;

use crate::script::*;
use crate::tokens::*;

#[test]
fn lets_devices_of_both_platforms_in_by_their_tokens() {
    let platform = check_with(
        two_devices(),
        [
            today(),
            open(),
            send(1, log_in("321016", "ESP8266_01")),
            open(),
            send(2, log_in("VRqhDHF2wL", "my_tv")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 321016/ESP8266_01
              event  Opened 2
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 VRqhDHF2wL/my_tv
        "#]],
    );
    let generation = |id: &str| platform.device(id).unwrap().generation();
    assert_eq!(generation("321016/ESP8266_01"), Generation::Suite);
    assert_eq!(generation("VRqhDHF2wL/my_tv"), Generation::Studio);
}

/// What the official tool signed (reference §4), while it was valid.
#[test]
fn takes_the_token_that_the_official_tool_has_made() {
    let official = "version=2018-10-31&res=products%2F321016%2Fdevices%2FESP8266_01&et=1597706627&method=md5&\
                    sign=Iab67cX76DXqSqZ4ztVMxw%3D%3D";
    check_with(
        two_devices(),
        [
            today(),
            open(),
            send(1, log_in_with("321016", "ESP8266_01", official)),
            wait(10.0),
            act(|platform, now| {
                platform.set_clock(now, utc_datetime!(2020-08-17 23:23:48));
                String::new()
            }),
            open(),
            send(2, log_in_with("321016", "ESP8266_01", official)),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 321016/ESP8266_01
              event  Opened 2
            2 ← CONNACK 4 session present false
            2 ← close
              event  LoginRefused 2 1104 the token expired 1 s ago: password: expired 1 s ago (will be refused)
              event  Refused 2 4: bad user name or password, rule sys-token
        "#]],
    );
}

#[test]
fn tells_why_a_token_is_refused() {
    let good = token("321016", "ESP8266_01");
    let other_key = "KuF3NT/jUBJ62LNBB/A8XZA9CqS3Cu79B/ABmfA1UCw=";
    let passwords = [
        KEY.to_owned(),
        "JHFDJF55586jhk".to_owned(),
        good.replace("&method=md5", ""),
        good.replace("md5", "MD5"),
        good.replace("2018-10-31", "2020-05-29"),
        token("321016", "ESP8266_02"),
        token_with("321016", "ESP8266_01", 1_500_000_000, KEY),
        token_with("321016", "ESP8266_01", ET, other_key),
    ];
    let mut script = vec![today()];
    for (connection, password) in (1..).zip(passwords) {
        script.extend([open(), send(connection, log_in_with("321016", "ESP8266_01", &password))]);
    }
    check_with(
        two_devices(),
        script,
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 4 session present false
        1 ← close
          event  LoginRefused 1 1103 the password is no token: password: is a key of 44 characters, not a token (will be refused)
          event  Refused 1 4: bad user name or password, rule sys-token
          event  Opened 2
        2 ← CONNACK 4 session present false
        2 ← close
          event  LoginRefused 2 1103 the password is no token: password: is no token: 14 bytes without version, res, et, method, sign (will be refused)
          event  Refused 2 4: bad user name or password, rule sys-token
          event  Opened 3
        3 ← CONNACK 4 session present false
        3 ← close
          event  LoginRefused 3 1103 the token cannot be read: missing parameter method at byte 113: password: missing parameter method at byte 113 (will be refused)
          event  Refused 3 4: bad user name or password, rule sys-token
          event  Opened 4
        4 ← CONNACK 4 session present false
        4 ← close
          event  LoginRefused 4 1110 the token cannot be read: method is none of md5, sha1 and sha256 at byte 85: password: method "MD5" must be written md5 (will be refused); password: sign was made with the method name "md5" (will be refused)
          event  Refused 4 4: bad user name or password, rule sys-token
          event  Opened 5
        5 ← CONNACK 4 session present false
        5 ← close
          event  LoginRefused 5 1111 the version of the token is not 2018-10-31: password: sign was made with the version 2018-10-31 (will be refused); password: version is the one for applications (probably)
          event  Refused 5 4: bad user name or password, rule sys-token
          event  Opened 6
        6 ← CONNACK 4 session present false
        6 ← close
          event  LoginRefused 6 1114 res of the token is not this device: password: res names another device: "ESP8266_02" in the token, "ESP8266_01" in the form, different from byte 9 on (will be refused)
          event  Refused 6 4: bad user name or password, rule sys-token
          event  Opened 7
        7 ← CONNACK 4 session present false
        7 ← close
          event  LoginRefused 7 1104 the token expired 97622400 s ago: password: expired 97622400 s ago (will be refused)
          event  Refused 7 4: bad user name or password, rule sys-token
          event  Opened 8
        8 ← CONNACK 4 session present false
        8 ← close
          event  LoginRefused 8 1106 the signature is not that of the device's key: password: sign is not of this key, nor with the text of the key instead of its bytes, res with its escapes, a line break behind the last line, carriage returns, backslash and n for line breaks, no line breaks, the values in the order of the token, the method name "MD5", the product alone as res, et in seconds, et in milliseconds, the version 2020-05-29, the version 2022-05-01 (probably)
          event  Refused 8 4: bad user name or password, rule sys-token
    "#]],
    );
}

/// §2.2: flags exactly C2, keep alive 10 to 1800, all three fields.
#[test]
fn closes_on_what_is_no_login_at_all() {
    let connect = |change: fn(&mut Connect)| {
        let Packet::Connect(mut connect) = log_in("321016", "ESP8266_01") else { unreachable!() };
        change(&mut connect);
        Packet::Connect(connect)
    };
    check_with(
        two_devices(),
        [
            today(),
            open(),
            send(1, connect(|connect| connect.clean_session = false)),
            open(),
            send(2, connect(|connect| connect.keep_alive = 9)),
            open(),
            send(3, connect(|connect| connect.keep_alive = 1_801)),
            open(),
            send(
                4,
                connect(|connect| {
                    connect.last_will = Some(LastWill::new("a", *b"b", QoS::AtMostOnce, false));
                }),
            ),
            open(),
            send(5, log_in_with("321016", "ESP8266_01", "")),
            open(),
            send(6, log_in("321016", "ESP8266_01")),
            send(6, log_in("321016", "ESP8266_01")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← close
              event  Dropped 1 nobody: rule sys-clean-session: found 0b11000000
              event  Opened 2
            2 ← close
              event  Dropped 2 nobody: rule sys-keep-alive-range: found 9
              event  Opened 3
            3 ← close
              event  Dropped 3 nobody: rule sys-keep-alive-range: found 1801
              event  Opened 4
            4 ← close
              event  Dropped 4 nobody: rule sys-will: found 0b11000110
              event  Opened 5
            5 ← close
              event  Dropped 5 nobody: rule sys-login-flags: found 0b10000010
              event  Opened 6
            6 ← CONNACK 0 session present false
              event  LoggedIn 6 321016/ESP8266_01
            6 ← close
              event  Dropped 6 321016/ESP8266_01: rule sys-second-connect
        "#]],
    );
}

#[test]
fn an_older_session_is_cut_and_silence_ends_the_last() {
    check_with(
        two_devices(),
        [
            today(),
            open(),
            send(1, log_in("321016", "ESP8266_01")),
            send(1, subscribe(1, [("$sys/321016/ESP8266_01/#", 0)])),
            open(),
            send(2, log_in("321016", "ESP8266_01")),
            // Subscriptions ended with the older one.
            send(2, publish("$sys/321016/ESP8266_01/dp/post/json", 0, br#"{"id":1,"dp":{}}"#)),
            wait(90.0),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 321016/ESP8266_01
            1 ← SUBACK 1 [00]
              event  Subscribed 321016/ESP8266_01 ["$sys/321016/ESP8266_01/#"]
              event  Opened 2
            1 ← close
            2 ← CONNACK 0 session present false
              event  Dropped 1 321016/ESP8266_01: the device logged in again on another connection
              event  LoggedIn 2 321016/ESP8266_01
              event  Stored 2 321016/ESP8266_01 0
              event  Uplink 321016/ESP8266_01 $sys/321016/ESP8266_01/dp/post/json: taken, not subscribed
            2 ← close
              event  Dropped 2 321016/ESP8266_01: rule sys-keep-alive-silence
        "#]],
    );
}

/// The bytes that go over the wire (reference §2.2).
#[test]
fn answers_with_the_documented_bytes() {
    let bytes_of = |password: &str| {
        let mut stage = Stage::new(two_devices());
        stage.run(today());
        let connection = stage.platform.handle_open(stage.now);
        let login = frame::encode(&log_in_with("VRqhDHF2wL", "my_tv", password)).unwrap();
        stage.platform.handle_input(connection, &login, stage.now);
        match stage.platform.poll_transmit() {
            Some((_, simulator::Transmit::Frame(bytes))) => bytes.to_vec(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(bytes_of(&token("VRqhDHF2wL", "my_tv")), [0x20, 2, 0, 0]);
    assert_eq!(bytes_of("wrong"), [0x20, 2, 0, 4]);
}

#[test]
fn what_was_typed_stays_out_of_debug_output() {
    let mut stage = Stage::new(two_devices());
    stage.run(today());
    let connection = stage.platform.handle_open(stage.now);
    let token = token("321016", "ESP8266_01");
    let login = frame::encode(&log_in_with("321016", KEY, &token)).unwrap();
    stage.platform.handle_input(connection, &login, stage.now);
    let events: Vec<String> =
        std::iter::from_fn(|| stage.platform.poll_event()).map(|event| format!("{event:?}")).collect();
    assert!(events.iter().any(|event| event.contains("LoginRefused")), "{events:?}");
    let platform = format!("{:?}", stage.platform);
    for text in events.iter().chain([&platform]) {
        assert!(!text.contains(KEY) && !text.contains("sign="), "{text}");
    }
}

#[test]
fn a_login_is_answered_late_where_that_is_asked_for() {
    let options = Options { login_delay: std::time::Duration::from_secs(1), ..two_devices() };
    check_with(
        options,
        [
            today(),
            open(),
            send(1, log_in("321016", "ESP8266_01")),
            send(1, subscribe(1, [("$sys/321016/ESP8266_01/#", 0)])),
            wait(1.0),
        ],
        expect![[r#"
              event  Opened 1
              event  Ignored 1: rule before-connack
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 321016/ESP8266_01
        "#]],
    );
}

#[test]
fn the_legacy_platform_s_commands_are_not_for_devices_with_tokens() {
    check_with(
        two_devices(),
        [today(), open(), send(1, log_in("321016", "ESP8266_01")), command("321016/ESP8266_01", "c", "x")],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 321016/ESP8266_01
              error  device not found: 321016/ESP8266_01
        "#]],
    );
}
