//! Whether the browser says that there is a network.

use std::future::ready;

use futures::StreamExt;
use futures::channel::mpsc::unbounded;
use futures::stream::{self, LocalBoxStream};
use gloo::events::EventListener;
use gloo::utils::window;

/// What it says now, and at every change. It listens as long as the stream lives.
pub(super) fn network() -> LocalBoxStream<'static, bool> {
    let (changes, changed) = unbounded();
    let listen = |event, online| {
        let changes = changes.clone();
        // Fails only when the stream is being dropped.
        EventListener::new(&window(), event, move |_| drop(changes.unbounded_send(online)))
    };
    let listeners = [listen("online", true), listen("offline", false)];
    let changed = stream::unfold((changed, listeners), async |(mut changed, listeners)| {
        Some((changed.next().await?, (changed, listeners)))
    });
    stream::once(ready(window().navigator().on_line())).chain(changed).boxed_local()
}
