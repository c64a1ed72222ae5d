//! What is not equal, and yet no mistake: what the sender may choose, and what only follows from a mistake elsewhere.

use dissect::{Field, Node, PacketType, Value};

use super::comparison::{Row, Sides, Verdict};

/// How a field without parts compares, of which both frames have one. `packet_type` is that of mine.
pub(super) fn leaf(
    sides: Sides<'_>,
    packet_type: Option<PacketType>,
    expected: &Node,
    mine: &Node,
) -> Verdict {
    let (should, is) = (bytes(sides.expected, expected), bytes(sides.mine, mine));
    let field = expected.field;
    if should == is {
        Verdict::Same
    } else if is_free(field, packet_type, should, is) {
        Verdict::Free
    } else if field == Field::Separator || is_right_length(field, sides, expected, mine) {
        // Which characters separate was chosen before.
        Verdict::Follows
    } else {
        Verdict::Different
    }
}

/// Whether the sender may choose between two contents of a field.
fn is_free(field: Field, packet_type: Option<PacketType>, should: &[u8], is: &[u8]) -> bool {
    if field == Field::PacketId {
        // Whoever asks picks the number, which is not 0; whoever answers repeats it (§2.3.1).
        let asks = matches!(
            packet_type,
            Some(PacketType::Publish | PacketType::Subscribe | PacketType::Unsubscribe)
        );
        return asks && is != [0, 0];
    }
    if field == Field::JsonPunctuation {
        let marks = |bytes: &[u8]| -> Vec<u8> {
            bytes.iter().filter(|byte| !byte.is_ascii_whitespace()).copied().collect()
        };
        return marks(should) == marks(is);
    }
    [Field::InsideSeparator, Field::BetweenSeparator].contains(&field)
}

/// Whether a field is a length that is right in both frames, and differs only as what it speaks of does.
fn is_right_length(field: Field, sides: Sides<'_>, expected: &Node, mine: &Node) -> bool {
    const LENGTHS: [Field; 5] =
        [Field::FieldLength, Field::BodyLength, Field::HeaderLength, Field::BinaryLength, Field::RunCount];
    if field == Field::RemainingLength {
        return is_length_of_frame(sides.expected, expected) && is_length_of_frame(sides.mine, mine);
    }
    LENGTHS.contains(&field) && !is_length_wrong(sides, expected, mine)
}

/// Whether a remaining length says how many bytes follow it, in as few bytes as it takes (§2.2.3).
fn is_length_of_frame(frame: &[u8], length: &Node) -> bool {
    let behind = frame.get(length.span.end..).unwrap_or_default().len();
    let overlong = length.span.len() > 1 && bytes(frame, length).last() == Some(&0);
    u64::try_from(behind).ok() == number(length) && !overlong
}

/// Whether the bytes that two lengths speak of are equal: then one of the lengths is wrong.
fn is_length_wrong(sides: Sides<'_>, expected: &Node, mine: &Node) -> bool {
    let (Some(should), Some(is)) = (number(expected), number(mine)) else { return true };
    // A count of floats speaks of four bytes each.
    let unit = if expected.field == Field::RunCount { 4 } else { 1 };
    let longer = usize::try_from(should.max(is)).unwrap_or(usize::MAX).saturating_mul(unit);
    let should_follow = sides.expected.get(expected.span.end..).unwrap_or_default();
    let follow = sides.mine.get(mine.span.end..).unwrap_or_default();
    let equal = should_follow.iter().zip(follow).take(longer).take_while(|(one, other)| one == other).count();
    equal >= longer.min(should_follow.len()).min(follow.len())
}

/// Finds what is not equal only because of something before it. `broken_at` is where mine breaks a rule, if it does.
pub(super) fn let_follow(rows: &mut [Row], sides: Sides<'_>, broken_at: Option<usize>) {
    let aligned = sides.expected.len() == sides.mine.len();
    let mut mistaken = false;
    for row in rows {
        // Where it breaks, nothing is read any more: the bytes in this place are what is wrong.
        if let Some(expected) = row.expected.clone()
            && row.verdict == Verdict::OnlyExpected
            && !mistaken
            && broken_at == Some(expected.start)
            && sides.mine.get(expected.clone()).is_some()
        {
            (row.mine, row.verdict) = (Some(expected), Verdict::Different);
        }
        if !row.verdict.is_mistake() || row.has_parts {
            continue;
        }
        // The bytes are there, at their place, and are taken for something else.
        let span = row.mine.clone().or(row.expected.clone()).unwrap_or_default();
        let askew = row.mask == 0xFF && aligned && sides.expected.get(span.clone()) == sides.mine.get(span);
        // Behind a mistake that breaks the frame nothing is found any more.
        let lost = mistaken
            && broken_at.is_some()
            && (row.field == Field::Undecoded || row.verdict == Verdict::OnlyExpected);
        if askew || lost {
            row.verdict = Verdict::Follows;
        } else {
            mistaken = true;
        }
    }
}

fn bytes<'a>(frame: &'a [u8], node: &Node) -> &'a [u8] {
    frame.get(node.span.clone()).unwrap_or_default()
}

fn number(node: &Node) -> Option<u64> {
    let Value::Number(number) = node.value else { return None };
    Some(number)
}
