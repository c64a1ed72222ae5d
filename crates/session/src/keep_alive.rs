//! When to ping and when to give up (MQTT 3.1.1 §3.1.2.10). Knows deadlines, not sockets.

use std::time::Duration;

use web_time::Instant;

/// How long an acknowledgement is awaited, with nothing else heard, before the link is asked whether it lives.
const PATIENCE: Duration = Duration::from_secs(4);

/// How long a PINGRESP may take. With [`PATIENCE`] it stays below ten seconds, by which the person must know.
const PING_TIMEOUT: Duration = Duration::from_secs(5);

/// The slowest link that is waited for, in bytes a second. A packet is on its way for as long as such a link
/// takes to carry it: an upload of 3 MB must not look like a dead link while it is being sent.
const SLOWEST: u64 = 16 * 1024;

/// The keep-alive clock of one connection.
#[derive(Debug)]
pub(crate) struct KeepAlive {
    /// `None` when switched off by a keep alive of 0.
    period: Option<Duration>,
    last_sent: Instant,
    /// When the slowest link would have carried everything that was sent.
    carried: Instant,
    last_heard: Instant,
    /// When the oldest unanswered packet has been carried, or when something was heard after it.
    awaiting: Option<Instant>,
    pinged: Option<Ping>,
}

/// A PINGREQ without its answer.
#[derive(Debug, Clone, Copy)]
struct Ping {
    sent: Instant,
    /// When it has been carried, behind all that was sent before it.
    carried: Instant,
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
        Self { period, last_sent: sent, carried: sent, last_heard: heard, awaiting: None, pinged: None }
    }

    /// A frame of so many bytes was sent.
    pub(crate) fn sent(&mut self, bytes: usize, now: Instant) {
        self.last_sent = now;
        self.carried = self.carried.max(now) + Duration::from_millis(bytes as u64 * 1_000 / SLOWEST);
    }

    /// Bytes arrived; `awaiting` says whether packets still wait for their answer.
    pub(crate) fn heard(&mut self, now: Instant, awaiting: bool) {
        self.last_heard = now;
        self.awaiting = awaiting.then_some(self.carried.max(now));
    }

    /// The packet that was sent last wants an answer. Later ones change nothing: they must not hide that the
    /// oldest gets none.
    pub(crate) fn awaits(&mut self) {
        self.awaiting.get_or_insert(self.carried);
    }

    /// The packet that was sent last is a PINGREQ.
    pub(crate) fn pinged(&mut self, now: Instant) {
        self.pinged = Some(Ping { sent: now, carried: self.carried });
    }

    /// A PINGRESP arrived: how long it took, `None` if none was due.
    pub(crate) fn answered(&mut self, now: Instant) -> Option<Duration> {
        self.pinged.take().map(|ping| now.saturating_duration_since(ping.sent))
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
        if let Some(ping) = self.pinged {
            // As long as anything arrives the link lives, and the answer may be behind something large.
            return Some(ping.carried.max(self.last_heard) + PING_TIMEOUT);
        }
        // The server counts what we send. Whether it is still there shows in what it sends.
        let silence = self.period.map(|period| self.last_sent.min(self.last_heard) + period);
        let doubt = self.awaiting.map(|since| since + PATIENCE);
        silence.into_iter().chain(doubt).min()
    }
}
