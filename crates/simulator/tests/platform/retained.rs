//! Messages retained on user topics (reference §1.4).

use expect_test::expect;
use simulator::Limits;

use crate::script::*;

#[test]
fn gives_new_subscribers_the_retained_message_at_their_qos() {
    check(
        [
            open(),
            open(),
            send(1, connect("1", "2")),
            send(2, connect("3", "2")),
            send(1, subscribe(1, [("a", 0)])),
            // Whoever is subscribed already gets it as an ordinary message.
            send(1, retained("a", b"first")),
            send(1, retained("a", b"second")),
            send(1, publish("a", 0, b"passing")),
            send(2, subscribe(1, [("a", 1), ("b", 1)])),
            send(2, puback(1)),
            send(2, subscribe(2, [("a", 0)])),
        ],
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 3
            1 ← SUBACK 1 [00]
            1 ← PUBLISH a QoS 0 id 0 first
              event  Forwarded a from 1 to 1, discarded 0
            1 ← PUBLISH a QoS 0 id 0 second
              event  Forwarded a from 1 to 1, discarded 0
            1 ← PUBLISH a QoS 0 id 0 passing
              event  Forwarded a from 1 to 1, discarded 0
            2 ← SUBACK 1 [01, 01]
            2 ← PUBLISH a QoS 1 id 1 retained second
            2 ← SUBACK 2 [00]
            2 ← PUBLISH a QoS 0 id 0 retained second
        "#]],
    );
}

#[test]
fn an_empty_message_clears_what_is_retained() {
    check(
        [
            open(),
            send(1, connect("1", "2")),
            send(1, retained("a", b"now")),
            send(1, retained("a", b"")),
            send(1, subscribe(1, [("a", 0)])),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
              event  Forwarded a from 1 to 0, discarded 0
              event  Forwarded a from 1 to 0, discarded 0
            1 ← SUBACK 1 [00]
        "#]],
    );
}

#[test]
fn retains_for_one_product_while_it_has_devices() {
    let limits = Limits { devices: 1, ..Limits::default() };
    check_with(
        limited(limits),
        [
            open(),
            send(1, connect("1", "2")),
            send(1, retained("a", b"of product 2")),
            close(1),
            open(),
            send(2, connect("3", "4")),
            send(2, subscribe(1, [("a", 0)])),
            close(2),
            open(),
            send(3, connect("1", "2")),
            send(3, subscribe(1, [("a", 0)])),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
              event  Forwarded a from 1 to 0, discarded 0
              event  Closed 1 1
              event  Opened 2
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 3
            2 ← SUBACK 1 [00]
              event  Closed 2 3
              event  Opened 3
            3 ← CONNACK 0 session present false
              event  LoggedIn 3 1
            3 ← SUBACK 1 [00]
        "#]],
    );
}

#[test]
fn forgets_the_oldest_retained_messages() {
    let mut stage = Stage::new(limited(Limits { retained_bytes: 1_000, ..Limits::default() }));
    stage.run(open());
    stage.run(send(1, connect("1", "2")));
    for topic in ["a", "b", "c", "d"] {
        stage.run(send(1, retained(topic, &[b'x'; 300])));
    }
    assert_eq!(stage.platform.retained_evicted("2"), 2);
}

#[test]
fn a_message_too_large_to_retain_leaves_the_others() {
    let mut stage = Stage::new(limited(Limits { retained_bytes: 1_000, ..Limits::default() }));
    for step in [open(), send(1, connect("1", "2")), send(1, retained("a", b"kept"))] {
        stage.run(step);
    }
    stage.run(send(1, retained("b", b"replaced")));
    stage.run(send(1, retained("b", &[b'x'; 1_000])));
    stage.transcript.clear();
    stage.run(send(1, subscribe(1, [("a", 0), ("b", 0)])));
    expect![[r#"
        1 ← SUBACK 1 [00, 00]
        1 ← PUBLISH a QoS 0 id 0 retained kept
    "#]]
    .assert_eq(&stage.transcript);
    assert_eq!(stage.platform.retained_evicted("2"), 0);
}

#[test]
fn retains_on_a_hundred_topics() {
    let mut stage = Stage::new(limited(Limits::default()));
    stage.run(open());
    stage.run(send(1, connect("1", "2")));
    for n in 0..103 {
        stage.run(send(1, retained(&format!("a{n}"), b"x")));
    }
    assert_eq!(stage.platform.retained_evicted("2"), 3);
}
