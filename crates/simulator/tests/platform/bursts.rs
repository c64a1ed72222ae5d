//! A subscriber that lags: nothing its publishers were told is taken gets lost while it is there, and it is
//! not there any longer than that.

use expect_test::expect;
use frame::{Packet, encode};
use simulator::{Limits, Options};

use crate::script::*;

#[test]
fn drops_a_subscriber_for_whom_too_much_waits() {
    let limits = Limits { in_flight: 1, waiting_bytes_per_device: 1_000, ..Limits::default() };
    check_with(
        limited(limits),
        [
            open(),
            open(),
            send(1, connect("1", "2")),
            send(1, subscribe(1, [("a", 1)])),
            send(2, connect("2", "2")),
            send(2, publish("a", 1, b"one")),
            send(2, publish("a", 2, b"two waits")),
            send(2, publish("a", 3, &[b'3'; 1_000])),
            send(2, publish("a", 4, b"for nobody")),
        ],
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [01]
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 2
            1 ← PUBLISH a QoS 1 id 1 one
            2 ← PUBACK 1
              event  Forwarded a from 2 to 1, discarded 0
            2 ← PUBACK 2
              event  Forwarded a from 2 to 1, discarded 0
            1 ← close
            2 ← PUBACK 3
              event  Dropped 1 1: too many bytes wait for the device
              event  MessagesLost 1 undelivered 2, unreleased 0
              event  Forwarded a from 2 to 0, discarded 1
            2 ← PUBACK 4
              event  Forwarded a from 2 to 0, discarded 0
        "#]],
    );
}

#[test]
fn keeps_the_newest_for_a_session_whose_device_was_too_slow() {
    let limits = Limits { in_flight: 1, waiting_bytes_per_device: 2_000, ..Limits::default() };
    let mut stage = subscribed(limited(limits));
    let mut sent = 0;
    while stage.platform.device("1").unwrap().online() {
        stage.transcript.clear();
        sent += 1;
        stage.run(send(2, publish("a", 1, format!("{sent}").as_bytes())));
    }
    expect![[r#"
        1 ← close
        2 ← PUBACK 1
          event  Dropped 1 1: too many bytes wait for the device
          event  Forwarded a from 2 to 0, kept 1, discarded 0
    "#]]
    .assert_eq(&stage.transcript);
    let device = stage.platform.device("1").unwrap();
    assert_eq!(device.messages_waiting(), 10);
    // All but the one that was under way, and the ten.
    assert_eq!(device.messages_evicted(), sent - 1 - 10);

    stage.transcript.clear();
    stage.run(open());
    stage.run(send(3, connect_again("1", "2")));
    for id in 1..=10 {
        stage.run(send(3, puback(id)));
    }
    let heard: Vec<String> = stage
        .transcript
        .lines()
        .filter_map(|line| Some(line.strip_prefix("3 ← PUBLISH a QoS 1 id ")?.split_once(' ')?.1.to_owned()))
        .collect();
    let newest = (sent - 9..=sent).map(|n| n.to_string());
    assert_eq!(heard, ["DUP 1".to_owned()].into_iter().chain(newest).collect::<Vec<_>>());
}

#[test]
fn counts_what_did_not_fit_into_the_frames_that_wait_for_a_poll() {
    let burst = |stage: &mut Stage| {
        let bytes: Vec<u8> = ["one", "two", "three"]
            .iter()
            .flat_map(|text| frame(&publish("a", 0, text.as_bytes())))
            .collect();
        stage.transcript.clear();
        stage.run(Step::Bytes(2, bytes));
    };
    let limits = Limits { unpolled_bytes: 20, ..Limits::default() };
    let mut stage = subscribed(limited(limits.clone()));
    burst(&mut stage);
    expect![[r#"
        1 ← close
          event  Forwarded a from 2 to 1, discarded 0
          event  Forwarded a from 2 to 1, discarded 0
          event  Dropped 1 1: too many bytes wait for the device
          event  Forwarded a from 2 to 0, kept 1, discarded 0
    "#]]
    .assert_eq(&stage.transcript);

    let mut stage = Stage::new(limited(limits));
    for step in [open(), open(), send(1, connect("1", "2")), send(1, subscribe(1, [("a", 0)]))] {
        stage.run(step);
    }
    stage.run(send(2, connect("2", "2")));
    burst(&mut stage);
    expect![[r#"
        1 ← close
          event  Forwarded a from 2 to 1, discarded 0
          event  Forwarded a from 2 to 1, discarded 0
          event  Dropped 1 1: too many bytes wait for the device
          event  Forwarded a from 2 to 0, discarded 1
    "#]]
    .assert_eq(&stage.transcript);
}

#[test]
fn who_never_acknowledges_leaves_room_for_others() {
    let limits = Limits { in_flight: 1, waiting_bytes: 4_000, ..Limits::default() };
    let mut stage = Stage::new(limited(limits));
    for device in 1..=20 {
        stage.run(open());
        stage.run(send(device, connect(&device.to_string(), "2")));
        stage.run(send(device, subscribe(1, [("a", 1)])));
    }
    for _ in 0..4 {
        stage.run(send(20, publish("a", 1, &[b'x'; 100])));
    }
    // Nobody has acknowledged anything, so most are gone; the first have used no more than half of it up.
    let online = stage.platform.devices().filter(|device| device.online()).count();
    assert!((2..20).contains(&online), "{online}");
    for step in [open(), send(21, connect("21", "2")), send(21, subscribe(1, [("b", 1)]))] {
        stage.run(step);
    }
    for id in 1..=3 {
        stage.run(send(21, publish("b", id, b"mine")));
    }
    assert!(stage.platform.device("21").unwrap().online(), "{}", stage.transcript);
}

#[test]
fn sends_no_more_at_once_than_a_reader_can_take_however_many_it_acknowledges() {
    let mut stage = subscribed(Options::default());
    for _ in 0..100 {
        stage.run(send(2, publish("a", 1, &[b'x'; 70_000])));
    }
    // In one piece, as a network may bring them.
    for turn in 0..34_u16 {
        let ids = 3 * turn + 1..=3 * turn + 3;
        let acknowledgements = ids.flat_map(|id| frame(&puback(id))).collect();
        stage.run(Step::Bytes(1, acknowledgements));
    }
    assert_eq!(stage.transcript.matches("1 ← PUBLISH a QoS 1").count(), 100);
    assert!(!stage.transcript.contains("Dropped"));
}

/// Device 1 has a session and has subscribed to `a`, device 2 of the same product is on connection 2.
fn subscribed(options: Options) -> Stage {
    let mut stage = Stage::new(options);
    for step in [open(), open(), send(1, connect_again("1", "2")), send(1, subscribe(1, [("a", 1)]))] {
        stage.run(step);
    }
    stage.run(send(2, connect("2", "2")));
    stage
}

fn frame(packet: &Packet) -> Vec<u8> {
    encode(packet).unwrap().to_vec()
}
