//! Each fault once, against real sessions: what it looks like on the wire, and that nothing is lost.

use std::time::Duration;

use expect_test::{Expect, expect};
use session::{CloseReason, Qos, ReturnCode};
use simulator::{Chunks, Faults, RefusalCode, Strike, When};

use crate::step::Break;
use crate::world::World;

/// Lets a fault meet the listener with one upload at a QoS, and everything be settled.
fn check_upload(qos: Qos, faults: Faults, transcript: Expect) {
    let mut world = World::new(20);
    world.strike(1, &Break::Faults(faults));
    world.upload(qos);
    world.settle();
    let stored = world.stored(qos);
    assert!(if qos == Qos::ExactlyOnce { stored == [1] } else { stored.iter().all(|number| *number == 1) });
    transcript.assert_eq(&lines_of_listener(&world));
}

/// The same with a message for the listener.
fn check_message(qos: Qos, faults: Faults, transcript: Expect) {
    let mut world = World::new(20);
    world.strike(1, &Break::Faults(faults));
    world.say(qos);
    world.settle();
    assert_eq!(world.listener.heard, [(qos, 1)]);
    transcript.assert_eq(&lines_of_listener(&world));
}

/// What went over the listener's link, pings aside.
fn lines_of_listener(world: &World) -> String {
    let is_shown = |line: &&str| !line.starts_with('2') && !line.contains("PING");
    world.transcript.0.lines().filter(is_shown).flat_map(|line| [line, "\n"]).collect()
}

fn once() -> Option<When> {
    Some(When::Nth(1))
}

