//! How many uploads went which way.

use session::{Awaiting, Counts};

/// What became of every upload of this page, exactly:
///
/// `asked + restored = unacknowledged + acknowledged + waiting + on_their_way + failed + set_aside + taken_over`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Uploads that this page asked for.
    pub asked: u64,
    /// Uploads of an earlier page or of another tab that this one goes on with.
    pub restored: u64,
    /// Sent at QoS 0: nobody will say whether they arrived.
    pub unacknowledged: u64,
    /// Acknowledged for good.
    pub acknowledged: u64,
    /// Waiting for a login, or for their turn.
    pub waiting: u64,
    /// Sent, the answer awaited.
    pub on_their_way: u64,
    /// Refused, taken back, deleted, or lost: the outbox says why.
    pub failed: u64,
    /// Waiting until somebody logs in as their device again.
    pub set_aside: u64,
    /// Left for their device, which another tab has gone on with since.
    pub taken_over: u64,
}

impl Tally {
    /// This one and what a session says of itself.
    #[must_use]
    pub fn with(self, counts: &Counts) -> Self {
        Self {
            unacknowledged: self.unacknowledged + counts.unacknowledged,
            acknowledged: self.acknowledged + counts.acknowledged,
            failed: self.failed + counts.given_up + counts.abandoned + counts.never_left,
            waiting: counts.waiting + counts.unsettled,
            on_their_way: counts.in_flight,
            ..self
        }
    }

    /// The same without what is still open: for the session that goes on with it.
    #[must_use]
    pub fn after(self, counts: &Counts) -> Self {
        Self { waiting: 0, on_their_way: 0, ..self.with(counts) }
    }

    /// Whether every upload is accounted for.
    pub fn is_exact(&self) -> bool {
        let settled = self.unacknowledged + self.acknowledged + self.failed;
        let elsewhere = self.set_aside + self.taken_over;
        self.asked + self.restored == settled + elsewhere + self.waiting + self.on_their_way
    }
}

/// How far sending has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Progress {
    /// Every upload, counted.
    pub tally: Tally,
    /// The answers that the platform owes.
    pub awaiting: Vec<Awaiting>,
    /// Bytes that were sent and have not left this computer for a while.
    pub unsent: usize,
}
