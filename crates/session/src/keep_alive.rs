//! When to ping and when to give up (MQTT 3.1.1 §3.1.2.10). Knows deadlines, not sockets.

use std::time::Duration;

use web_time::Instant;

/// How long a PINGRESP may take. Shorter than most keep-alive times, so that a dead link is noticed
/// before the server gives up at 1.5 times the keep alive.
const PING_TIMEOUT: Duration = Duration::from_secs(10);

/// The keep-alive clock of one connection.
#[derive(Debug)]
pub(crate) struct KeepAlive {
    /// `None` when switched off by a keep alive of 0.
    period: Option<Duration>,
    last_sent: Instant,
    pinged: Option<Instant>,
}

/// What a deadline demands.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Due {
    /// Nothing yet.
    Nothing,
    /// Nothing was sent for the whole period: ping.
    Ping,
    /// The last ping was not answered in time.
    GiveUp,
}

impl KeepAlive {
    pub(crate) fn new(seconds: u16, now: Instant) -> Self {
        let period = (seconds > 0).then(|| Duration::from_secs(seconds.into()));
        Self { period, last_sent: now, pinged: None }
    }

    /// Any frame sent puts the next ping off.
    pub(crate) fn sent(&mut self, now: Instant) {
        self.last_sent = now;
    }

    /// A PINGREQ was sent.
    pub(crate) fn pinged(&mut self, now: Instant) {
        self.pinged = Some(now);
    }

    /// A PINGRESP arrived: how long it took, `None` if none was due.
    pub(crate) fn answered(&mut self, now: Instant) -> Option<Duration> {
        self.pinged.take().map(|since| now.saturating_duration_since(since))
    }

    pub(crate) fn due(&self, now: Instant) -> Due {
        match (self.deadline(), self.pinged) {
            (Some(deadline), _) if now < deadline => Due::Nothing,
            (Some(_), Some(_)) => Due::GiveUp,
            (Some(_), None) => Due::Ping,
            (None, _) => Due::Nothing,
        }
    }

    pub(crate) fn deadline(&self) -> Option<Instant> {
        let period = self.period?;
        Some(match self.pinged {
            Some(since) => since + PING_TIMEOUT,
            None => self.last_sent + period,
        })
    }
}
