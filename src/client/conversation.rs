//! One link of a session, from opening it to its end.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use bytes::Bytes;
use session::{CloseReason, Session};
use web_time::Instant;

use crate::client::dialer::Tape;
use crate::client::kept::Kept;
use crate::client::link::Link;
use crate::connect::{Ending, LinkEnd, Target};

/// How long a link may take to open. With the session's time for CONNACK it makes ten seconds, after
/// which the person must have been told.
pub const OPEN_TIMEOUT: Duration = Duration::from_secs(4);

/// How long a login must hold until a loss counts as the first again.
const HELD: Duration = Duration::from_secs(30);

/// As many bytes may wait in the link; the rest waits in the session, where it is kept.
pub const MAX_UNSENT: usize = 1024 * 1024;

/// How soon a full link is looked at again, and one that has something left.
const FULL: Duration = Duration::from_millis(50);
const LEFT: Duration = Duration::from_millis(200);

/// A link, and what is said over it.
pub(super) struct Conversation {
    pub(super) link: Link,
    /// What is told of the frames.
    pub(super) tape: Tape,
    pub(super) opened: bool,
    open_by: Instant,
    /// When the login was accepted, once it was.
    pub(super) online_since: Option<Instant>,
    /// Frames that the session wants to say.
    said: VecDeque<Said>,
    /// Those of them that may be sent once what they rely on is written.
    held: VecDeque<Said>,
    /// Bytes that had not left when the link was looked at.
    pub(super) unsent: usize,
    /// Whether a message was acknowledged over it.
    pub(super) acknowledged: bool,
    /// How the link ended, once it has.
    end: Option<LinkEnd>,
    /// Why the person left, once they have.
    wish: Option<Left>,
    /// Filters by the packet identifier of their SUBSCRIBE.
    pub(super) subscribing: HashMap<u16, String>,
}

/// A frame to send.
struct Said {
    bytes: Bytes,
    author: Author,
}

impl Said {
    /// Whether it is an upload at QoS 0, which nobody would send again: PUBLISH is type 3, its QoS are bits 2 and 1
    /// (MQTT 3.1.1 §3.3.1).
    fn is_lone(&self) -> bool {
        let is_publish = self.bytes.first().is_some_and(|first| first & 0b1111_0110 == 0b0011_0000);
        is_publish && matches!(self.author, Author::Session)
    }
}

/// Who wrote a frame.
#[derive(Clone, Copy)]
pub(super) enum Author {
    Session,
    /// A person did; a password may be in it where it is `secret`.
    Person {
        secret: bool,
    },
}

impl Conversation {
    pub(super) fn new(link: Link, tape: Tape, now: Instant) -> Self {
        Self {
            link,
            tape,
            opened: false,
            open_by: now + OPEN_TIMEOUT,
            online_since: None,
            said: VecDeque::new(),
            held: VecDeque::new(),
            unsent: 0,
            acknowledged: false,
            end: None,
            wish: None,
            subscribing: HashMap::new(),
        }
    }

    /// Takes over everything that the session wants to say.
    pub(super) fn hear(&mut self, session: &mut Session, author: Author) {
        while let Some(bytes) = session.poll_transmit() {
            self.said.push_back(Said { bytes, author });
        }
    }

    /// Writes what has changed, then sends what relies on it, as far as the link takes it. Nothing relies on it
    /// before the login.
    pub(super) fn transmit(&mut self, kept: &mut Kept) {
        while !(kept.recorder.holds_back() && kept.session.is_connected()) {
            self.send(MAX_UNSENT);
            if !self.held.is_empty() {
                return;
            }
            self.hear(&mut kept.session, Author::Session);
            kept.record();
            std::mem::swap(&mut self.said, &mut self.held);
            if self.held.is_empty() {
                return;
            }
        }
    }

