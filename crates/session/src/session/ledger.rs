//! The stored state of a session and what has changed in it: the only way to change it is to tell the change.

use std::collections::VecDeque;

use crate::store::{Change, Outbound, Store};

/// A [`Store`] whose every change is kept until somebody asks for it.
pub(super) struct Ledger {
    store: Store,
    /// Bytes of the messages in it, counted along: adding them up takes too long to do for each message.
    bytes: usize,
    changes: VecDeque<Change>,
}

impl Ledger {
    pub(super) fn new(store: Store) -> Self {
        Self { bytes: store.bytes(), store, changes: VecDeque::new() }
    }

    pub(super) fn store(&self) -> &Store {
        &self.store
    }

    pub(super) fn into_store(self) -> Store {
        self.store
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Makes a change. Gives the message that is no longer held for it.
    pub(super) fn record(&mut self, change: Change) -> Option<Outbound> {
        if let Change::Accepted(outbound) = &change {
            self.bytes += outbound.message.size();
        }
        self.changes.push_back(change.clone());
        let removed = self.store.fold(change);
        self.bytes -= removed.as_ref().map_or(0, |outbound| outbound.message.size());
        removed
    }

    pub(super) fn poll_change(&mut self) -> Option<Change> {
        self.changes.pop_front()
    }
}
