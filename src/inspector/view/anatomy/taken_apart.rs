//! A frame and its dissection, shared by the panes that draw them.

use std::ops::Range;
use std::rc::Rc;

use bytes::Bytes;
use dissect::{Dissection, dissect};

/// A frame and what it consists of. The same one equals itself, whatever it holds: comparing is free.
#[derive(Clone)]
pub(super) struct TakenApart(Rc<Parts>);

struct Parts {
    bytes: Bytes,
    dissection: Dissection,
    secrets: Vec<Range<usize>>,
}

impl TakenApart {
    /// A frame that is secret as a whole where `hidden`.
    pub(super) fn new(bytes: Bytes, hidden: bool) -> Self {
        let dissection = dissect(&bytes);
        let all = 0..bytes.len();
        let secrets = if hidden { vec![all] } else { dissection.secrets() };
        Self(Rc::new(Parts { bytes, dissection, secrets }))
    }

    pub(super) fn bytes(&self) -> &Bytes {
        &self.0.bytes
    }

    pub(super) fn dissection(&self) -> &Dissection {
        &self.0.dissection
    }

    /// The bytes that must not be shown; none where secrets are to be shown.
    pub(super) fn hidden(&self, shown: bool) -> &[Range<usize>] {
        if shown { &[] } else { &self.0.secrets }
    }
}

impl PartialEq for TakenApart {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Bytes as what a dissection depends on: those of the same buffer are not compared one by one.
#[derive(Clone)]
pub(super) struct Same(pub(super) Bytes);

impl PartialEq for Same {
    fn eq(&self, other: &Self) -> bool {
        let is_same_buffer = self.0.as_ptr() == other.0.as_ptr() && self.0.len() == other.0.len();
        is_same_buffer || self.0 == other.0
    }
}
