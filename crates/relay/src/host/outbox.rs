//! What the platform has said to one device and the device has not taken yet: bytes, bounded, and where a fault
//! has cut them. The platform's task never waits on it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::{Bytes, BytesMut};
use tokio::sync::Notify;

/// How far a device may lag behind, in bytes, before it is dropped. It is what the platform may say at once
/// to a device that does read: what it has not acknowledged, which a fault may say twice, the messages kept for
/// its login and those retained for its subscription, 256 KiB each at most (`simulator::Limits`), and its
/// commands, which come until it [lags](LAG): that and one of 64 KiB more. The rest is for answers. Below it are
/// the socket's own buffers, so a device that lags further does not read. With many of them memory grows by this
/// for each.
const CAPACITY: usize = 1_310_720;

/// How many chunks are kept apart at once; more go out joined. A frame is cut into 64 at most, and what MQTT has
/// to stand is shown with the first of them.
const MAX_APART: usize = 1_024;

/// From how many bytes on a device gets no more commands until it has taken some.
const LAG: usize = 65_536;

/// The device lags too far behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Full;

/// Both ends of the queue; the platform's task pushes, the device's connection takes.
#[derive(Debug, Clone, Default)]
pub(super) struct Outbox {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    /// At most one task waits: the connection.
    changed: Notify,
}

#[derive(Debug, Default)]
struct State {
    /// Waits to be taken.
    bytes: BytesMut,
    /// How many of these bytes are to be taken at once, and then how many more; at last those that are left.
    apart: VecDeque<usize>,
    /// The sum of them.
    apart_bytes: usize,
    /// Length of what was taken last: it is being written, and counts as lag until the next is taken.
    taken: usize,
    /// Somebody waits to be told that the device has caught up.
    is_awaited: bool,
    is_closed: bool,
}

impl Outbox {
    /// Adds a frame. It may be taken together with others.
    pub(super) fn push(&self, frame: &[u8]) -> Result<(), Full> {
        self.add(frame, |_| {})
    }

    /// Adds a chunk, which is taken alone, unless there are [too many](MAX_APART).
    pub(super) fn push_apart(&self, chunk: &[u8]) -> Result<(), Full> {
        self.add(chunk, |state| state.close_piece(chunk.len()))
    }

    fn add(&self, bytes: &[u8], then: impl FnOnce(&mut State)) -> Result<(), Full> {
        let mut state = self.lock();
        if state.lag() + bytes.len() > CAPACITY {
            return Err(Full);
        }
        state.bytes.extend_from_slice(bytes);
        then(&mut state);
        drop(state);
        self.shared.changed.notify_one();
        Ok(())
    }

    /// Whether the device should get no more commands now. If so, [`written`](Self::written) will say when
    /// that is over.
    pub(super) fn lags(&self) -> bool {
        let mut state = self.lock();
        state.is_awaited = state.lag() > LAG;
        state.is_awaited
    }

    /// Notes that what was taken last has been written. Whether the device has caught up, and somebody waits
    /// to be told.
    pub(super) fn written(&self) -> bool {
        let mut state = self.lock();
        state.taken = 0;
        state.lag() <= LAG && std::mem::take(&mut state.is_awaited)
    }

