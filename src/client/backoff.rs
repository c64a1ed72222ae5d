//! How long to wait before the next try.

use std::time::Duration;

/// Pauses of 1, 2, 4, 8, 16, 30, 30 … seconds, each shortened by up to a quarter at random, so that many
/// pages that lost the same relay do not come back in step. There is no last try.
#[derive(Debug, Default)]
pub(crate) struct Backoff {
    tries: u32,
}

const LONGEST: Duration = Duration::from_secs(30);

impl Backoff {
    /// The next pause. `chance` is any byte.
    pub(crate) fn next(&mut self, chance: u8) -> Duration {
        let full = Duration::from_secs(1 << self.tries.min(5)).min(LONGEST);
        self.tries = self.tries.saturating_add(1);
        full - full / 4 * u32::from(chance) / 255
    }

    /// Pauses given so far.
    pub(crate) fn tries(&self) -> u32 {
        self.tries
    }

    /// The link has held: the next pause is the shortest again.
    pub(crate) fn reset(&mut self) {
        self.tries = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_to_a_ceiling_and_begins_again() {
        let mut backoff = Backoff::default();
        let pauses: Vec<u64> = (0..8).map(|_| backoff.next(0).as_secs()).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 30, 30, 30]);
        backoff.reset();
        assert_eq!(backoff.next(255), Duration::from_millis(750));
    }
}
