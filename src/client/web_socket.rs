//! A link over the browser's WebSocket: MQTT over WebSocket as MQTT 3.1.1 §6 has it, binary messages and
//! the subprotocol `mqtt`.

use std::rc::Rc;

use bytes::Bytes;
use futures::channel::mpsc::UnboundedSender;
use futures::channel::oneshot;
use futures::{FutureExt, StreamExt, select_biased};
use gloo::events::EventListener;
use gloo::timers::future::TimeoutFuture;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{BinaryType, CloseEvent, MessageEvent, WebSocket};
use yew::platform::spawn_local;

use crate::client::link::{FarEnd, Link, LinkEvent};
use crate::connect::LinkEnd;

/// Opens a link to a `ws:` or `wss:` address. What goes wrong comes as [`LinkEvent::Closed`].
pub fn open(address: &str) -> Link {
    let (link, far) = Link::pair();
    match WebSocket::new_with_str(address, "mqtt") {
        Ok(socket) => {
            socket.set_binary_type(BinaryType::Arraybuffer);
            let gauge = {
                let socket = socket.clone();
                Rc::new(move || socket.buffered_amount() as usize)
            };
            spawn_local(carry(Closing(socket), far));
            return link.with_gauge(gauge);
        }
        // The address cannot be one, or this page may not use it. The far end is dropped after this.
        Err(_) => report(&far.incoming, LinkEvent::Closed(LinkEnd::Forbidden)),
    }
    link
}

/// Closes the socket when dropped: nothing else keeps the browser from holding it open.
struct Closing(WebSocket);

impl Drop for Closing {
    fn drop(&mut self) {
        // The only errors are about a code and a reason, and none is given.
        let _ = self.0.close();
    }
}

/// Carries bytes both ways until either end is gone. The listeners live as long as this does.
async fn carry(socket: Closing, far: FarEnd) {
    let FarEnd { mut outgoing, incoming } = far;
    let (opened, open) = oneshot::channel::<()>();
    let (closed, close) = oneshot::channel::<()>();
    let mut close = close.fuse();

    let on_open = {
        let incoming = incoming.clone();
        EventListener::once(&socket.0, "open", move |_| {
            report(&incoming, LinkEvent::Opened);
            let _ = opened.send(());
        })
    };
    let on_message = {
        let incoming = incoming.clone();
        EventListener::new(&socket.0, "message", move |event| {
            let data = event.unchecked_ref::<MessageEvent>().data();
            // A text message cannot come: relay and brokers speak binary, and others have no `mqtt`.
            if let Ok(buffer) = data.dyn_into::<ArrayBuffer>() {
                let bytes = Uint8Array::new(&buffer).to_vec();
                report(&incoming, LinkEvent::Bytes(Bytes::from(bytes)));
            }
        })
    };
    let on_close = {
        let socket = socket.0.clone();
        EventListener::once(&socket, "close", move |event| {
            let event = event.unchecked_ref::<CloseEvent>();
            let end = LinkEnd::Closed { code: event.code(), reason: event.reason() };
            report(&incoming, LinkEvent::Closed(end));
            let _ = closed.send(());
        })
    };

    let _listeners = (on_open, on_message, on_close);
    select_biased! {
        _ = open.fuse() => {}
        _ = close => return,
        // The near end may be dropped before the socket opens: then nobody waits for it any longer.
        next = outgoing.next() => match next {
            Some(bytes) => send(&socket.0, &bytes),
            None => return,
        },
    }
    loop {
        select_biased! {
            _ = close => break,
            next = outgoing.next() => match next {
                Some(bytes) => send(&socket.0, &bytes),
                None => {
                    flush(&socket.0).await;
                    break;
                }
            },
        }
    }
}

/// The longest message sent, in bytes. Boundaries mean nothing, and servers take only so much at once.
const MAX_MESSAGE: usize = 64 * 1024;

fn send(socket: &WebSocket, bytes: &[u8]) {
    for message in bytes.chunks(MAX_MESSAGE) {
        // Fails only before the socket is open, and then its close is on the way.
        let _ = socket.send_with_u8_array(message);
    }
}

/// Lets the last bytes leave before the socket closes. Bounded: a relay that reads no more would keep
/// them for ever.
async fn flush(socket: &WebSocket) {
    for _ in 0..50 {
        if socket.buffered_amount() == 0 {
            return;
        }
        TimeoutFuture::new(10).await;
    }
}

fn report(incoming: &UnboundedSender<LinkEvent>, event: LinkEvent) {
    // An error means that nobody listens any longer.
    let _ = incoming.unbounded_send(event);
}
