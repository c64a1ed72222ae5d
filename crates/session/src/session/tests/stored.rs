//! Sessions that outlive their connection (§4.1, §4.4).

use std::collections::{BTreeSet, VecDeque};

use expect_test::expect;

use super::script::Step::*;
use super::script::{check_story, keeping, message, resumed, transcript};
use crate::{Counts, Options, Outbound, Qos, Session, Store, StoreError};

/// One message each: sent, released, sent, waiting; two arrived.
fn store() -> Store {
    let outbound =
        |packet_id, topic, qos, sent| Outbound { packet_id, message: message(topic, b"", qos), sent };
    Store {
        outbound: VecDeque::from([
            outbound(9, "a", Qos::ExactlyOnce, true),
            outbound(2, "b", Qos::AtLeastOnce, true),
            outbound(3, "c", Qos::AtLeastOnce, false),
        ]),
        released: VecDeque::from([8, 5]),
        inbound: BTreeSet::from([2, 7]),
        last_id: 9,
        clean_session: false,
    }
}

// MQTT-4.4.0-1, MQTT-4.6.0-1, MQTT-4.6.0-4, MQTT-3.3.1-1, MQTT-2.3.1-3.
#[test]
fn what_was_not_acknowledged_is_sent_again_before_anything_new() {
    check_story(
        &mut Session::resume(&keeping(), store()).unwrap(),
        [
            Enqueue("d", Qos::AtLeastOnce, 0),
            Open,
            Input("20 02 01 00", 1),
            Publish("e", "", Qos::AtLeastOnce, 2),
            Input("70 02 00 08 50 02 00 09 40 02 00 02", 3),
        ],
        expect![[r#"
            Ok(Some(10))
            change Accepted 10 d QoS 1 waiting
            transmit CONNECT
            change Sent { packet_id: 3 }
            change Sent { packet_id: 10 }
            transmit PUBREL 8
            transmit PUBREL 5
            transmit PUBLISH 9 a QoS 2 DUP
            transmit PUBLISH 2 b QoS 1 DUP
            transmit PUBLISH 3 c QoS 1
            transmit PUBLISH 10 d QoS 1
            Connected { session_present: true, resumption: Resumed, round_trip: 1ms }
            Ok(Some(11))
            change Accepted 11 e QoS 1 sent
            transmit PUBLISH 11 e QoS 1
            change Settled { packet_id: 8 }
            change Released { packet_id: 9 }
            change Settled { packet_id: 2 }
            transmit PUBREL 9
            Acknowledged { packet_id: 8, round_trip: 2ms }
            Released { packet_id: 9, round_trip: 2ms }
            Acknowledged { packet_id: 2, round_trip: 2ms }
        "#]],
    );
}

// MQTT-4.4.0-1.
#[test]
fn it_is_sent_again_also_when_the_server_has_lost_the_session() {
    check_story(
        &mut Session::resume(&keeping(), store()).unwrap(),
        [
            Open,
            Input("20 02 00 00", 1),
            // The server has begun to count anew: no repetition.
            Input("34 05 00 01 61 00 07", 2),
        ],
        expect![[r#"
            transmit CONNECT
            change Completed { packet_id: 2 }
            change Completed { packet_id: 7 }
            change Sent { packet_id: 3 }
            transmit PUBREL 8
            transmit PUBREL 5
            transmit PUBLISH 9 a QoS 2 DUP
            transmit PUBLISH 2 b QoS 1 DUP
            transmit PUBLISH 3 c QoS 1
            Connected { session_present: false, resumption: Lost, round_trip: 1ms }
            change Received { packet_id: 7 }
            transmit PUBREC 7
            Message { message: Message { topic: "a", payload: b"", qos: ExactlyOnce, retain: false }, dup: false }
        "#]],
    );
}

// MQTT-4.3.3-2.
#[test]
fn a_message_that_had_arrived_is_not_told_again_on_the_next_connection() {
    check_story(
        &mut resumed(&keeping(), store(), true),
        [Input("3c 05 00 01 61 00 07", 1), Input("62 02 00 02", 2), Input("62 02 00 02", 3)],
        expect![[r#"
            transmit PUBREC 7
            Duplicate { packet_id: 7 }
            change Completed { packet_id: 2 }
            transmit PUBCOMP 2
            transmit PUBCOMP 2
            Stray { acknowledgement: PubRel, packet_id: 2 }
        "#]],
    );
}

// MQTT-4.6.0-1.
#[test]
fn what_is_sent_again_keeps_its_order_however_few_may_be_on_their_way() {
    check_story(
        &mut Session::resume(&Options { max_in_flight: 1, ..keeping() }, store()).unwrap(),
        [
            Open,
            Input("20 02 01 00", 1),
            Input("70 02 00 08 70 02 00 05", 2),
            Input("50 02 00 09", 3),
            Input("70 02 00 09", 4),
            Input("40 02 00 02", 5),
        ],
        expect![[r#"
            transmit CONNECT
            transmit PUBREL 8
            transmit PUBREL 5
            Connected { session_present: true, resumption: Resumed, round_trip: 1ms }
            change Settled { packet_id: 8 }
            change Settled { packet_id: 5 }
            transmit PUBLISH 9 a QoS 2 DUP
            Acknowledged { packet_id: 8, round_trip: 1ms }
            Acknowledged { packet_id: 5, round_trip: 1ms }
            change Released { packet_id: 9 }
            transmit PUBREL 9
            Released { packet_id: 9, round_trip: 1ms }
            change Settled { packet_id: 9 }
            transmit PUBLISH 2 b QoS 1 DUP
            Acknowledged { packet_id: 9, round_trip: 2ms }
            change Settled { packet_id: 2 }
            change Sent { packet_id: 3 }
            transmit PUBLISH 3 c QoS 1
            Acknowledged { packet_id: 2, round_trip: 1ms }
        "#]],
    );
}

// MQTT-4.3.3-1: no PUBLISH after its PUBREL.
#[test]
fn what_the_server_answers_before_it_is_sent_again_is_not_sent_again() {
    check_story(
        &mut Session::resume(&Options { max_in_flight: 1, ..keeping() }, store()).unwrap(),
        [
            Open,
            Input("20 02 01 00", 1),
            Input("50 02 00 09 40 02 00 02", 2),
            Input("70 02 00 08 70 02 00 05 70 02 00 09", 3),
        ],
        expect![[r#"
            transmit CONNECT
            transmit PUBREL 8
            transmit PUBREL 5
            Connected { session_present: true, resumption: Resumed, round_trip: 1ms }
            change Released { packet_id: 9 }
            change Settled { packet_id: 2 }
            transmit PUBREL 9
            Released { packet_id: 9, round_trip: 0ns }
            Acknowledged { packet_id: 2, round_trip: 0ns }
            change Settled { packet_id: 8 }
            change Settled { packet_id: 5 }
            change Settled { packet_id: 9 }
            change Sent { packet_id: 3 }
            transmit PUBLISH 3 c QoS 1
            Acknowledged { packet_id: 8, round_trip: 2ms }
            Acknowledged { packet_id: 5, round_trip: 2ms }
            Acknowledged { packet_id: 9, round_trip: 1ms }
        "#]],
    );
}

// MQTT-2.3.1-2.
#[test]
fn identifiers_in_the_store_are_not_given_out() {
    let store = Store { last_id: 1, ..store() };
    let mut session = resumed(&keeping(), store, true);
    let given: Vec<u16> = (0..4)
        .map(|_| session.publish(message("x", b"", Qos::AtLeastOnce), super::start()).unwrap().unwrap())
        .collect();
    assert_eq!(given, [4, 6, 7, 10]);
}

#[test]
fn nothing_is_sent_again_on_the_same_connection() {
    let mut session = resumed(&keeping(), store(), true);
    let told = transcript(&mut session, &[Timeout(4_000), Input("d0 00", 4_001), Timeout(8_001)]);
    let transmits: Vec<&str> = told.lines().filter(|line| line.starts_with("transmit")).collect();
    assert_eq!(transmits, ["transmit c0 00", "transmit c0 00"]);
}

// MQTT-4.1.0-1, MQTT-3.1.2-4.
#[test]
fn a_session_ends_with_the_store_that_the_next_one_begins_with() {
    let mut session = resumed(&keeping(), Store::default(), false);
    let script = [
        Publish("a", "", Qos::AtLeastOnce, 1),
        Publish("b", "", Qos::ExactlyOnce, 1),
        Publish("c", "", Qos::ExactlyOnce, 1),
        Input("50 02 00 03", 2),
        Input("34 05 00 01 61 00 07", 3),
        Close,
    ];
    transcript(&mut session, &script);
    assert_eq!(session.counts(), Counts { accepted: 3, waiting: 3, ..Counts::default() });
    let store = session.into_store();
    let sent: Vec<(u16, bool)> = store.outbound.iter().map(|one| (one.packet_id, one.sent)).collect();
    assert_eq!(sent, [(1, true), (2, true)]);
    assert_eq!((&store.released, &store.inbound), (&VecDeque::from([3]), &BTreeSet::from([7])));
    let mut session = resumed(&keeping(), store, true);
    transcript(&mut session, &[Input("70 02 00 03 50 02 00 02 70 02 00 02 40 02 00 01 62 02 00 07", 1)]);
    assert_eq!(session.counts(), Counts { restored: 3, acknowledged: 3, ..Counts::default() });
    assert_eq!(session.into_store(), Store { last_id: 3, ..Store::default() });
}

#[test]
fn a_damaged_store_is_refused_by_name() {
    let refusal = |store: Store| Session::resume(&keeping(), store).unwrap_err().to_string();
    let zero = refusal(Store { inbound: BTreeSet::from([0]), ..Store::default() });
    assert_eq!(zero, StoreError::ZeroId.to_string());
    let twice = refusal(Store { released: VecDeque::from([9]), ..store() });
    assert_eq!(twice, "packet identifier 9 is stored twice");
    let mut damaged = store();
    damaged.outbound[1].message.qos = Qos::AtMostOnce;
    assert_eq!(refusal(damaged), "the message stored under packet identifier 2 has QoS 0");
    let mut damaged = store();
    damaged.outbound[1].message.topic = "a/#".to_owned();
    let wildcard = "the message stored under packet identifier 2 cannot be sent: topic name holds a wildcard";
    assert_eq!(refusal(damaged), wildcard);
}
