//! What a server may not do, and what becomes of bytes that nobody can read.

use expect_test::expect;

use super::script::Step::*;
use super::script::{Step, check_connected, check_from_connect, connected, transcript};
use crate::Qos;

// MQTT-4.8.0-1, MQTT-2.2.2-2, MQTT-3.2.0-1, MQTT-3.3.1-4.
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
        ("90 03 00 07 00", "SUBACK for packet identifier 7, which waits for none"),
        ("b0 02 00 07", "UNSUBACK for packet identifier 7, which waits for none"),
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
        "Closed: protocol violation: PUBACK for packet identifier 1, which waits for SUBACK"
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
            Stray { acknowledgement: PubRec, packet_id: 7 }
            deadline 120000 ms
            Ok(())
            transmit 62 02 00 07 c0 00
            deadline 120001 ms
            received 70 02 00 07
            Stray { acknowledgement: PubComp, packet_id: 7 }
            received d0 00
            deadline 120002 ms
            Ok(())
            transmit 10
            deadline 120003 ms
            transmit 50 02 00 01
            received 20 02 00 00
            received 40 02 00 09
            Stray { acknowledgement: PubAck, packet_id: 9 }
            received 90 03 00 09 00
            received b0 02 00 09
            received 34 05 00 01 61 00 01
            Message { message: Message { topic: "a", payload: b"", qos: ExactlyOnce, retain: false }, dup: false }
            deadline 120005 ms
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
