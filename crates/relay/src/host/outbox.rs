//! What the platform has said to one device and the device has not taken yet: whole frames, bounded. The
//! platform's task never waits on it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::{Bytes, BytesMut};
use tokio::sync::Notify;

/// How far a device may lag behind, in bytes, before it is dropped. It is what the platform may say at once
/// to a device that does read: the messages kept for its login and those retained for its subscription,
/// 256 KiB each at most (`simulator::Limits`). Below it are the socket's own buffers, so a device that lags
/// further does not read. With many of them memory grows by this for each.
const CAPACITY: usize = 524_288;

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
    is_closed: bool,
}

impl Outbox {
    /// Adds a frame.
    pub(super) fn push(&self, frame: &[u8]) -> Result<(), Full> {
        let mut state = self.lock();
        if state.taken + state.bytes.len() + frame.len() > CAPACITY {
            return Err(Full);
        }
        state.bytes.extend_from_slice(frame);
        drop(state);
        self.shared.changed.notify_one();
        Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

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
