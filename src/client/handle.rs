//! What views call.

use std::rc::Rc;

use futures::StreamExt;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures::future::LocalBoxFuture;
use futures::stream::{self, LocalBoxStream};
use onenet::rules::Readings;
use onenet::studio::ThingModel;
use onenet::sys::ProductId;
use session::Qos;
use simulator::{Faults, Strike};
use yew::platform::spawn_local;

use crate::browser;
use crate::client::dialer::Dialer;
use crate::client::driver::{Command, drive};
use crate::client::loopback::{Request, host};
use crate::client::probe::{Trial, probe};
use crate::client::raw::Raw;
use crate::client::world::{Emit, World};
use crate::connect::{Place, Target};
use crate::feed::AutoReply;
use crate::part::part;
use crate::platform::Order;
use crate::upload::Upload;

/// Asks the loops to do something. Cheap to clone; what happened comes back as actions.
#[derive(Debug, Clone)]
pub struct Client {
    commands: UnboundedSender<Command>,
    requests: UnboundedSender<Request>,
    trials: UnboundedSender<Trial>,
}

impl PartialEq for Client {
    /// Two handles are the same when they reach the same loops.
    fn eq(&self, other: &Self) -> bool {
        self.commands.same_receiver(&other.commands)
    }
}

impl Client {
    /// A handle to loops that read these commands, requests and trials.
    pub fn new(
        commands: UnboundedSender<Command>,
        requests: UnboundedSender<Request>,
        trials: UnboundedSender<Trial>,
    ) -> Self {
        Self { commands, requests, trials }
    }

    /// Logs in, leaving whatever was connected before.
    pub fn connect(&self, target: Target) {
        if let (Place::InPage, Some(platform)) = (&target.place, target.generation.platform())
            && let Ok(product) = ProductId::parse(&target.login.username)
        {
            // Whoever makes a product says on which platform: its ID does not.
            self.request(Request::Expect(product, platform));
        }
        self.command(Command::Connect(Box::new(target)));
    }

    /// Ends the pause before the next try.
    pub fn try_now(&self) {
        self.command(Command::TryNow);
    }

    /// Takes leave, or stops trying.
    pub fn disconnect(&self) {
        self.command(Command::Disconnect);
    }

    /// Publishes. At QoS 1 and 2 also before the login, if one is wanted.
    pub fn upload(&self, upload: Upload) {
        self.command(Command::Upload(upload));
    }

    /// Takes back an upload that was not sent: one of the present device, or one that was left with the device that
    /// `left` names.
    pub fn give_up(&self, left: Option<String>, packet_id: u16) {
        self.command(Command::GiveUp { left, packet_id });
    }

    /// Keeps unsent uploads on this computer from now on, or forgets them and keeps none.
    pub fn keep(&self, keeps: bool) {
        self.command(Command::Keep(keeps));
    }

    /// Forgets the uploads that wait for another device.
    pub fn discard(&self, key: String) {
        self.command(Command::Discard(key));
    }

    /// Subscribes now and after every login: messages arrive at `qos` at most.
    pub fn subscribe_at(&self, filter: String, qos: Qos) {
        self.command(Command::Subscribe(filter, qos));
    }

    /// Takes a subscription back.
    pub fn unsubscribe(&self, filter: String) {
        self.command(Command::Unsubscribe(filter));
    }

    /// Answers messages by itself from now on.
    pub fn reply(&self, replies: Vec<AutoReply>) {
        self.command(Command::Reply(replies));
    }

    /// Subscribes right after every login to all that the platform tells this device, or does not.
    pub fn hear_all(&self, hears: bool) {
        self.command(Command::HearAll(hears));
    }

    /// Sends bytes as they are over the present connection. Nothing is sent while no login is accepted.
    pub fn compose(&self, raw: Raw) {
        self.command(Command::Compose(raw));
    }

    /// Sends bytes as the first thing over a connection of their own, which ends the probe before.
    pub fn probe(&self, place: Place, raw: Raw) {
        // The loop lives as long as the page.
        let _ = self.trials.unbounded_send(Trial { place, raw });
    }

    /// Lets the platform in this page follow these readings.
    pub fn follow(&self, readings: Readings) {
        self.request(Request::Follow(readings));
    }

    /// Lets this go wrong on purpose with the platform in this page, and nothing else.
    pub fn set_faults(&self, faults: Faults) {
        self.request(Request::SetFaults(faults));
    }

    /// Lets something go wrong now with every connection to the platform in this page.
    pub fn strike(&self, strike: Strike) {
        self.request(Request::Strike(strike));
    }

    /// Lets the platform in this page send a command to one of its devices.
    pub fn send_command(&self, device_id: String, body: String) {
        self.request(Request::SendCommand { device_id, body });
    }

    /// Lets the platform in this page do something with a device that logs in with tokens.
    pub fn order(&self, device_id: String, order: Order) {
        self.request(Request::Order { device_id, order });
    }

    /// Lets the platform in this page count what devices with tokens do, and ban those that do too much; or not.
    pub fn enforce_rates(&self, on: bool) {
        self.request(Request::EnforceRates(on));
    }

    /// Tells the platform in this page the thing model of the product that devices log in with, or that there is none.
    pub fn follow_model(&self, model: Option<Rc<ThingModel>>) {
        self.request(Request::Model(model));
    }

    /// Starts the loops. They end with the page; what happens in them is emitted.
    pub fn start(emit: Emit) -> Self {
        let (commands, to_driver) = unbounded();
        let (requests, to_host) = unbounded();
        let (trials, to_probe) = unbounded();
        let world = browser::world();
        let dialer = Dialer::new(world.clone(), requests.clone(), emit.clone());
        spawn_local(host_when_here(world.clone(), to_host, emit.clone()));
        spawn_local(drive(world.clone(), to_driver, dialer.clone(), emit.clone()));
        spawn_local(probe(world, to_probe, dialer, emit));
        Self::new(commands, requests, trials)
    }

    fn request(&self, request: Request) {
        // The loops live as long as the page.
        let _ = self.requests.unbounded_send(request);
    }

    fn command(&self, command: Command) {
        let _ = self.commands.unbounded_send(command);
    }
}

type Host = fn(World, LocalBoxStream<'static, Request>, Emit) -> LocalBoxFuture<'static, ()>;

part!(
    /// The simulated platform.
    static HOST: Host = platform(|world, requests, emit| Box::pin(host(world, requests, emit)))
);

/// Runs the platform inside the page as soon as it is here. If it cannot be fetched, that is tried again whenever
/// somebody asks for something: who wanted to connect finds their link gone.
async fn host_when_here(world: World, mut requests: UnboundedReceiver<Request>, emit: Emit) {
    let mut early = Vec::new();
    let host = loop {
        if let Ok(host) = HOST.load().await {
            break host;
        }
        match requests.next().await {
            Some(Request::Open(_)) => {}
            Some(request) => early.push(request),
            None => return,
        }
    };
    host(world, stream::iter(early).chain(requests).boxed_local(), emit).await;
}
