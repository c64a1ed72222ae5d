//! How many answers are given without asking anybody.

use std::collections::VecDeque;
use std::time::Duration;

use web_time::Instant;

/// How many answers may be given by themselves: devices that answer each other, or one that answers itself by
/// way of several topics, would otherwise never stop.
#[derive(Debug, Default)]
pub struct Budget {
    /// When the answers of the last second were given.
    given: VecDeque<Instant>,
}

/// Answers a second.
const ANSWERS_A_SECOND: usize = 100;

impl Budget {
    /// Whether one more may be given at `now`; it counts as given then.
    pub fn spend(&mut self, now: Instant) -> bool {
        let recent = |given: &Instant| now.saturating_duration_since(*given) < Duration::from_secs(1);
        while self.given.front().is_some_and(|given| !recent(given)) {
            self.given.pop_front();
        }
        let may = self.given.len() < ANSWERS_A_SECOND;
        if may {
            self.given.push_back(now);
        }
        may
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_only_so_many_a_second() {
        let start = Instant::now();
        let mut budget = Budget::default();
        assert_eq!((0..200).filter(|_| budget.spend(start)).count(), ANSWERS_A_SECOND);
        assert!(!budget.spend(start + Duration::from_millis(999)));
        assert!(budget.spend(start + Duration::from_secs(1)));
    }
}
