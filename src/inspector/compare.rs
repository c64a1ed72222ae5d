//! Two frames field by field: the one that should be, and the one that is.
//!
//! What is told first is the mistake, not what it drags along: a length that differs because its content does,
//! fields that are read askew behind a wrong length, and what every sender may choose for himself are told apart
//! from real differences.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;

use dissect::{Dissection, Field, Node, PacketType, Value, dissect, split};

/// Two frames side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The fields of both, those that only one has where they would stand; a field before its parts. Of a field
    /// that only one has there are no parts.
    pub rows: Vec<Row>,
    /// The bytes of mine that are different and should not be, in order and apart.
    pub differing: Vec<Range<usize>>,
}

/// A field of one frame or of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// How many fields it is part of; 0 for the whole frame.
    pub depth: usize,
    /// What it is.
    pub field: Field,
    /// Which bits of its byte; `0xFF` for whole bytes.
    pub mask: u8,
    /// Its bytes in the frame that should be.
    pub expected: Option<Range<usize>>,
    /// Its bytes in the frame that is.
    pub mine: Option<Range<usize>>,
    /// How they compare; of a field with parts, what its parts come to.
    pub verdict: Verdict,
    /// It has parts, each in a row of its own.
    pub has_parts: bool,
}

/// How a field of one frame compares to the same one of the other. The worst comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Equal bytes or bits.
    Same,
    /// Not equal, and none is wrong: the sender may choose.
    Free,
    /// Not equal because something else is not.
    Follows,
    /// Missing in mine.
    OnlyExpected,
    /// Should not be there.
    OnlyMine,
    /// Not equal.
    Different,
}

impl Verdict {
    /// Whether it is a mistake by itself.
    pub fn is_mistake(self) -> bool {
        matches!(self, Self::OnlyExpected | Self::OnlyMine | Self::Different)
    }
}

impl Comparison {
    /// The mistakes, each where it is and not again in the fields that it is part of; the first one first.
    pub fn mistakes(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.verdict.is_mistake() && !row.has_parts)
    }
}

/// Compares the frame that should be with the frame that is. Any bytes will do.
pub fn compare(expected: &[u8], mine: &[u8]) -> Comparison {
    let [one, other] = [dissect(expected), dissect(mine)];
    let mut pairing =
        Pairing { expected, mine, broken: other.fault.is_some(), dissection: other, rows: Vec::new() };
    let root = pairing.dissection.root.clone();
    pairing.pair(0, &one.root, &root);
    pairing.let_follow();
    pairing.sum_up();
    let differing = pairing.differing();
    Comparison { rows: pairing.rows, differing }
}

/// Which of some bytes are to be compared with an expected frame of so many bytes, where they were cut into frames
/// and `frame` is one of them.
///
/// A remaining length that is too small leaves the end of its frame behind as bytes that are no frame: where the
/// frame is broken, they are taken for its own.
pub fn meant(expected: usize, bytes: &[u8], frame: Range<usize>) -> Range<usize> {
    let Some((whole, behind)) = bytes.get(frame.start..).and_then(|from| from.split_at_checked(frame.len()))
    else {
        return frame;
    };
    if !split(behind).frames.is_empty() || dissect(whole).fault.is_none() {
        return frame;
    }
    let end = bytes.len().min(frame.start.saturating_add(expected));
    frame.start..frame.end.max(end)
}

struct Pairing<'a> {
    expected: &'a [u8],
    mine: &'a [u8],
    /// Mine, taken apart.
    dissection: Dissection,
    /// Mine breaks a rule somewhere.
    broken: bool,
    rows: Vec<Row>,
}

