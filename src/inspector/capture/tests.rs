//! Counts, pairs, evictions and identifiers.

use std::time::Duration;

use bytes::Bytes;
use proptest::prelude::*;
use time::OffsetDateTime;

use super::*;

const SENT: Direction = Direction::Sent;
const RECEIVED: Direction = Direction::Received;

fn frame(direction: Direction, connection: u32, millis: u64, bytes: &[u8]) -> Captured {
    let moment = Duration::from_millis(millis);
    let bytes = Bytes::copy_from_slice(bytes);
    Captured::new(OffsetDateTime::UNIX_EPOCH + moment, moment, direction, connection, bytes)
}

/// A capture of frames on connection 1, a millisecond apart.
fn capture(frames: &[(Direction, &[u8])]) -> Capture {
    let mut capture = Capture::default();
    for (millis, (direction, bytes)) in (0..).zip(frames) {
        capture.push(frame(*direction, 1, millis, bytes));
    }
    capture
}

fn pings(count: usize) -> Capture {
    capture(&vec![(SENT, &b"\xC0\x00"[..]); count])
}

/// The pairs of every frame kept: its number, the other's, the round trip in milliseconds.
fn pairs(capture: &Capture) -> Vec<(u64, u64, u128)> {
    let pair =
        |frame: &Captured| frame.pair.map(|pair| (frame.number, pair.number, pair.round_trip.as_millis()));
    capture.iter().filter_map(pair).collect()
}

#[test]
fn every_acknowledgement_finds_its_request() {
    let capture = capture(&[
        (SENT, b"\x10\x0D\x00\x04MQTT\x04\x02\x00\x3C\x00\x01a"),
        (RECEIVED, b"\x20\x02\x00\x00"),
        (SENT, b"\x32\x06\x00\x01a\x00\x01x"),
        (SENT, b"\x82\x06\x00\x02\x00\x01b\x00"),
        (SENT, b"\xC0\x00"),
        (RECEIVED, b"\xD0\x00"),
        (RECEIVED, b"\x90\x03\x00\x02\x00"),
        (RECEIVED, b"\x40\x02\x00\x01"),
        (SENT, b"\xA2\x05\x00\x03\x00\x01b"),
        (RECEIVED, b"\xB0\x02\x00\x03"),
    ]);
    let expected = [
        (1, 2, 1),
        (2, 1, 1),
        (3, 8, 5),
        (4, 7, 3),
        (5, 6, 1),
        (6, 5, 1),
        (7, 4, 3),
        (8, 3, 5),
        (9, 10, 1),
        (10, 9, 1),
    ];
    assert_eq!(pairs(&capture), expected);
}

#[test]
fn qos_2_is_a_chain_in_which_each_waits_for_the_next() {
    let qos_2: [(Direction, &[u8]); 4] = [
        (RECEIVED, b"\x34\x06\x00\x01a\x00\x09x"),
        (SENT, b"\x50\x02\x00\x09"),
        (RECEIVED, b"\x62\x02\x00\x09"),
        (SENT, b"\x70\x02\x00\x09"),
    ];
    assert_eq!(pairs(&capture(&qos_2)), [(1, 2, 1), (2, 3, 1), (3, 4, 1), (4, 3, 1)]);
    assert_eq!(pairs(&capture(&qos_2[..2])), [(1, 2, 1), (2, 1, 1)]);
}

#[test]
fn the_same_identifier_the_other_way_or_elsewhere_is_another() {
    let publish = b"\x32\x06\x00\x01a\x00\x01x";
    let puback = b"\x40\x02\x00\x01";
    let mut capture = Capture::default();
    capture.push(frame(SENT, 1, 0, publish));
    capture.push(frame(RECEIVED, 1, 1, publish));
    capture.push(frame(SENT, 2, 2, publish));
    capture.push(frame(RECEIVED, 1, 3, puback));
    assert_eq!(pairs(&capture), [(1, 4, 3), (4, 1, 3)]);
    capture.push(frame(RECEIVED, 1, 4, puback));
    assert_eq!(capture.get(5).unwrap().pair, None, "each request is answered once");
}

#[test]
fn what_needs_no_answer_gets_none() {
    let capture = capture(&[
        (SENT, b"\x30\x03\x00\x01a"),
        (RECEIVED, b"\x40\x00"),
        (SENT, b"\xC0\x00"),
        (RECEIVED, b"\xD0"),
    ]);
    assert_eq!(pairs(&capture), []);
}

