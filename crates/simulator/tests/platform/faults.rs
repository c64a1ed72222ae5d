//! Faults of frames: each does what it says, tells so, and is over when it says that.

use std::time::Duration;

use expect_test::expect;
use frame::Packet;
use simulator::{Chunks, Faults, Limits, Options, RefusalCode, Scope, When};

use crate::script::*;

/// Device 1 is logged in with a session, then faults are set for the platform.
pub fn logged_in<const N: usize>(faults: Faults, script: [Step; N]) -> impl Iterator<Item = Step> {
    let before = [open(), send(1, connect_again("1", "2")), set_faults("", faults)];
    before.into_iter().chain(script)
}

pub fn ping(connection: u64) -> Step {
    send(connection, Packet::PingReq)
}

#[test]
fn delays_frames_without_changing_their_order() {
    let slow = Faults { delay: Duration::from_secs(2), ..Faults::default() };
    check(
        logged_in(
            slow,
            [
                ping(1),
                wait(1.0),
                send(1, publish("a", 7, b"")),
                wait(1.0),
                // What comes after it stands behind it, even without the fault.
                set_faults("", Faults::default()),
                ping(1),
                wait(0.9),
                wait(0.1),
                ping(1),
            ],
        ),
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
              event  Struck 1 1 PINGRESP: delayed by 2s
              event  Forwarded a from 1 to 0, discarded 0
              event  Struck 1 1 PUBACK 7: delayed by 2s
            1 ← PINGRESP
            1 ← PUBACK 7
            1 ← PINGRESP
            1 ← PINGRESP
        "#]],
    );
}

#[test]
fn wakes_up_for_what_it_delays() {
    let mut stage = Stage::new(Options::default());
    let slow = Faults { delay: Duration::from_secs(2), ..Faults::default() };
    for step in logged_in(slow, [ping(1)]) {
        stage.run(step);
    }
    assert_eq!(stage.platform.poll_timeout(), Some(stage.now + Duration::from_secs(2)));
}

