//! Which field of one frame is which of the other.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;

use dissect::{Dissection, Field, Node, PacketType};

use super::comparison::{Row, Sides, Verdict};
use super::consequence::leaf;

/// The rows of two frames that were taken apart, the expected one first. Those with parts have no verdict yet.
pub(super) fn pair(sides: Sides<'_>, [expected, mine]: &[Dissection; 2]) -> Vec<Row> {
    let mut pairing = Pairing { sides, packet_type: mine.packet_type, rows: Vec::new() };
    pairing.pair(0, &expected.root, &mine.root);
    pairing.rows
}

struct Pairing<'a> {
    sides: Sides<'a>,
    /// What mine is.
    packet_type: Option<PacketType>,
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
            self.rows[index].verdict = leaf(self.sides, self.packet_type, expected, mine);
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
            let verdict = if byte(self.sides.expected, expected) == byte(self.sides.mine, mine) {
                Verdict::Same
            } else if bits.field == Field::Dup {
                // Sent again or not (§3.3.1.1).
                Verdict::Free
            } else {
                Verdict::Different
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
