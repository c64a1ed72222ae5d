//! A page without a browser: its loops on one thread, its time in our hands.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use bytes::Bytes;
use futures::channel::mpsc::{UnboundedSender, unbounded};
use futures::executor::LocalPool;
use futures::task::LocalSpawnExt;
use futures::{FutureExt, StreamExt};
use onenet::Timestamp;
use onenet_web::client::{Client, Dialer, FarEnd, Link, LinkEvent, Raw, Request, drive, host, probe};
use onenet_web::connect::{ConnectForm, Destination, PageAddress, Status, Target};
use onenet_web::locale::Language;
use onenet_web::state::{Action, State};
use onenet_web::upload::{Fate, Tally, UploadForm};
use session::Qos;
use time::OffsetDateTime;
use web_time::Instant;

use super::computer::Computer;

/// A running page.
pub struct Stage {
    pool: LocalPool,
    computer: Rc<Computer>,
    state: Rc<RefCell<State>>,
    statuses: Rc<RefCell<Vec<String>>>,
    /// What a view would call.
    pub client: Client,
}

impl Stage {
    /// A page whose link to the platform inside it is cut into chunks of these sizes, again and again.
    pub fn with_cuts(cuts: &[usize]) -> Self {
        Self::open(&Computer::new(), cuts)
    }

    /// A page, or another one, of this computer.
    pub fn at(computer: &Rc<Computer>) -> Self {
        Self::open(computer, &[usize::MAX])
    }

    fn open(computer: &Rc<Computer>, cuts: &[usize]) -> Self {
        let pool = LocalPool::new();
        let spawner = pool.spawner();
        let state = Rc::new(RefCell::new(State::new(Language::English, PageAddress::default())));
        let statuses = Rc::new(RefCell::new(Vec::new()));
        let world = computer.world();
        let emit: Rc<dyn Fn(Action)> = {
            let (state, statuses) = (state.clone(), statuses.clone());
            Rc::new(move |action| {
                if let Action::Changed(status) = &action {
                    statuses.borrow_mut().push(short(status));
                }
                state.borrow_mut().apply(action);
            })
        };
        let (commands, to_driver) = unbounded();
        let (requests, mut to_cutter) = unbounded();
        let (cut_requests, to_host) = unbounded();
        spawner.spawn_local(host(world.clone(), to_host, emit.clone())).unwrap();
        let (trials, to_probe) = unbounded();
        let dialer = Dialer::new(world.clone(), requests.clone(), emit.clone());
        spawner.spawn_local(drive(world.clone(), to_driver, dialer.clone(), emit.clone())).unwrap();
        spawner.spawn_local(probe(world, to_probe, dialer, emit)).unwrap();
        let (cuts, links) = (cuts.to_vec(), spawner.clone());
        let cutter = async move {
            while let Some(request) = to_cutter.next().await {
                let request = match request {
                    Request::Open(far) => {
                        let (near, cut_far) = Link::pair();
                        links.spawn_local(cut(near, far, cuts.clone())).unwrap();
                        Request::Open(cut_far)
                    }
                    other => other,
                };
                let _ = cut_requests.unbounded_send(request);
            }
        };
        spawner.spawn_local(cutter).unwrap();

        let client = Client::new(commands, requests, trials);
        let mut stage = Self { pool, computer: computer.clone(), state, statuses, client };
        stage.settle();
        stage
    }

    /// A page whose links keep their chunks.
    pub fn new() -> Self {
        Self::with_cuts(&[usize::MAX])
    }

    /// Lets everything happen that happens without time passing.
    pub fn settle(&mut self) {
        self.pool.run_until_stalled();
    }

    /// Lets time pass, and everything happen on the way.
    pub fn pass(&mut self, duration: Duration) {
        let end = self.computer.clock.elapsed.get() + duration;
        self.settle();
        while self.computer.clock.advance(end) {
            self.settle();
        }
        self.settle();
    }

    /// Goes to the next timer before `end`, or to `end`. Whether there was one.
    pub fn advance(&mut self, end: Duration) -> bool {
        let was_timer = self.computer.clock.advance(end);
        self.settle();
        was_timer
    }

    /// How much time has passed.
    pub fn elapsed(&self) -> Duration {
        self.computer.clock.elapsed.get()
    }

    pub fn now(&self) -> Instant {
        self.computer.now()
    }

    pub fn wall(&self) -> OffsetDateTime {
        self.computer.wall()
    }

    /// The far end of the link that was opened last, if it is not taken.
    pub fn dialled(&self) -> Option<FarEnd> {
        self.computer.dialled()
    }

    /// Logs in at the platform on the network.
    pub fn connect_to_server(&mut self, clean_session: bool) {
        self.connect(|form| {
            form.destination = Destination::Address;
            form.address = "ws://relay.example/mqtt/onenet".to_owned();
            form.clean_session = clean_session;
            form.upload_first = false;
        });
    }

    /// Uploads a value to the stream `n`.
    pub fn upload(&mut self, value: u64, qos: Qos) {
        let mut form = UploadForm { qos, ..UploadForm::default() };
        form.rows[0].stream = "n".to_owned();
        form.rows[0].value = value.to_string();
        let upload = form.parse(Timestamp::from_utc(self.wall().to_utc())).unwrap();
        self.act(|client| client.upload(upload));
    }

