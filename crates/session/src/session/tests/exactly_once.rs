//! Conversations at QoS 2 (§4.3.3), and answers that nobody waits for.

use expect_test::expect;

use super::script::Step::*;
use super::script::{check_connected, check_story, connected, keeping, resumed, transcript};
use crate::{Acknowledgement, Awaiting, Qos, Store};

// MQTT-4.3.3-1, MQTT-2.3.1-6, MQTT-3.6.1-1.
#[test]
fn a_message_at_qos_2_is_published_then_released_then_complete() {
    check_connected(
        [
            Publish("$dp", "01 00 02 7b 7d", Qos::ExactlyOnce, 100),
            Input("50 02 00 01", 142),
            Input("70 02 00 01", 190),
        ],
        expect![[r#"
            Ok(Some(1))
            transmit 34 0c 00 03 24 64 70 00 01 01 00 02 7b 7d
            deadline 4100 ms
            transmit 62 02 00 01
            received 50 02 00 01
            Released { packet_id: 1, round_trip: 42ms }
            deadline 4142 ms
            received 70 02 00 01
            Acknowledged { packet_id: 1, round_trip: 90ms }
            deadline 120142 ms
        "#]],
    );
}

// MQTT-4.3.3-2.
#[test]
fn a_message_at_qos_2_arrives_and_is_told_once_until_it_is_released() {
    check_connected(
        [
            Input("34 07 00 01 61 00 09 68 69", 1),
            Input("3c 07 00 01 61 00 09 68 69", 2),
            Input("62 02 00 09", 3),
            Input("34 07 00 01 61 00 09 68 6f", 4),
        ],
        expect![[r#"
            transmit 50 02 00 09
            received 34 07 00 01 61 00 09 68 69
            Message { message: Message { topic: "a", payload: b"hi", qos: ExactlyOnce, retain: false }, dup: false }
            deadline 120001 ms
            transmit 50 02 00 09
            received 3c 07 00 01 61 00 09 68 69
            Duplicate { packet_id: 9 }
            deadline 120002 ms
            transmit 70 02 00 09
            received 62 02 00 09
            deadline 120003 ms
            transmit 50 02 00 09
            received 34 07 00 01 61 00 09 68 6f
            Message { message: Message { topic: "a", payload: b"ho", qos: ExactlyOnce, retain: false }, dup: false }
            deadline 120004 ms
        "#]],
    );
}

// MQTT-4.3.2-2.
#[test]
fn a_message_at_qos_1_is_a_new_one_each_time_it_arrives() {
    check_story(
        &mut connected(),
        [Input("32 07 00 01 61 00 09 68 69", 1), Input("3a 07 00 01 61 00 09 68 69", 2)],
        expect![[r#"
            transmit PUBACK 9
            Message { message: Message { topic: "a", payload: b"hi", qos: AtLeastOnce, retain: false }, dup: false }
            transmit PUBACK 9
            Message { message: Message { topic: "a", payload: b"hi", qos: AtLeastOnce, retain: false }, dup: true }
        "#]],
    );
}

// MQTT-4.6.0-2, MQTT-4.6.0-3.
#[test]
fn acknowledges_in_the_order_of_arrival() {
    check_story(
        &mut connected(),
        [
            Input("34 05 00 01 61 00 07", 1),
            Input("32 05 00 01 61 00 03 32 05 00 01 61 00 01 34 05 00 01 61 00 02", 1),
        ],
        expect![[r#"
            change Received { packet_id: 7 }
            transmit PUBREC 7
            Message { message: Message { topic: "a", payload: b"", qos: ExactlyOnce, retain: false }, dup: false }
            change Received { packet_id: 2 }
            transmit PUBACK 3
            transmit PUBACK 1
            transmit PUBREC 2
            Message { message: Message { topic: "a", payload: b"", qos: AtLeastOnce, retain: false }, dup: false }
            Message { message: Message { topic: "a", payload: b"", qos: AtLeastOnce, retain: false }, dup: false }
            Message { message: Message { topic: "a", payload: b"", qos: ExactlyOnce, retain: false }, dup: false }
        "#]],
    );
}

// MQTT-4.6.0-4.
#[test]
fn releases_in_the_order_of_the_pubrecs() {
    check_story(
        &mut connected(),
        [
            Publish("a", "", Qos::ExactlyOnce, 0),
            Publish("b", "", Qos::ExactlyOnce, 0),
            Input("50 02 00 02 50 02 00 01", 1),
        ],
        expect![[r#"
            Ok(Some(1))
            change Accepted 1 a QoS 2 sent
            transmit PUBLISH 1 a QoS 2
            Ok(Some(2))
            change Accepted 2 b QoS 2 sent
            transmit PUBLISH 2 b QoS 2
            change Released { packet_id: 2 }
            change Released { packet_id: 1 }
            transmit PUBREL 2
            transmit PUBREL 1
            Released { packet_id: 2, round_trip: 1ms }
            Released { packet_id: 1, round_trip: 1ms }
        "#]],
    );
}

#[test]
fn every_change_comes_before_the_frame_that_relies_on_it() {
    check_story(
        &mut connected(),
        [
            Publish("a", "", Qos::ExactlyOnce, 0),
            Input("50 02 00 01", 1),
            Input("70 02 00 01", 2),
            Input("34 05 00 01 62 00 07", 3),
            Input("62 02 00 07", 4),
        ],
        expect![[r#"
            Ok(Some(1))
            change Accepted 1 a QoS 2 sent
            transmit PUBLISH 1 a QoS 2
            change Released { packet_id: 1 }
            transmit PUBREL 1
            Released { packet_id: 1, round_trip: 1ms }
            change Settled { packet_id: 1 }
            Acknowledged { packet_id: 1, round_trip: 2ms }
            change Received { packet_id: 7 }
            transmit PUBREC 7
            Message { message: Message { topic: "b", payload: b"", qos: ExactlyOnce, retain: false }, dup: false }
            change Completed { packet_id: 7 }
            transmit PUBCOMP 7
        "#]],
    );
}

// MQTT-4.3.3-1: every PUBREC is answered with PUBREL. MQTT-4.3.3-2: every PUBREL with PUBCOMP.
#[test]
fn answers_to_nothing_are_told_and_end_no_connection() {
    check_story(
        &mut connected(),
        [
            Input("40 02 00 07", 1),
            Input("50 02 00 07", 2),
            Input("62 02 00 07", 3),
            Input("70 02 00 07", 4),
            Publish("a", "", Qos::AtLeastOnce, 5),
            Input("40 02 00 01 40 02 00 01", 6),
        ],
        expect![[r#"
            Stray { acknowledgement: PubAck, packet_id: 7 }
            transmit PUBREL 7
            Stray { acknowledgement: PubRec, packet_id: 7 }
            transmit PUBCOMP 7
            Stray { acknowledgement: PubRel, packet_id: 7 }
            Stray { acknowledgement: PubComp, packet_id: 7 }
            Ok(Some(1))
            change Accepted 1 a QoS 1 sent
            transmit PUBLISH 1 a QoS 1
            change Settled { packet_id: 1 }
            Acknowledged { packet_id: 1, round_trip: 1ms }
            Stray { acknowledgement: PubAck, packet_id: 1 }
        "#]],
    );
}

#[test]
fn echoes_of_the_same_exchange_change_nothing() {
    check_story(
        &mut connected(),
        [
            Publish("a", "", Qos::ExactlyOnce, 1),
            Input("70 02 00 01", 2),
            Input("50 02 00 01", 3),
            Input("50 02 00 01", 4),
            Input("70 02 00 01", 5),
        ],
        expect![[r#"
            Ok(Some(1))
            change Accepted 1 a QoS 2 sent
            transmit PUBLISH 1 a QoS 2
            Stray { acknowledgement: PubComp, packet_id: 1 }
            change Released { packet_id: 1 }
            transmit PUBREL 1
            Released { packet_id: 1, round_trip: 2ms }
            transmit PUBREL 1
            Stray { acknowledgement: PubRec, packet_id: 1 }
            change Settled { packet_id: 1 }
            Acknowledged { packet_id: 1, round_trip: 4ms }
        "#]],
    );
}

// MQTT-4.8.0-1.
#[test]
fn an_answer_of_the_wrong_kind_ends_the_session() {
    for (qos, hex, reason) in [
        (Qos::AtLeastOnce, "50 02 00 01", "PUBREC for packet identifier 1, which waits for PUBACK"),
        (Qos::AtLeastOnce, "70 02 00 01", "PUBCOMP for packet identifier 1, which waits for PUBACK"),
        (Qos::ExactlyOnce, "40 02 00 01", "PUBACK for packet identifier 1, which waits for PUBREC"),
        (Qos::ExactlyOnce, "b0 02 00 01", "UNSUBACK for packet identifier 1, which waits for PUBREC"),
    ] {
        let script = [Publish("a", "", qos, 0), Input(hex, 1)];
        let transcript = transcript(&mut connected(), &script);
        assert_eq!(
            transcript.lines().last(),
            Some(&*format!("Closed: protocol violation: {reason}")),
            "{transcript}"
        );
    }
}

#[test]
fn says_which_answers_are_owed_and_since_when() {
    let mut session = resumed(&keeping(), Store::default(), false);
    transcript(
        &mut session,
        &[
            Publish("a", "", Qos::AtLeastOnce, 10),
            Publish("a", "", Qos::ExactlyOnce, 20),
            Publish("a", "", Qos::ExactlyOnce, 30),
            Subscribe("b", 40),
            Input("50 02 00 03", 50),
            Input("34 05 00 01 61 00 02", 60),
        ],
    );
    let since = super::script::at;
    let awaiting =
        |acknowledgement, packet_id, millis| Awaiting { acknowledgement, packet_id, since: since(millis) };
    assert_eq!(
        session.awaiting().collect::<Vec<_>>(),
        [
            awaiting(Acknowledgement::PubAck, 1, 10),
            awaiting(Acknowledgement::PubRec, 2, 20),
            awaiting(Acknowledgement::PubComp, 3, 50),
            awaiting(Acknowledgement::SubAck, 4, 40),
            awaiting(Acknowledgement::PubRel, 2, 60),
        ]
    );
    assert_eq!((session.in_flight(), session.waiting()), (3, 0));
    transcript(&mut session, &[Input("40 02 00 01 62 02 00 02", 70), Close]);
    assert_eq!((session.awaiting().count(), session.in_flight(), session.waiting()), (0, 0, 2));
}
