//! Conversations about silence: pings, and when a link counts as dead.

use expect_test::expect;

use super::script::Step::*;
use super::script::{Step, check_connected, connected, message, start, transcript};
use crate::Qos;

// MQTT-3.1.2-23.
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
            Unsettled { packet_id: 1 }
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
