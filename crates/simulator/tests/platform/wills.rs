//! Wills: said when a connection ends without a DISCONNECT, to those who are there (reference §1.2).

use std::time::Duration;

use expect_test::expect;
use frame::Packet;
use simulator::{Limits, Options, Strike};

use crate::script::*;

// MQTT-3.1.2-8, MQTT-3.1.2-10, MQTT-3.1.2-16
#[test]
fn publishes_a_will_when_the_connection_is_gone() {
    let platform = check(
        watched([
            send(2, connect_with_will("1", "2", "room", 1, false)),
            close(2),
            // A retained will would come now.
            send(1, subscribe(2, [("room", 1)])),
            // It was said, and is not said again.
            open(),
            send(3, connect("1", "2")),
            close(3),
        ]),
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 9
            1 ← SUBACK 1 [00]
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 1
            1 ← PUBLISH room QoS 1 id 1 gone
              event  Closed 2 1
              event  WillPublished room of 1 to 1, discarded 0
            1 ← SUBACK 2 [01]
              event  Opened 3
            3 ← CONNACK 0 session present false
              event  LoggedIn 3 1
              event  Closed 3 1
        "#]],
    );
    assert_eq!(platform.device("1").unwrap().will_topic(), None);
}

// MQTT-3.14.4-3, MQTT-3.1.2-12
#[test]
fn publishes_no_will_after_a_disconnect() {
    let platform = check(
        watched([
            send(2, connect_with_will("1", "2", "room", 1, true)),
            send(2, Packet::Disconnect),
            send(1, subscribe(2, [("room", 1)])),
            open(),
            send(3, connect_with_will("1", "2", "room", 1, true)),
        ]),
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 9
            1 ← SUBACK 1 [00]
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 1
            2 ← close
              event  Closed 2 1
            1 ← SUBACK 2 [01]
              event  Opened 3
            3 ← CONNACK 0 session present false
              event  LoggedIn 3 1
        "#]],
    );
    assert_eq!(platform.device("1").unwrap().will_topic(), Some("room"));
}

// MQTT-3.1.2-24
#[test]
fn publishes_the_will_of_a_device_that_is_silent() {
    check(
        watched([
            wait(1.0),
            send(2, connect_with_will("1", "2", "room", 0, false)),
            wait(178.0),
            send(1, Packet::PingReq),
            wait(2.0),
        ]),
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 9
            1 ← SUBACK 1 [00]
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 1
            1 ← PINGRESP
            2 ← close
            1 ← PUBLISH room QoS 0 id 0 gone
              event  Dropped 2 1: rule keep-alive-silence
              event  WillPublished room of 1 to 1, discarded 0
        "#]],
    );
}

#[test]
fn publishes_the_will_of_a_device_that_breaks_a_rule() {
    check(
        watched([
            send(2, connect_with_will("1", "2", "room", 2, false)),
            send(2, publish("$dp", 1, b"\x17")),
            send(1, pubrec(1)),
            send(1, pubcomp(1)),
        ]),
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 9
            1 ← SUBACK 1 [00]
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 1
            2 ← close
            1 ← PUBLISH room QoS 2 id 1 gone
              event  Dropped 2 1: rule payload: type byte 0x17 means type 23, which is documented nowhere, whatever the script's TYPE_FLOAT says: floats are 0x07, with a time 0x87 at byte 0
              event  WillPublished room of 1 to 1, discarded 0
            1 ← PUBREL 1
        "#]],
    );
}

// MQTT-3.1.4-2, MQTT-3.1.2-17
#[test]
fn a_second_login_brings_the_will_of_the_first_and_takes_it_from_what_is_retained() {
    check(
        watched([
            send(2, connect_with_will("1", "2", "room", 0, true)),
            open(),
            send(3, connect("1", "2")),
            send(1, subscribe(2, [("room", 0)])),
        ]),
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 9
            1 ← SUBACK 1 [00]
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 1
              event  Opened 3
            2 ← close
            1 ← PUBLISH room QoS 0 id 0 gone
            3 ← CONNACK 0 session present false
              event  Dropped 2 1: the device logged in again on another connection
              event  WillPublished room of 1 to 1, discarded 0
              event  LoggedIn 3 1
            1 ← SUBACK 2 [00]
        "#]],
    );
}

// MQTT-3.1.2-17
#[test]
fn a_retained_will_is_given_to_new_subscribers_until_its_device_is_back() {
    let subscribe_anew = || [send(1, unsubscribe(2, "room")), send(1, subscribe(3, [("room", 2)]))];
    let [unsubscribe_once, subscribe_once] = subscribe_anew();
    let [unsubscribe_twice, subscribe_twice] = subscribe_anew();
    check(
        watched([
            send(2, connect_with_will("1", "2", "room", 0, true)),
            close(2),
            unsubscribe_once,
            subscribe_once,
            // A login that is refused is none.
            open(),
            send(3, connect("1", "none")),
            send(1, unsubscribe(4, "room")),
            send(1, subscribe(5, [("room", 0)])),
            open(),
            send(4, connect("1", "2")),
            unsubscribe_twice,
            subscribe_twice,
        ]),
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 9
            1 ← SUBACK 1 [00]
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 1
            1 ← PUBLISH room QoS 0 id 0 gone
              event  Closed 2 1
              event  WillPublished room of 1 to 1, discarded 0
            1 ← UNSUBACK 2
            1 ← SUBACK 3 [02]
            1 ← PUBLISH room QoS 2 id 1 retained gone
              event  Opened 3
            3 ← CONNACK 4 session present false
            3 ← close
              event  Refused 3 4: bad user name or password, rule product-id-decimal
            1 ← UNSUBACK 4
            1 ← SUBACK 5 [00]
            1 ← PUBLISH room QoS 0 id 0 retained gone
              event  Opened 4
            4 ← CONNACK 0 session present false
              event  LoggedIn 4 1
            1 ← UNSUBACK 2
            1 ← SUBACK 3 [02]
        "#]],
    );
}

