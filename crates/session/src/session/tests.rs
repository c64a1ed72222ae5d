//! Conversations: a script in, a transcript out. Above each test that shows a normative statement of MQTT 3.1.1
//! stands its number.

use expect_test::expect;

mod any_bytes;
mod clean;
mod exactly_once;
mod keep_alive;
mod queue;
mod script;
mod stored;
mod violation;

use script::Step::*;
pub(crate) use script::start;
use script::{check, check_connected, check_from_connect, idle, message, options};

use crate::{Message, Options, Qos, Session, subscribe_frame, unsubscribe_frame};

// MQTT-3.1.0-1, MQTT-3.1.2-11, MQTT-3.1.2-19, MQTT-3.1.2-21, MQTT-3.1.3-3.
#[test]
fn logs_in_as_the_script_does() {
    check(
        [Open, Input("20 02 00 00", 40)],
        expect![[r#"
            transmit 10 2e 00 04 4d 51 54 54 04 c2 00 78 00 08 32 39 34 35 35 39 30 31 00 08 31 32 35 35 35 35 32 34 00 0e 4a 48 46 44 4a 46 35 35 35 38 36 6a 68 6b
            deadline 6000 ms
            received 20 02 00 00
            Connected { session_present: false, resumption: New, round_trip: 40ms }
            deadline 120000 ms
        "#]],
    );
}

#[test]
fn frames_without_a_session_are_those_that_it_sends() {
    let mut session = idle();
    session.handle_open(start());
    assert_eq!(session.poll_transmit(), Some(options().frame().unwrap()));
    session.handle_input(b"\x20\x02\x00\x00", start());
    for qos in [Qos::AtMostOnce, Qos::AtLeastOnce] {
        let message = message("$dp", b"\x01\x00\x02{}", qos);
        let frame = message.frame(Some(1)).unwrap();
        session.publish(message, start()).unwrap();
        assert_eq!(session.poll_transmit(), Some(frame));
    }
    session.subscribe(&["a/#", "b"], Qos::AtLeastOnce, start()).unwrap();
    assert_eq!(session.poll_transmit(), subscribe_frame(&["a/#", "b"], Qos::AtLeastOnce, 2).ok());
    session.unsubscribe(&["b"], start()).unwrap();
    assert_eq!(session.poll_transmit(), unsubscribe_frame(&["b"], 3).ok());
}

// MQTT-2.3.1-1, MQTT-2.3.1-5.
#[test]
fn a_frame_at_qos_1_needs_a_packet_identifier() {
    let error = message("a", b"", Qos::AtLeastOnce).frame(None).unwrap_err();
    assert_eq!(error.to_string(), "packet identifier is zero");
    assert!(message("a", b"", Qos::AtMostOnce).frame(None).is_ok());
}

#[test]
fn keeps_the_secret_out_of_debug_output() {
    let mut session = idle();
    session.handle_open(start());
    let debug = format!("{session:?}");
    assert!(!debug.contains("JHFDJF55586jhk") && !debug.contains("74, 72, 70"), "{debug}");
}

// MQTT-3.2.2-1: a server that breaks it is tolerated.
#[test]
fn tolerates_a_wrong_session_present() {
    // A real platform answers a clean session so (reference §1.3).
    check(
        [Open, Input("20 02 01 00", 1)],
        expect![[r#"
            transmit 10 2e 00 04 4d 51 54 54 04 c2 00 78 00 08 32 39 34 35 35 39 30 31 00 08 31 32 35 35 35 35 32 34 00 0e 4a 48 46 44 4a 46 35 35 35 38 36 6a 68 6b
            deadline 6000 ms
            received 20 02 01 00
            Connected { session_present: true, resumption: Claimed, round_trip: 1ms }
            deadline 120000 ms
        "#]],
    );
}

#[test]
fn names_the_code_of_a_refusal() {
    check_from_connect(
        [Input("20 02 00 04", 5)],
        expect![[r#"
            received 20 02 00 04
            Closed: login refused with return code 4: bad user name or password
        "#]],
    );
}

#[test]
fn waits_for_connack_only_so_long() {
    check_from_connect(
        [Timeout(5_999), Timeout(6_000)],
        expect![[r#"
            deadline 6000 ms
            Closed: no CONNACK
        "#]],
    );
}

// MQTT-4.3.2-1.
#[test]
fn an_upload_is_acknowledged() {
    check_connected(
        [Publish("$dp", "01 00 02 7b 7d", Qos::AtLeastOnce, 100), Input("40 02 00 01", 142)],
        expect![[r#"
            Ok(Some(1))
            transmit 32 0c 00 03 24 64 70 00 01 01 00 02 7b 7d
            deadline 4100 ms
            received 40 02 00 01
            Acknowledged { packet_id: 1, round_trip: 42ms }
            deadline 120100 ms
        "#]],
    );
}

// MQTT-2.3.1-2, MQTT-2.3.1-5, MQTT-4.3.1-1.
#[test]
fn identifiers_are_not_reused_while_in_flight() {
    check_connected(
        [
            Publish("a", "", Qos::AtLeastOnce, 1),
            Publish("a", "", Qos::AtLeastOnce, 2),
            Subscribe("b/#", 3),
            Publish("a", "", Qos::AtMostOnce, 4),
            Input("40 02 00 02 90 03 00 03 00 40 02 00 01", 9),
        ],
        expect![[r#"
            Ok(Some(1))
            transmit 32 05 00 01 61 00 01
            deadline 4001 ms
            Ok(Some(2))
            transmit 32 05 00 01 61 00 02
            deadline 4001 ms
            Ok(3)
            transmit 82 08 00 03 00 03 62 2f 23 01
            deadline 4001 ms
            Ok(None)
            transmit 30 03 00 01 61
            deadline 4001 ms
            received 40 02 00 02
            Acknowledged { packet_id: 2, round_trip: 7ms }
            received 90 03 00 03 00
            Subscribed { packet_id: 3, granted: [AtMostOnce] }
            received 40 02 00 01
            Acknowledged { packet_id: 1, round_trip: 8ms }
            deadline 120004 ms
        "#]],
    );
}

// MQTT-4.3.2-2, MQTT-4.5.0-2.
#[test]
fn a_command_arrives_and_a_message_at_qos_1_is_acknowledged() {
    check_connected(
        [Input("30 0a 00 07 24 63 72 65 71 2f 37 39", 1), Input("32 07 00 01 61 00 09 68 69", 2)],
        expect![[r#"
            received 30 0a 00 07 24 63 72 65 71 2f 37 39
            Message { message: Message { topic: "$creq/7", payload: b"9", qos: AtMostOnce, retain: false }, dup: false }
            deadline 120000 ms
            transmit 40 02 00 09
            received 32 07 00 01 61 00 09 68 69
            Message { message: Message { topic: "a", payload: b"hi", qos: AtLeastOnce, retain: false }, dup: false }
            deadline 120002 ms
        "#]],
    );
}

// MQTT-3.14.4-1, MQTT-3.14.4-2.
#[test]
fn says_goodbye() {
    check_connected(
        [Disconnect, Input("d0 00", 9), Publish("a", "", Qos::AtMostOnce, 10)],
        expect![[r#"
            Ok(())
            transmit e0 00
            Closed: disconnected
            Err(NotConnected)
        "#]],
    );
}

#[test]
fn unsubscribes() {
    check_connected(
        [Unsubscribe("room", 0), Input("b0 02 00 01", 1)],
        expect![[r#"
            Ok(1)
            transmit a2 08 00 01 00 04 72 6f 6f 6d
            deadline 4000 ms
            received b0 02 00 01
            Unsubscribed { packet_id: 1 }
            deadline 120000 ms
        "#]],
    );
}

// MQTT-3.3.2-2, MQTT-4.7.1-2, MQTT-4.7.3-1.
#[test]
fn refuses_commands_that_cannot_be_sent() {
    check_from_connect(
        [
            Publish("a", "", Qos::AtMostOnce, 0),
            Publish("a/#", "", Qos::AtMostOnce, 0),
            Publish("", "", Qos::AtMostOnce, 0),
            Subscribe("a#", 0),
            Subscribe("#/a", 0),
            Subscribe("", 0),
        ],
        expect![[r#"
            Err(NotConnected)
            deadline 6000 ms
            Err(Topic(Wildcard))
            deadline 6000 ms
            Err(Topic(Empty))
            deadline 6000 ms
            Err(Topic(MisplacedWildcard))
            deadline 6000 ms
            Err(Topic(MisplacedWildcard))
            deadline 6000 ms
            Err(Topic(Empty))
            deadline 6000 ms
        "#]],
    );
}

#[test]
fn a_closed_link_ends_it_once() {
    check_connected(
        [Close, Close, Input("40 02 00 01", 1)],
        expect![[r#"
            Closed: the link closed
        "#]],
    );
}

// MQTT-3.1.2-22, MQTT-3.1.3-7.
#[test]
fn refuses_logins_that_cannot_be_written() {
    let refusal = |options: Options| Session::new(&options).unwrap_err().to_string();
    assert_eq!(
        refusal(Options { password: "x".to_owned(), ..Options::default() }),
        "password without user name"
    );
    assert_eq!(
        refusal(Options { clean_session: false, ..Options::default() }),
        "no client identifier, which only a clean session may lack"
    );
    assert_eq!(
        refusal(Options { client_id: "x".repeat(65_536), ..Options::default() }),
        "string of 65536 bytes is over the limit of 65535"
    );
}

// MQTT-3.1.2-9, MQTT-3.1.2-14, MQTT-3.1.3-1.
#[test]
fn a_last_will_is_left_at_the_login() {
    let will = |qos, retain| Options {
        client_id: "1".to_owned(),
        username: "2".to_owned(),
        password: "3".to_owned(),
        will: Some(Message { retain, ..message("bye", b"\x00\xff", qos) }),
        ..Options::default()
    };
    let said = |options: &Options| script::hex(&options.frame().unwrap());
    expect!["10 1c 00 04 4d 51 54 54 04 c6 00 78 00 01 31 00 03 62 79 65 00 02 00 ff 00 01 32 00 01 33"]
        .assert_eq(&said(&will(Qos::AtMostOnce, false)));
    for (qos, retain, flags) in [
        (Qos::AtMostOnce, true, "e6"),
        (Qos::AtLeastOnce, false, "ce"),
        (Qos::ExactlyOnce, false, "d6"),
        (Qos::ExactlyOnce, true, "f6"),
    ] {
        assert_eq!(said(&will(qos, retain)).split(' ').nth(9), Some(flags));
    }
}

#[test]
fn refuses_wills_that_cannot_be_written() {
    let refusal = |topic: &str, payload: &[u8]| {
        let will = Some(message(topic, payload, Qos::AtLeastOnce));
        Session::new(&Options { will, ..options() }).unwrap_err().to_string()
    };
    assert_eq!(refusal("a/+", b""), "last will: topic name holds a wildcard");
    assert_eq!(refusal("", b""), "last will: topic is empty");
    assert_eq!(refusal("a", &[0; 65_536]), "last will has 65536 bytes, the limit is 65535");
}
