//! A pipe for bytes whose other end is a WebSocket, the platform in this page, or a test.
//!
//! Chunk boundaries mean nothing. Dropping either end closes the pipe for the other.

use std::cell::Cell;
use std::fmt;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures::stream::FusedStream;
use futures::{Stream, StreamExt};

use crate::connect::LinkEnd;

/// The near end of a pipe: the session's.
#[must_use = "dropping a link closes it"]
pub struct Link {
    outgoing: UnboundedSender<Bytes>,
    incoming: UnboundedReceiver<LinkEvent>,
    /// Bytes that the far end has not taken.
    queued: Rc<Cell<usize>>,
    /// Bytes that the far end has taken and not sent.
    gauge: Option<Rc<dyn Fn() -> usize>>,
}

/// The far end of a pipe: what carries the bytes.
#[derive(Debug)]
pub struct FarEnd {
    /// Bytes from the near end. Ends when the near end is dropped, after the last of them.
    pub outgoing: Outgoing,
    /// What happens at the far end. Dropping it without a word counts as closed.
    pub incoming: UnboundedSender<LinkEvent>,
}

/// Bytes on their way to the far end.
#[derive(Debug)]
pub struct Outgoing {
    bytes: UnboundedReceiver<Bytes>,
    queued: Rc<Cell<usize>>,
}

/// What happens at the far end: `Opened`, then `Bytes`, then one `Closed`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkEvent {
    /// Bytes can be sent.
    Opened,
    /// Bytes arrived, cut anywhere.
    Bytes(Bytes),
    /// Nothing more comes.
    Closed(LinkEnd),
}

impl Link {
    /// Both ends of a new pipe.
    pub fn pair() -> (Self, FarEnd) {
        let (outgoing, sent) = unbounded();
        let (happened, incoming) = unbounded();
        let queued = Rc::new(Cell::new(0));
        let far = FarEnd { outgoing: Outgoing { bytes: sent, queued: queued.clone() }, incoming: happened };
        (Self { outgoing, incoming, queued, gauge: None }, far)
    }

    /// The same pipe, whose far end says by `gauge` how many bytes it has taken and not sent.
    pub fn with_gauge(self, gauge: Rc<dyn Fn() -> usize>) -> Self {
        Self { gauge: Some(gauge), ..self }
    }

    /// Hands bytes over, in order. Lost if the far end is gone; [`next`](Self::next) says so.
    pub fn send(&self, bytes: Bytes) {
        let length = bytes.len();
        // An error means that the far end was dropped, which `next` reports as closed.
        if self.outgoing.unbounded_send(bytes).is_ok() {
            self.queued.set(self.queued.get() + length);
        }
    }

    /// Bytes that were handed over and have not left.
    pub fn unsent(&self) -> usize {
        self.queued.get() + self.gauge.as_ref().map_or(0, |gauge| gauge())
    }

    /// Waits for what happens next.
    pub async fn next(&mut self) -> LinkEvent {
        self.incoming.next().await.unwrap_or(LinkEvent::Closed(LinkEnd::Vanished))
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link").field("unsent", &self.unsent()).finish_non_exhaustive()
    }
}

impl Outgoing {
    /// The next bytes, if there are any now.
    pub fn take_next(&mut self) -> Option<Bytes> {
        let bytes = self.bytes.try_recv().ok()?;
        self.taken(&bytes);
        Some(bytes)
    }

    fn taken(&self, bytes: &Bytes) {
        self.queued.set(self.queued.get().saturating_sub(bytes.len()));
    }
}

impl FusedStream for Outgoing {
    fn is_terminated(&self) -> bool {
        self.bytes.is_terminated()
    }
}

impl Stream for Outgoing {
    type Item = Bytes;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let next = self.bytes.poll_next_unpin(context);
        if let Poll::Ready(Some(bytes)) = &next {
            self.taken(bytes);
        }
        next
    }
}
