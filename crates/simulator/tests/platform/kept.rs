//! What outlives a connection with clean session 0: subscriptions, and messages meanwhile (reference §1.2, §1.5).

use expect_test::expect;
use frame::Packet;
use simulator::{Limits, Options, Platform};

use crate::script::*;

#[test]
fn keeps_subscriptions_for_clean_session_0() {
    check(
        [
            open(),
            send(1, connect_again("1", "2")),
            send(1, subscribe(1, [("a", 0)])),
            send(1, Packet::Disconnect),
            open(),
            send(2, connect_again("1", "2")),
            send(2, publish("a", 0, b"still mine")),
            close(2),
            open(),
            // A clean session takes nothing over and leaves nothing behind.
            send(3, connect("1", "2")),
            send(3, publish("a", 0, b"for nobody")),
            close(3),
            open(),
            send(4, connect_again("1", "2")),
            send(4, publish("a", 0, b"for nobody")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [00]
            1 ← close
              event  Closed 1 1
              event  Opened 2
            2 ← CONNACK 0 session present true
              event  LoggedIn 2 1
            2 ← PUBLISH a QoS 0 id 0 still mine
              event  Forwarded a from 1 to 1, discarded 0
              event  Closed 2 1
              event  Opened 3
            3 ← CONNACK 0 session present false
              event  LoggedIn 3 1
              event  Forwarded a from 1 to 0, discarded 0
              event  Closed 3 1
              event  Opened 4
            4 ← CONNACK 0 session present false
              event  LoggedIn 4 1
              event  Forwarded a from 1 to 0, discarded 0
        "#]],
    );
}

#[test]
fn takes_a_session_over_from_the_older_connection() {
    check(
        [
            open(),
            open(),
            open(),
            send(1, connect_again("1", "2")),
            send(1, subscribe(1, [("a", 0)])),
            send(2, connect_again("1", "2")),
            send(2, publish("a", 0, b"still mine")),
            // Another product is another session.
            send(3, connect_again("1", "3")),
            send(3, publish("a", 0, b"for nobody")),
        ],
        expect![[r#"
              event  Opened 1
              event  Opened 2
              event  Opened 3
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [00]
            1 ← close
            2 ← CONNACK 0 session present true
              event  Dropped 1 1: the device logged in again on another connection
              event  LoggedIn 2 1
            2 ← PUBLISH a QoS 0 id 0 still mine
              event  Forwarded a from 1 to 1, discarded 0
            2 ← close
            3 ← CONNACK 0 session present false
              event  Dropped 2 1: the device logged in again on another connection
              event  LoggedIn 3 1
              event  Forwarded a from 1 to 0, discarded 0
        "#]],
    );
}

#[test]
fn pushes_what_came_meanwhile_at_the_next_login() {
    let platform = check(
        [
            open(),
            open(),
            send(1, connect_again("1", "2")),
            send(1, subscribe(1, [("a", 0), ("b", 1)])),
            close(1),
            send(2, connect("3", "2")),
            send(2, publish("a", 0, b"at 0")),
            send(2, publish("b", 1, b"at 1")),
            // Messages over HTTP are for those who are online.
            act(|platform, now| {
                let topic = onenet::legacy::UserTopic::parse("a").unwrap();
                platform.publish("2", &topic, "over HTTP".into(), now).to_string()
            }),
            open(),
            send(3, connect_again("1", "2")),
            send(3, puback(1)),
            close(3),
            open(),
            send(4, connect_again("1", "2")),
        ],
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [00, 01]
              event  Closed 1 1
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 3
              event  Forwarded a from 3 to 0, kept 1, discarded 0
            2 ← PUBACK 1
              event  Forwarded b from 3 to 0, kept 1, discarded 0
              gives  0
              event  Forwarded a from HTTP to 0, discarded 0
              event  Opened 3
            3 ← CONNACK 0 session present true
            3 ← PUBLISH a QoS 0 id 0 at 0
            3 ← PUBLISH b QoS 1 id 1 at 1
              event  LoggedIn 3 1
              event  CaughtUp 1 2
              event  Closed 3 1
              event  Opened 4
            4 ← CONNACK 0 session present true
              event  LoggedIn 4 1
        "#]],
    );
    let device = platform.device("1").unwrap();
    assert_eq!((device.messages_waiting(), device.messages_evicted()), (0, 0));
}

#[test]
fn keeps_the_newest_ten_messages() {
    let mut stage = away(Options::default());
    for n in 0..12 {
        stage.run(send(2, publish("a", 0, format!("{n}").as_bytes())));
    }
    assert_eq!(counts(&stage.platform), (10, 2));
    assert_eq!(come_back(&mut stage), ["2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]);
    assert_eq!(counts(&stage.platform), (0, 2));
}

#[test]
fn keeps_messages_for_two_days() {
    let mut stage = away(Options::default());
    stage.run(send(2, publish("a", 0, b"old")));
    for _ in 0..1_440 {
        stage.run(wait(119.0));
        stage.run(send(2, Packet::PingReq));
    }
    stage.run(send(2, publish("a", 0, b"new")));
    // Two days are 172,800 seconds; 1,440 waits of 119 are 171,360.
    stage.run(wait(179.0));
    assert_eq!(counts(&stage.platform), (2, 0));
    for _ in 0..11 {
        stage.run(send(2, Packet::PingReq));
        stage.run(wait(115.0));
    }
    assert_eq!(come_back(&mut stage), ["new"]);
    assert_eq!(counts(&stage.platform), (0, 1));
}

#[test]
fn keeps_what_waited_for_a_puback_when_the_connection_ended() {
    let mut stage = away(limited(Limits { in_flight: 1, ..Limits::default() }));
    come_back(&mut stage);
    for n in 0..4 {
        stage.run(send(2, publish("a", 1, &[b'0' + n])));
    }
    stage.run(close(3));
    assert_eq!(counts(&stage.platform), (3, 0), "the first is under way");
    stage.transcript.clear();
    stage.run(open());
    stage.run(send(4, connect_again("1", "2")));
    for id in 1..=3 {
        stage.run(send(4, puback(id)));
    }
    expect![[r#"
          event  Opened 4
        4 ← CONNACK 0 session present true
        4 ← PUBLISH a QoS 1 id 1 DUP 0
          event  LoggedIn 4 1
          event  Resent 4 1 1, PUBRELs 0
          event  CaughtUp 1 3
        4 ← PUBLISH a QoS 1 id 2 1
        4 ← PUBLISH a QoS 1 id 3 2
        4 ← PUBLISH a QoS 1 id 4 3
    "#]]
    .assert_eq(&stage.transcript);
}

#[test]
fn keeps_the_bytes_that_wait_within_their_limit() {
    let mut stage = away(limited(Limits { kept_bytes: 1_000, ..Limits::default() }));
    for n in 0..4 {
        stage.run(send(2, publish("a", 0, &[b'0' + n; 300])));
    }
    stage.run(send(2, publish("a", 0, &[b'x'; 1_000])));
    assert!(stage.transcript.ends_with("Forwarded a from 3 to 0, discarded 1\n"), "{}", stage.transcript);
    assert_eq!(counts(&stage.platform), (2, 2));
    assert_eq!(come_back(&mut stage), ["2".repeat(300), "3".repeat(300)]);
}

/// Device 1 has subscribed to `a` and left, device 3 of the same product is on connection 2.
fn away(options: Options) -> Stage {
    let mut stage = Stage::new(options);
    let subscribe = send(1, subscribe(1, [("a", 0)]));
    for step in [open(), open(), send(1, connect_again("1", "2")), subscribe, close(1)] {
        stage.run(step);
    }
    stage.run(send(2, connect("3", "2")));
    stage
}

/// What device 1 gets on connection 3.
fn come_back(stage: &mut Stage) -> Vec<String> {
    stage.transcript.clear();
    stage.run(open());
    stage.run(send(3, connect_again("1", "2")));
    let messages = stage.transcript.lines().filter_map(|line| line.strip_prefix("3 ← PUBLISH a QoS 0 id 0 "));
    messages.map(str::to_owned).collect()
}

fn counts(platform: &Platform) -> (usize, u64) {
    let device = platform.device("1").unwrap();
    (device.messages_waiting(), device.messages_evicted())
}
