//! Opens links, counts them, and tells every frame that goes over them.

use std::cell::Cell;
use std::fmt;
use std::rc::Rc;

use bytes::Bytes;
use futures::channel::mpsc::UnboundedSender;
use web_time::Instant;

use crate::client::link::Link;
use crate::client::loopback::Request;
use crate::client::world::{Emit, World};
use crate::connect::Place;
use crate::inspector::{Captured, Direction};
use crate::state::Action;

/// Opens the links of one page. Clones count together.
#[derive(Clone)]
pub struct Dialer {
    world: World,
    requests: UnboundedSender<Request>,
    emit: Emit,
    /// When the first moment of every captured frame was.
    began: Instant,
    opened: Rc<Cell<u32>>,
}

impl Dialer {
    /// A dialer that has opened no link yet. `requests` reaches the platform in this page.
    pub fn new(world: World, requests: UnboundedSender<Request>, emit: Emit) -> Self {
        let began = (world.now)();
        Self { world, requests, emit, began, opened: Rc::default() }
    }

    /// Opens a link, and what its frames are told with.
    pub(super) fn open(&self, place: &Place) -> (Link, Tape) {
        self.opened.set(self.opened.get().saturating_add(1));
        let link = match place {
            Place::InPage => {
                let (link, far) = Link::pair();
                // The platform lives as long as the page.
                let _ = self.requests.unbounded_send(Request::Open(far));
                link
            }
            Place::Address(address) => (self.world.open)(address),
        };
        (link, Tape { dialer: self.clone(), connection: self.opened.get() })
    }
}

impl fmt::Debug for Dialer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dialer").field("opened", &self.opened).finish_non_exhaustive()
    }
}

/// Tells the frames of one link in the order in which they go.
pub(super) struct Tape {
    dialer: Dialer,
    connection: u32,
}

impl Tape {
    /// The number of the link, counted from 1.
    pub(super) fn connection(&self) -> u32 {
        self.connection
    }

    /// A frame of the session is sent.
    pub(super) fn sent(&self, frame: &Bytes) {
        self.tell(self.captured(Direction::Sent, frame.clone()));
    }

    /// Bytes that a person wrote are sent: frames, as far as they are. Each may hold a part of the password
    /// where the bytes are `secret`.
    pub(super) fn composed(&self, bytes: &Bytes, secret: bool) {
        for piece in pieces(bytes) {
            let frame = self.captured(Direction::Sent, piece);
            self.tell(Captured { composed: true, hidden: secret, ..frame });
        }
    }

    /// A whole frame arrived.
    pub(super) fn received(&self, frame: Bytes) {
        self.tell(self.captured(Direction::Received, frame));
    }

    /// Bytes arrived that nobody reads: frames, as far as they are.
    pub(super) fn unread(&self, bytes: &Bytes) {
        for piece in pieces(bytes) {
            self.received(piece);
        }
    }

    fn captured(&self, direction: Direction, bytes: Bytes) -> Captured {
        let Dialer { world, began, .. } = &self.dialer;
        let moment = (world.now)().saturating_duration_since(*began);
        Captured::new((world.wall)(), moment, direction, self.connection, bytes)
    }

    fn tell(&self, frame: Captured) {
        (self.dialer.emit)(Action::Captured(frame));
    }
}

/// Whole frames, good or bad, and what is left behind them.
fn pieces(bytes: &Bytes) -> impl Iterator<Item = Bytes> {
    dissect::split(bytes).pieces().map(|piece| bytes.slice(piece))
}