impl Pairing<'_> {
    /// Adds the rows of a field that both have.
    fn pair(&mut self, depth: usize, expected: &Node, mine: &Node) {
        let index = self.rows.len();
        let spans = (Some(expected.span.clone()), Some(mine.span.clone()));
        self.row(depth, expected.field, 0xFF, spans.clone(), Verdict::Same);
        if expected.field == Field::RemainingLength
            || expected.children.is_empty() && mine.children.is_empty()
        {
            self.rows[index].verdict = self.leaf(expected, mine);
            if self.rows[index].verdict != Verdict::Same && !expected.bits.is_empty() {
                self.bits(depth + 1, expected, mine, &spans);
                self.rows[index].has_parts = true;
            }
            return;
        }
        self.rows[index].has_parts = true;
        let (partners, alone) = partners(expected, mine);
        let mut next = 0;
        for (child, partner) in expected.children.iter().zip(partners) {
            let Some(partner) = partner else {
                let spans = (Some(child.span.clone()), None);
                self.row(depth + 1, child.field, 0xFF, spans, Verdict::OnlyExpected);
                continue;
            };
            self.only_mine(depth + 1, mine, &alone, next..partner);
            next = next.max(partner + 1);
            self.pair(depth + 1, child, &mine.children[partner]);
        }
        self.only_mine(depth + 1, mine, &alone, next..mine.children.len());
    }

    fn bits(&mut self, depth: usize, expected: &Node, mine: &Node, spans: &Spans) {
        for bits in &expected.bits {
            let byte = |frame: &[u8], node: &Node| {
                frame.get(node.span.start).copied().unwrap_or_default() & bits.mask
            };
            let same = byte(self.expected, expected) == byte(self.mine, mine);
            let verdict = match bits.field {
                _ if same => Verdict::Same,
                // Sent again or not (§3.3.1.1).
                Field::Dup => Verdict::Free,
                _ => Verdict::Different,
            };
            self.row(depth, bits.field, bits.mask, spans.clone(), verdict);
        }
    }

    /// Adds the rows of those parts in a range of mine that nothing was expected for.
    fn only_mine(&mut self, depth: usize, mine: &Node, alone: &[bool], range: Range<usize>) {
        for index in range.filter(|index| alone[*index]) {
            let only = &mine.children[index];
            self.row(depth, only.field, 0xFF, (None, Some(only.span.clone())), Verdict::OnlyMine);
        }
    }

    fn row(&mut self, depth: usize, field: Field, mask: u8, (expected, mine): Spans, verdict: Verdict) {
        self.rows.push(Row { depth, field, mask, expected, mine, verdict, has_parts: false });
    }

    /// How a field without parts compares.
    fn leaf(&self, expected: &Node, mine: &Node) -> Verdict {
        let (should, is) = (bytes(self.expected, expected), bytes(self.mine, mine));
        if should == is {
            return Verdict::Same;
        }
        let follows = match expected.field {
            Field::PacketId => {
                // Whoever asks picks the number, which is not 0; whoever answers repeats it (§2.3.1).
                let asks = matches!(
                    self.dissection.packet_type,
                    Some(PacketType::Publish | PacketType::Subscribe | PacketType::Unsubscribe)
                );
                return if asks && is != [0, 0] { Verdict::Free } else { Verdict::Different };
            }
            Field::InsideSeparator | Field::BetweenSeparator => return Verdict::Free,
            Field::JsonPunctuation => {
                let marks =
                    |bytes: &[u8]| bytes.iter().filter(|byte| !byte.is_ascii_whitespace()).copied().collect();
                let [should, is]: [Vec<u8>; 2] = [marks(should), marks(is)];
                return if should == is { Verdict::Free } else { Verdict::Different };
            }
            // Which characters separate was chosen before.
            Field::Separator => true,
            Field::RemainingLength => {
                is_length_of_frame(self.expected, expected) && is_length_of_frame(self.mine, mine)
            }
            Field::FieldLength
            | Field::BodyLength
            | Field::HeaderLength
            | Field::BinaryLength
            | Field::RunCount => !self.is_length_wrong(expected, mine),
            _ => false,
        };
        if follows { Verdict::Follows } else { Verdict::Different }
    }

    /// Whether the bytes that two lengths speak of are equal: then one of the lengths is wrong.
    fn is_length_wrong(&self, expected: &Node, mine: &Node) -> bool {
        let (Some(should), Some(is)) = (number(expected), number(mine)) else { return true };
        // A count of floats speaks of four bytes each.
        let unit = if expected.field == Field::RunCount { 4 } else { 1 };
        let longer = usize::try_from(should.max(is)).unwrap_or(usize::MAX).saturating_mul(unit);
        let should_follow = self.expected.get(expected.span.end..).unwrap_or_default();
        let follow = self.mine.get(mine.span.end..).unwrap_or_default();
        let equal = should_follow.iter().zip(follow).take_while(|(one, other)| one == other).count();
        equal >= longer.min(should_follow.len()).min(follow.len())
    }

    /// Finds what is not equal only because of something before it.
    fn let_follow(&mut self) {
        let aligned = self.expected.len() == self.mine.len();
        let broken_at = self.dissection.fault.map(|fault| fault.offset);
        let mut mistaken = false;
        for index in 0..self.rows.len() {
            let row = &mut self.rows[index];
            // Where it breaks, nothing is read any more: the bytes in this place are what is wrong.
            if let Some(expected) = row.expected.clone()
                && row.verdict == Verdict::OnlyExpected
                && !mistaken
                && broken_at == Some(expected.start)
                && self.mine.get(expected.clone()).is_some()
            {
                (row.mine, row.verdict) = (Some(expected), Verdict::Different);
            }
            if !row.verdict.is_mistake() || row.has_parts {
                continue;
            }
            // The bytes are there, at their place, and are taken for something else.
            let span = row.mine.clone().or(row.expected.clone()).unwrap_or_default();
            let askew = row.mask == 0xFF && aligned && self.expected.get(span.clone()) == self.mine.get(span);
            // Behind a mistake that breaks the frame nothing is found any more.
            let lost = mistaken
                && self.broken
                && (row.field == Field::Undecoded || row.verdict == Verdict::OnlyExpected);
            if askew || lost {
                self.rows[index].verdict = Verdict::Follows;
            } else {
                mistaken = true;
            }
        }
    }

    /// Gives the fields with parts the verdict that their parts come to.
    fn sum_up(&mut self) {
        for index in (0..self.rows.len()).rev() {
            let Row { depth, has_parts: true, .. } = self.rows[index] else { continue };
            let parts = self.rows[index + 1..].iter().take_while(|row| row.depth > depth);
            let worst = parts.map(|row| row.verdict).max().unwrap_or(Verdict::Same);
            self.rows[index].verdict = if worst.is_mistake() { Verdict::Different } else { worst };
        }
    }

    /// The bytes of mine that are mistakes.
    fn differing(&self) -> Vec<Range<usize>> {
        let mistakes = self.rows.iter().filter(|row| row.verdict.is_mistake() && !row.has_parts);
        let found = mistakes.filter_map(|row| {
            let mine = row.mine.clone()?;
            let narrow = match row.expected.clone() {
                Some(expected) => self.narrowed(expected, mine),
                None => mine,
            };
            Some((narrow.start, narrow.end)).filter(|(start, end)| start < end)
        });
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for (start, end) in sorted(found) {
            match ranges.last_mut().filter(|last| last.end >= start) {
                Some(last) => last.end = last.end.max(end),
                None => ranges.push(start..end),
            }
        }
        ranges
    }

    /// The part of a field of mine without what both begin and end with; all of it where mine only lacks something.
    fn narrowed(&self, expected: Range<usize>, mine: Range<usize>) -> Range<usize> {
        let should = self.expected.get(expected).unwrap_or_default();
        let is = self.mine.get(mine.clone()).unwrap_or_default();
        let equal = |(one, other): &(&u8, &u8)| one == other;
        let front = should.iter().zip(is).take_while(equal).count();
        let back = should[front..].iter().rev().zip(is[front..].iter().rev()).take_while(equal).count();
        let narrow = mine.start + front..mine.end - back;
        if narrow.is_empty() { mine } else { narrow }
    }
}

