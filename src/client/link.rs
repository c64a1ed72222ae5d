//! A pipe for bytes whose other end is a WebSocket, the platform in this page, or a test.
//!
//! Chunk boundaries mean nothing. Dropping either end closes the pipe for the other.

use bytes::Bytes;
use futures::StreamExt;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};

use crate::connect::LinkEnd;

/// The near end of a pipe: the session's.
#[derive(Debug)]
#[must_use = "dropping a link closes it"]
pub struct Link {
    outgoing: UnboundedSender<Bytes>,
    incoming: UnboundedReceiver<LinkEvent>,
}

/// The far end of a pipe: what carries the bytes.
#[derive(Debug)]
pub struct FarEnd {
    /// Bytes from the near end. Ends when the near end is dropped, after the last of them.
    pub outgoing: UnboundedReceiver<Bytes>,
    /// What happens at the far end. Dropping it without a word counts as closed.
    pub incoming: UnboundedSender<LinkEvent>,
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
        (Self { outgoing, incoming }, FarEnd { outgoing: sent, incoming: happened })
    }

    /// Hands bytes over, in order. Lost if the far end is gone; [`next`](Self::next) says so.
    pub fn send(&self, bytes: Bytes) {
        // An error means that the far end was dropped, which `next` reports as closed.
        let _ = self.outgoing.unbounded_send(bytes);
    }

    /// Waits for what happens next.
    pub async fn next(&mut self) -> LinkEvent {
        self.incoming.next().await.unwrap_or(LinkEvent::Closed(LinkEnd::Vanished))
    }
}
