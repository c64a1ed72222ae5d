//! Which rows two frames give, and what is a mistake in them.

use std::ops::Range;

use dissect::Field;
use proptest::prelude::*;

use super::*;

/// `depth field verdict expected mine` of every row that is not the same in both, then what to mark.
fn told(expected: &[u8], mine: &[u8]) -> String {
    let Comparison { rows, differing } = compare(expected, mine);
    let mut told = String::new();
    for row in rows.iter().filter(|row| row.verdict != Verdict::Same) {
        let Row { depth, field, mask, expected, mine, verdict, .. } = row;
        let span = |range: &Option<Range<usize>>| {
            range.as_ref().map_or("-".to_owned(), |range| format!("{}..{}", range.start, range.end))
        };
        let bits = if *mask == 0xFF { String::new() } else { format!(" {mask:08b}") };
        let indent = "  ".repeat(*depth);
        told += &format!("{indent}{field:?}{bits} {verdict:?} {} {}\n", span(expected), span(mine));
    }
    told + &format!("{differing:?}\n")
}

const CONNECT: &[u8] = b"\x10\x1A\x00\x04MQTT\x04\xC2\x00\x78\x00\x04dev1\x00\x04prod\x00\x02pw";

#[test]
fn finds_nothing_in_equal_frames() {
    let comparison = compare(CONNECT, CONNECT);
    assert!(comparison.rows.iter().all(|row| row.verdict == Verdict::Same));
    assert_eq!(comparison.mistakes().count(), 0);
    assert_eq!(comparison.differing, []);
}

