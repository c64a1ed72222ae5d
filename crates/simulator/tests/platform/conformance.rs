//! Normative statements of MQTT 3.1.1 that no conversation of the other tests shows. Above each test stand the
//! numbers; `docs/conformance.md` has all of them.

use std::time::Duration;

use expect_test::expect;
use frame::{Packet, Unsubscribe, encode};
use simulator::{Limits, Options};

use crate::script::*;

// MQTT-3.1.4-5
#[test]
fn what_follows_a_refused_login_is_not_processed() {
    let refused = connect("board", "2");
    let good = connect("1", "2");
    let frames = |packets: &[&Packet]| -> Vec<u8> {
        packets.iter().flat_map(|packet| encode(packet).unwrap().to_vec()).collect()
    };
    let upload = upload(1, 3, r#"{"a":1}"#);
    let subscribe = subscribe(2, [("a", 1)]);
    let platform = check(
        [
            // In the same bytes, and in later ones.
            open(),
            bytes(1, &frames(&[&refused, &good, &upload, &subscribe])),
            bytes(1, &frames(&[&good, &upload])),
            // Refused for its level, before anybody has read the rest.
            open(),
            bytes(2, &[&b"\x10\x0d\x00\x04MQTT\x05\x02\x00\x78\x00\x011"[..], &frames(&[&good])].concat()),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 2 session present false
            1 ← close
              event  Refused 1 2: illegal client id, rule device-id-decimal
              event  Opened 2
            2 ← CONNACK 1 session present false
            2 ← close
              event  Refused 2 1: protocol version not supported, rule protocol-level: found 5
        "#]],
    );
    assert_eq!(platform.devices().count(), 0);
}

// MQTT-3.1.4-5
#[test]
fn what_came_before_a_refusal_that_was_put_off_is_not_processed_either() {
    let slow = Options { login_delay: Duration::from_secs(2), ..Options::default() };
    let platform = check_with(
        slow,
        [
            open(),
            send(1, connect("board", "2")),
            send(1, upload(1, 3, r#"{"a":1}"#)),
            // The half of a frame, whose other half comes after the refusal.
            bytes(1, &[0x30, 0x04, 0x00]),
            wait(2.0),
            bytes(1, &[0x01, b'a', b'b']),
        ],
        expect![[r#"
              event  Opened 1
              event  Ignored 1: rule before-connack
            1 ← CONNACK 2 session present false
            1 ← close
              event  Refused 1 2: illegal client id, rule device-id-decimal
        "#]],
    );
    assert_eq!(platform.devices().count(), 0);
}

// MQTT-3.1.3-5
#[test]
fn lets_device_ids_of_1_to_23_digits_in() {
    let mut stage = Stage::new(Options::default());
    for (number, length) in (1_u64..).zip(1..=23) {
        stage.run(open());
        stage.run(send(number, connect(&"7".repeat(length), "2")));
    }
    assert_eq!(stage.transcript.matches("CONNACK 0").count(), 23, "{}", stage.transcript);
}

// MQTT-3.1.3-8
#[test]
fn refuses_an_empty_client_identifier_whatever_the_session() {
    check(
        [open(), send(1, connect_again("", "2")), open(), send(2, connect("", "2"))],
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 2 session present false
        1 ← close
          event  Refused 1 2: illegal client id, rule device-id-empty
          event  Opened 2
        2 ← CONNACK 2 session present false
        2 ← close
          event  Refused 2 2: illegal client id, rule device-id-empty
    "#]],
    );
}

// MQTT-2.2.2-2, MQTT-3.6.1-1, MQTT-3.8.1-1, MQTT-3.10.1-1, MQTT-3.14.1-1
#[test]
fn drops_a_device_whose_first_byte_has_other_flags_than_its_type_has() {
    for first in 0..=u8::MAX {
        let (packet_type, flags) = (first >> 4, first & 0x0F);
        let is_good = match packet_type {
            0 | 15 => false,
            // QoS 3, and DUP at QoS 0.
            3 => flags & 0b0110 != 0b0110 && flags & 0b1110 != 0b1000,
            6 | 8 | 10 => flags == 0b0010,
            _ => flags == 0,
        };
        let mut stage = Stage::new(Options::default());
        for step in [open(), send(1, connect("1", "2")), bytes(1, &[first])] {
            stage.run(step);
        }
        let dropped = stage.transcript.contains("Dropped 1 1");
        assert_eq!(dropped, !is_good, "{first:#04x}: {}", stage.transcript);
    }
}

// MQTT-3.2.2-4
#[test]
fn a_refusal_tells_of_no_session_though_one_is_kept() {
    let devices = vec![known("1", "2", "x")];
    check_with(
        Options { devices, ..Options::default() },
        [
            open(),
            send(1, connect_again_with("x")),
            close(1),
            open(),
            send(2, connect_again_with("wrong")),
            open(),
            send(3, connect_again_with("x")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
              event  Closed 1 1
              event  Opened 2
            2 ← CONNACK 4 session present false
            2 ← close
              event  Refused 2 4: bad user name or password, rule login-matches
              event  Opened 3
            3 ← CONNACK 0 session present true
              event  LoggedIn 3 1
        "#]],
    );
}

// MQTT-3.3.1-3
#[test]
fn passes_a_message_on_without_the_dup_that_it_came_with() {
    check(
        [
            open(),
            send(1, connect("1", "2")),
            send(1, subscribe(1, [("a", 1)])),
            send(1, again(publish("a", 7, b"at 1"))),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [01]
            1 ← PUBLISH a QoS 1 id 1 at 1
            1 ← PUBACK 7
              event  Forwarded a from 1 to 1, discarded 0
        "#]],
    );
}

// MQTT-3.3.1-10, MQTT-3.3.1-11
#[test]
fn an_empty_message_that_clears_what_is_retained_is_passed_on() {
    check(
        [
            open(),
            open(),
            send(1, connect("1", "2")),
            send(1, retained("a", b"now")),
            send(1, subscribe(1, [("a", 0)])),
            send(1, retained("a", b"")),
            send(2, connect("3", "2")),
            send(2, subscribe(1, [("a", 0)])),
        ],
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
              event  Forwarded a from 1 to 0, discarded 0
            1 ← SUBACK 1 [00]
            1 ← PUBLISH a QoS 0 id 0 retained now
            1 ← PUBLISH a QoS 0 id 0 
              event  Forwarded a from 1 to 1, discarded 0
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 3
            2 ← SUBACK 1 [00]
        "#]],
    );
}

// MQTT-3.8.3-4
#[test]
fn drops_a_device_that_asks_for_another_qos_than_0_1_or_2() {
    check(
        [open(), send(1, connect("1", "2")), bytes(1, &[0x82, 0x06, 0, 1, 0, 1, b'a', 3])],
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  LoggedIn 1 1
        1 ← close
          event  Dropped 1 1: malformed frame: requested QoS byte is 0x03 at byte 7 of the frame
    "#]],
    );
}

// MQTT-3.3.5-1, MQTT-3.8.4-3
#[test]
fn who_subscribes_twice_gets_each_message_once() {
    check(
        [
            open(),
            send(1, connect("1", "2")),
            send(1, subscribe(1, [("a", 2), ("a", 0)])),
            send(1, subscribe(2, [("a", 1)])),
            send(1, publish("a", 0, b"at 0")),
            send(1, publish("a", 1, b"at 1")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [02, 00]
            1 ← SUBACK 2 [01]
            1 ← PUBLISH a QoS 0 id 0 at 0
              event  Forwarded a from 1 to 1, discarded 0
            1 ← PUBLISH a QoS 1 id 1 at 1
            1 ← PUBACK 1
              event  Forwarded a from 1 to 1, discarded 0
        "#]],
    );
}

// MQTT-3.10.4-3
#[test]
fn what_is_under_way_is_brought_to_its_end_after_its_subscription() {
    check(
        [
            open(),
            open(),
            send(1, connect_again("1", "2")),
            send(1, subscribe(1, [("a", 2)])),
            send(2, connect("3", "2")),
            send(2, publish("a", 1, b"at 1")),
            send(2, exactly_once("a", 2, b"at 2")),
            send(2, pubrel(2)),
            send(2, publish("a", 3, b"another at 1")),
            send(1, unsubscribe(2, "a")),
            send(2, publish("a", 4, b"too late")),
            send(1, puback(1)),
            send(1, pubrec(2)),
            // Also over a link that breaks.
            close(1),
            open(),
            send(3, connect_again("1", "2")),
            send(3, pubcomp(2)),
            send(3, puback(3)),
        ],
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [02]
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 3
            1 ← PUBLISH a QoS 1 id 1 at 1
            2 ← PUBACK 1
              event  Forwarded a from 3 to 1, discarded 0
            2 ← PUBREC 2
            2 ← PUBCOMP 2
            1 ← PUBLISH a QoS 2 id 2 at 2
              event  Forwarded a from 3 to 1, discarded 0
            1 ← PUBLISH a QoS 1 id 3 another at 1
            2 ← PUBACK 3
              event  Forwarded a from 3 to 1, discarded 0
            1 ← UNSUBACK 2
            2 ← PUBACK 4
              event  Forwarded a from 3 to 0, discarded 0
            1 ← PUBREL 2
              event  Closed 1 1
              event  Opened 3
            3 ← CONNACK 0 session present true
            3 ← PUBREL 2
            3 ← PUBLISH a QoS 1 id 3 DUP another at 1
              event  LoggedIn 3 1
              event  Resent 3 1 1, PUBRELs 1
        "#]],
    );
}

// MQTT-3.10.4-3
#[test]
fn what_waits_in_line_when_its_subscription_ends_still_comes() {
    check_with(
        limited(Limits { in_flight: 1, ..Limits::default() }),
        [
            open(),
            send(1, connect("1", "2")),
            send(1, subscribe(1, [("a", 1)])),
            send(1, publish("a", 1, b"one")),
            send(1, publish("a", 2, b"two")),
            send(1, unsubscribe(2, "a")),
            send(1, puback(1)),
            send(1, puback(2)),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [01]
            1 ← PUBLISH a QoS 1 id 1 one
            1 ← PUBACK 1
              event  Forwarded a from 1 to 1, discarded 0
            1 ← PUBACK 2
              event  Forwarded a from 1 to 1, discarded 0
            1 ← UNSUBACK 2
            1 ← PUBLISH a QoS 1 id 2 two
        "#]],
    );
}

// MQTT-3.10.4-6
#[test]
fn several_filters_are_taken_back_with_one_answer() {
    let topics = ["a", "never", "c"].map(str::to_owned).to_vec();
    check(
        [
            open(),
            send(1, connect("1", "2")),
            send(1, subscribe(1, [("a", 0), ("b", 0), ("c", 0)])),
            send(1, Packet::Unsubscribe(Unsubscribe { pkid: 2, topics })),
            send(1, publish("a", 0, b"")),
            send(1, publish("b", 0, b"still")),
            send(1, publish("c", 0, b"")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [00, 00, 00]
            1 ← UNSUBACK 2
              event  Forwarded a from 1 to 0, discarded 0
            1 ← PUBLISH b QoS 0 id 0 still
              event  Forwarded b from 1 to 1, discarded 0
              event  Forwarded c from 1 to 0, discarded 0
        "#]],
    );
}

// MQTT-4.6.0-2, MQTT-4.6.0-3
#[test]
fn acknowledges_in_the_order_of_arrival() {
    let packets = [
        publish("a", 9, b""),
        exactly_once("a", 7, b""),
        publish("a", 1, b""),
        exactly_once("a", 3, b""),
        publish("a", 5, b""),
    ];
    let together: Vec<u8> = packets.iter().flat_map(|packet| encode(packet).unwrap().to_vec()).collect();
    check(
        [open(), send(1, connect("1", "2")), bytes(1, &together)],
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  LoggedIn 1 1
        1 ← PUBACK 9
        1 ← PUBREC 7
        1 ← PUBACK 1
        1 ← PUBREC 3
        1 ← PUBACK 5
          event  Forwarded a from 1 to 0, discarded 0
          event  Forwarded a from 1 to 0, discarded 0
          event  Forwarded a from 1 to 0, discarded 0
    "#]],
    );
}

/// A login of device 1 that asks for its session, with this auth info.
fn connect_again_with(auth_info: &str) -> Packet {
    let Packet::Connect(mut connect) = connect_with("1", "2", auth_info) else { unreachable!() };
    connect.clean_session = false;
    Packet::Connect(connect)
}