#[test]
fn an_upload_at_qos_2_takes_four_packets() {
    check_upload(
        Qos::ExactlyOnce,
        Faults::default(),
        expect![[r#"
        1 → PUBLISH 2 QoS 2 $dp
        1 ← PUBREC 2
        1 → PUBREL 2
        1 ← PUBCOMP 2
    "#]],
    );
}

#[test]
fn a_lost_puback_makes_a_copy() {
    check_upload(
        Qos::AtLeastOnce,
        Faults { lose_puback: once(), ..Faults::default() },
        expect![[r#"
            1 → PUBLISH 2 QoS 1 $dp
              ✗ lost PUBACK 2
            1 → CONNECT
            1 ← CONNACK, session present
            1 → PUBLISH 2 QoS 1 dup $dp
            1 ← PUBACK 2
        "#]],
    );
}

#[test]
fn a_lost_pubrec_makes_no_copy() {
    check_upload(
        Qos::ExactlyOnce,
        Faults { lose_pubrec: once(), ..Faults::default() },
        expect![[r#"
            1 → PUBLISH 2 QoS 2 $dp
              ✗ lost PUBREC 2
            1 → CONNECT
            1 ← CONNACK, session present
            1 → PUBLISH 2 QoS 2 dup $dp
            1 ← PUBREC 2
            1 → PUBREL 2
            1 ← PUBCOMP 2
        "#]],
    );
}

#[test]
fn a_lost_pubcomp_makes_no_copy() {
    check_upload(
        Qos::ExactlyOnce,
        Faults { lose_pubcomp: once(), ..Faults::default() },
        expect![[r#"
            1 → PUBLISH 2 QoS 2 $dp
            1 ← PUBREC 2
            1 → PUBREL 2
              ✗ lost PUBCOMP 2
            1 → CONNECT
            1 ← CONNACK, session present
            1 → PUBREL 2
            1 ← PUBCOMP 2
        "#]],
    );
}

#[test]
fn a_lost_pubrel_makes_no_copy() {
    check_message(
        Qos::ExactlyOnce,
        Faults { lose_pubrel: once(), ..Faults::default() },
        expect![[r#"
            1 ← PUBLISH 1 QoS 2 room
            1 → PUBREC 1
              ✗ lost PUBREL 1
            1 → CONNECT
            1 ← CONNACK, session present
            1 ← PUBREL 1
            1 → PUBCOMP 1
        "#]],
    );
}

#[test]
fn a_link_that_is_cut_inside_a_pubrec_makes_no_copy() {
    check_upload(
        Qos::ExactlyOnce,
        Faults { cut: once(), cut_after: Some(3), ..Faults::default() },
        expect![[r#"
            1 → PUBLISH 2 QoS 2 $dp
            1 ← 3 bytes
              ✗ cut PUBREC 2
            1 → CONNECT
            1 ← CONNACK, session present
            1 → PUBLISH 2 QoS 2 dup $dp
            1 ← PUBREC 2
            1 → PUBREL 2
            1 ← PUBCOMP 2
        "#]],
    );
}

#[test]
fn a_link_that_is_cut_inside_a_message_delivers_it_after_the_next_login() {
    check_message(
        Qos::AtLeastOnce,
        Faults { cut: once(), cut_after: Some(7), ..Faults::default() },
        expect![[r#"
            1 ← 7 bytes
              ✗ cut PUBLISH 1
            1 → CONNECT
            1 ← CONNACK, session present
            1 ← PUBLISH 1 QoS 1 dup room
            1 → PUBACK 1
        "#]],
    );
}

#[test]
fn a_message_that_comes_twice_at_qos_2_is_told_once() {
    check_message(
        Qos::ExactlyOnce,
        Faults { duplicate: once(), ..Faults::default() },
        expect![[r#"
        1 ← PUBLISH 1 QoS 2 room
        1 ← PUBLISH 1 QoS 2 dup room
          ✗ duplicated PUBLISH 1
        1 → PUBREC 1
        1 → PUBREC 1
        1 ← PUBREL 1
        1 ← PUBREL 1
        1 → PUBCOMP 1
        1 → PUBCOMP 1
    "#]],
    );
}

#[test]
fn a_frame_in_pieces_is_a_frame() {
    check_message(
        Qos::ExactlyOnce,
        Faults { chunks: Chunks::Split(5), seed: 3, ..Faults::default() },
        expect![[r#"
            1 ← 4 bytes
            1 ← 2 bytes
            1 ← 5 bytes
            1 ← 3 bytes
              ✗ split PUBLISH 1
            1 → PUBREC 1
            1 ← 2 bytes
            1 ← 1 bytes
            1 ← 1 bytes
              ✗ split PUBREL 1
            1 → PUBCOMP 1
        "#]],
    );
}

#[test]
fn frames_in_one_piece_are_frames() {
    let mut world = World::new(20);
    let chunks = Chunks::Merge(Duration::from_millis(300));
    world.strike(1, &Break::Faults(Faults { chunks, ..Faults::default() }));
    for qos in [Qos::AtLeastOnce, Qos::ExactlyOnce, Qos::AtLeastOnce] {
        world.upload(qos);
    }
    world.settle();
    assert_eq!((world.stored(Qos::AtLeastOnce), world.stored(Qos::ExactlyOnce)), (vec![1, 3], vec![2]));
    assert_eq!(world.struck["merged"], 2);
    assert_eq!(world.listener.logins, 1);
}

#[test]
fn a_slow_link_delays_and_loses_nothing() {
    let mut world = World::new(20);
    let (delay, jitter) = (Duration::from_millis(700), Duration::from_millis(400));
    world.strike(1, &Break::Faults(Faults { delay, jitter, seed: 5, ..Faults::default() }));
    for _ in 0..20 {
        world.upload(Qos::ExactlyOnce);
        world.say(Qos::ExactlyOnce);
    }
    world.settle();
    assert_eq!(world.stored(Qos::ExactlyOnce), (1..=20).collect::<Vec<u32>>());
    assert_eq!(world.listener.heard, world.speaker.sent);
    assert_eq!(world.listener.logins, 1);
}

#[test]
fn a_half_open_link_is_noticed_at_both_ends() {
    let mut world = World::new(20);
    world.strike(1, &Break::Strike(Strike::HalfOpen));
    world.upload(Qos::ExactlyOnce);
    world.say(Qos::AtLeastOnce);
    world.settle();
    assert_eq!(world.listener.closed, [CloseReason::NoPingResponse]);
    assert_eq!((world.stored(Qos::ExactlyOnce).len(), world.listener.heard.len()), (1, 1));
}

#[test]
fn a_platform_that_answers_no_pingreq_is_given_up() {
    let mut world = World::new(20);
    world.strike(1, &Break::Faults(Faults { lose_pingresp: once(), ..Faults::default() }));
    world.pass(Duration::from_secs(40));
    assert_eq!(world.listener.closed, [CloseReason::NoPingResponse]);
    assert_eq!((world.listener.logins, world.listener.resumed), (2, 1));
}

#[test]
fn a_refused_login_is_told_with_its_code() {
    for (code, told) in [
        (RefusalCode::Unavailable, ReturnCode::Unavailable),
        (RefusalCode::NotAuthorized, ReturnCode::NotAuthorized),
    ] {
        let mut world = World::new(20);
        world.strike(1, &Break::Faults(Faults { refuse_login: Some(code), ..Faults::default() }));
        world.upload(Qos::AtLeastOnce);
        world.strike(1, &Break::Strike(Strike::Cut));
        world.settle();
        assert_eq!(world.listener.closed, [CloseReason::LinkClosed, CloseReason::Refused(told)]);
        assert_eq!(world.stored(Qos::AtLeastOnce), [1]);
    }
}

#[test]
fn who_is_kicked_by_a_second_login_comes_back() {
    let mut world = World::new(20);
    world.strike(1, &Break::Strike(Strike::TakeOver));
    world.upload(Qos::ExactlyOnce);
    world.settle();
    assert_eq!(world.listener.closed, [CloseReason::LinkClosed]);
    assert_eq!((world.listener.resumed, world.stored(Qos::ExactlyOnce).len()), (1, 1));
}

#[test]
fn a_link_that_only_the_device_lost_is_replaced() {
    let mut world = World::new(20);
    for what in [Break::LoseSilently, Break::Lose { up: 9, down: 0 }, Break::LoseSilently] {
        world.upload(Qos::ExactlyOnce);
        world.say(Qos::ExactlyOnce);
        world.strike(1, &what);
        world.pass(Duration::from_secs(1));
    }
    world.settle();
    assert_eq!((world.stored(Qos::ExactlyOnce).len(), world.listener.heard.len()), (3, 3));
    assert_eq!(world.listener.resumed, 3);
}

#[test]
fn the_same_seed_makes_the_same_conversation() {
    let run = |seed| {
        let mut world = World::new(20);
        let when = Some(When::PerMille(300));
        let jitter = Duration::from_millis(200);
        world.strike(
            1,
            &Break::Faults(Faults { seed, jitter, lose_puback: when, duplicate: when, ..Faults::default() }),
        );
        for _ in 0..20 {
            world.upload(Qos::AtLeastOnce);
            world.say(Qos::AtLeastOnce);
        }
        world.pass(Duration::from_secs(100));
        world.settle();
        world.transcript.0
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
}