    /// Sends a DISCONNECT and what stands before it; nothing is held back any longer.
    pub(super) fn transmit_last(&mut self, session: &mut Session) {
        self.hear(session, Author::Session);
        self.held.append(&mut self.said);
        self.send(usize::MAX);
    }

    fn send(&mut self, room: usize) {
        while self.link.unsent() < room
            && let Some(Said { bytes, author }) = self.held.pop_front()
        {
            match author {
                Author::Session => self.tape.sent(&bytes),
                Author::Person { secret } => self.tape.composed(&bytes, secret),
            }
            self.link.send(bytes);
        }
    }

    /// Frames that are not given to the link yet.
    fn queued(&self) -> impl Iterator<Item = &Said> {
        self.held.iter().chain(&self.said)
    }

    /// How many uploads at QoS 0 were never given to the link.
    pub(super) fn never_left(&self) -> u64 {
        self.queued().filter(|said| said.is_lone()).count() as u64
    }

    /// How long the login has held, if it was accepted.
    pub(super) fn online_for(&self, now: Instant) -> Option<Duration> {
        self.online_since.map(|since| now.saturating_duration_since(since))
    }

    /// Whether the login held long enough to begin again with the shortest pause. A platform that accepts a
    /// login and hangs up at once must not be asked every second for ever.
    pub(super) fn has_held(&self, now: Instant) -> bool {
        self.online_for(now).is_some_and(|held| held >= HELD)
    }

    /// The next moment to do something unasked.
    pub(super) fn deadline(&self, kept: &Kept, now: Instant) -> Option<Instant> {
        let next = if self.opened { kept.session.poll_timeout() } else { Some(self.open_by) };
        let is_waiting = self.held.is_empty() || kept.recorder.holds_back();
        // Once more after all has left, so that it is told.
        let look = match (is_waiting, self.link.unsent().max(self.unsent)) {
            (false, _) => Some(now + FULL),
            (true, 0) => None,
            (true, _) => Some(now + LEFT),
        };
        next.into_iter().chain(look).min()
    }

    /// The moment has come.
    pub(super) fn handle_timeout(&mut self, session: &mut Session, now: Instant) {
        let held: usize = self.queued().map(|said| said.bytes.len()).sum();
        self.unsent = self.link.unsent() + held + session.queued_bytes();
        if self.opened {
            session.handle_timeout(now);
        } else if now >= self.open_by {
            self.close(session, LinkEnd::OpenTimedOut);
        }
    }

    pub(super) fn close(&mut self, session: &mut Session, end: LinkEnd) {
        self.end = Some(end);
        session.handle_close();
    }

    pub(super) fn leave(&mut self, session: &mut Session, wish: Left, now: Instant) {
        self.wish = Some(wish);
        self.hear(session, Author::Session);
        // Before the login there is nobody to say goodbye to; the session ends all the same.
        let _ = session.disconnect(now);
    }

    /// What to make of its end.
    pub(super) fn ended(self, reason: CloseReason, session: &Session, now: Instant) -> Ended {
        let online_for = self.online_for(now);
        let oldest = session.store().outbound.front().filter(|outbound| outbound.sent);
        let suspect = oldest.filter(|_| !self.acknowledged).map(|outbound| outbound.packet_id);
        Ended { left: self.left(reason), online_for, suspect }
    }

    fn left(self, reason: CloseReason) -> Left {
        match (reason, self.wish, self.end) {
            (CloseReason::Disconnected, Some(wish), _) => wish,
            (CloseReason::LinkClosed, _, Some(end)) => Left::Lost(Ending::Link(end)),
            (reason, _, _) => Left::Lost(Ending::Session(reason)),
        }
    }
}

/// What to make of the end of a conversation.
pub(super) struct Ended {
    pub(super) left: Left,
    /// How long its login held, if it was accepted.
    pub(super) online_for: Option<Duration>,
    /// The message that was on its way longest, if not one was acknowledged.
    pub(super) suspect: Option<u16>,
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
