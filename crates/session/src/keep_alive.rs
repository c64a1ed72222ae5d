//! When to ping and when to give up (MQTT 3.1.1 §3.1.2.10). Knows deadlines, not sockets.

use std::time::Duration;

use web_time::Instant;

/// How long an acknowledgement is awaited, with nothing else heard, before the link is asked whether it lives.
const PATIENCE: Duration = Duration::from_secs(4);

/// How long a PINGRESP may take. With [`PATIENCE`] it stays below ten seconds, by which the person must know.
const PING_TIMEOUT: Duration = Duration::from_secs(5);

/// The keep-alive clock of one connection.
#[derive(Debug)]
pub(crate) struct KeepAlive {
    /// `None` when switched off by a keep alive of 0.
    period: Option<Duration>,
    last_sent: Instant,
    last_heard: Instant,
    /// Since when an answer has been awaited with nothing heard.
    awaiting: Option<Instant>,
    pinged: Option<Instant>,
}

/// What a deadline demands.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Due {
    /// Nothing yet.
    Nothing,
    /// Too long without a word from one side: ping.
    Ping,
    /// The last ping was not answered in time.
    GiveUp,
}

impl KeepAlive {
    pub(crate) fn new(seconds: u16, sent: Instant, heard: Instant) -> Self {
        let period = (seconds > 0).then(|| Duration::from_secs(seconds.into()));
        Self { period, last_sent: sent, last_heard: heard, awaiting: None, pinged: None }
    }

    /// A frame was sent.
    pub(crate) fn sent(&mut self, now: Instant) {
        self.last_sent = now;
    }

    /// A frame arrived; `awaiting` says whether packets still wait for their answer.
    pub(crate) fn heard(&mut self, now: Instant, awaiting: bool) {
        self.last_heard = now;
        self.awaiting = awaiting.then_some(now);
    }

    /// A packet was sent that wants an answer.
    pub(crate) fn awaits(&mut self, now: Instant) {
        self.awaiting.get_or_insert(now);
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
        if let Some(since) = self.pinged {
            return Some(since + PING_TIMEOUT);
        }
        // The server counts what we send. Whether it is still there shows in what it sends.
        let silence = self.period.map(|period| self.last_sent.min(self.last_heard) + period);
        let doubt = self.awaiting.map(|since| since + PATIENCE);
        silence.into_iter().chain(doubt).min()
    }
}
