//! Acknowledgements, right and wrong, and those of a QoS that is not spoken (MQTT 3.1.1 §4.3, reference §1.4).

use expect_test::expect;
use onenet::rules::Readings;
use onenet::rules::legacy::Qos;
use simulator::{Limits, Options, UnderWay};

use crate::script::*;

// MQTT-4.3.3-1
#[test]
fn never_sends_a_message_again_after_its_pubrel() {
    check(
        [
            open(),
            send(1, connect_again("1", "2")),
            send(1, subscribe(1, [("a", 2)])),
            send(1, exactly_once("a", 1, b"mine")),
            send(1, pubrel(1)),
            send(1, pubrec(1)),
            // As after a PUBREC that came twice.
            send(1, pubrec(1)),
            close(1),
            open(),
            send(2, connect_again("1", "2")),
            send(2, pubcomp(1)),
            send(2, pubcomp(1)),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [02]
            1 ← PUBREC 1
            1 ← PUBCOMP 1
            1 ← PUBLISH a QoS 2 id 1 mine
              event  Forwarded a from 1 to 1, discarded 0
            1 ← PUBREL 1
            1 ← PUBREL 1
              event  Closed 1 1
              event  Opened 2
            2 ← CONNACK 0 session present true
            2 ← PUBREL 1
              event  LoggedIn 2 1
              event  Resent 2 1 0, PUBRELs 1
              event  Unmatched 2 1 PUBCOMP 1
        "#]],
    );
}

// MQTT-4.8.0-1
#[test]
fn closes_on_an_acknowledgement_that_the_message_does_not_await() {
    let subscriber = |connection: u64| {
        let subscribe = send(connection, subscribe(1, [("a", 2)]));
        [open(), send(connection, connect("1", "2")), subscribe]
    };
    let at_2 = |connection| [exactly_once("a", 1, b"mine"), pubrel(1)].map(|packet| send(connection, packet));
    let script = subscriber(1)
        .into_iter()
        .chain(at_2(1))
        .chain([send(1, puback(1))])
        .chain(subscriber(2))
        .chain(at_2(2))
        .chain([send(2, pubcomp(1))])
        .chain(subscriber(3))
        .chain([send(3, publish("a", 1, b"mine")), send(3, pubrec(1))]);
    check(
        script,
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  LoggedIn 1 1
        1 ← SUBACK 1 [02]
        1 ← PUBREC 1
        1 ← PUBCOMP 1
        1 ← PUBLISH a QoS 2 id 1 mine
          event  Forwarded a from 1 to 1, discarded 0
        1 ← close
          event  Dropped 1 1: PUBACK 1 is not what that message awaits
          event  MessagesLost 1 undelivered 1, unreleased 0
          event  Opened 2
        2 ← CONNACK 0 session present false
          event  LoggedIn 2 1
        2 ← SUBACK 1 [02]
        2 ← PUBREC 1
        2 ← PUBCOMP 1
        2 ← PUBLISH a QoS 2 id 1 mine
          event  Forwarded a from 1 to 1, discarded 0
        2 ← close
          event  Dropped 2 1: PUBCOMP 1 is not what that message awaits
          event  MessagesLost 1 undelivered 1, unreleased 0
          event  Opened 3
        3 ← CONNACK 0 session present false
          event  LoggedIn 3 1
        3 ← SUBACK 1 [02]
        3 ← PUBLISH a QoS 1 id 1 mine
        3 ← PUBACK 1
          event  Forwarded a from 1 to 1, discarded 0
        3 ← close
          event  Dropped 3 1: PUBREC 1 is not what that message awaits
          event  MessagesLost 1 undelivered 1, unreleased 0
    "#]],
    );
}

#[test]
fn answers_what_names_no_message_so_that_the_device_can_be_done_with_it() {
    check(
        [
            open(),
            send(1, connect("1", "2")),
            send(1, puback(3)),
            send(1, pubrec(3)),
            send(1, pubrel(3)),
            send(1, pubcomp(3)),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
              event  Unmatched 1 1 PUBACK 3
            1 ← PUBREL 3
              event  Unmatched 1 1 PUBREC 3
            1 ← PUBCOMP 3
              event  Unmatched 1 1 PUBREL 3
              event  Unmatched 1 1 PUBCOMP 3
        "#]],
    );
}

#[test]
fn speaks_no_qos_2_under_the_reading_that_there_is_none() {
    let readings = Readings { qos: Qos::UpTo1, ..Readings::default() };
    let login = |connection| [open(), send(connection, connect("1", "2"))];
    let script = login(1)
        .into_iter()
        .chain([send(1, exactly_once("a", 1, b"no"))])
        .chain(login(2))
        .chain([send(2, pubrel(1))])
        .chain(login(3))
        .chain([
            send(3, retained("a", b"at most at 1")),
            send(3, subscribe(1, [("a", 2)])),
            send(3, pubrec(7)),
        ]);
    check_with(
        Options { readings, ..Options::default() },
        script,
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  LoggedIn 1 1
        1 ← close
          event  Dropped 1 1: rule qos: found 2
          event  Opened 2
        2 ← CONNACK 0 session present false
          event  LoggedIn 2 1
        2 ← close
          event  Dropped 2 1: QoS 2 is not supported
          event  Opened 3
        3 ← CONNACK 0 session present false
          event  LoggedIn 3 1
          event  Forwarded a from 1 to 0, discarded 0
        3 ← SUBACK 1 [02]
        3 ← PUBLISH a QoS 1 id 1 retained at most at 1
        3 ← close
          event  Dropped 3 1: QoS 2 is not supported
          event  MessagesLost 1 undelivered 1, unreleased 0
    "#]],
    );
}

#[test]
fn ends_what_was_begun_before_there_was_no_qos_2_any_more() {
    let no_qos_2 = Readings { qos: Qos::UpTo1, ..Readings::default() };
    check(
        [
            open(),
            send(1, connect("1", "2")),
            send(1, exactly_once("a", 1, b"begun")),
            act(move |platform, _| {
                platform.follow(no_qos_2);
                String::new()
            }),
            send(1, pubrel(1)),
            send(1, pubrel(1)),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← PUBREC 1
            1 ← PUBCOMP 1
              event  Forwarded a from 1 to 0, discarded 0
            1 ← close
              event  Dropped 1 1: QoS 2 is not supported
        "#]],
    );
}

#[test]
fn counts_what_is_under_way() {
    let mut stage = Stage::new(limited(Limits { in_flight: 1, ..Limits::default() }));
    for step in [open(), send(1, connect_again("1", "2")), send(1, subscribe(1, [("a", 1)]))] {
        stage.run(step);
    }
    for id in 1..=3 {
        stage.run(send(1, publish("a", id, b"mine")));
        stage.run(send(1, exactly_once("a", id + 3, b"held")));
    }
    let counts = |stage: &Stage| stage.platform.under_way("1").unwrap();
    assert_eq!(counts(&stage), UnderWay { unacknowledged: 1, waiting: 2, unreleased: 3 });
    stage.run(close(1));
    assert_eq!(counts(&stage), UnderWay { unacknowledged: 1, waiting: 0, unreleased: 3 });
    assert_eq!(stage.platform.device("1").unwrap().messages_waiting(), 2);
    assert_eq!(stage.platform.under_way("9"), None);
}
