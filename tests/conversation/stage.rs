//! A page without a browser: its loops on one thread, its time in our hands.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use bytes::Bytes;
use futures::channel::mpsc::{UnboundedSender, unbounded};
use futures::channel::oneshot;
use futures::executor::LocalPool;
use futures::future::ready;
use futures::task::LocalSpawnExt;
use futures::{FutureExt, StreamExt, stream};
use onenet_web::client::{
    Claim, Client, Dialer, FarEnd, Link, LinkEvent, Request, World, drive, host, probe,
};
use onenet_web::connect::{ConnectForm, Destination, PageAddress, Status};
use onenet_web::locale::Language;
use onenet_web::state::{Action, State};
use onenet_web::upload::Fate;
use time::OffsetDateTime;
use web_time::Instant;

/// A running page.
pub struct Stage {
    pool: LocalPool,
    clock: Rc<Clock>,
    state: Rc<RefCell<State>>,
    statuses: Rc<RefCell<Vec<String>>>,
    dialled: Rc<RefCell<Vec<(String, FarEnd)>>>,
    /// What a view would call.
    pub client: Client,
}

impl Stage {
    /// A page whose link to the platform inside it is cut into chunks of these sizes, again and again.
    pub fn with_cuts(cuts: &[usize]) -> Self {
        let pool = LocalPool::new();
        let spawner = pool.spawner();
        let clock = Rc::new(Clock::default());
        let state = Rc::new(RefCell::new(State::new(Language::English, PageAddress::default())));
        let statuses = Rc::new(RefCell::new(Vec::new()));
        let dialled = Rc::new(RefCell::new(Vec::new()));

        let world = world(&clock, &dialled);
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
        let mut stage = Self { pool, clock, state, statuses, dialled, client };
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
        let end = self.clock.elapsed.get() + duration;
        self.settle();
        while self.clock.advance(end) {
            self.settle();
        }
        self.settle();
    }

    /// Does something as a person would and lets its consequences happen.
    pub fn act(&mut self, act: impl FnOnce(&Client)) {
        act(&self.client);
        self.settle();
    }

    /// Edits the login form and presses *connect*.
    pub fn connect(&mut self, edit: impl FnOnce(&mut ConnectForm)) {
        let mut form = ConnectForm::default();
        edit(&mut form);
        let target = form.parse(&PageAddress::default(), &self.state().upload).unwrap();
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
        self.dialled.borrow_mut().pop().expect("a link was opened").1
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
    far.outgoing.try_recv().ok()
}

#[derive(Default)]
struct Clock {
    elapsed: Cell<Duration>,
    timers: RefCell<Vec<(Duration, oneshot::Sender<()>)>>,
}

impl Clock {
    fn sleep(&self, duration: Duration) -> oneshot::Receiver<()> {
        let (wake, woken) = oneshot::channel();
        self.timers.borrow_mut().push((self.elapsed.get() + duration, wake));
        woken
    }

    /// Goes to the next timer before `end` and wakes it; at `end`, says that there is none.
    fn advance(&self, end: Duration) -> bool {
        let mut timers = self.timers.borrow_mut();
        timers.retain(|(_, wake)| !wake.is_canceled());
        let next = timers.iter().enumerate().min_by_key(|(_, (at, _))| *at).map(|(index, _)| index);
        match next {
            Some(index) if timers[index].0 <= end => {
                let (at, wake) = timers.swap_remove(index);
                self.elapsed.set(at.max(self.elapsed.get()));
                let _ = wake.send(());
                true
            }
            _ => {
                self.elapsed.set(end);
                false
            }
        }
    }
}

fn world(clock: &Rc<Clock>, dialled: &Rc<RefCell<Vec<(String, FarEnd)>>>) -> World {
    let start = Instant::now();
    let (now, wall, sleep, dialled) = (clock.clone(), clock.clone(), clock.clone(), dialled.clone());
    let count = Cell::new(0u8);
    World {
        now: Rc::new(move || start + now.elapsed.get()),
        wall: Rc::new(move || OffsetDateTime::UNIX_EPOCH + wall.elapsed.get()),
        sleep: Rc::new(move |duration| sleep.sleep(duration).map(drop).boxed_local()),
        // Not random at all, so that pauses are their full length and ids differ.
        random: Rc::new(move || {
            count.set(count.get() + 1);
            let mut bytes = [0; 16];
            bytes[15] = count.get();
            bytes
        }),
        open: Rc::new(move |address| {
            let (link, far) = Link::pair();
            dialled.borrow_mut().push((address.to_owned(), far));
            link
        }),
        load: Rc::new(|_| ready(Ok(Vec::new())).boxed_local()),
        save: Rc::new(|_, _| ready(Ok(())).boxed_local()),
        claim: Rc::new(|_| ready(Some(Claim::new(()))).boxed_local()),
        network: Rc::new(|| stream::once(ready(true)).chain(stream::pending()).boxed_local()),
    }
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

fn short(status: &Status) -> String {
    match status {
        Status::Offline(None) => "offline".to_owned(),
        Status::Offline(Some(ending)) => format!("offline: {}", (Language::English.words().ending)(ending)),
        Status::Opening => "opening".to_owned(),
        Status::LoggingIn => "logging in".to_owned(),
        Status::Online { .. } => "online".to_owned(),
        Status::Waiting { seconds, .. } => format!("waiting {seconds}"),
    }
}
