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
        Timestamp::from_utc(self.utc(now))
    }

    /// The same in seconds since 1970 UTC; earlier moments count as that.
    pub(crate) fn unix_seconds(&self, now: Instant) -> u64 {
        u64::try_from(self.utc(now).unix_timestamp()).unwrap_or(0)
    }

    fn utc(&self, now: Instant) -> UtcDateTime {
        let elapsed = now.saturating_duration_since(self.now);
        let utc = time::Duration::try_from(elapsed).ok().and_then(|elapsed| self.utc.checked_add(elapsed));
        utc.unwrap_or(self.utc)
    }
}
