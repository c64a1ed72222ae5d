//! What comes too soon, and everything behind it, waits until it does not (reference §3.1).

use onenet::rules::Consequence;
use onenet::rules::sys::Activity;
use web_time::Instant;

use super::rate::Counted;
use super::request::Speaker;
use crate::connection::{ConnectionId, Request};
use crate::platform::Platform;

/// A connection that is not listened to. What arrives meanwhile stays unread.
pub(crate) struct Pause {
    /// Until when.
    pub(crate) until: Instant,
    /// What is acted upon then. It has been counted.
    request: Option<Request>,
}

/// When a request is acted upon.
pub(super) enum Turn {
    /// As it comes.
    Now,
    /// At this moment.
    At(Instant),
    /// The connection is gone.
    Never,
}

impl Platform {
    /// Counts everything that a request counts as.
    pub(super) fn count_all(
        &mut self,
        speaker: &Speaker,
        activities: &[(Activity, usize)],
        now: Instant,
    ) -> Turn {
        let mut latest = None;
        for &(activity, amount) in activities {
            let what = (speaker.platform, activity);
            match self.count(speaker.connection, &speaker.id, what, amount, now) {
                Counted::Exceeded { finding, until } if finding.consequence() == Consequence::Delay => {
                    latest = latest.max(Some(until));
                }
                Counted::Exceeded { .. } | Counted::Fine => {}
                Counted::Gone => return Turn::Never,
            }
        }
        latest.map_or(Turn::Now, Turn::At)
    }

    /// Stops listening to a connection until a moment, and acts then upon `request` first.
    pub(super) fn pause(&mut self, connection: ConnectionId, until: Instant, request: Option<Request>) {
        if let Some(open) = self.connections.get_mut(&connection) {
            open.pause = Some(Pause { until, request });
        }
    }

    /// Listens to a connection again.
    pub(crate) fn resume(&mut self, connection: ConnectionId, now: Instant) {
        let Some(open) = self.connections.get_mut(&connection) else { return };
        let pause = open.pause.take();
        if open.half_open {
            return;
        }
        if let Some((request, speaker)) = pause.and_then(|pause| pause.request).zip(self.speaker(connection))
        {
            self.act_sys(&speaker, request, now);
        }
        self.reply_all(connection, now);
    }
}