#[test]
fn a_pair_is_found_across_chunks_and_not_among_the_evicted() {
    let weight = frame(SENT, 1, 0, b"\x32\x06\x00\x01a\x00\x01x").weight();
    let mut capture = Capture::with_budget(weight * 1_000);
    capture.push(frame(SENT, 1, 0, b"\x32\x06\x00\x01a\x00\x01x"));
    for _ in 0..CHUNK * 3 {
        capture.push(frame(RECEIVED, 1, 1, b"\x30\x03\x00\x01a"));
    }
    capture.push(frame(RECEIVED, 1, 5, b"\x40\x02\x00\x01"));
    let acknowledgement = CHUNK as u64 * 3 + 2;
    assert_eq!(pairs(&capture), [(1, acknowledgement, 5), (acknowledgement, 1, 5)]);

    let first = capture.push(frame(SENT, 1, 6, b"\x32\x06\x00\x01a\x00\x02x"));
    for _ in 0..2_000 {
        capture.push(frame(RECEIVED, 1, 7, b"\x30\x03\x00\x01a"));
    }
    assert!(capture.get(first).is_none());
    capture.push(frame(RECEIVED, 1, 8, b"\x40\x02\x00\x02"));
    assert_eq!(pairs(&capture), []);
}

#[test]
fn a_request_too_far_back_is_not_looked_for() {
    let mut capture = capture(&[(SENT, b"\xC0\x00"), (SENT, b"\xC0\x00")]);
    for _ in 0..REACH - 1 {
        capture.push(frame(RECEIVED, 1, 1, b"\x30\x03\x00\x01a"));
    }
    let near = capture.push(frame(RECEIVED, 1, 2, b"\xD0\x00"));
    let far = capture.push(frame(RECEIVED, 1, 2, b"\xD0\x00"));
    assert_eq!(capture.get(near).unwrap().pair.unwrap().number, 2);
    assert_eq!(capture.get(far).unwrap().pair, None);
}

#[test]
fn keeps_one_frame_of_any_size() {
    let mut capture = Capture::with_budget(1_000);
    capture.push(frame(SENT, 1, 0, &[0x30; 2_000]));
    assert_eq!((capture.len(), capture.evicted()), (1, 0));
    capture.push(frame(SENT, 1, 0, &[0x30; 3_000]));
    assert_eq!((capture.len(), capture.evicted()), (1, 1));
    assert_eq!(capture.get(2).unwrap().bytes.len(), 3_000);
    capture.push(frame(SENT, 1, 0, b"\xC0\x00"));
    assert_eq!(capture.iter().map(|frame| frame.number).collect::<Vec<_>>(), [3]);
}

#[test]
fn numbers_go_on_after_everything_is_forgotten() {
    let mut capture = pings(200);
    capture.clear();
    assert_eq!((capture.len(), capture.weight(), capture.captured(), capture.evicted()), (0, 0, 200, 200));
    assert_eq!(capture.push(frame(SENT, 1, 0, b"\xC0\x00")), 201);
    assert_eq!(capture.get(201).unwrap().number, 201);
    assert_eq!(capture.get(200), None);
    assert_eq!(capture.get(0), None);
    assert_eq!(capture.get(202), None);
}

#[test]
fn a_range_begins_and_ends_anywhere() {
    let capture = pings(300);
    let numbers = |range| capture.range(range).map(|frame| frame.number).collect::<Vec<_>>();
    assert_eq!(numbers(127..131), [127, 128, 129, 130]);
    assert_eq!(numbers(299..u64::MAX), [299, 300]);
    assert_eq!(numbers(0..2), [1]);
    assert_eq!(numbers(301..u64::MAX), [0; 0]);
    assert_eq!(capture.range(0..u64::MAX).next_back().unwrap().number, 300);
}

#[test]
fn clones_share_what_they_have_in_common() {
    let mut capture = pings(1_000);
    let before = capture.clone();
    capture.push(frame(SENT, 1, 0, b"\xC0\x00"));
    let shared = before.chunks.iter().zip(&*capture.chunks).filter(|(one, other)| Rc::ptr_eq(one, other));
    assert_eq!((shared.count(), before.chunks.len()), (7, 8));
    assert_eq!((before.len(), capture.len()), (1_000, 1_001));
}

#[test]
fn debug_output_holds_no_bytes() {
    let capture = capture(&[(SENT, b"JHFDJF55586jhk")]);
    let debug = format!("{capture:?}");
    assert!(!debug.contains("JHFD") && !debug.contains("74, 72"), "{debug}");
}