#[test]
fn jitter_repeats_with_its_seed_and_lets_no_frame_overtake_another() {
    let run = |seed| {
        let jitter = Faults { seed, jitter: Duration::from_secs(10), ..Faults::default() };
        let mut stage = Stage::new(Options::default());
        for step in logged_in(jitter, []) {
            stage.run(step);
        }
        for id in 1..=20 {
            stage.run(send(1, publish("a", id, b"")));
        }
        for _ in 0..100 {
            stage.run(wait(0.1));
        }
        let ids = stage.transcript.lines().filter_map(|line| line.strip_prefix("1 ← PUBACK "));
        let ids: Vec<u16> = ids.map(|id| id.parse().unwrap()).collect();
        assert_eq!(ids, (1..=20).collect::<Vec<_>>());
        stage.transcript
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
}

#[test]
fn splits_frames_into_chunks() {
    let bytewise = Faults { chunks: Chunks::Split(1), ..Faults::default() };
    check(
        logged_in(bytewise, [send(1, publish("a", 0x0708, b"")), ping(1)]),
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  LoggedIn 1 1
        1 ← bytes b"@"
        1 ← bytes b"\x02"
        1 ← bytes b"\x07"
        1 ← bytes b"\x08"
          event  Forwarded a from 1 to 0, discarded 0
          event  Struck 1 1 PUBACK 1800: split 4
        1 ← bytes b"\xd0"
        1 ← bytes b"\0"
          event  Struck 1 1 PINGRESP: split 2
    "#]],
    );
}

#[test]
fn merges_frames_into_a_chunk() {
    let merging = Faults { chunks: Chunks::Merge(Duration::from_secs(1)), ..Faults::default() };
    check(
        logged_in(
            merging,
            [
                send(1, publish("a", 1, b"")),
                wait(0.5),
                send(1, publish("a", 2, b"")),
                wait(0.4),
                ping(1),
                wait(0.1),
                // One alone is a whole frame.
                ping(1),
                wait(1.0),
            ],
        ),
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
              event  Forwarded a from 1 to 0, discarded 0
              event  Struck 1 1 PUBACK 1: delayed by 1s
              event  Forwarded a from 1 to 0, discarded 0
              event  Struck 1 1 PUBACK 2: merged
              event  Struck 1 1 PINGRESP: merged
            1 ← bytes b"@\x02\0\x01@\x02\0\x02\xd0\0"
              event  Struck 1 1 PINGRESP: delayed by 1s
            1 ← PINGRESP
        "#]],
    );
}

#[test]
fn loses_the_acknowledgement_it_is_told_to() {
    let lossy = Faults {
        lose_puback: Some(When::Nth(2)),
        lose_pubrec: Some(When::Each(2)),
        lose_pubcomp: Some(When::Each(1)),
        ..Faults::default()
    };
    let publishes = (1..=3).map(|id| send(1, publish("a", id, b"")));
    let at_2 = (4..=7).map(|id| send(1, exactly_once("$dp", id, b"\x03\x00\x02{}")));
    check(
        logged_in(lossy, []).chain(publishes).chain(at_2).chain([send(1, pubrel(4))]),
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  LoggedIn 1 1
        1 ← PUBACK 1
          event  Forwarded a from 1 to 0, discarded 0
          event  Forwarded a from 1 to 0, discarded 0
          event  Struck 1 1 PUBACK 2: lost
        1 ← PUBACK 3
          event  Forwarded a from 1 to 0, discarded 0
        1 ← PUBREC 4
          event  Stored 1 1 0
          event  Stored 1 1 0
          event  Struck 1 1 PUBREC 5: lost
        1 ← PUBREC 6
          event  Stored 1 1 0
          event  Stored 1 1 0
          event  Struck 1 1 PUBREC 7: lost
          event  Struck 1 1 PUBCOMP 4: lost
    "#]],
    );
}

#[test]
fn loses_a_pubrel_that_comes_again_with_the_session() {
    let lossy = Faults { lose_pubrel: Some(When::Nth(1)), ..Faults::default() };
    check(
        logged_in(
            lossy,
            [
                send(1, subscribe(1, [("a", 0)])),
                send(1, exactly_once("a", 1, b"mine")),
                send(1, pubrel(1)),
                send(1, pubrec(1)),
                close(1),
                open(),
                send(2, connect_again("1", "2")),
                send(2, pubcomp(1)),
            ],
        ),
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [00]
            1 ← PUBREC 1
            1 ← PUBCOMP 1
            1 ← PUBLISH a QoS 2 id 1 mine
              event  Forwarded a from 1 to 1, discarded 0
              event  Struck 1 1 PUBREL 1: lost
              event  Closed 1 1
              event  Opened 2
            2 ← CONNACK 0 session present true
            2 ← PUBREL 1
              event  LoggedIn 2 1
              event  Resent 2 1 0, PUBRELs 1
        "#]],
    );
}

#[test]
fn answers_no_ping() {
    let mute = Faults { lose_pingresp: Some(When::Each(1)), ..Faults::default() };
    // It hears them all the same.
    check(
        logged_in(mute, [ping(1), wait(179.0), ping(1), wait(179.0)]),
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  LoggedIn 1 1
          event  Struck 1 1 PINGRESP: lost
          event  Struck 1 1 PINGRESP: lost
    "#]],
    );
}

// MQTT-3.3.1-2
#[test]
fn duplicates_deliveries_with_dup_but_never_at_qos_0() {
    let twice = Faults { duplicate: Some(When::Each(2)), ..Faults::default() };
    check(
        logged_in(
            twice,
            [
                send(1, subscribe(1, [("a", 0)])),
                send(1, publish("a", 0, b"at 0")),
                send(1, publish("a", 1, b"once")),
                send(1, exactly_once("a", 2, b"twice")),
                send(1, pubrel(2)),
                // What the device says to both.
                send(1, pubrec(2)),
                send(1, pubrec(2)),
                send(1, pubcomp(2)),
                send(1, pubcomp(2)),
            ],
        ),
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [00]
            1 ← PUBLISH a QoS 0 id 0 at 0
              event  Forwarded a from 1 to 1, discarded 0
            1 ← PUBLISH a QoS 1 id 1 once
            1 ← PUBACK 1
              event  Forwarded a from 1 to 1, discarded 0
            1 ← PUBREC 2
            1 ← PUBCOMP 2
            1 ← PUBLISH a QoS 2 id 2 twice
            1 ← PUBLISH a QoS 2 id 2 DUP twice
              event  Struck 1 1 PUBLISH 2: duplicated
              event  Forwarded a from 1 to 1, discarded 0
            1 ← PUBREL 2
            1 ← PUBREL 2
              event  Unmatched 1 1 PUBCOMP 2
        "#]],
    );
}

#[test]
fn the_faults_of_a_device_stand_in_place_of_the_platforms() {
    let mute = Faults { lose_pingresp: Some(When::Each(1)), ..Faults::default() };
    let slow = Faults { delay: Duration::from_secs(1), ..Faults::default() };
    check(
        logged_in(
            mute,
            [
                open(),
                send(2, connect("3", "2")),
                set_faults("3", slow),
                ping(1),
                ping(2),
                wait(1.0),
                set_faults("3", Faults::default()),
                ping(2),
                set_faults("7", Faults::default()),
            ],
        ),
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
              event  Opened 2
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 3
              event  Struck 1 1 PINGRESP: lost
              event  Struck 2 3 PINGRESP: delayed by 1s
            2 ← PINGRESP
              event  Struck 2 3 PINGRESP: lost
              gives  device not found: 7
        "#]],
    );
}

#[test]
fn shows_what_is_still_to_strike() {
    let mut stage = Stage::new(Options::default());
    let faults = Faults {
        seed: 7,
        lose_puback: Some(When::Nth(1)),
        refuse_login: Some(RefusalCode::Unavailable),
        ..Faults::default()
    };
    for step in logged_in(faults.clone(), []) {
        stage.run(step);
    }
    assert_eq!(stage.platform.faults(&Scope::Platform), Some(&faults));
    stage.run(send(1, publish("a", 1, b"")));
    let left = Faults { lose_puback: None, ..faults };
    assert_eq!(stage.platform.faults(&Scope::Platform), Some(&left));
    stage.run(open());
    stage.run(send(2, connect("1", "2")));
    assert_eq!(stage.platform.faults(&Scope::Platform), None);
    assert_eq!(stage.platform.faults(&Scope::Device("1".to_owned())), None);
}

#[test]
fn commands_meet_faults_too() {
    let slow = Faults { delay: Duration::from_secs(1), ..Faults::default() };
    check(
        logged_in(slow, [command("1", "7", "?"), wait(1.0)]),
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  LoggedIn 1 1
          event  CommandSent 7 1
          event  Struck 1 1 PUBLISH: delayed by 1s
        1 ← PUBLISH $creq/7 QoS 0 id 0 ?
    "#]],
    );
}

#[test]
fn a_device_gets_no_more_commands_than_a_slow_link_carries() {
    let slow = Faults { delay: Duration::from_secs(1), ..Faults::default() };
    let mut stage = Stage::new(Options::default());
    for step in logged_in(slow, []) {
        stage.run(step);
    }
    let body: &'static str = Box::leak("x".repeat(65_535).into_boxed_str());
    for n in 0..40 {
        stage.run(command("1", Box::leak(n.to_string().into_boxed_str()), body));
    }
    for _ in 0..40 {
        stage.run(wait(1.0));
    }
    assert_eq!(stage.transcript.matches("1 ← PUBLISH $creq/").count(), 40);
    assert!(stage.platform.device("1").unwrap().online());
}

#[test]
fn what_is_delayed_has_an_end() {
    let slow = Faults { delay: Duration::from_secs(100), ..Faults::default() };
    let mut stage = Stage::new(limited(Limits { unpolled_bytes: 20, ..Limits::default() }));
    for step in logged_in(slow, []) {
        stage.run(step);
    }
    for _ in 0..11 {
        stage.run(ping(1));
    }
    assert!(stage.transcript.ends_with("too many bytes wait for the device\n"), "{}", stage.transcript);
}

#[test]
fn connections_that_only_wait_for_their_delayed_end_count() {
    let limits = Limits { connections: 2, ..Limits::default() };
    let slow = Faults { delay: Duration::from_secs(100), ..Faults::default() };
    let refused = |connection| [open(), send(connection, connect("board", "2"))];
    check_with(
        limited(limits),
        [set_faults("", slow)].into_iter().chain(refused(1)).chain(refused(2)).chain([
            open(),
            wait(100.0),
            open(),
        ]),
        expect![[r#"
              event  Opened 1
              event  Struck 1 nobody CONNACK: delayed by 100s
              event  Refused 1 2: illegal client id, rule device-id-decimal
              event  Opened 2
              event  Struck 2 nobody CONNACK: delayed by 100s
              event  Refused 2 2: illegal client id, rule device-id-decimal
            3 ← close
              event  Opened 3
              event  Dropped 3 nobody: too many connections
            1 ← CONNACK 2 session present false
            1 ← close
            2 ← CONNACK 2 session present false
            2 ← close
              event  Opened 4
        "#]],
    );
}

#[test]
fn forgets_the_faults_of_devices_that_are_forgotten() {
    let mut stage = Stage::new(limited(Limits { devices: 1, ..Limits::default() }));
    let mute = || Faults { lose_pingresp: Some(When::Each(1)), ..Faults::default() };
    for step in [open(), send(1, connect("1", "2")), set_faults("1", mute()), close(1)] {
        stage.run(step);
    }
    for step in [open(), send(2, connect("2", "2")), set_faults("2", mute())] {
        stage.run(step);
    }
    assert_eq!(stage.platform.faults(&Scope::Device("1".to_owned())), None);
    assert_eq!(stage.platform.faults(&Scope::Device("2".to_owned())), Some(&mute()));
}