    /// Says that nothing more will come. What is queued can still be taken.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.shared.changed.notify_one();
    }

    /// Waits for bytes and takes as many as may go out at once; `None` at the end. What was taken before has been
    /// written by then. Cancel-safe.
    pub(super) async fn take(&self) -> Option<Bytes> {
        loop {
            {
                let mut state = self.lock();
                let piece = state.take_piece();
                state.taken = piece.len();
                if !piece.is_empty() {
                    return Some(piece);
                }
                if state.is_closed {
                    return None;
                }
            }
            self.shared.changed.notified().await;
        }
    }

    /// Waits until nothing more will come. Cancel-safe.
    pub(super) async fn closed(&self) {
        while !self.lock().is_closed {
            self.shared.changed.notified().await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics while holding it.
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn lag(&self) -> usize {
        self.taken + self.bytes.len()
    }

    /// Keeps the last bytes apart from those before and those that will follow.
    fn close_piece(&mut self, length: usize) {
        if self.apart.len() + 1 >= MAX_APART {
            return;
        }
        let before = self.bytes.len() - self.apart_bytes - length;
        self.apart.extend([before, length].into_iter().filter(|length| *length > 0));
        self.apart_bytes = self.bytes.len();
    }

    fn take_piece(&mut self) -> Bytes {
        match self.apart.pop_front() {
            Some(length) => {
                self.apart_bytes -= length;
                self.bytes.split_to(length).freeze()
            }
            None => std::mem::take(&mut self.bytes).freeze(),
        }
    }
}

#[cfg(test)]
mod tests {
    use simulator::{Limits, MAX_COMMAND_BODY};

    use super::*;

    #[test]
    fn has_room_for_what_the_platform_may_say_at_once() {
        let limits = Limits::default();
        // A topic has at most 1,030 bytes.
        let commands = LAG + MAX_COMMAND_BODY + 2_048;
        let answers = 65_536;
        // What is resent at the login, every message of it twice where a fault says so.
        let resent = 2 * limits.in_flight_bytes;
        assert!(resent + limits.kept_bytes + limits.retained_bytes + commands + answers <= CAPACITY);
    }

    #[tokio::test]
    async fn keeps_chunks_apart_from_what_is_around_them() {
        let outbox = Outbox::default();
        outbox.push(b"ab").unwrap();
        outbox.push(b"cd").unwrap();
        outbox.push_apart(b"e").unwrap();
        outbox.push_apart(b"f").unwrap();
        outbox.push(b"gh").unwrap();
        outbox.push(b"ij").unwrap();
        outbox.close();
        let mut taken = Vec::new();
        while let Some(bytes) = outbox.take().await {
            taken.push(bytes);
        }
        assert_eq!(taken, ["abcd", "e", "f", "ghij"]);
    }

    #[tokio::test]
    async fn joins_chunks_that_are_too_many_to_be_kept_apart() {
        let outbox = Outbox::default();
        for _ in 0..10 * MAX_APART {
            outbox.push_apart(b"x").unwrap();
        }
        outbox.close();
        let mut sizes = Vec::new();
        while let Some(bytes) = outbox.take().await {
            sizes.push(bytes.len());
        }
        assert_eq!((sizes.len(), sizes.iter().sum::<usize>()), (MAX_APART, 10 * MAX_APART));
    }

    #[tokio::test]
    async fn says_once_that_a_device_has_caught_up() {
        let outbox = Outbox::default();
        outbox.push(&[0; LAG]).unwrap();
        assert!(!outbox.lags());
        outbox.push(b"x").unwrap();
        assert!(outbox.lags());

        // What has been taken is not written yet, and more has come.
        outbox.take().await.unwrap();
        assert!(outbox.lags());
        outbox.push(&[0; LAG + 1]).unwrap();
        assert!(!outbox.written());
        outbox.take().await.unwrap();
        assert!(outbox.written());
        outbox.push(b"x").unwrap();
        outbox.take().await.unwrap();
        assert!(!outbox.written(), "nobody waits");
    }

    #[tokio::test]
    async fn gives_what_was_queued_before_its_end() {
        let outbox = Outbox::default();
        outbox.push(b"ab").unwrap();
        outbox.push(b"cd").unwrap();
        outbox.close();
        assert_eq!(outbox.take().await.as_deref(), Some(&b"abcd"[..]));
        assert_eq!(outbox.take().await, None);
        outbox.closed().await;
    }

    #[tokio::test]
    async fn refuses_more_than_a_device_may_lag() {
        let outbox = Outbox::default();
        outbox.push(&vec![0; CAPACITY]).unwrap();
        assert_eq!(outbox.push(b"x"), Err(Full));

        // What has been taken is not written yet.
        outbox.take().await.unwrap();
        assert_eq!(outbox.push(b"x"), Err(Full));
        tokio::select! {
            biased;
            _ = outbox.take() => unreachable!("nothing is queued"),
            () = std::future::ready(()) => {}
        }
        assert_eq!(outbox.push(b"x"), Ok(()));
    }
}