#[test]
fn the_next_packet_id_is_the_one_that_the_session_gives_next() {
    let mut capture = Capture::default();
    assert_eq!(capture.next_packet_id(), 1);
    let connect = b"\x10\x0D\x00\x04MQTT\x04\x02\x00\x3C\x00\x01a";
    capture.push(frame(SENT, 1, 0, connect));
    assert_eq!(capture.next_packet_id(), 1);
    capture.push(frame(SENT, 1, 0, b"\x32\x05\x00\x01a\x00\x01"));
    capture.push(frame(RECEIVED, 1, 0, b"\x32\x05\x00\x01a\x00\x63"));
    capture.push(frame(SENT, 1, 0, b"\x40\x02\x00\x63"));
    assert_eq!(capture.next_packet_id(), 2, "the platform's identifiers are its own");
    let composed = Captured { composed: true, ..frame(SENT, 1, 0, b"\x32\x05\x00\x01a\x00\x07") };
    capture.push(composed);
    assert_eq!(capture.next_packet_id(), 2, "so are those that a person writes");
    capture.push(frame(SENT, 1, 0, b"\x82\x06\xFF\xFF\x00\x01b\x00"));
    assert_eq!(capture.next_packet_id(), 2, "1 still waits");
    capture.push(frame(RECEIVED, 1, 0, b"\x40\x02\x00\x01"));
    capture.clear();
    assert_eq!(capture.next_packet_id(), 1, "forgetting the frames changes nothing");
    capture.push(frame(SENT, 1, 0, b"\x32\x05\x00\x01a\x00\x09"));
    capture.push(frame(SENT, 2, 0, connect));
    assert_eq!(capture.next_packet_id(), 1, "a new connection begins anew");
}

proptest! {
    #[test]
    fn counts_are_exact(
        steps in prop::collection::vec((0usize..400, any::<bool>()), 0..300),
        budget in 0usize..100_000,
    ) {
        let mut capture = Capture::with_budget(budget);
        for (number, (length, clears)) in (1..).zip(&steps) {
            prop_assert_eq!(capture.push(frame(SENT, 1, 0, &vec![0x40; *length])), number);
            if *clears && length % 50 == 0 {
                capture.clear();
            }
            let kept: Vec<u64> = capture.iter().map(|frame| frame.number).collect();
            prop_assert_eq!(capture.captured(), number);
            prop_assert_eq!(capture.evicted() + capture.len() as u64, number);
            prop_assert_eq!(&kept, &(capture.evicted() + 1..=number).collect::<Vec<_>>());
            prop_assert!(kept.iter().all(|number| capture.get(*number).unwrap().number == *number));
            let weight: usize = capture.iter().map(Captured::weight).sum();
            prop_assert_eq!(capture.weight(), weight);
            prop_assert!(weight <= budget || capture.len() == 1);
        }
    }

    #[test]
    fn pairs_belong_together_whatever_is_captured(
        frames in prop::collection::vec((any::<bool>(), 1u32..3, 0u8..16, 0u8..3), 0..200),
        budget in 500usize..40_000,
    ) {
        let mut capture = Capture::with_budget(budget);
        for (sent, connection, first, id) in frames {
            let direction = if sent { SENT } else { RECEIVED };
            let bytes: &[u8] = if first == 3 { &[0x32, 5, 0, 1, b'a', 0, id] } else { &[first << 4, 2, 0, id] };
            capture.push(frame(direction, connection, 0, bytes));
        }
        for (number, pair) in capture.iter().filter_map(|frame| Some((frame.number, frame.pair?))) {
            // The other may be evicted; where it is there, the two differ as they must.
            let (one, Some(other)) = (capture.get(number).unwrap(), capture.get(pair.number)) else { continue };
            prop_assert_eq!(one.connection, other.connection);
            prop_assert!(one.direction != other.direction);
            prop_assert!(other.pair.is_some());
        }
    }
}

#[test]
fn what_stands_behind_a_broken_login_may_be_its_password() {
    // The remaining length is one too small: the password's last byte stands alone.
    let capture = capture(&[
        (SENT, b"\x10\x12\x00\x04MQTT\x04\xC2\x00\x3C\x00\x01a\x00\x01b\x00\x02"),
        (RECEIVED, b"\x20\x02\x00\x00"),
        (SENT, b"0y"),
        (SENT, b"\xC0\x00"),
    ]);
    let hidden: Vec<bool> = capture.iter().map(|frame| frame.hidden).collect();
    assert_eq!(hidden, [false, false, true, true]);
    let secrets: Vec<_> = capture.iter().map(Captured::secrets).collect();
    let all = 0..2;
    assert_eq!(secrets[2], [all]);
    assert_eq!(secrets[1], []);
}

#[test]
fn a_login_composed_in_two_goes_is_hidden_to_its_end() {
    let composed = |bytes: &[u8]| Captured { composed: true, ..frame(SENT, 1, 0, bytes) };
    let mut capture = Capture::default();
    capture.push(composed(b"\x10\x15\x00\x04MQTT\x04\xC2\x00\x3C\x00\x01a\x00\x01b\x00\x03"));
    // The session goes on in between.
    capture.push(frame(SENT, 1, 1, b"\xC0\x00"));
    capture.push(composed(b"key"));
    let hidden: Vec<bool> = capture.iter().map(|frame| frame.hidden).collect();
    assert_eq!(hidden, [false, false, true]);
}