#[test]
fn tells_a_length_that_differs_with_its_content_as_a_consequence() {
    let mine = b"\x10\x1B\x00\x04MQTT\x04\xC2\x00\x78\x00\x05dev12\x00\x04prod\x00\x02pw";
    expect_test::expect![[r#"
        Frame Different 0..28 0..29
          FixedHeader Follows 0..2 0..2
            RemainingLength Follows 1..2 1..2
          Payload Different 12..28 12..29
            ClientId Different 12..18 12..19
              FieldLength Follows 12..14 12..14
              Text Different 14..18 14..19
        [18..19]
    "#]]
    .assert_eq(&told(CONNECT, mine));
}

#[test]
fn tells_a_wrong_length_as_the_mistake() {
    // The client id's length is one too many: everything behind it is read askew.
    let mine = b"\x10\x1A\x00\x04MQTT\x04\xC2\x00\x78\x00\x05dev1\x00\x04prod\x00\x02pw";
    expect_test::expect![[r#"
        Frame Different 0..28 0..28
          Payload Different 12..28 12..19
            ClientId Different 12..18 12..19
              FieldLength Different 12..14 12..14
              Text Follows 14..18 14..19
            UserName Follows 18..24 -
            Password Follows 24..28 -
          Undecoded Follows - 19..28
        [13..14]
    "#]]
    .assert_eq(&told(CONNECT, mine));
    // The remaining length is wrong, and nothing else.
    let mut mine = CONNECT.to_vec();
    mine[1] = 0x19;
    expect_test::expect![[r#"
        Frame Different 0..28 0..28
          FixedHeader Different 0..2 0..2
            RemainingLength Different 1..2 1..2
          Payload Follows 12..28 12..24
            Password Follows 24..28 -
          Undecoded Follows - 24..28
        [1..2]
    "#]]
    .assert_eq(&told(CONNECT, &mine));
}

#[test]
fn tells_the_first_wrong_byte_as_the_mistake() {
    let mut mine = CONNECT.to_vec();
    mine[8] = 3;
    expect_test::expect![[r#"
        Frame Different 0..28 0..28
          VariableHeader Different 2..12 2..8
            ProtocolLevel Different 8..9 8..9
            ConnectFlags Follows 9..10 -
            KeepAlive Follows 10..12 -
          Payload Follows 12..28 -
          Undecoded Follows - 8..28
        [8..9]
    "#]]
    .assert_eq(&told(CONNECT, &mine));
}

#[test]
fn takes_what_a_short_length_left_behind_for_a_part_of_the_frame() {
    let mut mine = CONNECT.to_vec();
    mine[1] = 0x19;
    assert_eq!(meant(28, &mine, 0..27), 0..28);
    // But not more than was expected, nor another frame.
    assert_eq!(meant(28, &[&mine[..], b"\xFF"].concat(), 0..27), 0..28);
    assert_eq!(meant(28, &[&mine[..27], b"\xC0\x00"].concat(), 0..27), 0..27);
    assert_eq!(meant(30, &[CONNECT, b"\xFF"].concat(), 0..28), 0..28);
    assert_eq!(meant(28, b"", 5..9), 5..9);
}

#[test]
fn tells_a_flag_as_the_mistake_and_what_it_hides_as_a_consequence() {
    let mut mine = CONNECT.to_vec();
    mine[9] = 0x82;
    expect_test::expect![[r#"
        Frame Different 0..28 0..28
          VariableHeader Different 2..12 2..12
            ConnectFlags Different 9..10 9..10
              PasswordFlag 01000000 Different 9..10 9..10
          Payload Follows 12..28 12..24
            Password Follows 24..28 -
          Undecoded Follows - 24..28
        [9..10]
    "#]]
    .assert_eq(&told(CONNECT, &mine));
}

#[test]
fn lets_the_sender_choose() {
    let expected = b"\x32\x11\x00\x03$dp\x00\x01\x03\x00\x07{\"a\":1}";
    let mine = b"\x3A\x13\x00\x03$dp\x00\x09\x03\x00\x09{\"a\" : 1}";
    let comparison = compare(expected, mine);
    assert_eq!(comparison.mistakes().count(), 0, "{}", told(expected, mine));
    assert_eq!(comparison.differing, []);
    // An identifier that is repeated is not chosen, and 0 is none.
    assert_eq!(compare(b"\x40\x02\x00\x01", b"\x40\x02\x00\x02").mistakes().count(), 1);
    let mut zero = expected.to_vec();
    zero[8] = 0;
    assert_ne!(compare(expected, &zero).mistakes().count(), 0);
}

#[test]
fn marks_only_what_differs_in_a_text() {
    let mut mine = CONNECT.to_vec();
    mine[17] = b'2';
    let comparison = compare(CONNECT, &mine);
    assert_eq!(comparison.differing, std::iter::once(17..18).collect::<Vec<_>>());
    let mistakes: Vec<Field> = comparison.mistakes().map(|row| row.field).collect();
    assert_eq!(mistakes, [Field::Text]);
}

#[test]
fn tells_what_is_missing_and_what_is_too_much() {
    let cut = &CONNECT[..24];
    expect_test::expect![[r#"
        Frame Different 0..28 0..24
          Payload Different 12..28 12..24
            Password OnlyExpected 24..28 -
        []
    "#]]
    .assert_eq(&told(CONNECT, cut));
    let twice = [CONNECT, b"\xC0\x00"].concat();
    expect_test::expect![[r#"
        Frame Different 0..28 0..30
          Undecoded OnlyMine - 28..30
        [28..30]
    "#]]
    .assert_eq(&told(CONNECT, &twice));
    expect_test::expect![[r#"
        Frame Different 0..2 0..2
          FixedHeader Different 0..2 0..2
            FirstByte Different 0..1 0..1
              PacketType 11110000 Different 0..1 0..1
        [0..1]
    "#]]
    .assert_eq(&told(b"\xC0\x00", b"\xE0\x00"));
}

proptest! {
    #[test]
    fn compares_any_bytes(
        expected in prop::collection::vec(any::<u8>(), 0..60),
        mine in prop::collection::vec(any::<u8>(), 0..60),
        change in any::<(prop::sample::Index, u8)>(),
    ) {
        let mut changed = CONNECT.to_vec();
        changed[change.0.index(CONNECT.len())] = change.1;
        for (expected, mine) in [(&expected[..], &mine[..]), (CONNECT, &mine), (CONNECT, &changed), (&changed, CONNECT)] {
            let comparison = compare(expected, mine);
            prop_assert_eq!(compare(mine, mine).mistakes().count(), 0);
            // Whatever differs is told: never are only consequences left.
            let free = comparison.rows.iter().any(|row| row.verdict == Verdict::Free);
            prop_assert!(expected == mine || free || comparison.mistakes().count() > 0, "{}", told(expected, mine));
            prop_assert!(comparison.differing.iter().all(|range| range.end <= mine.len()));
        }
    }
}
