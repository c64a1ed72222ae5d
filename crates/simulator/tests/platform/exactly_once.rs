//! Messages at QoS 2: each arrives once, whatever comes again (reference §1.4, MQTT 3.1.1 §4.3.3).

use std::time::Duration;

use expect_test::expect;
use frame::Packet;
use simulator::{Limits, Options};

use crate::script::*;

// MQTT-4.3.3-2
#[test]
fn stores_an_upload_once_however_often_it_comes_before_its_pubrel() {
    let upload = || exactly_once("$dp", 7, b"\x03\x00\x07{\"a\":1}");
    let platform = check(
        [
            open(),
            send(1, connect("1", "2")),
            send(1, upload()),
            send(1, again(upload())),
            // Without DUP it is the same message, too.
            send(1, upload()),
            send(1, pubrel(7)),
            send(1, upload()),
            send(1, pubrel(7)),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← PUBREC 7
              event  Stored 1 1 1
            1 ← PUBREC 7
              event  Repeated 1 1 id 7
            1 ← PUBREC 7
              event  Repeated 1 1 id 7
            1 ← PUBCOMP 7
            1 ← PUBREC 7
              event  Stored 1 1 1
            1 ← PUBCOMP 7
        "#]],
    );
    assert_eq!(platform.device("1").unwrap().received(), 2);
}

// MQTT-4.3.3-2
#[test]
fn passes_a_message_on_when_it_is_released_and_at_its_own_qos() {
    check(
        [
            open(),
            open(),
            send(1, connect("1", "2")),
            send(1, subscribe(1, [("a", 0)])),
            send(2, connect("3", "2")),
            send(2, exactly_once("a", 7, b"once")),
            send(2, again(exactly_once("a", 7, b"once"))),
            send(2, pubrel(7)),
            send(1, pubrec(1)),
            send(1, pubcomp(1)),
            send(2, pubrel(7)),
        ],
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [00]
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 3
            2 ← PUBREC 7
            2 ← PUBREC 7
              event  Repeated 2 3 id 7
            2 ← PUBCOMP 7
            1 ← PUBLISH a QoS 2 id 1 once
              event  Forwarded a from 3 to 1, discarded 0
            1 ← PUBREL 1
            2 ← PUBCOMP 7
              event  Unmatched 2 3 PUBREL 7
        "#]],
    );
}

// MQTT-4.6.0-5
#[test]
fn passes_messages_on_in_the_order_of_their_release() {
    check(
        [
            open(),
            send(1, connect("1", "2")),
            send(1, subscribe(1, [("a", 2)])),
            send(1, exactly_once("a", 1, b"one")),
            send(1, exactly_once("a", 2, b"two")),
            send(1, exactly_once("a", 3, b"three")),
            send(1, pubrel(1)),
            send(1, pubrel(2)),
            send(1, pubrel(3)),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [02]
            1 ← PUBREC 1
            1 ← PUBREC 2
            1 ← PUBREC 3
            1 ← PUBCOMP 1
            1 ← PUBLISH a QoS 2 id 1 one
              event  Forwarded a from 1 to 1, discarded 0
            1 ← PUBCOMP 2
            1 ← PUBLISH a QoS 2 id 2 two
              event  Forwarded a from 1 to 1, discarded 0
            1 ← PUBCOMP 3
            1 ← PUBLISH a QoS 2 id 3 three
              event  Forwarded a from 1 to 1, discarded 0
        "#]],
    );
}

#[test]
fn records_an_answer_to_a_command_once() {
    let answer = || exactly_once("$crsp/7", 9, b"done");
    check(
        [
            open(),
            send(1, connect("1", "2")),
            command("1", "7", "?"),
            send(1, answer()),
            send(1, again(answer())),
            send(1, pubrel(9)),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← PUBLISH $creq/7 QoS 0 id 0 ?
              event  CommandSent 7 1
            1 ← PUBREC 9
              event  CommandAnswered 7 1
            1 ← PUBREC 9
              event  Repeated 1 1 id 9
            1 ← PUBCOMP 9
        "#]],
    );
}

#[test]
fn tells_watchers_of_data_points_when_they_are_stored() {
    check(
        [
            open(),
            open(),
            send(1, connect("1", "2")),
            send(1, subscribe(1, [("/3/a", 0)])),
            send(2, connect("3", "2")),
            send(2, exactly_once("$dp", 7, b"\x03\x00\x07{\"a\":1}")),
            send(2, pubrel(7)),
        ],
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [00]
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 3
            1 ← PUBLISH /3/a QoS 2 id 1 1
            2 ← PUBREC 7
              event  Stored 2 3 1
              event  PointsForwarded from 3 to 1, discarded 0
            2 ← PUBCOMP 7
        "#]],
    );
}

// MQTT-3.3.1-5, MQTT-3.3.1-8
#[test]
fn retains_a_message_when_it_is_released_and_gives_it_at_the_qos_asked_for() {
    let Packet::Publish(mut retained) = exactly_once("a", 7, b"kept") else { unreachable!() };
    retained.retain = true;
    check(
        [
            open(),
            send(1, connect("1", "2")),
            send(1, Packet::Publish(retained)),
            send(1, subscribe(1, [("a", 2)])),
            send(1, pubrel(7)),
            send(1, subscribe(2, [("a", 2)])),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← PUBREC 7
            1 ← SUBACK 1 [02]
            1 ← PUBCOMP 7
            1 ← PUBLISH a QoS 2 id 1 kept
              event  Forwarded a from 1 to 1, discarded 0
            1 ← SUBACK 2 [02]
            1 ← PUBLISH a QoS 2 id 2 retained kept
        "#]],
    );
}

#[test]
fn drops_a_device_that_does_not_release_in_time() {
    let limits = Limits { pubrel_timeout: Duration::from_secs(20), ..Limits::default() };
    check_with(
        limited(limits),
        [
            open(),
            send(1, connect("1", "2")),
            send(1, exactly_once("a", 1, b"one")),
            wait(10.0),
            send(1, exactly_once("a", 2, b"two")),
            send(1, again(exactly_once("a", 1, b"one"))),
            wait(15.0),
            // Each has its own time, from its last PUBREC.
            send(1, pubrel(2)),
            wait(4.9),
            send(1, Packet::PingReq),
            wait(0.1),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← PUBREC 1
            1 ← PUBREC 2
            1 ← PUBREC 1
              event  Repeated 1 1 id 1
            1 ← PUBCOMP 2
              event  Forwarded a from 1 to 0, discarded 0
            1 ← PINGRESP
            1 ← close
              event  Dropped 1 1: no PUBREL in time
              event  MessagesLost 1 undelivered 0, unreleased 1
        "#]],
    );
}

#[test]
fn wakes_up_for_a_missing_pubrel() {
    let mut stage = Stage::new(Options::default());
    let start = stage.now;
    for step in [open(), send(1, connect("1", "2")), send(1, exactly_once("a", 1, b"one"))] {
        stage.run(step);
    }
    assert_eq!(stage.platform.poll_timeout(), Some(start + Limits::default().pubrel_timeout));
    stage.run(send(1, pubrel(1)));
    assert_eq!(stage.platform.poll_timeout(), Some(start + Duration::from_secs(180)));
}

#[test]
fn names_the_broken_rule_of_a_message_at_qos_2() {
    let mut stage = Stage::new(Options::default());
    for step in [open(), send(1, connect("1", "2")), send(1, exactly_once("$dp", 1, b"\x03\x00\x02no"))] {
        stage.run(step);
    }
    assert!(stage.transcript.contains("Dropped 1 1: rule payload"), "{}", stage.transcript);
}

#[test]
fn drops_a_device_that_makes_more_wait_for_their_pubrels_than_there_is_room_for() {
    let limits = Limits { waiting_bytes_per_device: 1_000, ..Limits::default() };
    let mut stage = Stage::new(limited(limits));
    for step in [open(), send(1, connect("1", "2")), send(1, exactly_once("a", 1, &[b'x'; 600]))] {
        stage.run(step);
    }
    stage.run(send(1, exactly_once("a", 2, &[b'y'; 600])));
    assert!(stage.transcript.contains("Dropped 1 1: too many bytes wait"), "{}", stage.transcript);
}

#[test]
fn gives_the_room_of_released_messages_back() {
    let limits = Limits { waiting_bytes: 2_000, ..Limits::default() };
    let mut stage = Stage::new(limited(limits));
    let large = |id| exactly_once("a", id, &[b'x'; 700]);
    for turn in 0..4_u64 {
        // One that is released, one whose clean session ends, one whose session another login ends, and one
        // that a later login releases.
        let [released, ended, kept, resumed] = [1, 2, 3, 4].map(|n| 4 * turn + n);
        for step in [open(), send(released, connect("1", "2")), send(released, large(1))] {
            stage.run(step);
        }
        stage.run(send(released, pubrel(1)));
        for step in [open(), send(ended, connect("1", "2")), send(ended, large(1)), close(ended)] {
            stage.run(step);
        }
        for step in [open(), send(kept, connect_again("1", "2")), send(kept, large(1)), close(kept)] {
            stage.run(step);
        }
        stage.run(open());
        match turn % 2 {
            0 => stage.run(send(resumed, connect("1", "2"))),
            // Another product is another session.
            _ => stage.run(send(resumed, connect_again("1", "3"))),
        }
        stage.run(send(resumed, large(1)));
        stage.run(send(resumed, pubrel(1)));
        stage.run(close(resumed));
    }
    assert!(!stage.transcript.contains("too many"), "{}", stage.transcript);
    assert_eq!(stage.transcript.matches("Forwarded").count(), 8);
}