    /// Subscribes at QoS 1.
    pub fn subscribe(&mut self, filter: &str) {
        self.act(|client| client.subscribe_at(filter.to_owned(), Qos::AtLeastOnce));
    }

    /// Does something as a person would and lets its consequences happen.
    pub fn act(&mut self, act: impl FnOnce(&Client)) {
        act(&self.client);
        self.settle();
    }

    /// Edits the login form and presses *connect*.
    pub fn connect(&mut self, edit: impl FnOnce(&mut ConnectForm)) {
        self.connect_with(edit, |_| {});
    }

    /// The same with a target that no form makes.
    pub fn connect_with(&mut self, edit: impl FnOnce(&mut ConnectForm), change: impl FnOnce(&mut Target)) {
        let mut form = ConnectForm::default();
        edit(&mut form);
        let mut target = form.parse(&PageAddress::default(), &self.state().upload).unwrap();
        change(&mut target);
        self.act(|client| client.connect(target));
    }

    /// Presses *connect* for an address that the test answers: see [`answer`](Self::answer).
    pub fn connect_elsewhere(&mut self) {
        self.connect(|form| {
            form.destination = Destination::Address;
            form.address = "ws://relay.example/mqtt/onenet".to_owned();
        });
    }

    /// The far end of the link that was opened last.
    pub fn answer(&mut self) -> FarEnd {
        self.computer.dialled().expect("a link was opened")
    }

    /// What the page shows.
    pub fn state(&self) -> std::cell::Ref<'_, State> {
        self.state.borrow()
    }

    /// Changes what the page shows, as a view would.
    pub fn apply(&mut self, action: Action) {
        self.state.borrow_mut().apply(action);
    }

    /// How the connection stood since this was last asked.
    pub fn statuses(&self) -> Vec<String> {
        std::mem::take(&mut self.statuses.borrow_mut())
    }

    /// What became of the uploads, oldest first.
    pub fn fates(&self) -> Vec<&'static str> {
        let state = self.state();
        let mut fates: Vec<_> = state.outbox.newest_first().map(|item| item.fate.key()).collect();
        fates.reverse();
        fates
    }

    /// Whether every upload is acknowledged.
    pub fn all_acknowledged(&self) -> bool {
        self.state().outbox.newest_first().all(|item| matches!(item.fate, Fate::Acknowledged(_)))
    }

    /// The counts that the page shows, which are exact.
    pub fn tally(&self) -> Tally {
        let tally = self.state().outbox.progress().tally;
        assert!(tally.is_exact(), "{tally:?}");
        tally
    }
}

/// Says that the link is open, reads the CONNECT and answers it with a CONNACK of `code`.
pub fn accept(stage: &mut Stage, far: &mut FarEnd, code: u8) {
    say(far, LinkEvent::Opened);
    stage.settle();
    let connect = hear(far).expect("CONNECT is said first");
    assert_eq!(connect[0], 0x10);
    say(far, LinkEvent::Bytes(Bytes::copy_from_slice(&[0x20, 2, 0, code])));
    stage.settle();
}

/// Lets something happen at the far end.
pub fn say(far: &FarEnd, event: LinkEvent) {
    far.incoming.unbounded_send(event).expect("the near end listens");
}

/// The next bytes that arrived at the far end.
pub fn hear(far: &mut FarEnd) -> Option<Bytes> {
    far.outgoing.take_next()
}

/// Carries bytes both ways in chunks of other sizes.
async fn cut(mut near: Link, far: FarEnd, cuts: Vec<usize>) {
    let FarEnd { mut outgoing, incoming } = far;
    let mut sizes = cuts.into_iter().cycle();
    loop {
        futures::select_biased! {
            bytes = outgoing.next() => match bytes {
                Some(bytes) => pieces(bytes, &mut sizes).for_each(|piece| near.send(piece)),
                None => return,
            },
            event = near.next().fuse() => match event {
                LinkEvent::Bytes(bytes) => {
                    pieces(bytes, &mut sizes).for_each(|piece| forward(&incoming, LinkEvent::Bytes(piece)));
                }
                LinkEvent::Closed(end) => return forward(&incoming, LinkEvent::Closed(end)),
                LinkEvent::Opened => forward(&incoming, LinkEvent::Opened),
            },
        }
    }
}

fn forward(incoming: &UnboundedSender<LinkEvent>, event: LinkEvent) {
    let _ = incoming.unbounded_send(event);
}

fn pieces(mut bytes: Bytes, sizes: &mut impl Iterator<Item = usize>) -> impl Iterator<Item = Bytes> {
    std::iter::from_fn(move || {
        let size = sizes.next()?.clamp(1, bytes.len().max(1));
        (!bytes.is_empty()).then(|| bytes.split_to(size))
    })
}

/// Bytes that a person wrote, none of them secret.
pub fn openly(bytes: Bytes) -> Raw {
    Raw { bytes, secret: false }
}

fn short(status: &Status) -> String {
    match status {
        Status::Offline(None) => "offline".to_owned(),
        Status::Offline(Some(ending)) => format!("offline: {}", (Language::English.front().ending)(ending)),
        Status::Opening => "opening".to_owned(),
        Status::LoggingIn => "logging in".to_owned(),
        Status::Online { .. } => "online".to_owned(),
        Status::NoNetwork { .. } => "no network".to_owned(),
        Status::InAnotherTab => "in another tab".to_owned(),
        Status::Waiting { seconds, .. } => format!("waiting {seconds}"),
    }
}
