//! What a session holds across connections: messages under way, both ways (reference §1.2, MQTT 3.1.1 §4.4).

use std::time::Duration;

use expect_test::expect;
use frame::Packet;
use simulator::{Limits, Options};

use crate::script::*;

// MQTT-4.4.0-1, MQTT-3.3.1-1, MQTT-4.6.0-1, MQTT-4.6.0-4, MQTT-2.3.1-3
#[test]
fn sends_again_what_was_not_acknowledged_with_its_identifiers_and_in_order() {
    check(
        [
            open(),
            send(1, connect_again("1", "2")),
            send(1, subscribe(1, [("a", 0), ("b", 0)])),
            send(1, publish("a", 1, b"acknowledged")),
            send(1, publish("a", 2, b"at 1")),
            send(1, exactly_once("a", 3, b"at 2")),
            send(1, pubrel(3)),
            send(1, exactly_once("b", 4, b"received")),
            send(1, pubrel(4)),
            send(1, exactly_once("b", 5, b"received first")),
            send(1, pubrel(5)),
            send(1, puback(1)),
            send(1, pubrec(5)),
            send(1, pubrec(4)),
            close(1),
            open(),
            send(2, connect_again("1", "2")),
            // Those identifiers are taken.
            send(2, publish("a", 9, b"new")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [00, 00]
            1 ← PUBLISH a QoS 1 id 1 acknowledged
            1 ← PUBACK 1
              event  Forwarded a from 1 to 1, discarded 0
            1 ← PUBLISH a QoS 1 id 2 at 1
            1 ← PUBACK 2
              event  Forwarded a from 1 to 1, discarded 0
            1 ← PUBREC 3
            1 ← PUBCOMP 3
            1 ← PUBLISH a QoS 2 id 3 at 2
              event  Forwarded a from 1 to 1, discarded 0
            1 ← PUBREC 4
            1 ← PUBCOMP 4
            1 ← PUBLISH b QoS 2 id 4 received
              event  Forwarded b from 1 to 1, discarded 0
            1 ← PUBREC 5
            1 ← PUBCOMP 5
            1 ← PUBLISH b QoS 2 id 5 received first
              event  Forwarded b from 1 to 1, discarded 0
            1 ← PUBREL 5
            1 ← PUBREL 4
              event  Closed 1 1
              event  Opened 2
            2 ← CONNACK 0 session present true
            2 ← PUBREL 5
            2 ← PUBREL 4
            2 ← PUBLISH a QoS 1 id 2 DUP at 1
            2 ← PUBLISH a QoS 2 id 3 DUP at 2
              event  LoggedIn 2 1
              event  Resent 2 1 2, PUBRELs 2
            2 ← PUBLISH a QoS 1 id 6 new
            2 ← PUBACK 9
              event  Forwarded a from 1 to 1, discarded 0
        "#]],
    );
}

// MQTT-4.3.3-2, MQTT-3.1.2-4
#[test]
fn knows_a_message_again_that_came_on_an_earlier_connection() {
    let upload = || exactly_once("$dp", 7, b"\x03\x00\x07{\"a\":1}");
    let platform = check(
        [
            open(),
            send(1, connect_again("1", "2")),
            send(1, subscribe(1, [("a", 0)])),
            send(1, upload()),
            send(1, exactly_once("a", 8, b"once")),
            close(1),
            open(),
            send(2, connect_again("1", "2")),
            send(2, again(upload())),
            send(2, pubrel(7)),
            send(2, pubrel(8)),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [00]
            1 ← PUBREC 7
              event  Stored 1 1 1
            1 ← PUBREC 8
              event  Closed 1 1
              event  Opened 2
            2 ← CONNACK 0 session present true
              event  LoggedIn 2 1
            2 ← PUBREC 7
              event  Repeated 2 1 id 7
            2 ← PUBCOMP 7
            2 ← PUBCOMP 8
            2 ← PUBLISH a QoS 2 id 1 once
              event  Forwarded a from 1 to 1, discarded 0
        "#]],
    );
    assert_eq!(platform.device("1").unwrap().received(), 1);
}

// MQTT-3.1.2-6, MQTT-3.2.2-1, MQTT-3.2.2-2, MQTT-3.2.2-3
#[test]
fn a_clean_session_takes_nothing_over_and_leaves_nothing_behind() {
    check(
        [
            open(),
            send(1, connect_again("1", "2")),
            send(1, subscribe(1, [("a", 0)])),
            send(1, publish("a", 1, b"under way")),
            send(1, exactly_once("a", 7, b"unreleased")),
            close(1),
            open(),
            send(2, connect("1", "2")),
            send(2, pubrel(7)),
            send(2, subscribe(1, [("a", 0)])),
            send(2, publish("a", 1, b"lost")),
            send(2, exactly_once("a", 7, b"lost, too")),
            close(2),
            open(),
            send(3, connect_again("1", "2")),
            send(3, exactly_once("a", 7, b"new")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [00]
            1 ← PUBLISH a QoS 1 id 1 under way
            1 ← PUBACK 1
              event  Forwarded a from 1 to 1, discarded 0
            1 ← PUBREC 7
              event  Closed 1 1
              event  Opened 2
            2 ← CONNACK 0 session present false
              event  MessagesLost 1 undelivered 1, unreleased 1
              event  LoggedIn 2 1
            2 ← PUBCOMP 7
              event  Unmatched 2 1 PUBREL 7
            2 ← SUBACK 1 [00]
            2 ← PUBLISH a QoS 1 id 1 lost
            2 ← PUBACK 1
              event  Forwarded a from 1 to 1, discarded 0
            2 ← PUBREC 7
              event  Closed 2 1
              event  MessagesLost 1 undelivered 1, unreleased 1
              event  Opened 3
            3 ← CONNACK 0 session present false
              event  LoggedIn 3 1
            3 ← PUBREC 7
        "#]],
    );
}

// MQTT-3.1.4-2
#[test]
fn a_second_login_takes_over_what_is_under_way() {
    check(
        [
            open(),
            open(),
            send(1, connect_again("1", "2")),
            send(1, subscribe(1, [("a", 0)])),
            send(1, publish("a", 1, b"under way")),
            send(2, connect_again("1", "2")),
            send(2, puback(1)),
            send(1, puback(1)),
        ],
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [00]
            1 ← PUBLISH a QoS 1 id 1 under way
            1 ← PUBACK 1
              event  Forwarded a from 1 to 1, discarded 0
            1 ← close
            2 ← CONNACK 0 session present true
            2 ← PUBLISH a QoS 1 id 1 DUP under way
              event  Dropped 1 1: the device logged in again on another connection
              event  LoggedIn 2 1
              event  Resent 2 1 1, PUBRELs 0
        "#]],
    );
}

#[test]
fn a_device_that_comes_back_has_as_much_time_for_its_pubrel_again() {
    let mut stage = Stage::new(Options::default());
    for step in [open(), send(1, connect_again("1", "2")), send(1, exactly_once("a", 1, b"one")), close(1)] {
        stage.run(step);
    }
    assert_eq!(stage.platform.poll_timeout(), None, "nobody waits for who is not there");
    stage.run(wait(100_000.0));
    stage.run(open());
    stage.run(send(2, connect_again("1", "2")));
    assert_eq!(stage.platform.poll_timeout(), Some(stage.now + Duration::from_secs(120)));
}

// MQTT-4.6.0-6
#[test]
fn what_is_under_way_comes_before_what_was_kept_meanwhile() {
    let mut stage = Stage::new(limited(Limits { in_flight: 2, ..Limits::default() }));
    for step in [open(), send(1, connect_again("1", "2")), send(1, subscribe(1, [("a", 0)]))] {
        stage.run(step);
    }
    stage.run(open());
    stage.run(send(2, connect("3", "2")));
    for n in 1..=3 {
        stage.run(send(2, exactly_once("a", n, format!("{n}").as_bytes())));
        stage.run(send(2, pubrel(n)));
    }
    stage.run(close(1));
    stage.run(send(2, publish("a", 4, b"4 while away")));
    stage.transcript.clear();
    for step in [open(), send(3, connect_again("1", "2")), send(3, pubrec(1)), send(3, pubcomp(1))] {
        stage.run(step);
    }
    for packet in [pubrec(2), pubcomp(2)] {
        stage.run(send(3, packet));
    }
    expect![[r#"
          event  Opened 3
        3 ← CONNACK 0 session present true
        3 ← PUBLISH a QoS 2 id 1 DUP 1
        3 ← PUBLISH a QoS 2 id 2 DUP 2
          event  LoggedIn 3 1
          event  Resent 3 1 2, PUBRELs 0
          event  CaughtUp 1 2
        3 ← PUBREL 1
        3 ← PUBLISH a QoS 2 id 3 3
        3 ← PUBREL 2
        3 ← PUBLISH a QoS 1 id 4 4 while away
    "#]]
    .assert_eq(&stage.transcript);
}

#[test]
fn tells_what_waited_in_line_and_is_not_kept() {
    let mut stage = Stage::new(limited(Limits { in_flight: 1, ..Limits::default() }));
    for step in [open(), open(), send(1, connect_again("1", "2")), send(1, subscribe(1, [("a", 1)]))] {
        stage.run(step);
    }
    stage.run(send(1, publish("a", 1, b"sent")));
    for step in [send(2, connect_with_will("3", "2", "a", 1, false)), close(2), close(1)] {
        stage.run(step);
    }
    assert!(
        stage.transcript.ends_with("MessagesLost 1 undelivered 1, unreleased 0\n"),
        "{}",
        stage.transcript
    );
}

// MQTT-3.1.2-5
#[test]
fn keeps_messages_at_qos_2_for_a_device_that_is_away() {
    check(
        [
            open(),
            open(),
            send(1, connect_again("1", "2")),
            send(1, subscribe(1, [("a", 0)])),
            send(1, Packet::Disconnect),
            send(2, connect("3", "2")),
            send(2, exactly_once("a", 1, b"at 2")),
            send(2, pubrel(1)),
            open(),
            send(3, connect_again("1", "2")),
        ],
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [00]
            1 ← close
              event  Closed 1 1
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 3
            2 ← PUBREC 1
            2 ← PUBCOMP 1
              event  Forwarded a from 3 to 0, kept 1, discarded 0
              event  Opened 3
            3 ← CONNACK 0 session present true
            3 ← PUBLISH a QoS 2 id 1 at 2
              event  LoggedIn 3 1
              event  CaughtUp 1 1
        "#]],
    );
}
