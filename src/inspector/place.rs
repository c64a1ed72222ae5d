//! Where in the tree of a frame something stands.

use std::fmt;
use std::ops::Range;

use dissect::{Bits, Field, Node, Value};

/// The way from the root to a field: at each step which child it is, counted from 0. Below a byte with bits
/// the last step counts the bits.
///
/// It names the same field in two frames that are built alike, such as a frame before and after an edit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Place(Vec<usize>);

/// What stands at a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Piece<'a> {
    /// A span of bytes.
    Node(&'a Node),
    /// Bits of a byte.
    Bits {
        /// The byte.
        node: &'a Node,
        /// Its bits.
        bits: &'a Bits,
    },
}

impl Place {
    /// The place of the leaf that a byte belongs to; the root's where no leaf has it.
    pub fn of_byte(root: &Node, offset: usize) -> Self {
        let mut place = Self::default();
        let mut node = root;
        loop {
            // Children lie in order: the first that ends behind the byte is the one that may have it.
            let index = node.children.partition_point(|child| child.span.end <= offset);
            match node.children.get(index) {
                Some(child) if child.span.contains(&offset) => {
                    place.0.push(index);
                    node = child;
                }
                Some(_) | None => return place,
            }
        }
    }

    /// What stands there.
    pub fn find<'a>(&self, root: &'a Node) -> Option<Piece<'a>> {
        let mut node = root;
        for (step, &index) in self.0.iter().enumerate() {
            match node.children.get(index) {
                Some(child) => node = child,
                None => {
                    let bits = node.bits.get(index).filter(|_| step + 1 == self.0.len())?;
                    return Some(Piece::Bits { node, bits });
                }
            }
        }
        Some(Piece::Node(node))
    }

    /// The place of a child, or of bits.
    pub fn child(&self, index: usize) -> Self {
        let mut steps = Vec::with_capacity(self.0.len() + 1);
        steps.extend_from_slice(&self.0);
        steps.push(index);
        Self(steps)
    }

    /// The place it stands in, and which child it is there; `None` for the root.
    pub fn parent(&self) -> Option<(Self, usize)> {
        let (&index, steps) = self.0.split_last()?;
        Some((Self(steps.to_vec()), index))
    }

    /// The places around it from the outside in: the root first, itself last.
    pub fn from_root(&self) -> impl DoubleEndedIterator<Item = Self> {
        (0..=self.0.len()).map(|length| Self(self.0[..length].to_vec()))
    }

    /// Whether it is `other` or stands in it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }
}

impl fmt::Display for Place {
    /// `1-0-2`, which is unique in a frame and may be a part of an element's id.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (step, index) in self.0.iter().enumerate() {
            if step > 0 {
                f.write_str("-")?;
            }
            index.fmt(f)?;
        }
        Ok(())
    }
}

impl<'a> Piece<'a> {
    /// What it is.
    pub fn field(self) -> Field {
        match self {
            Self::Node(node) => node.field,
            Self::Bits { bits, .. } => bits.field,
        }
    }

    /// What it says.
    pub fn value(self) -> &'a Value {
        match self {
            Self::Node(node) => &node.value,
            Self::Bits { bits, .. } => &bits.value,
        }
    }

    /// Its bytes; of bits, their byte.
    pub fn span(self) -> Range<usize> {
        self.node().span.clone()
    }

    /// The span of bytes that it is, or that the bits belong to.
    pub fn node(self) -> &'a Node {
        match self {
            Self::Node(node) | Self::Bits { node, .. } => node,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A node without a value.
    pub(in crate::inspector) fn node(field: Field, span: Range<usize>, children: Vec<Node>) -> Node {
        Node { field, span, value: Value::Parts, bits: Vec::new(), children }
    }

    /// `C0 00`, a PINGREQ.
    pub(in crate::inspector) fn ping() -> Node {
        let bits = |field, mask| Bits { field, mask, value: Value::Number(0) };
        let first = Node {
            bits: vec![bits(Field::PacketType, 0xF0), bits(Field::ReservedFlags, 0x0F)],
            ..node(Field::FirstByte, 0..1, vec![])
        };
        let digit = Node {
            bits: vec![bits(Field::Continuation, 0x80), bits(Field::LengthDigit, 0x7F)],
            ..node(Field::LengthByte, 1..2, vec![])
        };
        let length = node(Field::RemainingLength, 1..2, vec![digit]);
        let header = node(Field::FixedHeader, 0..2, vec![first, length]);
        node(Field::Frame, 0..2, vec![header])
    }

    #[test]
    fn finds_fields_bytes_and_bits() {
        let root = ping();
        let place = Place::of_byte(&root, 1);
        assert_eq!(place.to_string(), "0-1-0");
        let field = |place: &Place| place.find(&root).map(Piece::field);
        assert_eq!(field(&place), Some(Field::LengthByte));
        assert_eq!(field(&place.child(1)), Some(Field::LengthDigit));
        assert_eq!(field(&place.child(2)), None);
        assert_eq!(field(&place.child(1).child(0)), None);
        assert_eq!(Place::of_byte(&root, 7), Place::default());
        assert_eq!(field(&Place::default()), Some(Field::Frame));
    }

    #[test]
    fn knows_what_it_stands_in() {
        let place = Place::default().child(0).child(1);
        let around: Vec<String> = place.from_root().map(|place| place.to_string()).collect();
        assert_eq!(around, ["", "0", "0-1"]);
        assert_eq!(place.parent(), Some((Place::default().child(0), 1)));
        assert!(place.is_within(&Place::default().child(0)));
        assert!(!place.is_within(&place.child(0)));
    }
}
