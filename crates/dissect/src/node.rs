//! A piece of the tree: a named span of bytes.

use std::ops::Range;

use crate::field::Field;

/// A named span of a frame's bytes.
///
/// The spans of the children lie inside the parent's, in order, without gap or overlap; a node without
/// children is a leaf. A leaf may be empty: a text of no bytes is there all the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub field: Field,
    /// Its bytes, as offsets from the beginning of the frame.
    pub span: Range<usize>,
    /// What the bytes say.
    pub value: Value,
    /// Of a leaf of one byte that holds several things: which bits are what, highest first. Their masks
    /// cover the byte without overlap.
    pub bits: Vec<Bits>,
    /// What it consists of.
    pub children: Vec<Node>,
}

/// Some bits of one byte.
#[derive(Debug, Clone, PartialEq)]
pub struct Bits {
    /// What they are.
    pub field: Field,
    /// Which bits of the byte.
    pub mask: u8,
    /// What they say.
    pub value: Value,
}

/// What bytes or bits say.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing beyond what its parts say.
    Parts,
    /// A number: a length, an identifier, seconds, milliseconds … The field says which.
    Number(u64),
    /// One bit.
    Flag(bool),
    /// The bytes are UTF-8 text and say themselves, whatever else their parts say.
    Text,
    /// The bytes are not text and say themselves.
    Bytes,
    /// What the bytes say has a name that is the same in every language: `CONNECT`, `MQTT 3.1.1`, `22.5`,
    /// `98 illegal data`.
    Name(String),
    /// The return code of a CONNACK (§3.2.2.3).
    ConnackCode(u8),
    /// A byte of a SUBACK (§3.9.3).
    SubackCode(u8),
    /// A quality of service, 0 to 2, as requested or used (§4.3).
    Qos(u8),
}

impl Value {
    /// Bytes that say themselves, as text where they are UTF-8.
    pub(crate) fn said(bytes: &[u8]) -> Self {
        if std::str::from_utf8(bytes).is_ok() { Self::Text } else { Self::Bytes }
    }
}

impl Bits {
    /// One bit.
    pub(crate) fn flag(field: Field, mask: u8, byte: u8) -> Self {
        Self { field, mask, value: Value::Flag(byte & mask != 0) }
    }

    /// Several bits, as a number.
    pub(crate) fn number(field: Field, mask: u8, byte: u8) -> Self {
        Self { field, mask, value: Value::Number(u64::from(Self::read(mask, byte))) }
    }

    /// A quality of service; 3 is none.
    pub(crate) fn qos(field: Field, mask: u8, byte: u8) -> Self {
        match Self::read(mask, byte) {
            qos @ 0..=2 => Self { field, mask, value: Value::Qos(qos) },
            _ => Self::number(field, mask, byte),
        }
    }

    fn read(mask: u8, byte: u8) -> u8 {
        // A mask is never 0; were it, there would be nothing to shift.
        (byte & mask) >> (mask.trailing_zeros() & 7)
    }
}

impl Node {
    /// A span without parts.
    pub(crate) fn leaf(field: Field, span: Range<usize>, value: Value) -> Self {
        Self { field, span, value, bits: Vec::new(), children: Vec::new() }
    }

    /// What its parts are together; nothing where there are none.
    pub(crate) fn parent(field: Field, children: Vec<Self>) -> Option<Self> {
        let span = children.first()?.span.start..children.last()?.span.end;
        Some(Self { field, span, value: Value::Parts, bits: Vec::new(), children })
    }

    /// The leaves of this piece in the order of their bytes, itself where it has no children.
    pub fn leaves(&self) -> impl Iterator<Item = &Self> {
        let mut waiting = vec![self];
        std::iter::from_fn(move || {
            loop {
                let node = waiting.pop()?;
                if node.children.is_empty() {
                    return Some(node);
                }
                waiting.extend(node.children.iter().rev());
            }
        })
    }
}
