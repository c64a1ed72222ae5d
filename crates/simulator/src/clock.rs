//! Which wall-clock time a moment is. Knows where it was set, never what time it is now.

use time::UtcDateTime;
use web_time::Instant;

use onenet::Timestamp;

/// A moment and the wall-clock time it was.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    now: Instant,
    utc: UtcDateTime,
}

impl Clock {
    pub(crate) fn new(now: Instant, utc: UtcDateTime) -> Self {
        Self { now, utc }
    }

    /// The wall-clock time at `now`; moments before the clock was set count as that one.
    pub(crate) fn time(&self, now: Instant) -> Timestamp {
        let elapsed = now.saturating_duration_since(self.now);
        let utc = time::Duration::try_from(elapsed).ok().and_then(|elapsed| self.utc.checked_add(elapsed));
        Timestamp::from_utc(utc.unwrap_or(self.utc))
    }
}
