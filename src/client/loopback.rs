//! The simulated platform inside the page, behind links like any other.
//!
//! Devices reach it by bytes only; its console (the platform panel) by [`Request`]s.

use std::collections::HashMap;
use std::rc::Rc;

use bytes::Bytes;
use futures::channel::mpsc::UnboundedSender;
use futures::stream::{Fuse, SelectAll};
use futures::{FutureExt, Stream, StreamExt, select_biased, stream};
use onenet::rules::Readings;
use onenet::studio::ThingModel;
use onenet::sys::{self, ProductId};
use simulator::{
    CommandOptions, ConnectionId, Faults, Platform, Scope, Strike, SysDevice, SysProduct, Transmit,
};
use uuid::Builder;

use crate::client::link::{FarEnd, LinkEvent};
use crate::client::world::{Emit, World};
use crate::connect::{LinkEnd, demo_devices};
use crate::platform::{Happening, Order, Snapshot, Standing, perform};
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
    /// The console asks for something else to be done with a device (reference §2.4, §3.2).
    Order {
        /// The device.
        device_id: String,
        /// What.
        order: Order,
    },
    /// From now on the platform counts what devices with tokens do (reference §2.3), or does not.
    EnforceRates(bool),
    /// Devices of this product are about to log in, as devices of this platform: its ID does not say that on the
    /// real one either.
    Expect(ProductId, sys::Platform),
    /// The thing model of the product that was expected last, as far as there is one.
    Model(Option<Rc<ThingModel>>),
}

/// Runs the platform until the sender of `requests` is dropped.
pub async fn host(world: World, requests: impl Stream<Item = Request> + Unpin, emit: Emit) {
    let utc = (world.wall)().to_utc();
    let mut platform = Platform::new(simulator::Options::default(), (world.now)(), utc);
    for (device, key) in demo_devices() {
        // There is room for the first few. Any other device is let in, too, with its signature unchecked.
        let _ = platform.register_device(SysDevice { device, key }, (world.now)());
    }
    let (ends, inputs, standing) = (HashMap::new(), SelectAll::new(), Standing::default());
    let mut host = Host { world, emit, platform, ends, inputs, standing, expected: None, model: None };
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
    /// The product whose devices are about to log in, or have.
    expected: Option<(ProductId, sys::Platform)>,
    /// Its thing model.
    model: Option<Rc<ThingModel>>,
}

type Input = Box<dyn Stream<Item = (ConnectionId, Option<Bytes>)> + Unpin>;

impl Host {
    async fn run(&mut self, requests: impl Stream<Item = Request> + Unpin) {
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

    async fn wait(&mut self, requests: &mut Fuse<impl Stream<Item = Request> + Unpin>) -> Option<Happened> {
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
                // What kept the product from being another platform's may have left.
                self.register();
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
                let id = self.command_id();
                let (body, options) = (Bytes::from(body), CommandOptions::default());
                if let Err(error) = self.platform.send_command(&device_id, &id, body, options, now) {
                    (self.emit)(Action::CommandRefused(error));
                }
            }
            Happened::Request(Request::Order { device_id, order }) => {
                let id = self.command_id();
                let outcome = perform(&mut self.platform, &device_id, order, &id, now);
                (self.emit)(Action::Ordered(outcome));
            }
            Happened::Request(Request::EnforceRates(on)) => self.platform.enforce_rates(on),
            Happened::Request(Request::Expect(product, platform)) => {
                self.expected = Some((product, platform));
                self.register();
            }
            Happened::Request(Request::Model(model)) => {
                self.model = model;
                self.register();
            }
        }
    }

    fn command_id(&self) -> String {
        Builder::from_random_bytes((self.world.random)()).into_uuid().to_string()
    }

    /// Says of the expected product what is known of it.
    fn register(&mut self) {
        let Some((id, platform)) = self.expected.clone() else { return };
        let model = self.model.as_deref().filter(|_| platform == sys::Platform::Studio).cloned();
        // A product in use stays as it is until its devices have left.
        let _ = self.platform.set_product(SysProduct { id, platform, model });
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
