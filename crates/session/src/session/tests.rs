//! Conversations: a script in, a transcript out.

use expect_test::expect;
use proptest::prelude::*;

use super::*;

mod script;

use script::Step::*;
pub(crate) use script::start;
use script::{
    Step, check, check_connected, check_from_connect, connected, idle, message, options, transcript,
};

use crate::{subscribe_frame, unsubscribe_frame};

#[test]
fn logs_in_as_the_script_does() {
    check(
        [Open, Input("20 02 00 00", 40)],
        expect![[r#"
            transmit 10 2e 00 04 4d 51 54 54 04 c2 00 78 00 08 32 39 34 35 35 39 30 31 00 08 31 32 35 35 35 35 32 34 00 0e 4a 48 46 44 4a 46 35 35 35 38 36 6a 68 6b
            deadline 6000 ms
            received 20 02 00 00
            Connected { session_present: false, round_trip: 40ms }
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

#[test]
fn tolerates_a_wrong_session_present() {
    // A real platform answers a clean session so (reference §1.3).
    check(
        [Open, Input("20 02 01 00", 1)],
        expect![[r#"
            transmit 10 2e 00 04 4d 51 54 54 04 c2 00 78 00 08 32 39 34 35 35 39 30 31 00 08 31 32 35 35 35 35 32 34 00 0e 4a 48 46 44 4a 46 35 35 35 38 36 6a 68 6b
            deadline 6000 ms
            received 20 02 01 00
            Connected { session_present: true, round_trip: 1ms }
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

#[test]
fn pings_when_silent_and_gives_up_without_answer() {
    check_connected(
        [Timeout(119_999), Timeout(120_000), Input("d0 00", 120_030), Timeout(240_000), Timeout(250_000)],
        expect![[r#"
            deadline 120000 ms
            transmit c0 00
            deadline 125000 ms
            received d0 00
            Pinged { round_trip: 30ms }
            deadline 240000 ms
            transmit c0 00
            deadline 245000 ms
            Closed: no PINGRESP
        "#]],
    );
}

#[test]
fn asks_whether_the_link_lives_when_an_acknowledgement_does_not_come() {
    check_connected(
        [Publish("a", "", Qos::AtLeastOnce, 0), Timeout(4_000), Timeout(9_000)],
        expect![[r#"
            Ok(Some(1))
            transmit 32 05 00 01 61 00 01
            deadline 4000 ms
            transmit c0 00
            deadline 9000 ms
            Closed: no PINGRESP
        "#]],
    );
}

#[test]
fn sending_does_not_hide_that_nothing_is_heard() {
    let script: Vec<Step> = (1..=13)
        .map(|ten| Publish("a", "", Qos::AtMostOnce, ten * 10_000))
        .chain([Timeout(130_000), Timeout(135_000)])
        .collect();
    let transcript = transcript(&mut connected(), &script);
    let last: Vec<&str> = transcript.lines().rev().take(3).collect();
    assert_eq!(last, ["Closed: no PINGRESP", "deadline 135000 ms", "transmit c0 00"]);
}

#[test]
fn waits_on_while_something_is_heard() {
    check_connected(
        [
            Publish("a", "", Qos::AtLeastOnce, 0),
            Input("30 03 00 01 62", 3_000),
            Timeout(6_999),
            Input("40 02 00 01", 6_999),
        ],
        expect![[r#"
            Ok(Some(1))
            transmit 32 05 00 01 61 00 01
            deadline 4000 ms
            received 30 03 00 01 62
            Message { message: Message { topic: "b", payload: b"", qos: AtMostOnce, retain: false }, dup: false }
            deadline 7000 ms
            deadline 7000 ms
            received 40 02 00 01
            Acknowledged { packet_id: 1, round_trip: 6.999s }
            deadline 120000 ms
        "#]],
    );
}

#[test]
fn a_large_upload_on_a_slow_link_is_no_dead_link() {
    let mut session = connected();
    let three_megabytes = vec![0; 3 * 1024 * 1024];
    session.publish(message("$dp", &three_megabytes, Qos::AtLeastOnce), start()).unwrap();
    // 192 seconds at 16 KiB a second. The keep alive pings once on the way; its answer comes last.
    transcript(&mut session, &[Timeout(120_000), Timeout(190_000)]);
    assert!(session.is_connected());
    let told = transcript(&mut session, &[Input("40 02 00 01 d0 00", 190_001)]);
    assert!(told.contains("Acknowledged { packet_id: 1, round_trip: 190.001s }"), "{told}");
    assert!(told.contains("Pinged"), "{told}");
}

#[test]
fn bytes_of_an_unfinished_frame_show_that_the_link_lives() {
    let mut session = connected();
    let script = [
        Publish("a", "", Qos::AtLeastOnce, 0),
        Timeout(4_000),
        Input("30 7f 00 01 62", 8_000),
        Timeout(9_000),
        Input("00 00", 12_000),
        Timeout(16_999),
    ];
    transcript(&mut session, &script);
    assert!(session.is_connected());
    assert!(transcript(&mut session, &[Timeout(17_000)]).contains("no PINGRESP"));
}

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
fn every_violation_has_a_name() {
    let close_reason = |script: &[Step]| {
        let mut session = connected();
        transcript(&mut session, script).lines().last().unwrap().to_owned()
    };
    for (hex, reason) in [
        ("20 02 00 00", "a second CONNACK"),
        ("c0 00", "PINGREQ from a server"),
        ("e0 00", "DISCONNECT from a server"),
        ("10 0d 00 04 4d 51 54 54 04 02 00 3c 00 01 61", "CONNECT from a server"),
        ("82 06 00 01 00 01 61 00", "SUBSCRIBE from a server"),
        ("a2 05 00 01 00 01 61", "UNSUBSCRIBE from a server"),
        ("d0 00", "PINGRESP without PINGREQ"),
        ("40 02 00 07", "PUBACK for packet identifier 7, which waits for none"),
        ("50 02 00 07", "PUBREC for packet identifier 7, which waits for none"),
        ("62 02 00 07", "PUBREL for packet identifier 7, which waits for none"),
        ("70 02 00 07", "PUBCOMP for packet identifier 7, which waits for none"),
        ("90 03 00 07 00", "SUBACK for packet identifier 7, which waits for none"),
        ("b0 02 00 07", "UNSUBACK for packet identifier 7, which waits for none"),
        ("34 05 00 01 61 00 01", "a message at QoS 2, which was never asked for"),
        ("36", "QoS is 3 at byte 0 of the frame"),
        ("30 04 00 02 61 23", "topic name holds a wildcard at byte 5 of the frame"),
        ("48", "fixed-header flags are 1000, must be 0000 at byte 0 of the frame"),
    ] {
        assert_eq!(close_reason(&[Input(hex, 1)]), format!("Closed: protocol violation: {reason}"));
    }
    assert_eq!(
        close_reason(&[Subscribe("a", 0), Input("90 04 00 01 00 00", 1)]),
        "Closed: protocol violation: 2 return codes for 1 topic filters"
    );
    assert_eq!(
        close_reason(&[Subscribe("a", 0), Input("40 02 00 01", 1)]),
        "Closed: protocol violation: PUBACK for packet identifier 1, which waits for none"
    );
    check_from_connect(
        [Input("d0 00", 1)],
        expect![[r#"
            received d0 00
            Closed: protocol violation: PINGRESP before CONNACK
        "#]],
    );
}

#[test]
fn what_could_not_be_read_is_told_before_the_end() {
    check_connected(
        [Input("30 03 00 01 61 30 04 00 02 61 23 c0", 1)],
        expect![[r#"
            received 30 03 00 01 61
            Message { message: Message { topic: "a", payload: b"", qos: AtMostOnce, retain: false }, dup: false }
            unread 30 04 00 02 61 23 c0
            Closed: protocol violation: topic name holds a wildcard at byte 5 of the frame
        "#]],
    );
    check_connected(
        [Input("30 7f 00 02", 1), Input("61", 2), Close],
        expect![[r#"
            deadline 120000 ms
            deadline 120000 ms
            unread 30 7f 00 02 61
            Closed: the link closed
        "#]],
    );
    check_connected(
        [Input("30 7f 00 02", 1), Disconnect],
        expect![[r#"
            deadline 120000 ms
            Ok(())
            transmit e0 00
            unread 30 7f 00 02
            Closed: disconnected
        "#]],
    );
}

#[test]
fn what_answers_bytes_of_others_is_no_violation() {
    check_connected(
        [
            Raw("34 05 00 01 61 00 07", 0),
            Input("50 02 00 07", 1),
            Raw("62 02 00 07 c0 00", 2),
            Input("70 02 00 07 d0 00", 3),
            Raw("10", 4),
            Input("20 02 00 00 40 02 00 09 90 03 00 09 00 b0 02 00 09 34 05 00 01 61 00 01", 5),
            Publish("a", "", Qos::AtLeastOnce, 6),
            Input("40 02 00 01", 7),
            Input("c0 00", 8),
        ],
        expect![[r#"
            Ok(())
            transmit 34 05 00 01 61 00 07
            deadline 120000 ms
            received 50 02 00 07
            deadline 120000 ms
            Ok(())
            transmit 62 02 00 07 c0 00
            deadline 120001 ms
            received 70 02 00 07
            received d0 00
            deadline 120002 ms
            Ok(())
            transmit 10
            deadline 120003 ms
            received 20 02 00 00
            received 40 02 00 09
            received 90 03 00 09 00
            received b0 02 00 09
            received 34 05 00 01 61 00 01
            deadline 120004 ms
            Ok(Some(1))
            transmit 32 05 00 01 61 00 01
            deadline 4006 ms
            received 40 02 00 01
            Acknowledged { packet_id: 1, round_trip: 1ms }
            deadline 120006 ms
            received c0 00
            Closed: protocol violation: PINGREQ from a server
        "#]],
    );
    check_from_connect(
        [Raw("c0 00", 1)],
        expect![[r#"
        Err(NotConnected)
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

proptest! {
    #[test]
    fn any_bytes_give_the_same_dialogue_whatever_the_cuts(
        bytes in prop::collection::vec(any::<u8>(), 0..60),
        cut in 0usize..60,
    ) {
        check_cuts(&bytes, cut)?;
    }

    #[test]
    fn any_damage_to_a_good_stream_gives_the_same_dialogue_whatever_the_cuts(
        at in 0usize..STREAM.len(), to in any::<u8>(), cut in 0usize..STREAM.len(),
    ) {
        let mut bytes = STREAM.to_vec();
        bytes[at] = to;
        check_cuts(&bytes, cut)?;
    }
}

/// A command, a message at QoS 1, two acknowledgements.
const STREAM: &[u8] =
    b"\x30\x0a\x00\x07$creq/79\x32\x07\x00\x01a\x00\x09hi\x40\x02\x00\x01\x90\x03\x00\x02\x01";

fn check_cuts(bytes: &[u8], cut: usize) -> Result<(), TestCaseError> {
    let dialogue = |chunks: &[&[u8]]| {
        let mut session = connected();
        let _ = session.publish(message("a", b"", Qos::AtLeastOnce), start());
        let _ = session.subscribe(&["b"], Qos::AtLeastOnce, start());
        for chunk in chunks {
            session.handle_input(chunk, start());
        }
        let transmits: Vec<Bytes> = std::iter::from_fn(|| session.poll_transmit()).collect();
        let mut events: Vec<Event> = std::iter::from_fn(|| session.poll_event()).collect();
        let is_unread = |event: &Event| matches!(event, Event::Unread(_));
        let unread = events.iter().position(is_unread).map(|index| events.remove(index));
        (transmits, events, unread)
    };
    let whole = dialogue(&[bytes]);
    let cut = cut.min(bytes.len());
    for chunks in [&[&bytes[..cut], &bytes[cut..]][..], &bytes.chunks(1).collect::<Vec<_>>()] {
        let (transmits, events, unread) = dialogue(chunks);
        prop_assert_eq!((&transmits, &events), (&whole.0, &whole.1));
        // A fault is told at once: the more is there by then, the more is unread.
        match (unread, &whole.2) {
            (Some(Event::Unread(few)), Some(Event::Unread(all))) => prop_assert!(all.starts_with(&few)),
            (few, _) => prop_assert_eq!(few, None),
        }
    }
    Ok(())
}
