//! The simulated platform inside the page, behind links like any other.
//!
//! Devices reach it by bytes only; its console (the platform panel) by [`Request`]s.

use std::collections::HashMap;

use bytes::Bytes;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender};
use futures::stream::{Fuse, SelectAll};
use futures::{FutureExt, Stream, StreamExt, select_biased, stream};
use onenet::rules::Readings;
use simulator::{CommandOptions, ConnectionId, Faults, Platform, Scope, Strike, Transmit};
use uuid::Builder;

use crate::client::link::{FarEnd, LinkEvent};
use crate::client::world::{Emit, World};
use crate::connect::LinkEnd;
use crate::platform::{Happening, Snapshot, Standing};
use crate::state::Action;

/// What the page asks of the platform inside it.
#[derive(Debug)]
pub enum Request {
    /// A device connects over this link.
    Open(FarEnd),
    /// The platform follows these readings from now on.
    Follow(Readings),
    /// From now on this goes wrong on purpose, and nothing else.
    SetFaults(Faults),
    /// Something goes wrong now, with every connection.
    Strike(Strike),
    /// The console sends a command to a device (reference §1.8).
    SendCommand {
        /// The device it is for.
        device_id: String,
        /// Its body, as typed.
        body: String,
    },
}

/// Runs the platform until the sender of `requests` is dropped.
pub async fn host(world: World, requests: UnboundedReceiver<Request>, emit: Emit) {
    let utc = (world.wall)().to_utc();
    let platform = Platform::new(simulator::Options::default(), (world.now)(), utc);
    let (ends, inputs, standing) = (HashMap::new(), SelectAll::new(), Standing::default());
    let mut host = Host { world, emit, platform, ends, inputs, standing };
    host.run(requests).await;
}

struct Host {
    world: World,
    emit: Emit,
    platform: Platform,
    /// Where the bytes for each connection go.
    ends: HashMap<ConnectionId, UnboundedSender<LinkEvent>>,
    /// What arrives on every connection; `None` is its end.
    inputs: SelectAll<Input>,
    /// What was told of what changes without an event.
    standing: Standing,
}

type Input = Box<dyn Stream<Item = (ConnectionId, Option<Bytes>)> + Unpin>;

impl Host {
    async fn run(&mut self, requests: UnboundedReceiver<Request>) {
        let mut requests = requests.fuse();
        loop {
            // 1. Everything the platform wants to say, to devices and to the page.
            self.transmit();
            self.tell();
            // 2. One thing that happens.
            let Some(happened) = self.wait(&mut requests).await else { return };
            // 3. Hand it over.
            self.handle(happened);
        }
    }

    async fn wait(&mut self, requests: &mut Fuse<UnboundedReceiver<Request>>) -> Option<Happened> {
        let deadline = self.platform.poll_timeout();
        let timeout = self.world.sleep_until(deadline).fuse();
        futures::pin_mut!(timeout);
        select_biased! {
            request = requests.next() => request.map(Happened::Request),
            input = self.inputs.select_next_some() => Some(Happened::Input(input.0, input.1)),
            () = timeout => Some(Happened::Timeout),
        }
    }

    fn handle(&mut self, happened: Happened) {
        let now = (self.world.now)();
        // A computer may have slept, or its clock been put right.
        self.platform.set_clock(now, (self.world.wall)().to_utc());
        match happened {
            Happened::Timeout => self.platform.handle_timeout(now),
            Happened::Input(connection, Some(bytes)) => self.platform.handle_input(connection, &bytes, now),
            Happened::Input(connection, None) => {
                self.ends.remove(&connection);
                self.platform.handle_close(connection, now);
            }
            Happened::Request(Request::Open(far)) => {
                let connection = self.platform.handle_open(now);
                let _ = far.incoming.unbounded_send(LinkEvent::Opened);
                self.ends.insert(connection, far.incoming);
                let bytes = far.outgoing.map(move |bytes| (connection, Some(bytes)));
                let end = stream::once(futures::future::ready((connection, None)));
                self.inputs.push(Box::new(bytes.chain(end)));
            }
            Happened::Request(Request::Follow(readings)) => self.platform.follow(readings),
            Happened::Request(Request::SetFaults(faults)) => {
                // The platform is no device that could be unknown.
                let _ = self.platform.set_faults(&Scope::Platform, faults);
            }
            Happened::Request(Request::Strike(strike)) => {
                let _ = self.platform.strike(&Scope::Platform, strike, now);
            }
            Happened::Request(Request::SendCommand { device_id, body }) => {
                let id = Builder::from_random_bytes((self.world.random)()).into_uuid().to_string();
                let (body, options) = (Bytes::from(body), CommandOptions::default());
                if let Err(error) = self.platform.send_command(&device_id, &id, body, options, now) {
                    (self.emit)(Action::CommandRefused(error));
                }
            }
        }
    }

    fn transmit(&mut self) {
        while let Some((connection, transmit)) = self.platform.poll_transmit() {
            // A link that is gone has said so in `inputs`, or will.
            match transmit {
                Transmit::Frame(bytes) | Transmit::Chunk(bytes) => {
                    if let Some(end) = self.ends.get(&connection) {
                        let _ = end.unbounded_send(LinkEvent::Bytes(bytes));
                    }
                }
                Transmit::Close => {
                    if let Some(end) = self.ends.remove(&connection) {
                        let _ = end.unbounded_send(LinkEvent::Closed(LinkEnd::HungUp));
                    }
                }
            }
        }
    }

    fn tell(&mut self) {
        let standing = Standing::of(&self.platform);
        let mut changed = standing != self.standing;
        self.standing = standing;
        while let Some(event) = self.platform.poll_event() {
            changed = true;
            if let Some(happening) = Happening::of(event) {
                (self.emit)(Action::PlatformTold { at: (self.world.wall)(), happening });
            }
        }
        if changed {
            (self.emit)(Action::PlatformChanged(Snapshot::of(&self.platform)));
        }
    }
}

enum Happened {
    Request(Request),
    Input(ConnectionId, Option<Bytes>),
    Timeout,
}
