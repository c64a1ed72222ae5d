//! The client's WebSocket, with the three rules that keep its memory fixed: messages are cut while they
//! arrive, nothing is read while a pong waits to be sent, and nothing is sent while something else waits.

use std::future::poll_fn;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;
use tokio_websockets::{Config, Error, Limits, Message, ServerBuilder, WebSocketStream};

use crate::linger::linger;

use super::Ending;
use super::cut::{Cut, MAX_PIECE};

/// The largest frame sent to a client, in bytes.
pub(super) const MAX_FRAME: usize = 16_384;

/// The relay's end of a WebSocket.
pub(super) struct Socket<S> {
    stream: WebSocketStream<Cut<S>>,
    /// Something is queued that the client has not taken yet.
    is_unflushed: bool,
    /// What is queued holds a pong. A client that pings and does not read is not read either, or its pongs
    /// would pile up here.
    owes_pong: bool,
    /// The last flush had to wait.
    is_stalled: bool,
    /// The client has given a sign of life since this was last asked: it sent something, or made room for
    /// what waited.
    is_alive: bool,
    /// The library has given up the stream and queued a close frame in its own words.
    is_broken: bool,
}

/// What happened on a socket.
#[derive(Debug)]
pub(super) enum Heard {
    /// Bytes from the client, never none.
    Bytes(Bytes),
    /// Everything queued is on its way.
    Flushed,
    /// No more will come.
    Ended(Ending),
}

impl<S: AsyncRead + AsyncWrite + Unpin> Socket<S> {
    /// Takes over a connection after its 101.
    pub(super) fn new(io: S) -> Self {
        Self {
            stream: serve(Cut::new(io)),
            is_unflushed: false,
            owes_pong: false,
            is_stalled: false,
            is_alive: true,
            is_broken: false,
        }
    }

    /// Whether [`send`](Self::send) may be called.
    pub(super) fn is_flushed(&self) -> bool {
        !self.is_unflushed
    }

    /// Queues bytes for the client; [`hear`](Self::hear) sends them. At most one message is queued at a time.
    pub(super) fn send(&mut self, bytes: Bytes) {
        self.queue(Message::binary(bytes));
    }

    /// Queues a ping, unless something waits: then the client owes a sign of life anyway.
    pub(super) fn ping(&mut self) {
        if self.is_flushed() {
            self.queue(Message::ping(Bytes::new()));
        }
    }

    /// Whether the client has given a sign of life since the last call.
    pub(super) fn take_sign_of_life(&mut self) -> bool {
        std::mem::replace(&mut self.is_alive, false)
    }

    /// Sends what is queued and waits for what happens next; reads only if it `may_read`. Cancel-safe.
    pub(super) async fn hear(&mut self, may_read: bool) -> Heard {
        poll_fn(|cx| self.poll_heard(cx, may_read)).await
    }

    /// Ends the connection: a close frame if `ending` has a code, then the end of our bytes, then whatever
    /// the client still sends goes unread until it ends too. Closing earlier could reset the connection and
    /// destroy the close frame on its way.
    pub(super) async fn close(mut self, ending: Ending, limit: Duration) {
        if self.is_broken && self.is_flushed() {
            // Only the library's own close frame is queued: leave it behind, ours has the fixed reason.
            self.stream = serve(Cut::new(self.stream.into_inner().into_inner()));
        }
        let farewell = async {
            if let Some(code) = ending.code() {
                // Refused when the library has queued its own close frame, with the same code.
                let _ = self.stream.feed(Message::close(Some(code), ending.reason())).await;
            }
            self.stream.flush().await?;
            linger(self.stream.into_inner().into_inner()).await?;
            Ok::<(), Error>(())
        };
        // Nobody is left to tell about a failure here.
        let _ = timeout(limit, farewell).await;
    }

    fn poll_heard(&mut self, cx: &mut Context<'_>, may_read: bool) -> Poll<Heard> {
        loop {
            if self.is_unflushed {
                match self.stream.poll_flush_unpin(cx) {
                    Poll::Ready(Ok(())) => {
                        self.is_alive |= self.is_stalled;
                        self.is_unflushed = false;
                        self.is_stalled = false;
                        self.owes_pong = false;
                        return Poll::Ready(Heard::Flushed);
                    }
                    Poll::Ready(Err(_)) => return Poll::Ready(Heard::Ended(Ending::ClientGone)),
                    Poll::Pending => self.is_stalled = true,
                }
            }
            if !may_read || self.owes_pong {
                return Poll::Pending;
            }

            let message = match self.stream.poll_next_unpin(cx) {
                Poll::Ready(Some(Ok(message))) => message,
                Poll::Ready(Some(Err(error))) => {
                    self.is_broken = true;
                    return Poll::Ready(Heard::Ended(why(&error)));
                }
                Poll::Ready(None) => return Poll::Ready(Heard::Ended(Ending::ClientGone)),
                Poll::Pending => return Poll::Pending,
            };
            self.is_alive = true;
            if message.is_close() {
                return Poll::Ready(Heard::Ended(Ending::ClientClosed));
            }
            if message.is_text() {
                return Poll::Ready(Heard::Ended(Ending::TextMessage));
            }
            if message.is_ping() {
                self.is_unflushed = true;
                self.owes_pong = true;
            }
            if message.is_binary() && !message.as_payload().is_empty() {
                return Poll::Ready(Heard::Bytes(message.into_payload().into()));
            }
        }
    }

    fn queue(&mut self, message: Message) {
        // Refused only after a close, which the next read reports.
        let _ = self.stream.start_send_unpin(message);
        self.is_unflushed = true;
    }
}

fn serve<S: AsyncRead + AsyncWrite + Unpin>(io: Cut<S>) -> WebSocketStream<Cut<S>> {
    ServerBuilder::new()
        .limits(Limits::default().max_payload_len(Some(MAX_PIECE)))
        .config(Config::default().frame_size(MAX_FRAME))
        .serve(io)
}

fn why(error: &Error) -> Ending {
    match error {
        Error::PayloadTooLong { .. } => Ending::TooBig,
        Error::Io(_) => Ending::ClientGone,
        // Others belong to the handshake, which is over.
        _ => Ending::Protocol,
    }
}
