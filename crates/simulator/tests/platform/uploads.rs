//! Uploads to `$dp` (reference §1.4, §1.6).

use expect_test::expect;
use frame::Packet;

use crate::script::*;

const FULL: &str =
    r#"{"datastreams":[{"id":"wendu","datapoints":[{"at":"2016-08-15T14:47:00","value":55}]}]}"#;

#[test]
fn stores_then_acknowledges() {
    let platform = check(
        [
            open(),
            send(1, connect("29455901", "12555524")),
            send(1, upload(1, 1, FULL)),
            wait(61.5),
            send(1, upload(0, 3, r#"{"wendu":127.10,"shidu":"40%"}"#)),
            send(
                1,
                upload(2, 1, r#"{"datastreams":[{"id":"wendu","datapoints":[{"at":"soon","value":{}}]}]}"#),
            ),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 29455901
            1 ← PUBACK 1
              event  Stored 1 29455901 1
              event  Stored 1 29455901 2
            1 ← PUBACK 2
              event  Stored 1 29455901 1
        "#]],
    );
    expect![[r#"
        shidu 2016-08-15 14:48:01.500 "40%"
        wendu 2016-08-15 14:47:00.000 55
        wendu 2016-08-15 14:48:01.500 127.10
        wendu 2016-08-15 14:48:01.500 {}
    "#]]
    .assert_eq(&stored(&platform, "29455901"));
    let device = platform.device("29455901").unwrap();
    assert_eq!((device.received(), device.evicted()), (4, 0));
    assert_eq!(device.stream("wendu").unwrap().latest().unwrap().value.as_json(), "{}");
    assert!(device.stream("").is_none());
}

#[test]
fn drops_a_device_whose_upload_cannot_be_read() {
    let platform = check(
        [
            open(),
            send(1, connect("29455901", "12555524")),
            send(1, upload(1, 1, r#"{"datastreams":[{"id":"wendu","datapoints":[{"value":1},{}]}]}"#)),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 29455901
            1 ← close
              event  Dropped 1 29455901: rule payload: member "value" is missing at byte 59
        "#]],
    );
    assert_eq!(platform.device("29455901").unwrap().received(), 0);
}

#[test]
fn drops_a_retained_upload() {
    let Packet::Publish(mut publish) = upload(1, 1, FULL) else { unreachable!() };
    publish.retain = true;
    check(
        [open(), send(1, connect("29455901", "12555524")), send(1, Packet::Publish(publish))],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 29455901
            1 ← close
              event  Dropped 1 29455901: rule upload-retain
        "#]],
    );
}

#[test]
fn stores_far_away_times() {
    let body = |at| format!(r#"{{"datastreams":[{{"id":"a","datapoints":[{{"at":"{at}","value":1}}]}}]}}"#);
    let times =
        ["-9999-01-01T00:00:00", "0000-01-01T00:00:00", "9999-12-31T23:59:59.9", "1969-12-31 23:59:60"];
    let uploads = times.map(|at| send(1, upload(1, 1, &body(at))));
    let platform = check(
        [open(), send(1, connect("1", "2"))].into_iter().chain(uploads),
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  LoggedIn 1 1
        1 ← PUBACK 1
          event  Stored 1 1 1
        1 ← PUBACK 1
          event  Stored 1 1 1
        1 ← PUBACK 1
          event  Stored 1 1 1
        1 ← PUBACK 1
          event  Stored 1 1 1
    "#]],
    );
    expect![[r#"
        a 2016-08-15 14:47:00.000 1
        a 0000-01-01 00:00:00.000 1
        a 9999-12-31 23:59:59.900 1
        a 2016-08-15 14:47:00.000 1
    "#]]
    .assert_eq(&stored(&platform, "1"));
}
