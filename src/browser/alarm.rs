//! Sleep that ends in time in a hidden tab, too.
//!
//! Browsers slow the timers of a hidden page to one a second and later to one a minute: too slow for a keep alive.
//! The timers of a worker are left alone, and so are its messages to the page. So there are two clocks for all who
//! sleep, one in the page and one in a worker (`static/alarm.js`, served beside the page), both set to the moment
//! when the first of them has to wake up. Whichever rings, everybody who is due is woken; one that never rings, as
//! the worker where its file is missing or may not run, leaves it to the other.
//!
//! A ring only wakes: who sleeps looks at the time itself. So it does no harm that a page which was frozen, or a
//! machine that slept, hears its rings late, twice or for nobody.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsValue;
use web_sys::Worker;
use web_time::Instant;

/// Wakes up who sleeps.
pub(super) struct Alarm(Rc<Bell>);

impl Alarm {
    /// Starts the worker: later it might not be reached any more.
    pub(super) fn new() -> Self {
        Self(Rc::new_cyclic(|bell| Bell {
            sleepers: RefCell::default(),
            number: Cell::default(),
            set_to: Cell::default(),
            page: RefCell::default(),
            worker: Clock::start(bell),
            bell: bell.clone(),
        }))
    }

    /// Ends after a duration. Dropping it before takes it back.
    pub(super) fn sleep(&self, duration: Duration) -> LocalBoxFuture<'static, ()> {
        // A century is as good as for ever, and every clock can show it.
        let deadline = Instant::now() + duration.min(Duration::from_secs(100 * 365 * 24 * 60 * 60));
        let number = self.0.number.get();
        self.0.number.set(number + 1);
        Sleep { bell: Rc::clone(&self.0), number, deadline }.boxed_local()
    }
}

struct Sleep {
    bell: Rc<Bell>,
    number: u64,
    deadline: Instant,
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.deadline <= Instant::now() {
            return Poll::Ready(());
        }
        self.bell.wake_at(self.number, self.deadline, context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.bell.sleepers.borrow_mut().retain(|sleeper| sleeper.number != self.number);
    }
}

struct Bell {
    /// In no order: there are only a few, one for each loop of the page.
    sleepers: RefCell<Vec<Sleeper>>,
    /// The next sleeper's.
    number: Cell<u64>,
    /// When both clocks ring, unless they have: never later than the first deadline.
    set_to: Cell<Option<Instant>>,
    page: RefCell<Option<Timeout>>,
    worker: Option<Clock>,
    bell: Weak<Bell>,
}

struct Sleeper {
    number: u64,
    deadline: Instant,
    waker: Waker,
}

impl Bell {
    fn wake_at(&self, number: u64, deadline: Instant, waker: Waker) {
        let mut sleepers = self.sleepers.borrow_mut();
        match sleepers.iter_mut().find(|sleeper| sleeper.number == number) {
            Some(sleeper) => sleeper.waker = waker,
            None => sleepers.push(Sleeper { number, deadline, waker }),
        }
        if self.set_to.get().is_none_or(|set_to| deadline < set_to) {
            self.set(deadline);
        }
    }

    /// Most sleeps are taken back long before they end. The clocks are not told: they ring once for nobody, which
    /// costs less than telling them about every one.
    fn set(&self, deadline: Instant) {
        // Browsers count milliseconds in 31 bits; who is woken too early sleeps on.
        let wait = deadline.saturating_duration_since(Instant::now()).as_micros().div_ceil(1_000);
        let wait = i32::try_from(wait).unwrap_or(i32::MAX);
        let bell = Weak::clone(&self.bell);
        let ring = move || bell.upgrade().into_iter().for_each(|bell| bell.ring());
        self.set_to.set(Some(deadline));
        self.page.replace(Some(Timeout::new(wait.unsigned_abs(), ring)));
        if let Some(worker) = &self.worker {
            worker.set(wait);
        }
    }

    fn ring(&self) {
        let now = Instant::now();
        let mut sleepers = self.sleepers.borrow_mut();
        let due: Vec<Sleeper> = sleepers.extract_if(.., |sleeper| sleeper.deadline <= now).collect();
        self.set_to.set(None);
        if let Some(next) = sleepers.iter().map(|sleeper| sleeper.deadline).min() {
            self.set(next);
        }
        drop(sleepers);
        for sleeper in due {
            sleeper.waker.wake();
        }
    }
}

/// The clock in the worker, which ends when this is dropped.
struct Clock {
    worker: Worker,
    _on_ring: EventListener,
}

impl Clock {
    /// `None` where the page may start none. One whose file is missing starts and stays silent.
    fn start(bell: &Weak<Bell>) -> Option<Self> {
        let worker = Worker::new("alarm.js").ok()?;
        let bell = Weak::clone(bell);
        let on_ring = EventListener::new(&worker, "message", move |_| {
            if let Some(bell) = bell.upgrade() {
                bell.ring();
            }
        });
        Some(Self { worker, _on_ring: on_ring })
    }

    fn set(&self, wait: i32) {
        // A number can always be posted.
        let _ = self.worker.post_message(&JsValue::from(wait));
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}
