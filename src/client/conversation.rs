//! A session over its link: one connection, from opening the link to its end.

use std::collections::HashMap;
use std::time::Duration;

use bytes::Bytes;
use session::{CloseReason, Session};
use web_time::Instant;

use crate::client::dialer::Tape;
use crate::client::link::Link;
use crate::connect::{Ending, LinkEnd, Target};

/// How long a link may take to open. With the session's time for CONNACK it makes ten seconds, after
/// which the person must have been told.
pub const OPEN_TIMEOUT: Duration = Duration::from_secs(4);

/// How long a login must hold until a loss counts as the first again.
const HELD: Duration = Duration::from_secs(30);

/// A session over its link.
pub(super) struct Conversation {
    pub(super) session: Session,
    pub(super) link: Link,
    /// What is told of the frames.
    pub(super) tape: Tape,
    pub(super) opened: bool,
    open_by: Instant,
    /// When the login was accepted, once it was.
    pub(super) online_since: Option<Instant>,
    /// How the link ended, once it has.
    end: Option<LinkEnd>,
    /// Why the person left, once they have.
    wish: Option<Left>,
    /// Filters by the packet identifier of their SUBSCRIBE.
    pub(super) subscribing: HashMap<u16, String>,
}

impl Conversation {
    pub(super) fn new(session: Session, link: Link, tape: Tape, now: Instant) -> Self {
        Self {
            session,
            link,
            tape,
            opened: false,
            open_by: now + OPEN_TIMEOUT,
            online_since: None,
            end: None,
            wish: None,
            subscribing: HashMap::new(),
        }
    }

    /// Sends everything that the session wants to say, and tells it.
    pub(super) fn transmit(&mut self, tell: impl Fn(&Tape, &Bytes)) {
        while let Some(bytes) = self.session.poll_transmit() {
            tell(&self.tape, &bytes);
            self.link.send(bytes);
        }
    }

    /// Whether the login held long enough to begin again with the shortest pause. A platform that accepts a
    /// login and hangs up at once must not be asked every second for ever.
    pub(super) fn has_held(&self, now: Instant) -> bool {
        self.online_since.is_some_and(|since| now.saturating_duration_since(since) >= HELD)
    }

    /// The next moment to do something unasked.
    pub(super) fn deadline(&self) -> Option<Instant> {
        if self.opened { self.session.poll_timeout() } else { Some(self.open_by) }
    }

    pub(super) fn close(&mut self, end: LinkEnd) {
        self.end = Some(end);
        self.session.handle_close();
    }

    pub(super) fn leave(&mut self, wish: Left, now: Instant) {
        self.wish = Some(wish);
        // Before the login there is nobody to say goodbye to; the session ends all the same.
        let _ = self.session.disconnect(now);
    }

    pub(super) fn left(self, reason: CloseReason) -> Left {
        match (reason, self.wish, self.end) {
            (CloseReason::Disconnected, Some(wish), _) => wish,
            (CloseReason::LinkClosed, _, Some(end)) => Left::Lost(Ending::Link(end)),
            (reason, _, _) => Left::Lost(Ending::Session(reason)),
        }
    }
}

/// How a conversation ended.
pub(super) enum Left {
    /// As the person wished.
    ByWish,
    /// The person wants another.
    For(Box<Target>),
    /// Against the person's wish.
    Lost(Ending),
}
