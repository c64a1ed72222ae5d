//! The frames that are listed, kept up to date from drawing to drawing.

use std::cell::RefCell;
use std::rc::Rc;

use yew::{hook, use_mut_ref};

use crate::inspector::{Capture, Filter, Selection};

/// The numbers of the frames that a filter means. Shared, since it can be long.
#[derive(Debug, Clone)]
pub(super) struct Listed(Rc<RefCell<Selection>>);

impl PartialEq for Listed {
    /// What is listed follows from capture and filter, which whoever is given this is given too.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Listed {
    pub(super) fn len(&self) -> usize {
        self.0.borrow().len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of the frame at a place of the list.
    pub(super) fn get(&self, index: usize) -> Option<u64> {
        self.0.borrow().get(index)
    }

    /// Where in the list the frame with a number is.
    pub(super) fn position(&self, number: u64) -> Option<usize> {
        self.0.borrow().position(number)
    }

    /// The numbers of all of them, oldest first.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u64> {
        (0..self.len()).filter_map(|index| self.get(index))
    }
}

/// The frames of `capture` that `filter` means. `source` says which capture that is: the live one or a file.
#[hook]
pub(super) fn use_listed(capture: &Capture, source: Option<u32>, filter: &Filter) -> Listed {
    let kept = use_mut_ref(|| (source, Listed(Rc::default())));
    let mut kept = kept.borrow_mut();
    if kept.0 != source {
        *kept = (source, Listed(Rc::default()));
    }
    kept.1.0.borrow_mut().set_filter(filter.clone(), capture);
    kept.1.clone()
}
