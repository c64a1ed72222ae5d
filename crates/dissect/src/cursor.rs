//! Walking over the bytes of a frame from front to back, as far as they go. Never fails: where a field is
//! cut off, what is there of it is taken, and the first obstacle is noted.

use std::ops::Range;

use frame::FrameProblem;

use crate::field::Field;
use crate::node::{Bits, Node, Value};

/// The bytes of a frame, or of a part of it, that nobody has walked over yet.
pub(crate) struct Cursor<'a> {
    frame: &'a [u8],
    at: usize,
    /// Where the part ends, as far as its bytes are there.
    end: usize,
    /// Where the part says that it ends, which is behind `end` where bytes are missing.
    announced_end: usize,
    obstacle: Option<Obstacle>,
}

/// Something that cannot be walked over, and that `frame` refuses too: offset and problem.
pub(crate) type Obstacle = (usize, FrameProblem);

impl<'a> Cursor<'a> {
    /// Walks over a part of a frame, all of which is there.
    pub(crate) fn over(frame: &'a [u8], span: Range<usize>) -> Self {
        Self { frame, at: span.start, end: span.end, announced_end: span.end, obstacle: None }
    }

    /// Says that the frame ends `length` bytes from here, whether they are there or not.
    pub(crate) fn ends_behind(&mut self, length: usize) {
        self.announced_end = self.at + length;
        self.end = self.announced_end.min(self.frame.len());
    }

    /// The offset of the next byte.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Bytes from here to where the frame says that it ends.
    pub(crate) fn announced(&self) -> usize {
        self.announced_end - self.at
    }

    /// Whether nothing is left.
    pub(crate) fn is_done(&self) -> bool {
        self.at >= self.end
    }

    /// What is left.
    pub(crate) fn rest(&self) -> Range<usize> {
        self.at..self.end
    }

    /// The first obstacle on the way.
    pub(crate) fn obstacle(&self) -> Option<Obstacle> {
        self.obstacle
    }

    /// Notes an obstacle unless there was an earlier one.
    pub(crate) fn note(&mut self, offset: usize, problem: FrameProblem) {
        self.obstacle.get_or_insert((offset, problem));
    }

    /// Takes `length` bytes, or as many as are left.
    pub(crate) fn take(&mut self, length: usize) -> Range<usize> {
        let start = self.at;
        self.at = self.end.min(start.saturating_add(length));
        start..self.at
    }

    /// A part of it, to be walked over on its own.
    pub(crate) fn part(&self, span: Range<usize>) -> Self {
        Self::over(self.frame, span)
    }

    /// The bytes of a span.
    pub(crate) fn bytes(&self, span: &Range<usize>) -> &'a [u8] {
        &self.frame[span.clone()]
    }

    /// The next byte, without taking it.
    pub(crate) fn peek(&self) -> Option<u8> {
        self.frame[..self.end].get(self.at).copied()
    }

    /// A leaf of bytes that say themselves.
    pub(crate) fn leaf(&self, field: Field, span: Range<usize>) -> Node {
        let value = Value::said(self.bytes(&span));
        Node::leaf(field, span, value)
    }

    /// A leaf of text where the bytes are UTF-8, otherwise of bytes.
    pub(crate) fn said(&self, span: Range<usize>) -> Node {
        match Value::said(self.bytes(&span)) {
            Value::Text => Node::leaf(Field::Text, span, Value::Text),
            value => Node::leaf(Field::Bytes, span, value),
        }
    }

    /// What its parts are together, where the bytes say it themselves; nothing where there are no parts.
    pub(crate) fn written(&self, field: Field, children: Vec<Node>) -> Option<Node> {
        let node = Node::parent(field, children)?;
        Some(Node { value: Value::said(self.bytes(&node.span)), ..node })
    }

    /// A big-endian number of `width` bytes; raw bytes where some are missing, nothing where all are.
    pub(crate) fn number(&mut self, field: Field, width: usize) -> Option<Node> {
        if self.is_done() {
            return None;
        }
        let span = self.take(width);
        let bytes = self.bytes(&span);
        let value = if bytes.len() == width {
            Value::Number(bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
        } else {
            Value::Bytes
        };
        Some(Node::leaf(field, span, value))
    }

    /// One byte, as `value` reads it.
    pub(crate) fn byte(&mut self, field: Field, value: impl FnOnce(u8) -> Value) -> Option<Node> {
        let byte = self.peek()?;
        Some(Node::leaf(field, self.take(1), value(byte)))
    }

    /// One byte that holds several things.
    pub(crate) fn bits(&mut self, field: Field, bits: impl FnOnce(u8) -> Vec<Bits>) -> Option<Node> {
        let byte = self.peek()?;
        let leaf = Node::leaf(field, self.take(1), Value::Parts);
        Some(Node { bits: bits(byte), ..leaf })
    }

    /// A two-byte length and the bytes behind it; no span where not even the first of them is there.
    pub(crate) fn prefixed(&mut self) -> Option<(Node, Option<Range<usize>>)> {
        let length_node = self.number(Field::FieldLength, 2)?;
        let Value::Number(length) = length_node.value else { return Some((length_node, None)) };
        // Two bytes say at most 65,535.
        let length = length as usize;
        if length > self.announced() {
            self.note(length_node.span.start, FrameProblem::FieldTooLong(length));
        }
        let content = self.take(length);
        let missing = content.is_empty() && length > 0;
        Some((length_node, (!missing).then_some(content)))
    }

    /// A text behind its two-byte length (§1.5.3).
    pub(crate) fn text(&mut self, field: Field) -> Option<Node> {
        let (length, content) = self.prefixed()?;
        let content = content.map(|span| self.text_leaf(span));
        Node::parent(field, [Some(length), content].into_iter().flatten().collect())
    }

    /// Bytes behind their two-byte length, shown as text where they are some.
    pub(crate) fn binary(&mut self, field: Field) -> Option<Node> {
        let (length, content) = self.prefixed()?;
        let content = content.map(|span| self.said(span));
        Node::parent(field, [Some(length), content].into_iter().flatten().collect())
    }

    /// A leaf of bytes that must be text. Notes the first that is none.
    pub(crate) fn text_leaf(&mut self, span: Range<usize>) -> Node {
        let value = self.text_value(&span);
        Node::leaf(Field::Text, span, value)
    }

    /// Whether bytes that must be text are. Notes the first that is none.
    pub(crate) fn text_value(&mut self, span: &Range<usize>) -> Value {
        let Err(error) = std::str::from_utf8(self.bytes(span)) else { return Value::Text };
        // The rest of a character may only not have arrived.
        let cut_off = error.error_len().is_none() && span.end < self.announced_end && span.end == self.end;
        if !cut_off {
            self.note(span.start + error.valid_up_to(), FrameProblem::NotUtf8);
        }
        Value::Bytes
    }
}
