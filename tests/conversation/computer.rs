//! What pages of one browser share: its storage with its faults, who has which session, the network, the time.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::Duration;

use futures::channel::mpsc::{UnboundedSender, unbounded};
use futures::channel::oneshot;
use futures::future::{LocalBoxFuture, pending};
use futures::{FutureExt, StreamExt};
use onenet_web::client::{Claim, FarEnd, Link, Row, ShelfError, World, Write};
use time::OffsetDateTime;
use web_time::Instant;

/// How the storage behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// As it should.
    Sound,
    /// It has no room for more than a few bytes at once.
    Full,
    /// It is not allowed.
    Refused,
    /// It takes so long.
    Slow(Duration),
    /// It never answers.
    Silent,
}

/// A computer with one browser.
pub struct Computer {
    pub clock: Clock,
    start: Instant,
    rows: RefCell<BTreeMap<(String, String), Vec<u8>>>,
    pub storage: Cell<Storage>,
    claims: RefCell<BTreeSet<String>>,
    network: Cell<bool>,
    listeners: RefCell<Vec<UnboundedSender<bool>>>,
    dialled: RefCell<Vec<FarEnd>>,
    /// Bytes nobody can foresee, which everybody can.
    count: Cell<u8>,
    /// The first two of them: zero, so that packet identifiers begin with 1 and pauses are their full length.
    pub chance: Cell<u16>,
}

impl Computer {
    pub fn new() -> Rc<Self> {
        Rc::new(Self {
            clock: Clock::default(),
            start: Instant::now(),
            rows: RefCell::default(),
            storage: Cell::new(Storage::Sound),
            claims: RefCell::default(),
            network: Cell::new(true),
            listeners: RefCell::default(),
            dialled: RefCell::default(),
            count: Cell::new(0),
            chance: Cell::new(0),
        })
    }

    pub fn now(&self) -> Instant {
        self.start + self.clock.elapsed.get()
    }

    pub fn wall(&self) -> OffsetDateTime {
        OffsetDateTime::UNIX_EPOCH + self.clock.elapsed.get()
    }

    /// The network comes or goes.
    pub fn set_network(&self, network: bool) {
        self.network.set(network);
        self.listeners.borrow_mut().retain(|listener| listener.unbounded_send(network).is_ok());
    }

    /// The names of the rows of every session, the list of sessions left out.
    pub fn rows(&self) -> Vec<String> {
        let rows = self.rows.borrow();
        rows.keys().filter(|(key, _)| !key.is_empty()).map(|(_, name)| name.clone()).collect()
    }

    /// All bytes that are kept.
    pub fn bytes(&self) -> Vec<u8> {
        let rows = self.rows.borrow();
        rows.iter()
            .flat_map(|((key, name), bytes)| [key.as_bytes(), name.as_bytes(), bytes].concat())
            .collect()
    }

    /// Breaks a row.
    pub fn damage(&self, name: &str) {
        for ((_, other), bytes) in self.rows.borrow_mut().iter_mut() {
            if other == name {
                bytes.truncate(1);
            }
        }
    }

    /// The far end of the link that was opened last.
    pub fn dialled(&self) -> Option<FarEnd> {
        self.dialled.borrow_mut().pop()
    }

    fn load(&self, key: &str) -> Result<Vec<Row>, ShelfError> {
        if self.storage.get() == Storage::Refused {
            return Err(ShelfError::Refused);
        }
        let rows = self.rows.borrow();
        let own = rows.iter().filter(|((other, _), _)| other == key);
        Ok(own.map(|((_, name), bytes)| Row { name: name.clone(), bytes: bytes.clone() }).collect())
    }

    fn save(&self, key: &str, writes: Vec<Write>) -> Result<(), ShelfError> {
        let is_large = |write: &Write| matches!(write, Write::Put(row) if row.bytes.len() > 10);
        match self.storage.get() {
            Storage::Refused => return Err(ShelfError::Refused),
            Storage::Full if writes.iter().any(is_large) => return Err(ShelfError::Full),
            Storage::Sound | Storage::Full | Storage::Slow(_) | Storage::Silent => {}
        }
        let mut rows = self.rows.borrow_mut();
        for write in writes {
            match write {
                Write::Put(row) => rows.insert((key.to_owned(), row.name), row.bytes),
                Write::Delete(name) => rows.remove(&(key.to_owned(), name)),
            };
        }
        Ok(())
    }

    /// Ends when the storage has made up its mind.
    fn patience(self: &Rc<Self>) -> LocalBoxFuture<'static, ()> {
        match self.storage.get() {
            Storage::Sound | Storage::Full | Storage::Refused => async {}.boxed_local(),
            Storage::Slow(duration) => self.clock.sleep(duration).map(drop).boxed_local(),
            Storage::Silent => pending().boxed_local(),
        }
    }

    pub fn world(self: &Rc<Self>) -> World {
        let own = || self.clone();
        let (now, wall, sleep, random, open) = (own(), own(), own(), own(), own());
        let (load, save, claim, network) = (own(), own(), own(), own());
        World {
            now: Rc::new(move || now.now()),
            wall: Rc::new(move || wall.wall()),
            sleep: Rc::new(move |duration| sleep.clock.sleep(duration).map(drop).boxed_local()),
            // Not random at all, and different each time.
            random: Rc::new(move || {
                random.count.set(random.count.get().wrapping_add(1));
                let mut bytes = [0; 16];
                bytes[..2].copy_from_slice(&random.chance.get().to_be_bytes());
                bytes[15] = random.count.get();
                bytes
            }),
            open: Rc::new(move |_| {
                let (link, far) = Link::pair();
                open.dialled.borrow_mut().push(far);
                link
            }),
            load: Rc::new(move |key| {
                let (own, key) = (load.clone(), key.to_owned());
                async move {
                    own.patience().await;
                    own.load(&key)
                }
                .boxed_local()
            }),
            save: Rc::new(move |key, writes| {
                let (own, key) = (save.clone(), key.to_owned());
                async move {
                    own.patience().await;
                    own.save(&key, writes)
                }
                .boxed_local()
            }),
            claim: Rc::new(move |key| {
                let is_free = claim.claims.borrow_mut().insert(key.to_owned());
                let held = || Claim::new(Held { computer: claim.clone(), key: key.to_owned() });
                let claim = is_free.then(held);
                async move { claim }.boxed_local()
            }),
            network: Rc::new(move || {
                let (listener, changes) = unbounded();
                let _ = listener.unbounded_send(network.network.get());
                network.listeners.borrow_mut().push(listener);
                changes.boxed_local()
            }),
        }
    }
}

/// Ends a claim.
struct Held {
    computer: Rc<Computer>,
    key: String,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.computer.claims.borrow_mut().remove(&self.key);
    }
}

/// Virtual time.
#[derive(Default)]
pub struct Clock {
    pub elapsed: Cell<Duration>,
    timers: RefCell<Vec<(Duration, oneshot::Sender<()>)>>,
}

impl Clock {
    fn sleep(&self, duration: Duration) -> oneshot::Receiver<()> {
        let (wake, woken) = oneshot::channel();
        self.timers.borrow_mut().push((self.elapsed.get() + duration, wake));
        woken
    }

    /// Goes to the next timer before `end` and wakes it; at `end`, says that there is none.
    pub fn advance(&self, end: Duration) -> bool {
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