#[test]
fn a_device_that_was_forgotten_meanwhile_takes_its_retained_will_back_too() {
    let mut stage = Stage::new(limited(Limits { devices: 2, ..Limits::default() }));
    for step in watched([send(2, connect_with_will("1", "2", "room", 0, true)), close(2)]) {
        stage.run(step);
    }
    for step in [open(), send(3, connect("5", "2")), close(3), open(), send(4, connect("1", "2"))] {
        stage.run(step);
    }
    stage.run(send(4, subscribe(1, [("room", 0)])));
    assert!(!stage.transcript.contains("retained"), "{}", stage.transcript);
}

#[test]
fn a_message_retained_in_place_of_a_will_stays() {
    check(
        watched([
            send(2, connect_with_will("1", "2", "room", 0, true)),
            close(2),
            send(1, retained("room", b"somebody else is here")),
            open(),
            send(3, connect("1", "2")),
            send(3, subscribe(1, [("room", 0)])),
        ]),
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 9
            1 ← SUBACK 1 [00]
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 1
            1 ← PUBLISH room QoS 0 id 0 gone
              event  Closed 2 1
              event  WillPublished room of 1 to 1, discarded 0
            1 ← PUBLISH room QoS 0 id 0 somebody else is here
              event  Forwarded room from 9 to 1, discarded 0
              event  Opened 3
            3 ← CONNACK 0 session present false
              event  LoggedIn 3 1
            3 ← SUBACK 1 [00]
            3 ← PUBLISH room QoS 0 id 0 retained somebody else is here
        "#]],
    );
}

#[test]
fn a_will_is_for_those_who_are_online() {
    check(
        [
            open(),
            open(),
            send(1, connect_again("9", "2")),
            send(1, subscribe(1, [("room", 1)])),
            send(2, connect_with_will("1", "2", "room", 1, false)),
            close(1),
            close(2),
            open(),
            send(3, connect_again("9", "2")),
        ],
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 9
            1 ← SUBACK 1 [01]
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 1
              event  Closed 1 9
              event  Closed 2 1
              event  WillPublished room of 1 to 0, discarded 0
              event  Opened 3
            3 ← CONNACK 0 session present true
              event  LoggedIn 3 9
        "#]],
    );
}

#[test]
fn a_will_stays_in_the_product_that_it_was_left_in() {
    check(
        watched([
            send(2, connect_with_will("1", "2", "room", 0, true)),
            open(),
            send(3, connect("1", "7")),
            send(3, subscribe(1, [("room", 0)])),
            send(1, subscribe(2, [("room", 0)])),
        ]),
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 9
            1 ← SUBACK 1 [00]
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 1
              event  Opened 3
            2 ← close
            1 ← PUBLISH room QoS 0 id 0 gone
            3 ← CONNACK 0 session present false
              event  Dropped 2 1: the device logged in again on another connection
              event  WillPublished room of 1 to 1, discarded 0
              event  LoggedIn 3 1
            3 ← SUBACK 1 [00]
            1 ← SUBACK 2 [00]
        "#]],
    );
}

#[test]
fn a_login_that_is_refused_leaves_no_will() {
    check(
        watched([
            send(2, connect_with_will("board", "2", "room", 0, false)),
            open(),
            // Nor does one that is not answered yet.
            send(3, connect_with_will("1", "2", "room", 1, false)),
            strike("1", Strike::Cut),
        ]),
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 9
            1 ← SUBACK 1 [00]
            2 ← CONNACK 2 session present false
            2 ← close
              event  Refused 2 2: illegal client id, rule device-id-decimal
              event  Opened 3
            3 ← CONNACK 0 session present false
              event  LoggedIn 3 1
              gives  1 struck
            3 ← close
            1 ← PUBLISH room QoS 1 id 1 gone
              event  Struck 3 1: cut after 0 bytes
              event  Dropped 3 1: a fault cut the connection
              event  WillPublished room of 1 to 1, discarded 0
        "#]],
    );
    let slow = Options { login_delay: Duration::from_secs(5), ..Options::default() };
    let mut stage = Stage::new(slow);
    for step in [open(), send(1, connect_with_will("1", "2", "room", 0, false)), close(1)] {
        stage.run(step);
    }
    assert!(!stage.transcript.contains("Will"), "{}", stage.transcript);
}

#[test]
fn wills_that_end_connections_whose_wills_end_others_are_all_said() {
    let limits = Limits { in_flight: 1, waiting_bytes_per_device: 0, ..Limits::default() };
    let mut stage = Stage::new(limited(limits));
    // Each listens to the one before, and has no room for a second message.
    let count = 500;
    for device in 1..=count {
        let [will, before] = [device, device - 1].map(|device| format!("/{device}/gone"));
        stage.run(open());
        stage.run(send(device, connect_with_will(&device.to_string(), "2", &will, 1, false)));
        stage.run(send(device, subscribe(1, [(&before, 1), ("fill", 1)])));
    }
    stage.run(send(1, publish("fill", 1, b"never acknowledged")));
    stage.run(close(1));
    assert_eq!(stage.transcript.matches("WillPublished").count(), 500);
    assert!(stage.platform.devices().all(|device| !device.online()));
}

/// Device 9 is subscribed to `room` on connection 1, and connection 2 is open.
fn watched<const N: usize>(script: [Step; N]) -> impl Iterator<Item = Step> {
    let before = [open(), open(), send(1, connect("9", "2")), send(1, subscribe(1, [("room", 0)]))];
    before.into_iter().chain(script)
}
