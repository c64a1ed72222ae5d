//! What the platform has said to one device and the device has not taken yet: whole frames, bounded. The
//! platform's task never waits on it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::{Bytes, BytesMut};
use tokio::sync::Notify;

/// How far a device may lag behind, in bytes, before it is dropped. It is what the platform may say at once
/// to a device that does read: the messages kept for its login and those retained for its subscription,
/// 256 KiB each at most (`simulator::Limits`), and its commands, which come until it [lags](LAG): that and
/// one of 64 KiB more. The rest is for answers. Below it are the socket's own buffers, so a device that lags
/// further does not read. With many of them memory grows by this for each.
const CAPACITY: usize = 786_432;

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
    /// Length of what was taken last: it is being written, and counts as lag until the next is taken.
    taken: usize,
    /// Somebody waits to be told that the device has caught up.
    is_awaited: bool,
    is_closed: bool,
}

impl Outbox {
    /// Adds a frame.
    pub(super) fn push(&self, frame: &[u8]) -> Result<(), Full> {
        let mut state = self.lock();
        if state.lag() + frame.len() > CAPACITY {
            return Err(Full);
        }
        state.bytes.extend_from_slice(frame);
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

    /// Waits for bytes and takes all of them; `None` at the end. What was taken before has been written by
    /// then. Cancel-safe.
    pub(super) async fn take(&self) -> Option<Bytes> {
        loop {
            {
                let mut state = self.lock();
                state.taken = state.bytes.len();
                if !state.bytes.is_empty() {
                    return Some(std::mem::take(&mut state.bytes).freeze());
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
        assert!(limits.kept_bytes + limits.retained_bytes + commands + answers <= CAPACITY);
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