/// Pairs in order. They nearly are: to put each where it belongs moves few, and takes less code than sorting.
fn sorted(pairs: impl Iterator<Item = (usize, usize)>) -> Vec<(usize, usize)> {
    let mut sorted = Vec::new();
    for pair in pairs {
        sorted.insert(sorted.partition_point(|other| *other < pair), pair);
    }
    sorted
}

/// Where a field is in both.
type Spans = (Option<Range<usize>>, Option<Range<usize>>);

/// For each part that is expected the same one of mine: that of the same field that comes as many times after its
/// like. And which parts of mine are left.
fn partners(expected: &Node, mine: &Node) -> (Vec<Option<usize>>, Vec<bool>) {
    let mut places: BTreeMap<Field, VecDeque<usize>> = BTreeMap::new();
    for (index, child) in mine.children.iter().enumerate() {
        places.entry(child.field).or_default().push_back(index);
    }
    let mut alone = vec![true; mine.children.len()];
    let partners = expected.children.iter().map(|child| {
        let partner = places.get_mut(&child.field).and_then(VecDeque::pop_front);
        if let Some(partner) = partner {
            alone[partner] = false;
        }
        partner
    });
    (partners.collect(), alone)
}

/// Whether a remaining length says how many bytes follow it, in as few bytes as it takes (§2.2.3).
fn is_length_of_frame(frame: &[u8], length: &Node) -> bool {
    let behind = frame.get(length.span.end..).unwrap_or_default().len();
    let overlong = length.span.len() > 1 && bytes(frame, length).last() == Some(&0);
    u64::try_from(behind).ok() == number(length) && !overlong
}

fn bytes<'a>(frame: &'a [u8], node: &Node) -> &'a [u8] {
    frame.get(node.span.clone()).unwrap_or_default()
}

fn number(node: &Node) -> Option<u64> {
    match node.value {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
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
}
